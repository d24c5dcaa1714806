"""What is done with a strategy on its way. Drafts are kept as they were; what happened is noted by whom and when."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from pejl.office.accounts.actor import Actor
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.clock import now, today
from pejl.office.core.refusals import NotNowError
from pejl.office.strategies.comparing import strategy_of
from pejl.office.strategies.models import Draft, Step, StrategyWay
from pejl.office.strategies.rules import require_writer
from pejl.office.strategies.states import STANDING, WAY, Form, Standing, StepKind, WayState
from pejl.office.year.models import Meeting
from pejl.office.year.quarters import day_words
from pejl.office.year.saving import save_version
from pejl.text import message

MOST_CHARACTERS = 1_000_000


@transaction.atomic
def open_way(*, title: str, strategy: str = "", note: str = "", by: Actor) -> StrategyWay:
    """Begin to follow a strategy; all its steps are ahead.

    Args:
        title: of the strategy.
        strategy: the id under which the workspace declares it, if it does.
        note: what else there is to know.
        by: the secretariat.

    Raises:
        NotAllowedError: it is not the secretariat.
    """
    require_writer(by)
    way = StrategyWay.objects.create(title=title, strategy=strategy, note=note)
    Step.objects.bulk_create([Step(way=way, kind=kind) for kind in StepKind])
    wrote(by, Subject.STRATEGY_WAY, way.pk, "open_way")
    return way


@transaction.atomic
def change_way(*, way: StrategyWay, version: int, title: str, strategy: str, note: str, by: Actor) -> None:
    """Change what a strategy on its way is called, or what is said of it.

    Raises:
        NotAllowedError: it is not the secretariat.
        ChangedMeanwhileError: somebody else has saved.
    """
    require_writer(by)
    save_version(way, version, title=title, strategy=strategy, note=note)
    wrote(by, Subject.STRATEGY_WAY, way.pk, "change_way")


@transaction.atomic
def plan_step(
    *, step: Step, version: int, on: date | None, month: date | None, meeting: Meeting | None, by: Actor
) -> None:
    """Say when a step is to be taken, and at which meeting.

    A meeting gives its own day, or month. A plan stands beside what happened: it is not changed afterwards.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: it is noted already what happened, or the way has ended.
        ChangedMeanwhileError: somebody else has saved.
    """
    require_writer(by)
    _going_on(step.way_id)
    if Step.objects.get(pk=step.pk).noted:
        raise NotNowError(message("what happened is noted already; the plan stands as it was"))
    if meeting is not None and on is None and month is None:
        on, month = meeting.on, meeting.month
    values: dict[str, Any] = {
        "planned_on": on,
        "planned_month": month.replace(day=1) if month is not None and on is None else None,
        "meeting": meeting,
    }
    save_version(step, version, **values)
    wrote(by, Subject.STRATEGY_WAY, step.way_id, "plan_step")


@transaction.atomic
def note_step(
    *,
    step: Step,
    version: int,
    on: date,
    exactly: bool = True,
    meeting: Meeting | None = None,
    decided_by: str = "",
    decision: str = "",
    by: Actor,
) -> None:
    """Note that a step was taken; noting it again corrects it.

    Args:
        step: which.
        version: of it, as it was seen.
        on: the day.
        exactly: False where it is known only that it had happened by that day.
        meeting: at which; the one it was planned for, if none is given.
        decided_by: who decided.
        decision: what, in their words.
        by: the secretariat.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the day is ahead, or lies before an earlier step; an earlier step is not noted; or the way has
            ended.
        ChangedMeanwhileError: somebody else has saved.
    """
    require_writer(by)
    if on > today():
        raise NotNowError(message("the day is still ahead"))
    _after_earlier_steps(step, on)
    values: dict[str, Any] = {"done_on": on, "done_exactly": exactly, "passed_over": ""}
    if meeting is not None:
        values["meeting"] = meeting
    _note(step, version, by, "note_step", **values, decided_by=decided_by, decision=decision)


@transaction.atomic
def pass_over(*, step: Step, version: int, why: str, by: Actor) -> None:
    """Go on without a step: it was left out, or nobody knows whether and when it was taken.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: no reason is given, an earlier step is not noted, or the way has ended.
        ChangedMeanwhileError: somebody else has saved.
    """
    require_writer(by)
    if not why.strip():
        raise NotNowError(message("say why the step is passed over"))
    values: dict[str, Any] = {"done_on": None, "done_exactly": None, "decided_by": "", "decision": ""}
    _note(step, version, by, "pass_over", passed_over=why, **values)


@transaction.atomic
def drop_way(*, way: StrategyWay, version: int, why: str, by: Actor) -> None:
    """Give a strategy up before it is adopted. What was written and decided stays.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: it is adopted or dropped already, or no reason is given.
        ChangedMeanwhileError: somebody else has saved.
    """
    require_writer(by)
    found = StrategyWay.objects.select_for_update().get(pk=way.pk)
    after = WAY.after(WayState(found.state), "drop")
    if not why.strip():
        raise NotNowError(message("say why the strategy is dropped"))
    save_version(way, version, state=after.value, dropped_why=why, dropped_by_id=by.number, dropped_at=now())
    wrote(by, Subject.STRATEGY_WAY, way.pk, "drop_way")


@transaction.atomic
def keep_draft(
    *, way: StrategyWay, title: str, form: Form, content: str, step: StepKind | None = None, by: Actor
) -> Draft:
    """Keep a draft as it is now. It is never changed; the next one is another.

    Args:
        way: whose draft.
        title: what it is called.
        form: a declared strategy, or plain text.
        content: all of it.
        step: for which step it was written.
        by: the secretariat.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: it is empty or too long, or was kept already.
        NotAStrategyError: it is to be a declared strategy, and is none.
    """
    require_writer(by)
    StrategyWay.objects.select_for_update().get(pk=way.pk)
    if not content.strip():
        raise NotNowError(message("the draft is empty"))
    if len(content) > MOST_CHARACTERS:
        raise NotNowError(message("the draft is too long"))
    if form is Form.STRATEGY:
        strategy_of(content)
    digest = hashlib.sha256(content.encode()).hexdigest()
    same = way.drafts.filter(sha256=digest).first()
    if same is not None:
        raise NotNowError(message("this draft is kept already, as number {number}", number=same.number))
    last = way.drafts.aggregate(last=Max("number"))["last"] or 0
    draft = Draft.objects.create(
        way=way,
        number=last + 1,
        title=title,
        form=form,
        content=content,
        sha256=digest,
        step=step or "",
        kept_by_id=by.number,
        kept_at=now(),
    )
    wrote(by, Subject.DRAFT, draft.pk, "keep_draft")
    return draft


@transaction.atomic
def hand_on(*, draft: Draft, act: str, by: Actor) -> None:
    """Put a draft before the committee, or open it to everybody.

    Args:
        draft: which.
        act: of `states.STANDING`: put_before or open.
        by: the secretariat.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: it cannot follow.
    """
    require_writer(by)
    found = Draft.objects.select_for_update().get(pk=draft.pk)
    after = STANDING.after(Standing(found.standing), act)
    Draft.objects.filter(pk=draft.pk).update(standing=after.value)
    draft.standing = after.value
    wrote(by, Subject.DRAFT, draft.pk, act)


def _note(step: Step, version: int, by: Actor, act: str, **values: Any) -> None:
    """Note what became of a step; the first time the way goes on by it."""
    way = _going_on(step.way_id, adopted_too=True)
    found = Step.objects.get(pk=step.pk)
    if not found.noted:
        after = WAY.after(WayState(way.state), found.kind)
        StrategyWay.objects.filter(pk=way.pk).update(state=after.value, version=way.version + 1)
    save_version(step, version, noted_by_id=by.number, noted_at=now(), **values)
    wrote(by, Subject.STRATEGY_WAY, way.pk, act)


def _going_on(number: int, *, adopted_too: bool = False) -> StrategyWay:
    way = StrategyWay.objects.select_for_update().get(pk=number)
    ended = {WayState.DROPPED} if adopted_too else {WayState.DROPPED, WayState.ADOPTED}
    if way.state in ended:
        raise NotNowError(message("the strategy's way has ended: {state}", state=WAY.words[WayState(way.state)]))
    return way


def _after_earlier_steps(step: Step, on: date) -> None:
    """Refuse a day before one on which an earlier step is known to have been taken."""
    order = list(StepKind)
    before = order[: order.index(StepKind(step.kind))]
    earlier = Step.objects.filter(way_id=step.way_id, kind__in=before, done_exactly=True, done_on__gt=on).first()
    if earlier is not None and earlier.done_on is not None:
        raise NotNowError(message("an earlier step was taken later, on {day}", day=day_words(earlier.done_on)))
