"""A plan as pages and papers show it: everything joined and in words, as one value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from pejl.office.accounts.actor import Actor
from pejl.office.organisation.tree import Tree
from pejl.office.plans import figures, goals, rules
from pejl.office.plans.kinds import FEW, STATUSES, TEMPLATES, Kind, NoteKind, Status, Template
from pejl.office.plans.models import Initiative, Plan
from pejl.office.plans.states import State
from pejl.site.pages.cards import Card
from pejl.site.pages.contents import Group
from pejl.text import Language, Message, format_date, message

Record = Mapping[str, Any]

TITLES: Mapping[Kind, Message] = {
    Kind.DEVELOPMENT: message("Development plan {year} for {name}"),
    Kind.CENTRE: message("Centre plan {year} for {name}"),
    Kind.AREA: message("Action plan {year}: {name}"),
    Kind.TARGET_GROUP: message("Target-group plan {year}: {name}"),
}

BETWEEN_LEADERS = frozenset({NoteKind.TALK, NoteKind.SENT_BACK})
"""Notes of these kinds are theirs alone: a plan can be talked about freely before it is adopted."""


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal beside a unit's plan.

    Attributes:
        card: how the goal goes for the whole city, as the public pages show it.
        own: the unit's own figures, the latest first; empty where there are none or they are not to be seen.
        served: titles of the plan's initiatives that serve it.
    """

    card: Card
    own: tuple[figures.Told, ...]
    served: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A guidepost, a vision or the overall goal with its goals; `open` where the plan says something of it."""

    group: Group | None
    goals: tuple[GoalLine, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class StrategyLine:
    """A strategy in force in the plan's year: its short title, and its own headings."""

    id: str
    title: Record
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class InitiativeLine:
    """An initiative in words.

    Attributes:
        number: of the initiative.
        serves: pairs of id and title of the goals it serves.
        status: how it stands; `status_words` says it.
    """

    number: int
    title: str
    purpose: str
    change: str
    by_when: date
    who: str
    status: Status
    status_words: str
    status_note: str
    begun_on: date | None
    ended_on: date | None
    public: bool
    serves: tuple[tuple[str, Record], ...]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """Something said of the plan on a day; `about` is the title of an initiative, empty for the plan as a whole."""

    kind: NoteKind
    text: str
    on: date
    about: str


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which a plan went on, as they were here; None for what has not been."""

    talked: date | None
    put_before: date | None
    adopted: date | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What the page of a plan shows.

    Attributes:
        title: with year and unit.
        unit: what the unit is called today.
        template: the kind's headings.
        sections: pairs of heading and text, also empty ones.
        figures: whether internal figures of the unit are among the goals.
        past: whether no strategy is in force in its year.
        was: where its unit has ended, whose it was and who carries on; None while the unit exists.
        many: whether there are more initiatives than a few.
    """

    title: str
    unit: str
    kind: Kind
    year: int
    state: State
    days: Days
    template: Template
    sections: tuple[tuple[Message, str], ...]
    initiatives: tuple[InitiativeLine, ...]
    strategies: tuple[StrategyLine, ...]
    notes: tuple[NoteLine, ...]
    figures: bool
    past: bool
    many: bool
    was: Message | None


def title_of(kind: Kind, year: int, unit: str, about: str, language: Language) -> str:
    """Return what a plan is called.

    Args:
        kind: of the plan.
        year: for which.
        unit: what its unit is called.
        about: as the plan keeps it.
        language: of the page.
    """
    name = about_words(kind, about, language) or unit
    return Message(TITLES[kind].id, {"year": year, "name": name}).render(language)


def about_words(kind: Kind, about: str, language: Language) -> str:
    """Return what a plan is about beside its unit, in words; empty where it is about nothing else."""
    if TEMPLATES[kind].about != "target_group":
        return about
    known = goals.target_groups().get(about)
    return str(known.get(language) or known["da"]) if known else about


def plan_title(plan: Plan, tree: Tree, language: Language) -> str:
    """Return what a plan is called, with its unit's name today."""
    return title_of(Kind(plan.kind), plan.year, tree.name(plan.unit_id), plan.about, language)


