"""The social strategy of 2015 on its way, as the background note and the city's news tell it.

The note says what was planned; it was written before. What happened is known of two steps only: the decision of
13 August 2014, and that the strategy had been adopted by 29 June 2015. The other steps are passed over in those words.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings

from pejl.office.accounts.actor import Actor
from pejl.office.accounts.world import World
from pejl.office.clock import today
from pejl.office.core.roles import Role
from pejl.office.strategies.acts import hand_on, keep_draft, note_step, open_way, pass_over, plan_step
from pejl.office.strategies.comparing import declared_in
from pejl.office.strategies.models import Step, StrategyWay
from pejl.office.strategies.states import Form, StepKind
from pejl.office.year.demonstration import COMMITTEE, meeting_on
from pejl.office.year.models import Committee

PLANNED = {
    StepKind.FIRST_DISCUSSION: date(2015, 3, 1),
    StepKind.THEMATIC_DISCUSSION: date(2015, 4, 22),
    StepKind.WHOLE_DRAFT: date(2015, 5, 27),
    StepKind.ADOPTION: date(2015, 6, 24),
}
"""When the background note plans the steps; the first is given as the month of the budget seminar."""

DECIDED, ADOPTED_BY = date(2014, 8, 13), date(2015, 6, 29)
_NOT_TOLD = (
    "Baggrundsnotatet siger, hvornår drøftelsen var planlagt. "
    "Om og hvornår den blev holdt, står ikke i det, vi har læst."
)
_DECIDED = "Der skal udarbejdes en socialstrategi, der dækker alle forvaltningens målgrupper."
_ADOPTED = "Strategien er vedtaget; kommunen skriver det i en nyhed den 29. juni 2015."
_DRAFTS = {
    "social_strategy_2018_2022_draft": "Udkastet",
    "social_strategy_2018_2022": "Strategien, som den blev vedtaget",
}
_NO_DAYS = "Dokumenterne giver udkastet og den vedtagne strategi, men ikke dagene på vejen."


def build(world: World) -> None:
    """Enter the way of 2015, as far as it lies before the day; and the drafts of 2018, where the workspace has them."""
    by = world.actors[Role.SECRETARIAT]
    _way_of_2015(by)
    _drafts_of_2018(by)


def _way_of_2015(by: Actor) -> None:
    committee = Committee.objects.get(code=COMMITTEE)
    way = open_way(
        title="Et godt liv for alle københavnere",
        strategy="social_strategy_2015",
        note="Socialstrategien 2015. Hvad der var planlagt, står i baggrundsnotatet om processen.",
        by=by,
    )
    if today() < DECIDED:
        return
    note_step(
        step=_step(way, StepKind.DECISION),
        version=1,
        on=DECIDED,
        meeting=meeting_on(committee, DECIDED),
        decided_by="Socialudvalget",
        decision=_DECIDED,
        by=by,
    )
    for kind, day in PLANNED.items():
        plan_step(step=_step(way, kind), version=1, on=None, month=None, meeting=meeting_on(committee, day), by=by)
    if today() >= ADOPTED_BY:
        _to_the_end(way, by)


def _to_the_end(way: StrategyWay, by: Actor) -> None:
    """Note what is known of how it ended."""
    for kind in (StepKind.FIRST_DISCUSSION, StepKind.THEMATIC_DISCUSSION, StepKind.WHOLE_DRAFT):
        pass_over(step=_step(way, kind), version=2, why=_NOT_TOLD, by=by)
    note_step(
        step=_step(way, StepKind.ADOPTION),
        version=2,
        on=ADOPTED_BY,
        exactly=False,
        decided_by="Socialudvalget",
        decision=_ADOPTED,
        by=by,
    )


def _drafts_of_2018(by: Actor) -> None:
    """Keep the draft and the adopted strategy, so that the two can be compared."""
    declared = declared_in(Path(settings.PEJL_WORKSPACE))
    if not set(_DRAFTS) <= set(declared):
        return
    way = open_way(title="En by med plads til alle", strategy="social_strategy_2018_2022", note=_NO_DAYS, by=by)
    for name, title in _DRAFTS.items():
        draft = keep_draft(way=way, title=title, form=Form.STRATEGY, content=declared[name], by=by)
        for act in ("put_before", "open"):
            hand_on(draft=draft, act=act, by=by)


def _step(way: StrategyWay, kind: StepKind) -> Step:
    return way.steps.get(kind=kind)
