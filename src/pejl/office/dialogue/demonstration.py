"""A few meetings of the process of 2015, as it was planned: invented places, invented people, invented words.

The forms of meeting, the four target groups and the four principles are those of the background note on how the social
strategy was made; whoever is named here does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from pejl.office.accounts.actor import Actor
from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.dialogue.acts import chapters, lines, meetings, signing_up
from pejl.office.dialogue.acts.meetings import MeetingPlan
from pejl.office.dialogue.acts.signing_up import Needs, Person
from pejl.office.dialogue.kinds import ContactWay, MeetingKind, Outcome, Part
from pejl.office.dialogue.models import Chapter, Line, Meeting, Theme
from pejl.office.dialogue.named import principles, strategies, target_groups
from pejl.office.dialogue.sections import Section, template_of
from pejl.office.web.shown import release

STRATEGY = "social_strategy_2015"
_PLACES = {Part.POLITICIAN: 3, Part.USER: 8, Part.RELATIVE: 2}
_LABORATORY_PLACES = {
    Part.POLITICIAN: 5,
    Part.USER: 9,
    Part.ORGANISATION: 6,
    Part.EMPLOYEE: 6,
    Part.LEADER: 4,
}
_LABORATORIES = (
    ("children_special_needs", "Børn og unge med særlige behov", date(2015, 3, 17)),
    ("mental_illness", "Borgere med sindslidelser", date(2015, 3, 19)),
    ("vulnerable_adults", "Udsatte voksne", date(2015, 3, 24)),
    ("adults_disability", "Voksne med handicap", date(2015, 3, 26)),
)
_SAID = (
    (Part.USER, "Man skal fortælle sin historie forfra, hver gang der kommer en ny sagsbehandler."),
    (Part.USER, "Det bedste er, når nogen ringer, før det går galt."),
    (Part.RELATIVE, "Vi vil gerne hjælpe, men ingen spørger, hvad vi kan."),
    (Part.USER, "Værestedet lukker klokken 16, og weekenden er lang."),
)
_ANSWERS = (
    (
        Outcome.GOES_ON,
        "Det går ind i kapitlet om at lytte. Vi afprøver faste kontaktpersoner to "
        "steder, før vi lover det alle steder.",
    ),
    (Outcome.DONE, "Det hører til princippet om at sætte tidligt ind og står nu i kapitlet."),
    (Outcome.GOES_ON, "Pårørende nævnes nu i kapitlet som dem, vi arbejder sammen med."),
    (
        Outcome.LATER,
        "Længere åbningstid koster penge, som ikke er sat af i år. Vi tager det med, når "
        "der lægges budget for næste år.",
    ),
)
_PEOPLE = ("Alma", "Birk", "Carla", "Ditlev", "Esther", "Frode", "Gudrun", "Hjalmar", "Inge", "Jep", "Karla")


def build(world: World) -> None:
    """Make two dialogue meetings, one of them held and answered, and a laboratory for each target group."""
    by = world.actors[Role.SECRETARIAT]
    day = world.day
    held = _held(world, by, day - timedelta(days=14))
    _said(held, by, _moment(held.on, 17))
    _ahead(world, by, day + timedelta(days=10))
    for group, title, on in _LABORATORIES:
        _laboratory(by, group, title, max(on, day + timedelta(days=15)), invited_on=day)


def _held(world: World, by: Actor, on: date) -> Meeting:
    plan = MeetingPlan(
        kind=MeetingKind.DIALOGUE_MEETING,
        title="Hvad er vigtigt, når du møder kommunen?",
        on=on,
        begins=time(14),
        ends=time(16),
        place="Værestedet Fyrtårnet (opfundet)",
        address="Opfundet Gade 1",
        access="Ingen trin. Vi står ved døren fra klokken 13.30.",
        themes="Din hverdag, og hvad der betyder mest i mødet med Socialforvaltningen.",
        strategy=_strategy(),
        target_group=_group("vulnerable_adults"),
        principles=tuple(principles("da", _strategy())),
        sign_up_until=on - timedelta(days=2),
    )
    meeting = meetings.plan_meeting(plan=plan, places=_PLACES, by=by)
    meetings.invite(meeting=meeting, on=on - timedelta(days=21), by=by)
    parts = [Part.USER] * 6 + [Part.RELATIVE] * 2
    _sign_up_many(meeting, parts, _moment(on - timedelta(days=20), 10))
    member = world.actors[Role.COMMITTEE_MEMBER]
    signing_up.sign_up_oneself(meeting=meeting, needs=Needs(), at=_moment(on - timedelta(days=15), 9), by=member)
    meetings.close(meeting=meeting, by=by)
    return meetings.hold(meeting=meeting, absent=(), at=_moment(on, 17), by=by)


def _said(meeting: Meeting, by: Actor, at: datetime) -> None:
    """Write down what was said, gather it, answer it, and let it go on into a chapter."""
    written = [lines.write_line(meeting=meeting, part=part, text=text, at=at, by=by) for part, text in _SAID]
    chapter = _chapter(by, at)
    one = lines.begin_theme(
        title="At blive mødt og husket", strategy=_strategy(), target_group=_group("vulnerable_adults"), by=by
    )
    other = lines.begin_theme(
        title="Hjælp, før det går galt", strategy=_strategy(), target_group=_group("vulnerable_adults"), by=by
    )
    lines.gather(lines=[written[0], written[2]], theme=one, by=by)
    lines.gather(lines=[written[1], written[3]], theme=other, by=by)
    _onward(one, chapter, -1, ("guidepost_9", "coherence"), by)
    _onward(other, chapter, 1, ("guidepost_1", "homes_kept_one_year"), by)
    for line, (outcome, answer) in zip(written, _ANSWERS, strict=True):
        now = Line.objects.get(pk=line.pk)
        lines.answer_line(line=now, version=now.version, outcome=outcome, answer=answer, at=at, by=by)
    meetings.finish_answers(meeting=meeting, at=at + timedelta(days=7), by=by)


def _strategy() -> str:
    """Return the strategy the meetings belong to; the latest, where there is none of 2015."""
    known = strategies("da")
    return STRATEGY if STRATEGY in known else next(iter(known), "")


def _group(name: str) -> str:
    """Return the target group as the workspace names it, that of 2015 first; empty where it has no such group."""
    return next((each for each in (f"{name}_2015", name) if each in target_groups("da")), "")


def _onward(theme: Theme, chapter: Chapter, place: int, wanted: tuple[str, str], by: Actor) -> None:
    latest = chapter.versions.first()
    assert latest is not None, "a chapter begins with a version"
    sections = latest.content
    section = sections[place if -len(sections) <= place < len(sections) else 0]
    lines.send_onward(theme=theme, chapter=chapter, section=section["id"], by=by)
    judged = release().status["goals"]
    fitting = [each for each in judged if each["group"] == wanted[0] or each["indicator"] == wanted[1]]
    goal = next(iter([*fitting, *judged]), None)
    if goal is not None:
        lines.serve_goal(theme=theme, goal=goal["id"], by=by)


def _chapter(by: Actor, at: datetime) -> Chapter:
    shown = release()
    sections = template_of(shown.strategies, _strategy(), "da")
    chapter = chapters.begin_chapter(
        title="Udsatte voksne",
        strategy=_strategy(),
        target_group=_group("vulnerable_adults"),
        sections=sections,
        at=at,
        by=by,
    )
    chapters.save_version(
        chapter=chapter,
        based_on=1,
        sections=[_written(number, each, shown.indicators[:2]) for number, each in enumerate(sections)],
        note="Efter dialogmødet på værestedet",
        at=at + timedelta(days=1),
        by=by,
    )
    return Chapter.objects.get(pk=chapter.pk)


def _written(number: int, section: Section, indicators: Sequence[str]) -> Section:
    if section.kind == "facts":
        text = "Tallene siger ikke alt. Det, der blev sagt på møderne, står i de næste afsnit."
        return replace(section, indicators=tuple(indicators), text=text)
    texts = (
        "Vi ringer, før det går galt, og venter ikke på en henvendelse.",
        "Borgerne ved selv, hvad de kan. Vi spørger, før vi planlægger.",
        "Pårørende og frivillige er med, når borgeren gerne vil have det.",
        "Vi lytter.\n\nIngen skal fortælle sin historie forfra, fordi en medarbejder er ny.",
    )
    return replace(section, text=texts[(number - 1) % len(texts)])


def _ahead(world: World, by: Actor, on: date) -> None:
    """Make a meeting that is ahead, with all users' places taken and people in line."""
    plan = MeetingPlan(
        kind=MeetingKind.DIALOGUE_MEETING,
        title="Hvad er en god dag?",
        on=on,
        begins=time(10),
        ends=time(12),
        place="Aktivitetshuset Mælkebøtten (opfundet)",
        address="Opfundet Vej 22",
        access="Elevator til 1. sal. Bussen holder ved døren.",
        themes="Hvad giver mening i hverdagen, og hvad står i vejen?",
        strategy=_strategy(),
        target_group=_group("mental_illness"),
        principles=tuple(principles("da", _strategy())),
        sign_up_until=on - timedelta(days=2),
        release_on=on - timedelta(days=4),
    )
    meeting = meetings.plan_meeting(plan=plan, places=_PLACES, by=by)
    meetings.invite(meeting=meeting, on=world.day - timedelta(days=7), by=by)
    _sign_up_many(meeting, [Part.USER] * 10 + [Part.RELATIVE], _moment(world.day - timedelta(days=3), 9))
    member = world.actors[Role.COMMITTEE_MEMBER]
    signing_up.sign_up_oneself(meeting=meeting, needs=Needs(), at=_moment(world.day - timedelta(days=2), 9), by=member)