def plan_page(plan: Plan, actor: Actor, language: Language, *, figures_too: bool = True) -> PlanPage:
    """Return what the page of a plan shows to somebody.

    Args:
        plan: with unit, initiatives, goals and notes, as `queries.plan_with_all` fetches it.
        actor: whoever looks; internal figures are among it only for those who may see them.
        language: of the page.
        figures_too: False leaves the internal figures out, for a paper that is handed on.
    """
    kind = Kind(plan.kind)
    template = TEMPLATES[kind]
    seen = figures_too and rules.may_see_figures(actor, plan.unit_id)
    found = goals.goals_of(plan.year, language)
    initiatives = initiative_lines(plan, language)
    strategies = _strategies(found, initiatives, figures.figures_of(plan.unit.code, language) if seen else {})
    return PlanPage(
        title=plan_title(plan, actor.tree, language),
        unit=actor.tree.name(plan.unit_id),
        kind=kind,
        year=plan.year,
        state=State(plan.state),
        days=Days(_day(plan.talked_at), _day(plan.put_before_at), _day(plan.adopted_at)),
        template=template,
        sections=tuple((section.title, plan.texts.get(section.id, "")) for section in template.sections),
        initiatives=initiatives,
        strategies=strategies,
        notes=tuple(
            NoteLine(
                NoteKind(note.kind),
                note.text,
                localdate(note.said_at),
                note.initiative.title if note.initiative else "",
            )
            for note in plan.notes.all()
            if note.kind not in BETWEEN_LEADERS or rules.may_write(actor, plan)
        ),
        figures=seen and any(line.own for each in strategies for heading in each.headings for line in heading.goals),
        past=found.past,
        many=len(initiatives) > FEW,
        was=whose_it_was(plan.unit_id, actor.tree, language),
    )


def whose_it_was(unit: int, tree: Tree, language: Language) -> Message | None:
    """Return whose a plan was and who carries on, where its unit has ended; None while the unit exists."""
    end = tree.endings.get(unit)
    if end is None:
        return None
    heirs = sorted(tree.name(heir) for heir in tree.heirs(unit))
    told = {"unit": end.name, "day": format_date(end.on, language), "after": _and(heirs, language)}
    if not heirs:
        return message("This plan was {unit}'s, which was closed {day}.", **told)
    if not end.after:
        return message("This plan was {unit}'s, which was closed {day}. {after} carries on with it.", **told)
    if len(heirs) == 1:
        return message("This plan was {unit}'s, which since {day} is part of {after}.", **told)
    return message("This plan was {unit}'s, which since {day} is divided between {after}.", **told)


def _and(names: list[str], language: Language) -> str:
    """Return names as they are said one after the other: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return message("{first} and {last}", first=", ".join(names[:-1]), last=names[-1]).render(language)


def initiative_lines(plan: Plan, language: Language) -> tuple[InitiativeLine, ...]:
    """Return the initiatives of a plan in words, in its order."""
    titles = goals.goal_titles()
    return tuple(initiative_line(each, titles, language) for each in plan.initiatives.all())


def initiative_line(each: Initiative, titles: Mapping[str, Record], language: Language) -> InitiativeLine:
    """Return an initiative in words."""
    status = Status(each.status)
    serves = [served.goal for served in each.served.all()]
    return InitiativeLine(
        each.pk,
        each.title,
        each.purpose,
        each.change,
        each.by_when,
        each.who,
        status,
        STATUSES[status].render(language),
        each.status_note,
        each.begun_on,
        each.ended_on,
        each.public,
        tuple((goal, titles[goal]) for goal in serves if goal in titles),
    )


def _day(moment: datetime | None) -> date | None:
    return localdate(moment) if moment is not None else None


def _strategies(
    found: goals.Goals,
    initiatives: tuple[InitiativeLine, ...],
    own: Mapping[str, tuple[figures.Told, ...]],
) -> tuple[StrategyLine, ...]:
    served: dict[str, list[str]] = defaultdict(list)
    for initiative in initiatives:
        for goal, _ in initiative.serves:
            served[goal].append(initiative.title)

    def heading(section: Any) -> Heading:
        lines = tuple(
            GoalLine(card, own.get(card.indicator or "", ()), tuple(served.get(card.id, ()))) for card in section.cards
        )
        return Heading(section.group, lines, any(line.own or line.served for line in lines))

    return tuple(
        StrategyLine(each.id, each.title, tuple(heading(section) for section in each.sections))
        for each in found.strategies
    )
