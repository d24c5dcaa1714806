"""Goals: what is to be reached, in which direction, from which baseline, to which number, by when."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, Strict, model_validator

from pejl.text import message
from pejl.workspace.base import (
    Day,
    Declared,
    Identifier,
    LocalText,
    Many,
    NotFixed,
    Number,
    PeriodField,
    SourceRef,
    Words,
)
from pejl.workspace.kinds import CHANGES, STANDINGS, WITHOUT_NUMBER, Direction, Standing, TargetKind
from pejl.workspace.problems import DeclarationError
from pejl.workspace.states import State

Wording = Literal["printed", "ours"]


class Baseline(Declared):
    """What one starts from: a period, and the value if the document prints it; `not_known` says so."""

    period: PeriodField | None = None
    value: Number | Literal["not_known"] | None = None
    note: LocalText | None = None

    @property
    def printed(self) -> Decimal | None:
        """The value the document prints, if it prints one."""
        return self.value if isinstance(self.value, Decimal) else None


class Target(Declared):
    """One version of what is to be reached.

    `value` is the level or threshold, `change` the absolute change (in the unit; percentage points for percent),
    `relative_change` the change in percent of the baseline. A level may carry the changes printed beside it.
    `strict` excludes the threshold itself ("below 1.1 %").
    """

    kind: Annotated[TargetKind, Strict(False)]
    period: PeriodField | None = None
    value: Number | None = None
    strict: bool = False
    change: Number | None = None
    relative_change: Number | None = None
    standing: Standing
    set_on: Day | None = None
    to_be_set_by: Day | None = None
    owed_by: LocalText | None = None
    sources: Many[SourceRef] = ()
    note: LocalText | None = None

    @model_validator(mode="after")
    def _numbers_fit_kind(self) -> Target:
        needed = {
            TargetKind.LEVEL: ("value",),
            TargetKind.AT_LEAST: ("value",),
            TargetKind.AT_MOST: ("value",),
            TargetKind.CHANGE: ("change",),
            TargetKind.RELATIVE_CHANGE: ("relative_change",),
            TargetKind.CHANGE_AND_RELATIVE: ("change", "relative_change"),
        }.get(self.kind, ())
        for name in needed:
            if getattr(self, name) is None:
                raise DeclarationError(
                    message("a target of kind '{kind}' needs '{name}'", kind=str(self.kind), name=name),
                    message("Add '{name}', or choose another kind.", name=name),
                )
        if needed and self.period is None:
            raise DeclarationError(
                message("a target of kind '{kind}' needs a 'period'", kind=str(self.kind)),
                message("Add 'period': by when is it to be reached?"),
            )
        refused = ("value", "change", "relative_change") if self.kind in WITHOUT_NUMBER else ()
        for name in ("value",) if self.kind in CHANGES else refused:
            if getattr(self, name) is not None:
                raise DeclarationError(
                    message("a target of kind '{kind}' has no '{name}'", kind=str(self.kind), name=name),
                    message("Remove '{name}', or choose the kind it belongs to.", name=name),
                    key=name,
                )
        return self


class HeadingLink(Declared):
    """Our link from a sign of success to a heading below its vision; never the document's own."""

    heading: Identifier
    why: LocalText


class Goal(Declared):
    """A goal: a guidepost's goal, a sub-goal, a sign of success, an operationalisation.

    `code` is the code as printed ("1A"). `plain` says it in words that are easy to read. `wording` tells whether the
    title is the document's or ours. A goal is
    measured by an `indicator`, or says `source: none` with the state of its missing data, and then the `unit` its
    numbers are in. `tolerance` belongs to goals that are to hold: a change surely smaller than it counts as steady.
    """

    id: Identifier
    code: Words | None = None
    title: LocalText
    plain: LocalText | None = None
    wording: Wording = "printed"
    indicator: Identifier | None = None
    source: Literal["none"] | None = None
    state: Annotated[State, Strict(False)] | None = None
    unit: Identifier | None = None
    owed_by: LocalText | None = None
    due: Day | None = None
    population: Identifier | None = None
    scope: Identifier
    direction: Direction
    tolerance: Number | None = None
    baseline: Baseline | None = None
    targets: Many[Target] = Field(min_length=1)
    weight: Number | NotFixed | None = None
    kind_of_data: LocalText | NotFixed | None = None
    timetable: LocalText | NotFixed | None = None
    continues: Many[Identifier] = ()
    rewords: Many[Identifier] = ()
    replaces: Many[Identifier] = ()
    headings: Many[HeadingLink] = ()
    sources: Many[SourceRef] = ()
    note: LocalText | None = None

    @model_validator(mode="after")
    def _has_data_or_says_why_not(self) -> Goal:
        if (self.indicator is None) == (self.source is None):
            raise DeclarationError(
                message("a goal has either an 'indicator' or 'source: none'"),
                message("Name the indicator, or write 'source: none' and the 'state' of its missing data."),
            )
        if self.source == "none" and (self.state is None or self.state.has_value):
            raise DeclarationError(
                message("a goal with 'source: none' needs the 'state' of its missing data"),
                message("Write no_method, no_data, not_due or not_collected."),
                key="state",
            )
        if self.source is None and self.state is not None:
            raise DeclarationError(
                message("'state' belongs to 'source: none'; an indicator's figures bring their own"),
                message("Remove 'state'."),
                key="state",
            )
        if self.source is None and self.unit is not None:
            raise DeclarationError(
                message("'unit' belongs to 'source: none'; an indicator brings its own"),
                message("Remove 'unit'."),
                key="unit",
            )
        if self.direction == "hold" and self.tolerance is None:
            raise DeclarationError(
                message("a goal that is to hold needs a 'tolerance'"),
                message("Write how much change still counts as steady, in the indicator's unit."),
                key="direction",
            )
        return self

    @property
    def target(self) -> Target:
        """The target that counts: the adopted one, else the proposed, else the draft's; the latest of these."""
        return next(
            target for standing in STANDINGS for target in reversed(self.targets) if target.standing == standing
        )

    @property
    def predecessors(self) -> tuple[str, ...]:
        """The ids of all earlier goals this one continues, rewords or replaces."""
        return (*self.continues, *self.rewords, *self.replaces)
