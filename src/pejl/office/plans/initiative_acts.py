"""What can be done with the initiatives of a plan through the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from pejl.office.accounts.actor import Actor
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.clock import now, today
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError
from pejl.office.plans import rules
from pejl.office.plans.acts import CHANGED, locked
from pejl.office.plans.content import FIELDS, initiative_read, keep, merge, stands
from pejl.office.plans.kinds import ENDED, MOST, NoteKind, Status
from pejl.office.plans.models import Initiative, Note, Plan, ServedGoal
from pejl.office.plans.states import WORKFLOW, State
from pejl.text import message

_NOT_THE_LEADER = message("Only the leaders of the unit and those above it write in this plan.")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody writes of an initiative.

    Attributes:
        title: what it is called.
        purpose: what it is for.
        change: what is expected to change.
        by_when: by when.
        who: the role or function that sees to it.
        goals: the ids of the goals it serves.
        public: whether its title may be named publicly.
    """

    title: str
    purpose: str
    change: str
    by_when: date
    who: str
    goals: tuple[str, ...]
    public: bool = False

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, as kept versions have it."""
        return {**asdict(self), "by_when": self.by_when.isoformat(), "goals": sorted(self.goals)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Said:
        """Return it from plain data."""
        return cls(**{**data, "by_when": date.fromisoformat(data["by_when"]), "goals": tuple(data["goals"])})


@dataclass(frozen=True, slots=True)
class Standing:
    """How an initiative stands, and what was learnt."""

    status: Status
    note: str = ""


@transaction.atomic
def add(*, plan: Plan, said: Said, by: Actor) -> Initiative:
    """Add an initiative to a plan that is not adopted yet.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: the plan is adopted, or has no room for more.
    """
    found = _writable(plan, by)
    count = found.initiatives.count()
    if count >= MOST:
        raise NotNowError(message("there is room for {most} initiatives; let another one wait or go", most=MOST))
    last = found.initiatives.order_by("-place").values_list("place", flat=True).first() or 0
    made = Initiative.objects.create(plan=found, place=last + 1, public=said.public, **_texts(said))
    serve(made, said.goals)
    return _done(found, made, "add_initiative", by)


@transaction.atomic
def change(*, initiative: Initiative, version: int, said: Said, by: Actor) -> Initiative:
    """Save what an initiative says.

    Args:
        initiative: as it was fetched.
        version: the one that was read when the writing began.
        said: what it is to say.
        by: a leader of the unit or above.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: the plan is adopted.
        ChangedMeanwhileError: somebody else has changed the same field; `theirs` has it, as plain data. Where they
            changed another one, both are kept.
    """
    plan = _writable(initiative.plan, by)
    found = _locked(initiative)
    if version != found.version:
        read = initiative_read(plan.pk, found.pk, version)
        both = merge(read=read, mine=said.as_data(), stands=stands(found))
        if both.theirs:
            raise ChangedMeanwhileError(CHANGED, both.theirs, found.version)
        said = Said.from_data(both.merged)
    for name, value in _texts(said).items():
        setattr(found, name, value)
    found.public = said.public
    serve(found, said.goals)
    return _saved(plan, found, "change_initiative", by)


@transaction.atomic
def remove(*, initiative: Initiative, by: Actor) -> None:
    """Take an initiative out of a plan that is not adopted yet; earlier versions keep it.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: the plan is adopted: then an initiative is given up, and stays.
    """
    plan = _writable(initiative.plan, by)
    number = initiative.pk
    Initiative.objects.filter(pk=number).delete()
    plan.version += 1
    plan.save()
    keep(plan, "remove_initiative", by)
    wrote(by, Subject.INITIATIVE, number, "remove_initiative")


@transaction.atomic
def name_publicly(*, initiative: Initiative, public: bool, by: Actor) -> Initiative:
    """Say whether the title of an initiative may be named publicly.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: the plan is not adopted, or is closed.
    """
    plan = _at_work(initiative.plan, "tell_status", by)
    found = _locked(initiative)
    found.public = public
    return _saved(plan, found, "name_publicly", by)


@transaction.atomic
def follow_up(*, plan: Plan, text: str, standings: Mapping[int, Standing], by: Actor) -> Plan:
    """Follow a plan up: how each initiative stands, and what was learnt.

    Args:
        plan: as it was fetched.
        text: of the plan as a whole.
        standings: by number of an initiative of the plan.
        by: a leader of the unit or above.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: the plan is not adopted, or is closed; or nothing is said.
    """
    found = _at_work(plan, "follow_up", by)
    if not text.strip():
        raise NotNowError(message("write a few lines: what went well, and what did you learn?"))
    for initiative in Initiative.objects.select_for_update().filter(plan=found, pk__in=standings):
        _stand(initiative, standings[initiative.pk], by)
    found.state = WORKFLOW.after(State(found.state), "follow_up")
    found.followed_up_at, found.followed_up_by = now(), by.number
    found.version += 1
    found.save()
    Note.objects.create(plan=found, kind=NoteKind.FOLLOW_UP, text=text.strip(), said_at=now(), said_by=by.number)
    keep(found, "follow_up", by)
    wrote(by, Subject.PLAN, found.pk, "follow_up")
    return found


@transaction.atomic
def tell_status(*, initiative: Initiative, standing: Standing, by: Actor) -> Initiative:
    """Say how one initiative stands, at any time of the year.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: the plan is not adopted, or is closed.
    """
    plan = _at_work(initiative.plan, "tell_status", by)
    found = _locked(initiative)
    _stand(found, standing, by)
    keep(plan, "tell_status", by)
    wrote(by, Subject.INITIATIVE, found.pk, "tell_status")
    return found


def _stand(initiative: Initiative, standing: Standing, by: Actor) -> None:
    """Set how an initiative stands, with the days that go with it, and keep what was learnt as a note."""
    day = today()
    note = standing.note.strip()
    if note and note != initiative.status_note:
        Note.objects.create(
            plan_id=initiative.plan_id,
            initiative=initiative,
            kind=NoteKind.NOTE,
            text=note,
            said_at=now(),
            said_by=by.number,
        )
    initiative.status_note = note
    if standing.status != initiative.status:
        begun = standing.status in (Status.UNDER_WAY, Status.DONE)
        if standing.status is Status.NOT_BEGUN:
            initiative.begun_on = None
        elif begun and initiative.begun_on is None:
            initiative.begun_on = day
        initiative.ended_on = day if standing.status in ENDED else None
        initiative.status = standing.status
    initiative.version += 1
    initiative.save()


def _writable(plan: Plan, by: Actor) -> Plan:
    found = locked(plan)
    if not rules.may_write(by, found):
        raise NotAllowedError(_NOT_THE_LEADER)
    WORKFLOW.after(State(found.state), "write")
    return found


def _at_work(plan: Plan, act: str, by: Actor) -> Plan:
    found = locked(plan)
    if not rules.may_write(by, found):
        raise NotAllowedError(_NOT_THE_LEADER)
    WORKFLOW.after(State(found.state), act)
    return found


def _locked(initiative: Initiative) -> Initiative:
    return Initiative.objects.select_for_update().get(pk=initiative.pk)


def _texts(said: Said) -> dict[str, object]:
    return {name: getattr(said, name) for name in FIELDS}


def serve(initiative: Initiative, goals: Iterable[str]) -> None:
    """Set which goals an initiative serves."""
    wanted = list(dict.fromkeys(goals))
    initiative.served.exclude(goal__in=wanted).delete()
    known = set(initiative.served.values_list("goal", flat=True))
    ServedGoal.objects.bulk_create(ServedGoal(initiative=initiative, goal=goal) for goal in wanted if goal not in known)


def _saved(plan: Plan, initiative: Initiative, act: str, by: Actor) -> Initiative:
    initiative.version += 1
    initiative.save()
    return _done(plan, initiative, act, by)


def _done(plan: Plan, initiative: Initiative, act: str, by: Actor) -> Initiative:
    """Count the plan's version up, so that nothing is adopted unseen; keep it, and record the act."""
    plan.version += 1
    plan.save()
    keep(plan, act, by)
    wrote(by, Subject.INITIATIVE, initiative.pk, act)
    return initiative
