"""`Sample`: who was drawn for one wave, and the record of how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from pejl.surveys.design import Design

if TYPE_CHECKING:
    import pandas as pd

Values = tuple[Any, ...]

ADDED = {
    "token": "text",
    "person": "integer",
    "stratum": "integer",
    "population_size": "integer",
    "sample_size": "integer",
    "weight": "number",
    "again": "boolean",
}
"""Columns a sample has beside those of the frame, and `cluster` where clusters are drawn."""
CLUSTER = "cluster"


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum of a wave.

    Attributes:
        number: from 1, as in the column `stratum` of the sample.
        values: what the columns of the strata hold there.
        persons: how many can be drawn.
        population: what was drawn from: clusters, or persons.
        drawn: how many of these were drawn.
        sample: persons in the sample.
        again: persons of them who were in the earlier sample.
        spread: standard deviation of the column `spread_of` (n - 1), None if it was not asked for.
    """

    number: int
    values: Values
    persons: int
    population: int
    drawn: int
    sample: int
    again: int
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """How many persons of a stratum were left out, or were drawn and are met in another way than most.

    `values` are those of the stratum's columns; None where a row that was left out has none.
    """

    reason: str
    values: Values
    persons: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How many can be drawn with each combination of values of some columns: what answers are weighted up to."""

    columns: tuple[str, ...]
    counts: tuple[tuple[Values, int], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """How a sample was drawn: enough to draw it again from the same registers, and to say who was left out and why.

    Attributes:
        survey: its id.
        period: of the wave, as written.
        frame: the model the frame was read from.
        frame_day: the day it was read for, year-month-day.
        frame_rows: rows of that day, before anybody was left out.
        frame_sha256: hash of these rows, whatever their order.
        seed: the declared seed.
        size: how many were asked for; None: everybody.
        allocation: `proportional` or `neyman`.
        spread_of: the column behind Neyman's rule, if any.
        least: the declared least number in a stratum.
        strata: columns of the strata.
        clusters: column of the clusters, None if persons were drawn.
        columns: columns of the frame in the sample, with their types.
        strata_drawn: the strata, in the order of their values.
        left_out: who of the frame could not be drawn, by reason and stratum.
        met: who was drawn and needs another way, letter or look, by reason and stratum.
        totals: of the frame, after leaving out, for each set of columns the weights use.
        overlaps: the earlier wave some of whose sample was drawn again, if any.
        again: the share of it that was wanted again.
        key: id of the key of the pseudonyms; it says nothing of the key.
        software: names and versions.
    """

    survey: str
    period: str
    frame: str
    frame_day: str
    frame_rows: int
    frame_sha256: str
    seed: int
    size: int | None
    allocation: str
    spread_of: str | None
    least: int
    strata: tuple[str, ...]
    clusters: str | None
    columns: Mapping[str, str]
    strata_drawn: tuple[Stratum, ...]
    left_out: tuple[Case, ...]
    met: tuple[Case, ...]
    totals: tuple[Totals, ...]
    overlaps: str | None
    again: float | None
    key: str
    software: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {**asdict(self), "columns": dict(self.columns), "software": dict(self.software)}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Record:
        """Return the record `plain` was made of, by way of JSON.

        Raises:
            KeyError, TypeError: it was made of none.
        """
        held = dict(plain)
        held["strata"] = tuple(held["strata"])
        held["strata_drawn"] = tuple(
            Stratum(**{**each, "values": tuple(each["values"])}) for each in held["strata_drawn"]
        )
        for name in ("left_out", "met"):
            held[name] = tuple(Case(each["reason"], tuple(each["values"]), each["persons"]) for each in held[name])
        held["totals"] = tuple(
            Totals(tuple(each["columns"]), tuple((tuple(values), number) for values, number in each["counts"]))
            for each in held["totals"]
        )
        return cls(**held)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Who was drawn for one wave.

    Attributes:
        rows: a pandas frame, one row per person drawn, sorted by token, with the columns `ADDED`, then `cluster` where
            clusters were drawn, then those of `record.columns`. `person` is a pseudonym; a token says nothing of it
            without the key. `population_size` and `sample_size` are of the stratum, in clusters where these were drawn.
        record: how it was drawn.
    """

    rows: pd.DataFrame
    record: Record

    @property
    def kinds(self) -> dict[str, str]:
        """The columns of `rows` and their types."""
        return columns_of(self.record.columns, self.record.clusters)

    def design(self) -> Design:
        """Return the design for estimates from these rows."""
        return Design(
            weights="weight",
            strata="stratum",
            psu=CLUSTER if self.record.clusters is not None else None,
            population_size="population_size",
        )

    def totals(self, columns: Sequence[str]) -> dict[Values, int]:
        """Return how many of the frame have each combination of values of `columns`.

        Raises:
            LookupError: these columns are not among those the survey's weights use.
        """
        for each in self.record.totals:
            if each.columns == tuple(columns):
                return dict(each.counts)
        raise LookupError(f"no totals of {', '.join(columns)}")


def columns_of(frame: Mapping[str, str], clusters: str | None) -> dict[str, str]:
    """Return the columns of a sample and their types, from those of the frame."""
    cluster = {CLUSTER: frame[clusters]} if clusters is not None else {}
    return {**ADDED, **cluster, **frame}
