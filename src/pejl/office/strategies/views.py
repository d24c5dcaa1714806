"""Strategies on their way, one of them, its drafts, and two drafts side by side."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.audit.subjects import Subject
from pejl.office.core.refusals import NotNowError
from pejl.office.strategies import queries
from pejl.office.strategies.comparing import (
    PARAGRAPH_WORDS,
    change_words,
    compare_strategies,
    compare_texts,
    counts,
    strategy_of,
)
from pejl.office.strategies.models import Draft, Step, StrategyWay
from pejl.office.strategies.rules import may_write
from pejl.office.strategies.states import FORMS, STANDING, STANDING_ACTS, STEPS, WAY, Form, Standing, StepKind, WayState
from pejl.office.web.pages import page
from pejl.office.web.request import OfficeRequest
from pejl.office.web.shown import release, site_url
from pejl.office.year.forms import when_words
from pejl.text import Language, Message, format_date, message

WAYS = message("Strategies on their way")


def ways(request: OfficeRequest) -> HttpResponse:
    """Show all strategies on their way, and which step comes next."""
    found = list(queries.ways_visible_to(request.actor))
    request.reads(Subject.STRATEGY_WAY, [each.pk for each in found])
    rows = [(each, WAY.words[WayState(each.state)], queries.next_step(each)) for each in found]
    return page(
        request,
        "strategies/ways.html",
        WAYS,
        section="ways",
        rows=rows,
        steps=STEPS,
        planned=lambda step: planned_words(step, request.language),
        may_write=may_write(request.actor),
    )


def way(request: OfficeRequest, way: int) -> HttpResponse:
    """Show a strategy's way: each step with what was planned and what happened, and the drafts."""
    found = get_object_or_404(queries.ways_visible_to(request.actor), pk=way)
    drafts = list(queries.drafts_visible_to(request.actor).filter(way=found))
    request.reads(Subject.STRATEGY_WAY, found.pk)
    request.reads(Subject.DRAFT, [each.pk for each in drafts])
    writes = may_write(request.actor) and found.state != WayState.DROPPED
    coming = queries.next_step(found)
    return page(
        request,
        "strategies/way.html",
        found.title,
        section="ways",
        crumbs=((WAYS, reverse("ways")),),
        found=found,
        state=WAY.words[WayState(found.state)],
        steps=queries.steps_of(found),
        step_words=STEPS,
        coming=coming,
        planned=lambda step: planned_words(step, request.language),
        happened=lambda step: happened_words(step, request.language),
        drafts=drafts,
        comparable=len(drafts) > 1,
        forms_words=FORMS,
        standings=STANDING.words,
        acts=lambda draft: [
            (act, STANDING_ACTS[act]) for act in STANDING_ACTS if STANDING.can(Standing(draft.standing), act)
        ],
        public=_public_address(found, request.language),
        writes=writes,
        may_drop=writes and WAY.can(WayState(found.state), "drop"),
    )


def draft(request: OfficeRequest, draft: int) -> HttpResponse:
    """Show a draft as it was kept."""
    found = get_object_or_404(queries.drafts_visible_to(request.actor), pk=draft)
    request.reads(Subject.DRAFT, found.pk)
    return page(
        request,
        "strategies/draft.html",
        message("Draft {number}: {title}", number=found.number, title=found.title),
        section="ways",
        crumbs=to_way(found.way),
        found=found,
        declared=strategy_of(found.content) if found.form == Form.STRATEGY else None,
        forms_words=FORMS,
        standing=STANDING.words[Standing(found.standing)],
        step=STEPS[StepKind(found.step)] if found.step else None,
    )


def compare(request: OfficeRequest, way: int) -> HttpResponse:
    """Show two drafts side by side: what became of every goal, or of every paragraph."""
    found = get_object_or_404(queries.ways_visible_to(request.actor), pk=way)
    drafts = list(queries.drafts_visible_to(request.actor).filter(way=found))
    old, new = _chosen(drafts, request.GET.get("old", "")), _chosen(drafts, request.GET.get("new", ""))
    if old is None or new is None:
        raise NotNowError(message("choose two drafts to compare"))
    if old.form != new.form:
        raise NotNowError(message("a declared strategy and a plain text cannot be compared; compare two of one kind"))
    request.reads(Subject.STRATEGY_WAY, found.pk)
    request.reads(Subject.DRAFT, [old.pk, new.pk])
    declared = old.form == Form.STRATEGY
    record = compare_strategies(old.content, new.content) if declared else None
    return page(
        request,
        "strategies/compare.html",
        message("From “{old}” to “{new}”", old=old.title, new=new.title),
        section="ways",
        crumbs=to_way(found),
        old=old,
        new=new,
        record=record,
        counts=counts(record) if record else [],
        change_words=change_words,
        paragraphs=[] if declared else compare_texts(old.content, new.content),
        paragraph_words=PARAGRAPH_WORDS,
    )


def to_way(way: StrategyWay) -> tuple[tuple[str | Message, str], ...]:
    """Return the way to a strategy's page."""
    return ((WAYS, reverse("ways")), (way.title, way_href(way)))


def way_href(way: StrategyWay) -> str:
    """Return the address of a strategy's page."""
    return reverse("way", kwargs={"way": way.pk})


def planned_words(step: Step, language: Language) -> str:
    """Return when a step was to be taken; nothing where no day and no month is planned."""
    return when_words(step.planned_on, step.planned, language) if step.planned is not None else ""


def happened_words(step: Step, language: Language) -> str:
    """Return what is known of when a step was taken."""
    if step.done_on is None:
        return message("not noted").render(language) if step.passed_over else ""
    day = format_date(step.done_on, language)
    return day if step.done_exactly else message("by {day}; the day itself is not known", day=day).render(language)


def _chosen(drafts: list[Draft], number: str) -> Draft | None:
    return next((each for each in drafts if str(each.pk) == number), None)


def _public_address(way: StrategyWay, language: Language) -> str | None:
    """Return where the public pages tell of the strategy; None where they do not."""
    if not any(each["id"] == way.strategy for each in release().strategies):
        return None
    try:
        return site_url("strategy", language, strategy=way.strategy)
    except KeyError:
        return None
