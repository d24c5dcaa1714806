"""Drawing the sample of one wave from its frame."""

from __future__ import annotations

import math
import platform
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pejl.registers import PseudonymKey
from pejl.surveys.sampling.allocation import FEWEST, allocate
from pejl.surveys.sampling.columns import typed
from pejl.surveys.sampling.drawing import draw_overlapping, draw_units, generator_for
from pejl.surveys.sampling.frame import (
    AGE,
    CASES,
    MINOR,
    NO_ADDRESS,
    OF_AGE,
    PERSON,
    Frame,
    cases,
    flags,
    frame_of,
    groups,
    plain,
    totals_of,
)
from pejl.surveys.sampling.refusal import SurveyRefusedError
from pejl.surveys.sampling.sample import CLUSTER, Case, Record, Sample, Stratum, Values, columns_of
from pejl.surveys.sampling.tokens import tokens
from pejl.text import message
from pejl.workspace.surveys import Survey, Wave

if TYPE_CHECKING:
    import pandas as pd

    from pejl.surveys.frames import IntArray
    from pejl.surveys.sampling.drawing import BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """An earlier wave: its sample, and its frame as the registers give it, with `person` and the sample's columns."""

    sample: Sample
    frame: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class _Units:
    """What is drawn: persons, or clusters; in the order of their numbers or names.

    `of` is the unit of each row of the frame; `strata` the stratum of each unit; `names` what each unit is called.
    """

    of: IntArray
    strata: IntArray
    names: Sequence[Any]


def draw(
    rows: pd.DataFrame,
    survey: Survey,
    wave: Wave,
    key: PseudonymKey,
    kinds: Mapping[str, str],
    *,
    reach: pd.DataFrame | None = None,
    leave_out: Collection[str] = (),
    earlier: Sequence[Earlier] = (),
    software: Mapping[str, str] | None = None,
) -> Sample:
    """Draw the sample of one wave.

    The same rows, in whatever order, give the same sample with the same seed, survey, period and key.

    Args:
        rows: the frame on the wave's day, with `person` and the columns of `kinds`, typed by `columns.typed`.
        survey: as declared.
        wave: one of its waves.
        key: of the pseudonyms; tokens are made with it.
        kinds: the columns of the frame to keep, with their types; `used_columns` names them.
        reach: what is known of how persons can be written to: `person`, `address_key` and the columns of `CASES`.
        leave_out: of `CASES`, those declared to be left out.
        earlier: where the wave overlaps another, that wave; then the one it overlaps itself, and so on.
        software: what else is to be named in the record, with its version.

    Raises:
        SurveyRefusedError: the frame cannot be drawn from as declared; the sentence says why.
    """
    import numpy as np

    _refuse_other_key(earlier, key)
    sampling = survey.sampling
    frame = frame_of(rows, survey, kinds, reach, leave_out)
    of, strata = groups(frame.rows, sampling.strata)
    persons = np.bincount(of, minlength=len(strata))
    spreads = _spreads(frame.rows, survey, of, strata)
    numbers = allocate(persons.tolist(), sampling.size, least=sampling.least, spreads=spreads)
    units = _units(frame.rows, of, sampling.clusters)
    population = np.bincount(units.strata, minlength=len(strata))
    wanted = _wanted(numbers, persons, population, clusters=sampling.clusters is not None)
    generator = generator_for(sampling.seed, survey.id, wave.period.text)
    if earlier:
        assert wave.again is not None
        history, before = _history(units, survey, earlier)
        drawn = draw_overlapping(units.strata, wanted, history, before, float(wave.again), generator)
    else:
        before = np.zeros(units.strata.size, np.bool_)
        drawn = draw_units(units.strata, wanted, generator)
    chosen = drawn[units.of]
    sample = frame.rows[chosen].reset_index(drop=True)
    own = of[chosen]
    sample["token"] = typed(tokens(key, survey.id, wave.period.text, sample[PERSON]), "text")
    sample["stratum"] = own + 1
    sample["population_size"], sample["sample_size"] = population[own], wanted[own]
    sample["weight"] = (population / wanted)[own]
    sample["again"] = before[units.of][chosen]
    if sampling.clusters is not None:
        sample[CLUSTER] = sample[sampling.clusters]
    record = _record(
        survey, wave, key, kinds, frame, software,
        strata=tuple(
            Stratum(
                place + 1, values, int(persons[place]), int(population[place]), int(wanted[place]),
                int((own == place).sum()), int(sample["again"][own == place].sum()),
                spreads[place] if spreads is not None else None,
            )
            for place, values in enumerate(strata)
        ),
        met=_met(sample, sampling.strata, reach),
        overlaps=earlier[0].sample.record.period if earlier else None,
    )  # fmt: skip
    ordered = sample.sort_values("token").reset_index(drop=True)
    return Sample(ordered[list(columns_of(kinds, sampling.clusters))], record)


def _refuse_other_key(earlier: Sequence[Earlier], key: PseudonymKey) -> None:
    if any(each.sample.record.key != key.id for each in earlier):
        raise SurveyRefusedError(
            "sample_other_key",
            message("the earlier sample was drawn with another key of the pseudonyms, so nobody in it can be found"),
        )


