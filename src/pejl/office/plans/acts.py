"""What can be done with a plan. Every act locks the plan, keeps a version of it, and is recorded."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from pejl.office.accounts.actor import Actor
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.clock import now
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError
from pejl.office.organisation.models import Unit
from pejl.office.plans import rules
from pejl.office.plans.content import keep, merge, texts_read
from pejl.office.plans.kinds import TEMPLATES, Kind, NoteKind
from pejl.office.plans.models import Note, Plan
from pejl.office.plans.states import AT_WORK, OPEN_TO_ALL, WORKFLOW, State
from pejl.office.year.models import AgendaItem
from pejl.text import Message, message

_NOT_THE_LEADER = message("Only the leaders of the unit and those above it write in this plan.")
_NOT_ABOVE = message("Only a leader above the unit does this.")
_NOT_THE_SECRETARIAT = message("Only the secretariat does this.")
CHANGED = message("Somebody else has saved while you were writing. Nothing is lost: both texts stand below.")


@transaction.atomic
def begin(*, kind: Kind, unit: Unit, year: int, about: str = "", by: Actor) -> Plan:
    """Begin a plan, empty.

    Args:
        kind: of the plan.
        unit: whose leader writes it.
        year: for which.
        about: the area, or the id of the target group; empty for other kinds.
        by: a leader of the unit or above.

    Raises:
        NotAllowedError: somebody else's unit, or a unit of a level that has no such plan.
        NotNowError: there is one already, or it is not said what it is about.
    """
    if not rules.may_begin(by, kind, by.tree.get(unit.pk)):
        raise NotAllowedError(message("Only the leaders of the unit and those above it begin a plan for it."))
    if bool(about) != bool(TEMPLATES[kind].about):
        raise NotNowError(message("say what the plan is about"))
    if Plan.objects.filter(kind=kind, unit=unit, year=year, about=about).exists():
        raise NotNowError(message("there is such a plan for that year already"))
    plan = Plan.objects.create(kind=kind, unit=unit, year=year, about=about, begun_at=now(), begun_by=by.number)
    return _done(plan, "begin", by)


@transaction.atomic
def write(*, plan: Plan, version: int, texts: Mapping[str, str], by: Actor) -> Plan:
    """Save the texts of a plan.

    Args:
        plan: as it was fetched.
        version: the one that was read when the writing began.
        texts: by id of a heading; headings that are left out stay as they are.
        by: a leader of the unit or above.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: it has been adopted.
        ChangedMeanwhileError: somebody else has changed the same text; `theirs` has it. Where they changed another
            one, both are kept.
    """
    found = locked(plan)
    _require(rules.may_write(by, found), _NOT_THE_LEADER)
    WORKFLOW.after(State(found.state), "write")
    known = {section.id for section in TEMPLATES[Kind(found.kind)].sections}
    mine = {name: text for name, text in texts.items() if name in known}
    if version != found.version:
        stands = {name: found.texts.get(name, "") for name in mine}
        both = merge(read=texts_read(found.pk, version), mine=mine, stands=stands)
        if both.theirs:
            raise ChangedMeanwhileError(CHANGED, both.theirs, found.version)
        mine = dict(both.merged)
    found.texts = {**found.texts, **mine}
    return _done(found, "write", by)


@transaction.atomic
def hand_over(*, plan: Plan, by: Actor) -> Plan:
    """Say that a draft is ready to be talked through with the next leader.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: it is no draft, or nothing is written in it.
    """
    found = _moved(plan, "hand_over", by, _NOT_THE_LEADER)
    if not any(text.strip() for text in found.texts.values()) and not found.initiatives.exists():
        raise NotNowError(message("nothing is written in the plan yet; a few lines are enough"))
    return _done(found, "hand_over", by)


@transaction.atomic
def take_back(*, plan: Plan, by: Actor) -> Plan:
    """Take a plan back that was handed over, to write on.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: it has been talked through already, or was not handed over.
    """
    return _done(_moved(plan, "take_back", by, _NOT_THE_LEADER), "take_back", by)


@transaction.atomic
def confirm_talk(*, plan: Plan, agreed: str = "", by: Actor) -> Plan:
    """Confirm that the plan has been talked through.

    Args:
        plan: as it was fetched.
        agreed: what was agreed; may be empty.
        by: a leader above the unit.

    Raises:
        NotAllowedError: no leader above the unit.
        NotNowError: it was not handed over.
    """
    found = _moved(plan, "confirm_talk", by, _NOT_ABOVE)
    found.talked_at, found.talked_by = now(), by.number
    _say(found, NoteKind.TALK, agreed, by)
    return _done(found, "confirm_talk", by)


@transaction.atomic
def send_back(*, plan: Plan, reason: str, by: Actor) -> Plan:
    """Send a plan back to be written on.

    Args:
        plan: as it was fetched.
        reason: why; required.
        by: a leader above the unit.

    Raises:
        NotAllowedError: no leader above the unit.
        NotNowError: it is still a draft, or adopted; or no reason is given.
    """
    found = _moved(plan, "send_back", by, _NOT_ABOVE)
    if not reason.strip():
        raise NotNowError(message("say why, so that the one who wrote it knows what to do"))
    found.talked_at = found.talked_by = found.put_before_at = found.put_before_by = found.agenda_item = None
    _say(found, NoteKind.SENT_BACK, reason, by)
    return _done(found, "send_back", by)


@transaction.atomic
def put_before(*, plan: Plan, agenda_item: AgendaItem | None = None, by: Actor) -> Plan:
    """Put a plan before the committee; its members can read it from then on.

    Args:
        plan: as it was fetched.
        agenda_item: the item of a meeting's agenda by which the committee gets it; None where it stands on none here.
        by: the secretariat.

    Raises:
        NotAllowedError: not the secretariat, or a plan that does not go to the committee.
        NotNowError: it has not been talked through.
    """
    found = _moved(plan, "put_before", by, _NOT_THE_SECRETARIAT)
    found.put_before_at, found.put_before_by, found.agenda_item = now(), by.number, agenda_item
    return _done(found, "put_before", by)


@transaction.atomic
def adopt(*, plan: Plan, version: int, by: Actor) -> Plan:
    """Adopt a plan; that of the year before is closed by it.

    Args:
        plan: as it was fetched.
        version: the one that was read: nothing is adopted unseen.
        by: a leader above the unit; the secretariat, for what the committee has decided.

    Raises:
        NotAllowedError: somebody else's to adopt.
        NotNowError: it has not been talked through, or not been put before the committee.
        ChangedMeanwhileError: it was changed after it was read.
    """
    found = _moved(plan, "adopt", by, _NOT_ABOVE)
    if TEMPLATES[Kind(found.kind)].committee and found.put_before_at is None:
        raise NotNowError(message("the committee has not had the plan yet: put it before the committee first"))
    if version != found.version:
        changed = message("The plan was changed after you opened it. Read it once more before you adopt it.")
        raise ChangedMeanwhileError(changed, {}, found.version)
    found.adopted_at, found.adopted_by = now(), by.number
    _done(found, "adopt", by)
    _close_earlier(found, by)
    return found


@transaction.atomic
def show_publicly(*, plan: Plan, by: Actor) -> Plan:
    """Say that a plan the committee has adopted may be shown publicly.

    Raises:
        NotAllowedError: not the secretariat.
        NotNowError: it is not adopted.
    """
    found = _moved(plan, "show_publicly", by, _NOT_THE_SECRETARIAT)
    found.shown_at, found.shown_by = now(), by.number
    return _done(found, "show_publicly", by)


@transaction.atomic
def add_note(*, plan: Plan, text: str, by: Actor) -> Plan:
    """Note something on a plan, at any time until it is closed.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: it is closed, or the note is empty.
    """
    found = _moved(plan, "note", by, _NOT_THE_LEADER)
    if not text.strip():
        raise NotNowError(message("a note says something"))
    _say(found, NoteKind.NOTE, text, by)
    return _done(found, "note", by)


def locked(plan: Plan) -> Plan:
    """Return a plan as it stands now, and keep others from changing it until this act is done.

    Raises:
        NotNowError: it has been thrown away meanwhile.
    """
    found = Plan.objects.select_for_update().filter(pk=plan.pk).first()
    if found is None:
        raise NotNowError(message("the plan is no longer there: it has been thrown away"))
    return found


def _moved(plan: Plan, act: str, by: Actor, otherwise: Message) -> Plan:
    """Return the plan as it stands now, with the state that follows; not saved yet."""
    found = locked(plan)
    _require(rules.MAY[act](by, found), otherwise)
    found.state = WORKFLOW.after(State(found.state), act)
    return found


def _done(plan: Plan, act: str, by: Actor) -> Plan:
    """Save, count the version up, keep it, and record the act."""
    if act != "begin":
        plan.version += 1
    plan.save()
    keep(plan, act, by)
    wrote(by, Subject.PLAN, plan.pk, act)
    return plan


def _close_earlier(plan: Plan, by: Actor) -> None:
    """Close the plans of earlier years that this one takes over from.

    The plan of a unit that has ended is closed when every unit that carries on for it has adopted one since.
    """
    units = {plan.unit_id, *by.tree.inherited([plan.unit_id])}
    alike = Plan.objects.filter(kind=plan.kind, about=plan.about)
    earlier = alike.select_for_update().filter(unit_id__in=units, year__lt=plan.year, state__in=list(AT_WORK))
    for each in earlier.order_by("year", "pk"):
        heirs = by.tree.heirs(each.unit_id) if each.unit_id != plan.unit_id else frozenset({plan.unit_id})
        later = alike.filter(unit_id__in=heirs, year__gt=each.year, state__in=list(OPEN_TO_ALL))
        if not heirs <= set(later.values_list("unit_id", flat=True)):
            continue
        each.state = WORKFLOW.after(State(each.state), "close")
        each.closed_at, each.closed_by = now(), by.number
        _done(each, "close", by)


def _say(plan: Plan, kind: NoteKind, text: str, by: Actor) -> None:
    if text.strip():
        Note.objects.create(plan=plan, kind=kind, text=text.strip(), said_at=now(), said_by=by.number)


def _require(allowed: bool, otherwise: Message) -> None:
    if not allowed:
        raise NotAllowedError(otherwise)
