"""Strategies: dated political texts, with everything that stands in them as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from pejl.text import message
from pejl.workspace.base import (
    DateSpan,
    Day,
    Declared,
    Identifier,
    LocalText,
    Many,
    PeriodField,
    SourceRef,
    Words,
)
from pejl.workspace.goals import Goal
from pejl.workspace.problems import DeclarationError


class StrategyRelation(Declared):
    """A strategy this one builds on, replaces, or was the draft of."""

    strategy: Identifier
    note: LocalText | None = None


class OverallGoal(Declared):
    """The goal above all others, and how the committee made it measurable; the sub-goals serve it."""

    id: Identifier
    title: LocalText
    part_of: LocalText | None = None
    operationalisation: Goal | None = None
    sub_goals: Many[Identifier] = ()
    outcomes: Many[LocalText] = ()


class CityGoal(Declared):
    """A goal of the whole city that the strategy contributes to."""

    id: Identifier
    title: LocalText
    area: LocalText | None = None
    due: PeriodField | None = None


class Principle(Declared):
    """How the work is to be done."""

    id: Identifier
    number: int
    title: LocalText


class Challenge(Declared):
    """What stands in the way, for one target group or in general."""

    target_group: Identifier | None = None
    text: LocalText


class FocusAreas(Declared):
    """What the committee will look at; an open list is one its members may add to."""

    open: bool
    items: Many[LocalText]


class Theme(Declared):
    """A theme of the strategy, with the goals it is to serve and when it is discussed."""

    id: Identifier
    number: int
    title: LocalText
    description: LocalText
    carries: Many[Identifier] = ()
    serves: Many[Identifier] = ()
    challenges: Many[Challenge] = ()
    focus_areas: FocusAreas | None = None
    discussion: PeriodField | None = None


class Guidepost(Declared):
    """One of the headings of 2014-2017, with goals below."""

    id: Identifier
    number: int
    title: LocalText
    goals: Many[Goal] = ()


class Heading(Declared):
    """A heading below a vision."""

    id: Identifier
    title: LocalText


class Vision(Declared):
    """A vision with its headings, the citizens' reason for it, and its signs of success."""

    id: Identifier
    number: int
    title: LocalText
    reason: LocalText
    headings: Many[Heading] = ()
    signs: Many[Goal] = ()


class ProcessStep(Declared):
    """One step on the way of a strategy: what was, or was to be, done when."""

    kind: Literal["decision", "discussion", "thematic_discussion", "draft", "adoption", "publication", "numbers_set"]
    period: PeriodField
    status: Literal["done", "planned", "no_later_than"]
    title: LocalText


class MeetingFormat(Declared):
    """A way to involve people: who meets, how many, where, and what for."""

    id: Identifier
    kind: Literal["dialogue_meeting", "development_laboratory"]
    title: LocalText
    participants_from: int = Field(ge=1)
    participants_to: int = Field(ge=1)
    participants: Many[LocalText] = ()
    place: LocalText | None = None
    purpose: Many[LocalText] = ()

    @model_validator(mode="after")
    def _from_fewer_to_more(self) -> MeetingFormat:
        if self.participants_to < self.participants_from:
            raise DeclarationError(
                message("'participants_to' is smaller than 'participants_from'"),
                message("Correct one of the two numbers."),
                key="participants_to",
            )
        return self


class ChapterTemplate(Declared):
    """The structure of a chapter, and the target groups that get one."""

    title: LocalText
    sections: Many[LocalText]
    target_groups: Many[Identifier]
    note: LocalText | None = None


class WheelEntry(Declared):
    """An entry of the committee's annual wheel."""

    period: PeriodField
    title: LocalText
    theme: Identifier | None = None


class Strategy(Declared):
    """A strategy as it was written, with its place in history.

    `plain` says in easy words what it is about. `status` is where it stands now. `valid` are the years it speaks of;
    `in_force_until` the day another text
    took its place, where that is not the end of those years.
    """

    id: Identifier
    title: LocalText
    short_title: LocalText | None = None
    wording: Literal["printed", "ours"] = "printed"
    status: Literal["draft", "adopted", "ended"]
    valid: DateSpan
    adopted_on: Day | None = None
    adopted_by: Day | None = None
    in_force_until: Day | None = None
    committee: LocalText
    sources: Many[SourceRef] = Field(min_length=1)
    draft_of: Many[StrategyRelation] = ()
    elaborates: Many[StrategyRelation] = ()
    replaces: Many[StrategyRelation] = ()
    summary: LocalText | None = None
    plain: LocalText | None = None
    target_group_version: Identifier | None = None
    overall_goal: OverallGoal | None = None
    city_goals: Many[CityGoal] = ()
    principles: Many[Principle] = ()
    themes: Many[Theme] = ()
    guideposts: Many[Guidepost] = ()
    visions: Many[Vision] = ()
    sub_goals: Many[Goal] = ()
    announced_signs: int | None = None
    process: Many[ProcessStep] = ()
    meeting_formats: Many[MeetingFormat] = ()
    chapter_template: ChapterTemplate | None = None
    annual_wheel: Many[WheelEntry] = ()
    outside_factors: Many[LocalText] = ()
    note: LocalText | None = None

    @model_validator(mode="after")
    def _dates_fit_status(self) -> Strategy:
        if self.status == "draft" and (self.adopted_on or self.adopted_by):
            raise DeclarationError(
                message("a draft is not adopted"),
                message("Remove 'adopted_on' and 'adopted_by', or change the status."),
                key="status",
            )
        if self.status != "draft" and not (self.adopted_on or self.adopted_by):
            raise DeclarationError(
                message("an adopted strategy needs the day of its adoption"),
                message("Add 'adopted_on', or 'adopted_by' if only the latest possible day is known."),
                key="status",
            )
        adopted = self.adopted_on or self.adopted_by
        if self.in_force_until is not None and adopted is not None and self.in_force_until < adopted:
            raise DeclarationError(
                message("'in_force_until' lies before the adoption"),
                message("Correct one of the two days."),
                key="in_force_until",
            )
        return self

    @property
    def name(self) -> LocalText:
        """The short title where there is one: what the strategy is called beside others."""
        return self.short_title or self.title

    def goals(self) -> Iterator[Goal]:
        """Yield every goal, in the order of the document: the overall one's, sub-goals, guideposts, visions."""
        if self.overall_goal is not None and self.overall_goal.operationalisation is not None:
            yield self.overall_goal.operationalisation
        yield from self.sub_goals
        for guidepost in self.guideposts:
            yield from guidepost.goals
        for vision in self.visions:
            yield from vision.signs

    def goal_parents(self) -> dict[str, Words]:
        """Return for each goal's id the id of the guidepost, vision or overall goal it stands under."""
        parents = {goal.id: guidepost.id for guidepost in self.guideposts for goal in guidepost.goals}
        parents |= {goal.id: vision.id for vision in self.visions for goal in vision.signs}
        if self.overall_goal is not None:
            parents |= {goal.id: self.overall_goal.id for goal in self.sub_goals}
            if self.overall_goal.operationalisation is not None:
                parents[self.overall_goal.operationalisation.id] = self.overall_goal.id
        return parents

    def in_force(self, day: date) -> bool:
        """Tell whether the strategy is adopted and in force on `day`."""
        adopted = self.adopted_on or self.adopted_by
        if self.status == "draft" or adopted is None or day < adopted:
            return False
        last = self.in_force_until or self.valid.to
        return last is None or day <= last
