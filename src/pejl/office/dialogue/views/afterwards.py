"""Pages inside the office: what was said, themes, and their way onward."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.accounts.actor import Actor
from pejl.office.audit.subjects import Subject
from pejl.office.clock import now
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError, RefusedError
from pejl.office.dialogue import queries
from pejl.office.dialogue.acts import lines as acts
from pejl.office.dialogue.forms import (
    AnswerForm,
    GatherForm,
    GoalForm,
    LineForm,
    OnwardForm,
    PlanForm,
    ThemeForm,
    send_again,
)
from pejl.office.dialogue.kept_out import KeptOutError
from pejl.office.dialogue.kinds import OUTCOMES, PARTS, Outcome, Part
from pejl.office.dialogue.models import Chapter, Line, Onward, Theme
from pejl.office.dialogue.named import goal_href, goals, strategies, target_groups
from pejl.office.dialogue.rules import READ_CHAPTERS, may_write
from pejl.office.dialogue.sections import from_content
from pejl.office.dialogue.states import MeetingState
from pejl.office.dialogue.views.meetings import SECTION, crumbs, to_meeting
from pejl.office.plans.queries import visible_to as plans_visible_to
from pejl.office.web.forms import OfficeForm
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.text import message

THEMES = message("Themes")


def line_new(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Write down something that was said; after each the form is empty for the next."""
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    form = LineForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            acts.write_line(meeting=found, part=Part(told["part"]), text=told["text"], at=now(), by=request.actor)
        except KeptOutError as error:
            form.add_refusal(error.reason, "text")
        else:
            tell(request, message("It is written down."))
            return HttpResponseRedirect(request.path)
    request.reads(Subject.DIALOGUE, found.pk)
    return page(
        request,
        "dialogue/form.html",
        message("Write down what was said"),
        section=SECTION,
        crumbs=(*crumbs(), to_meeting(found)),
        form=form,
        send=message("Save, and write the next"),
    )


def line(request: OfficeRequest, line: int) -> HttpResponse:
    """Show something that was said, and put it in a theme, answer it, or write it differently."""
    visible = queries.lines_visible_to(request.actor).select_related("meeting")
    found = get_object_or_404(visible, pk=line)
    themes = {theme.pk: theme.title for theme in queries.themes_visible_to(request.actor)}
    sent = request.POST if request.method == "POST" else None
    language = request.language

    def bound(name: str) -> object:
        return sent if sent is not None and sent.get("act") == name else None

    answer = AnswerForm(
        bound("answer"),
        language=language,
        initial={"outcome": found.outcome, "answer": found.answer, "version": found.version},
        prefix="answer",
    )
    gather = GatherForm(bound("gather"), language=language, initial={"theme": found.theme_id or ""}, themes=themes)
    text = LineForm(
        bound("text"),
        language=language,
        initial={"part": found.part, "text": found.text, "version": found.version},
        prefix="text",
    )
    theirs: dict[str, str] = {}
    for form in (answer, gather, text):
        if form.is_bound and form.is_valid():
            try:
                _save_line(found, form, request.actor)
            except ChangedMeanwhileError as error:
                theirs = _both(form, error)
            except NotAllowedError:
                raise
            except RefusedError as error:
                form.add_refusal(error.reason)
            else:
                tell(request, message("It is saved."))
                return HttpResponseRedirect(request.path)
    request.reads(Subject.LINE, found.pk)
    return page(
        request,
        "dialogue/line.html",
        message("What was said: number {number}", number=found.number),
        section=SECTION,
        crumbs=(*crumbs(), to_meeting(found.meeting)),
        line=found,
        part=PARTS[Part(found.part)],
        answer=answer,
        gather=gather,
        text=text,
        theirs=theirs,
        outcomes=OUTCOMES,
        may_change=found.meeting.state == MeetingState.HELD,
    )


def _save_line(found: Line, form: OfficeForm, by: Actor) -> None:
    told = form.cleaned_data
    if isinstance(form, AnswerForm):
        outcome = Outcome(told["outcome"])
        acts.answer_line(
            line=found, version=told["version"] or 0, outcome=outcome, answer=told["answer"], at=now(), by=by
        )
    elif isinstance(form, GatherForm):
        theme = queries.themes_visible_to(by).filter(pk=int(told["theme"])).first() if told["theme"] else None
        acts.gather(lines=[found], theme=theme, by=by)
    else:
        acts.change_line(line=found, version=told["version"] or 0, part=Part(told["part"]), text=told["text"], by=by)


def _both(form: OfficeForm, error: ChangedMeanwhileError) -> dict[str, str]:
    """Let the form be sent again on what stands now; return what stands, by label."""
    send_again(form, "version", error.version)
    form.add_refusal(error.reason)
    return {str(form[name].label): text for name, text in error.theirs.items()}