def _spreads(rows: pd.DataFrame, survey: Survey, of: IntArray, strata: Sequence[Values]) -> list[float] | None:
    """Return the standard deviation in each stratum of what is known of it; None for proportional allocation."""
    import numpy as np

    sampling = survey.sampling
    if sampling.allocation == "proportional":
        return None
    if sampling.spread_of is None:
        raise SurveyRefusedError(
            "spread_not_named", message("Neyman's allocation needs 'spread_of', the column whose spread it goes by")
        )
    values = rows[sampling.spread_of].to_numpy(dtype=np.float64, na_value=np.nan)
    found = []
    for place in range(len(strata)):
        known = values[(of == place) & ~np.isnan(values)]
        if known.size < FEWEST and int((of == place).sum()) > 1:
            raise SurveyRefusedError(
                "spread_not_known",
                message(
                    "'{column}' is known for fewer than two persons of a stratum ({stratum}); merge it with another, "
                    "or draw proportionally",
                    column=sampling.spread_of,
                    stratum=", ".join(map(str, strata[place])),
                ),
            )
        found.append(math.sqrt(float(np.var(known, ddof=1))) if known.size > 1 else 0.0)
    return found


def _units(rows: pd.DataFrame, of: IntArray, clusters: str | None) -> _Units:
    import numpy as np

    if clusters is None:
        return _Units(np.arange(len(rows)), of, rows[PERSON].tolist())
    unit, names = groups(rows, [clusters])
    strata = np.full(len(names), -1, np.int64)
    strata[unit] = of
    across = np.unique(unit[strata[unit] != of]).size
    if across:
        raise SurveyRefusedError(
            "cluster_across_strata",
            message(
                "{count} clusters of '{column}' lie in more than one stratum, so they cannot be drawn within one; "
                "use strata in which every cluster lies whole",
                count=across,
                column=clusters,
            ),
        )
    return _Units(unit, strata, [values[0] for values in names])


def _wanted(numbers: Sequence[int], persons: IntArray, population: IntArray, *, clusters: bool) -> IntArray:
    """Return how many units are drawn in each stratum: persons, or as many clusters as hold about that many."""
    import numpy as np

    if not clusters:
        return np.array(numbers, np.int64)
    # Rounded half up, in whole numbers.
    nearest = [
        (2 * number * int(units) + int(people)) // (2 * int(people))
        for number, people, units in zip(numbers, persons, population, strict=True)
    ]
    return np.minimum(np.maximum(nearest, FEWEST), population)


def _history(units: _Units, survey: Survey, earlier: Sequence[Earlier]) -> tuple[IntArray, BoolArray]:
    """Return where each unit stood in the earlier frames, as a number, and whether it was in the latest sample."""
    import numpy as np

    column = survey.sampling.clusters or PERSON
    places = []
    for each in earlier:
        if each.sample.record.clusters != survey.sampling.clusters:
            raise SurveyRefusedError(
                "overlap_other_units",
                message("the earlier sample was drawn in other units; a sample of persons overlaps one of persons"),
            )
        stood = _stood(each, survey)
        places.append([stood.get(name, ()) for name in units.names])
    keys = list(zip(*places, strict=True))
    numbers = {key: number for number, key in enumerate(sorted(set(keys), key=repr))}
    drawn = set(map(plain, earlier[0].sample.rows[column].astype(object)))
    return (
        np.array([numbers[key] for key in keys], np.int64),
        np.array([name in drawn for name in units.names], np.bool_),
    )


def _stood(earlier: Earlier, survey: Survey) -> dict[Any, Values]:
    """Return the stratum in which each unit of an earlier wave stood; what its sample says goes first."""
    record = earlier.sample.record
    column = record.clusters or PERSON
    rows = earlier.frame
    able = rows[rows[PERSON].notna() & (rows[AGE] >= survey.youngest).fillna(value=False)]
    found: dict[Any, Values] = {}
    for table in (able, earlier.sample.rows):
        columns = [table[name].astype(object) for name in (column, *record.strata)]
        for name, *values in zip(*columns, strict=True):
            found[plain(name)] = ("in", *map(plain, values))
    return found


def _met(sample: pd.DataFrame, strata: Sequence[str], reach: pd.DataFrame | None) -> tuple[Case, ...]:
    """Count who is drawn and needs another way, letter or look than most."""
    import pandas as pd

    found = {MINOR: sample[AGE] < OF_AGE}
    if reach is not None:
        found |= {case: flags(sample, reach, case) for case in CASES}
        addresses = reach[reach["address_key"].notna()][PERSON]
        found[NO_ADDRESS] = ~sample[PERSON].isin(addresses)
    counted: list[Case] = []
    for reason, where in found.items():
        reasons = pd.Series(None, index=sample.index, dtype=object)
        reasons[where] = reason
        counted += cases(sample, strata, reasons)
    return tuple(counted)


def _record(
    survey: Survey,
    wave: Wave,
    key: PseudonymKey,
    kinds: Mapping[str, str],
    frame: Frame,
    software: Mapping[str, str] | None,
    *,
    strata: tuple[Stratum, ...],
    met: tuple[Case, ...],
    overlaps: str | None,
) -> Record:
    from importlib.metadata import version

    sampling = survey.sampling
    return Record(
        survey=survey.id,
        period=wave.period.text,
        frame=survey.frame,
        frame_day=wave.frame_day.isoformat(),
        frame_rows=frame.read,
        frame_sha256=frame.sha256,
        seed=sampling.seed,
        size=sampling.size,
        allocation=sampling.allocation,
        spread_of=sampling.spread_of,
        least=sampling.least,
        strata=tuple(sampling.strata),
        clusters=sampling.clusters,
        columns=dict(kinds),
        strata_drawn=strata,
        left_out=frame.left_out,
        met=met,
        totals=totals_of(frame.rows, survey),
        overlaps=overlaps,
        again=float(wave.again) if overlaps is not None and wave.again is not None else None,
        key=key.id,
        software={
            **{name: version(name) for name in ("pejl", "numpy", "pandas")},
            "python": platform.python_version(),
            **(software or {}),
        },
    )
