"""Surveys: who is asked what and when, how samples are drawn, answers weighted, and people written to."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pejl.workspace.base import Day, Declared, Identifier, LocalText, Many, Number, PeriodField, Words

AnswerFormat = Literal["pejl", "limesurvey", "surveyjs"]


class Sampling(Declared):
    """How a sample is drawn from the frame, without replacement within strata.

    `size` is the number of persons in all; if not given everybody is asked. `strata` are columns of the frame.
    `least` is the smallest number in a stratum (all of it, where it has fewer). `neyman` shares the rest out by the
    spread of `spread_of`, a column of the frame with a known earlier answer or a proxy. `clusters` draws whole groups.
    """

    size: int | None = Field(default=None, ge=1)
    strata: Many[Identifier] = ()
    least: int = Field(default=0, ge=0)
    allocation: Literal["proportional", "neyman"] = "proportional"
    spread_of: Identifier | None = None
    clusters: Identifier | None = None
    seed: int


class Weights(Declared):
    """How answers come to stand for those who were not drawn or did not answer; columns are those of the frame.

    `classes` adjust for people who did not answer; then the weights are made to agree with the frame: in every
    combination of `post_stratify`, or in each of `rake`. `trim` is the largest weight in medians.
    """

    classes: Many[Identifier] = ()
    post_stratify: Many[Identifier] = ()
    rake: Many[Identifier] = ()
    trim: Number | None = None


class Reaching(Declared):
    """Which columns of a register say how somebody can be written to; each case is handled and counted.

    `address_key` is what the mail system knows people by; it is no CPR number. Each of the others is true or false.
    """

    register_: Identifier = Field(alias="register")
    address_key: Identifier
    protected_address: Identifier | None = None
    outside_digital_post: Identifier | None = None
    guardianship: Identifier | None = None
    easy_read: Identifier | None = None
    leave_out: Many[Literal["protected_address", "outside_digital_post", "guardianship", "easy_read"]] = ()


class Wave(Declared):
    """One time the survey is done: the day the frame is read, when it is open, and the file of answers.

    `overlaps` is an earlier wave some of whose sample is asked again: `again` of it, between 0 and 1.
    """

    period: PeriodField
    frame_day: Day
    opens: Day
    closes: Day
    answers: Words
    format: AnswerFormat = "pejl"
    overlaps: PeriodField | None = None
    again: Number | None = None


class Letter(Declared):
    """What is written to those drawn: purpose, that it is voluntary, and their rights; also in easy words."""

    subject: LocalText
    body: LocalText
    easy_read: LocalText


class Survey(Declared):
    """A questionnaire sent to a sample, in waves.

    `frame` is a model with one row for each person who can be drawn on each `frame_day` (columns `person`,
    `frame_day`, and what strata and weights use); `youngest` the least age that is asked.
    """

    id: Identifier
    title: LocalText
    population: Identifier
    purpose: LocalText
    legal_basis: LocalText
    frame: Identifier
    instruments: Many[Identifier] = Field(min_length=1)
    sampling: Sampling
    weights: Weights = Weights()
    reaching: Reaching | None = None
    youngest: int = Field(default=18, ge=0)
    letter: Letter | None = None
    waves: Many[Wave] = Field(min_length=1)
    least_answers: int = Field(default=30, ge=1)
    most_variation: Number | None = None
    note: LocalText | None = None


class Asking(Declared):
    """What an indicator takes from a survey: of an instrument, the share past a cut-off or in a band, or the mean.

    `by` are the columns of the frame it is broken down by.
    """

    survey: Identifier
    instrument: Identifier
    cut_off: Identifier | None = None
    band: Identifier | None = None
    by: Many[Identifier] = ()