def themes(request: OfficeRequest) -> HttpResponse:
    """Show all themes, and begin one."""
    actor = request.actor
    form = ThemeForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        try:
            acts.begin_theme(**form.cleaned_data, by=actor)
        except KeptOutError as error:
            form.add_refusal(error.reason, "title")
        else:
            tell(request, message("The theme is begun."))
            return HttpResponseRedirect(request.path)
    found = list(queries.themes_visible_to(actor))
    visible = queries.lines_visible_to(actor)
    counts: dict[int, int] = {}
    for theme in visible.filter(theme__isnull=False).values_list("theme_id", flat=True):
        counts[theme] = counts.get(theme, 0) + 1
    request.reads(Subject.LINE, visible.filter(theme__isnull=False).values_list("pk", flat=True))
    return page(
        request,
        "dialogue/themes.html",
        THEMES,
        section=SECTION,
        crumbs=crumbs(),
        themes=found,
        counts=counts,
        groups=target_groups(request.language),
        strategies=strategies(request.language),
        form=form,
        may_write=may_write(actor),
    )


def theme(request: OfficeRequest, theme: int) -> HttpResponse:
    """Show a theme with its lines, and where it goes on."""
    actor, language = request.actor, request.language
    found = get_object_or_404(queries.themes_visible_to(actor).select_related("chapter"), pk=theme)
    sent = request.POST if request.method == "POST" else None
    titles = goals(language)
    here = f"{found.chapter_id}/{found.section}" if found.chapter_id else ""

    def bound(name: str) -> object:
        return sent if sent is not None and sent.get("act") == name else None

    sections = _sections(actor) if may_write(actor) else {}
    onward = OnwardForm(bound("section"), language=language, sections=sections, initial={"section": here})
    goal = GoalForm(bound("goal"), language=language, goals=titles)
    plan = PlanForm(bound("plan"), language=language)
    for form in (onward, goal, plan):
        if form.is_bound and form.is_valid():
            try:
                _send(found, form, actor)
            except NotAllowedError:
                raise
            except RefusedError as error:
                form.add_refusal(error.reason)
            else:
                tell(request, message("It is saved."))
                return HttpResponseRedirect(request.path)
    lines = list(queries.lines_visible_to(actor).filter(theme=found).select_related("meeting"))
    request.reads(Subject.LINE, [each.pk for each in lines])
    way = queries.ways_of([found.pk])[found.pk]
    steps = list(found.onward.all())
    named = [each.plan for each in steps if each.plan is not None]
    plans = set(plans_visible_to(actor).filter(pk__in=named).values_list("pk", flat=True))
    return page(
        request,
        "dialogue/theme.html",
        found.title,
        section=SECTION,
        crumbs=(*crumbs(), (THEMES, reverse("dialogue_themes"))),
        theme=found,
        lines=lines,
        part_words=PARTS,
        way=way,
        steps=[(each, titles.get(each.goal, each.goal), _href(each, titles, plans, request)) for each in steps],
        may_read_chapters=actor.has(*READ_CHAPTERS),
        may_write=may_write(actor),
        onward=onward,
        goal=goal,
        plan=plan,
    )


def onward_remove(request: OfficeRequest, onward: int) -> HttpResponse:
    """Take a goal or plan off a theme's way."""
    found = get_object_or_404(Onward, theme__in=queries.themes_visible_to(request.actor), pk=onward)
    acts.take_off(onward=found, by=request.actor)
    tell(request, message("It is saved."))
    return HttpResponseRedirect(reverse("dialogue_theme", kwargs={"theme": found.theme_id}))


def _send(found: Theme, form: OfficeForm, by: Actor) -> None:
    told = form.cleaned_data
    if isinstance(form, OnwardForm):
        number, _, section = told["section"].partition("/")
        chapter = queries.chapters_visible_to(by).filter(pk=int(number)).first() if number else None
        acts.send_onward(theme=found, chapter=chapter, section=section, by=by)
    elif isinstance(form, GoalForm):
        acts.serve_goal(theme=found, goal=told["goal"], by=by)
    else:
        if told["plan"] is not None and not plans_visible_to(by).filter(pk=told["plan"]).exists():
            raise NotNowError(message("there is no plan of this number"))
        acts.enter_plan(theme=found, words=told["called"], plan=told["plan"], by=by)


def _sections(actor: Actor) -> dict[str, str]:
    """Return the sections a theme can go into: number of the chapter and id, with both titles."""
    found = {}
    chapters: list[Chapter] = list(queries.chapters_visible_to(actor).prefetch_related("versions"))
    for chapter in chapters:
        latest = next(iter(chapter.versions.all()), None)
        for section in from_content(latest.content) if latest else ():
            found[f"{chapter.pk}/{section.id}"] = f"{chapter.title}: {section.title}"
    return found


def _href(onward: Onward, titles: dict[str, str], plans: set[int], request: OfficeRequest) -> str:
    """Return where a step leads, for whoever may go there."""
    if onward.plan in plans:
        return reverse("plan", kwargs={"plan": onward.plan})
    return goal_href(onward.goal, request.language) if onward.goal in titles else ""