def _laboratory(by: Actor, group: str, title: str, on: date, *, invited_on: date) -> None:
    plan = MeetingPlan(
        kind=MeetingKind.LABORATORY,
        title=title,
        on=on,
        begins=time(16),
        ends=time(19),
        place="Medborgerhuset (opfundet)",
        address="Opfundet Plads 3",
        access="Niveaufri adgang og teleslynge. Der er mad fra klokken 15.30.",
        themes="Dilemmaer, idéer og løsninger ud fra de fire principper.",
        strategy=_strategy(),
        target_group=_group(group),
        principles=tuple(principles("da", _strategy())),
        sign_up_until=on - timedelta(days=3),
        release_on=on - timedelta(days=5),
    )
    meeting = meetings.plan_meeting(plan=plan, places=_LABORATORY_PLACES, by=by)
    meetings.invite(meeting=meeting, on=invited_on, by=by)


def _sign_up_many(meeting: Meeting, parts: Sequence[Part], at: datetime) -> None:
    for number, (part, called) in enumerate(zip(parts, _PEOPLE, strict=False)):
        helped = number % 4 == 3
        person = Person(
            called=called,
            way=ContactWay.NONE if helped else ContactWay.EMAIL,
            email="" if helped else f"{called.lower()}@example.dk",
            for_other=helped,
            contact_name="Kontaktperson Lone" if helped else "",
        )
        needs = Needs(interpreter="tegnsprog") if number == 1 else Needs(wheelchair=number == 2)
        signing_up.sign_up(
            meeting=meeting,
            part=part,
            person=person,
            needs=needs,
            once=f"demonstration-{meeting.pk}-{number}",
            at=at + timedelta(minutes=number),
        )


def _moment(on: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(hour)))
