"""A workspace of any size, made from a seed: the same size and seed always give the same bytes.

Everything in it is invented, and says so on its face. It holds counts, shares with their n and means with their
standard errors, by years and by quarters, with breaks, rhythms, estimates and gaps, broken down by six dimensions, and
goals with every kind of target. As full it is what the benchmarks measure; as small it serves tests.

    python -m benchmarks.generated DIR [--small]
"""

from __future__ import annotations

import argparse
import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, zip_longest
from math import prod
from pathlib import Path
from typing import Any

import yaml

FIRST_YEAR, LAST_YEAR = 2010, 2021
BREAK_YEAR = 2016
SEED = 20140917
GOALS_PER_STRATEGY = 50

DIMENSIONS: dict[str, tuple[str, ...]] = {
    "district": (
        "nordmark",
        "oestlund",
        "soelund",
        "vestvang",
        "midtbo",
        "havnsoe",
        "bakkely",
        "engby",
        "skovro",
        "aadal",
    ),
    "age_group": ("age_0_17", "age_18_29", "age_30_49", "age_50_66", "age_67_up"),
    "gender": ("woman", "man", "not_stated"),
    "target_group": ("group_a", "group_b", "group_c", "group_d", "group_e", "group_f"),
    "provider": ("p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"),
    "support": ("advice", "home", "day", "residence"),
}
TARGET_KINDS = (
    "level",
    "at_least",
    "at_most",
    "change",
    "relative_change",
    "change_and_relative",
    "direction",
    "not_set",
    "not_known",
)
COLUMNS = ("series", "period", *DIMENSIONS, "value", "unit", "state", "n", "se", "scope", "source", "note")
_WHOLE = ("",) * len(DIMENSIONS)
_COMBINATIONS = prod(len(codes) for codes in DIMENSIONS.values())
_STRIDE = 7919  # prime to the number of combinations, so that going on by it meets each of them once
_DECIMALS = {"persons": 0, "percent": 1, "points": 1}

Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a workspace is to be."""

    indicators: int
    rows: int
    files: int
    goals: int


FULL = Size(indicators=300, rows=200_000, files=60, goals=300)
SMALL = Size(indicators=24, rows=1_200, files=6, goals=18)


@dataclass(frozen=True, slots=True)
class Series:
    """An invented series: its periods, its totals, and what is special about it."""

    number: int
    unit: str
    periods: tuple[str, ...]
    totals: tuple[float, ...]
    rhythm: tuple[int, ...]
    has_break: bool

    @property
    def id(self) -> str:
        """The id of the series and of its indicator; the first one counts the inhabitants."""
        return "inhabitants" if self.number == 0 else f"measure_{self.number:03}"


def write_workspace(folder: Path, size: Size = FULL, seed: int = SEED) -> None:
    """Write a valid workspace of `size` into `folder`, which is made."""
    series = [_series(number, seed) for number in range(size.indicators)]
    for name in ("vocabulary", "indicators", "figures", "strategy"):
        (folder / name).mkdir(parents=True)
    (folder / "pejl.toml").write_text(_SETTINGS, encoding="utf-8")
    _write_yaml(folder / "vocabulary" / "words.yaml", _vocabulary())
    for each in series:
        _write_yaml(folder / "indicators" / f"{each.id}.yaml", _indicator(each))
    for number in range(size.files):
        own = [each for each in series if each.number * size.files // size.indicators == number]
        _write_figures(folder / "figures" / f"table_{number:02}.csv", own, number, size, seed)
    for number, start in enumerate(range(0, size.goals, GOALS_PER_STRATEGY)):
        goals = range(start, min(start + GOALS_PER_STRATEGY, size.goals))
        _write_yaml(folder / "strategy" / f"strategy_{number}.yaml", _strategy(number, goals, series))


def series_of(file: int, size: Size) -> list[str]:
    """Return the ids of the series that stand in the figures file of this number."""
    everything = (_series(number, SEED) for number in range(size.indicators))
    return [each.id for each in everything if each.number * size.files // size.indicators == file]


def change_one_value(path: Path) -> None:
    """Add 1 to the last count in a figures file that is not a total."""
    lines = path.read_text(encoding="utf-8").split("\n")
    delimiter = ";" if ";" in lines[0] else ","
    value = COLUMNS.index("value")
    for position in range(len(lines) - 2, 0, -1):
        cells = lines[position].split(delimiter)
        if cells[value + 1] == "persons" and cells[value] and any(cells[2 : 2 + len(DIMENSIONS)]):
            cells[value] = str(int(cells[value]) + 1)
            lines[position] = delimiter.join(cells)
            path.write_text("\n".join(lines), encoding="utf-8")
            return
    raise ValueError(f"{path} holds no count to change")


_SETTINGS = """\
id = "synthetic"
title = { da = "Syntetisk arbejdsmappe", en = "Synthetic workspace" }
municipality = { da = "Den opfundne Kommune", en = "The invented municipality" }
own = false
notice = { da = "Alle tal og navne er opfundne, til måling af hastighed.", en = "All numbers and names are invented." }
languages = ["da", "en"]
population = "inhabitants"
"""


def _text(danish: str, english: str) -> dict[str, str]:
    return {"da": danish, "en": english}


def _write_yaml(path: Path, data: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(data, file, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)


def _vocabulary() -> dict[str, Any]:
    def unit(name: str, kind: str, danish: str, english: str) -> dict[str, Any]:
        return {"id": name, "label": _text(danish, english), "kind": kind}

    return {
        "units": [
            unit("persons", "count", "personer", "persons"),
            unit("percent", "share", "procent", "percent"),
            unit("points", "mean", "point fra 1 til 7", "points from 1 to 7"),
        ],
        "scopes": [
            {"id": "everywhere", "title": _text("Hele den opfundne kommune", "All of the invented municipality")}
        ],
        "dimensions": [
            {
                "id": name,
                "title": _text(f"Opdeling {name}", f"Breakdown {name}"),
                "codes": [{"code": code, "label": _text(f"Kode {code}", f"Code {code}")} for code in codes],
            }
            for name, codes in DIMENSIONS.items()
        ],
        "populations": [
            {
                "id": "invented_people",
                "title": _text("Opfundne borgere", "Invented people"),
                "versions": [
                    {"version": "1", "definition": _text("Opfundet.", "Invented."), "standing": "proposal"},
                ],
            }
        ],
    }


def _series(number: int, seed: int) -> Series:
    chance = random.Random(f"{seed}/series/{number}")
    unit = ("persons", "percent", "points")[number % 3]
    rhythm: tuple[int, ...] = ()
    years = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
    periods = tuple(str(year) for year in years)
    if number and number % 5 == 0:
        if number % 10 == 0:
            rhythm = years[1::2]
            periods = tuple(str(year) for year in rhythm)
        else:
            periods = tuple(f"{year}-Q{quarter}" for year in years for quarter in (1, 2, 3, 4))
    level = {"persons": chance.uniform(400, 9000), "percent": chance.uniform(25, 75), "points": chance.uniform(3, 5)}[
        unit
    ]
    if number == 0:
        level = 90_000.0
    pace = chance.uniform(-0.02, 0.02)
    totals = tuple(
        round(level * (1 + pace * position * len(years) / len(periods)) * chance.uniform(0.98, 1.02), _DECIMALS[unit])
        for position in range(len(periods))
    )
    return Series(number, unit, periods, totals, rhythm, has_break=number % 7 == 3)


def _indicator(series: Series) -> dict[str, Any]:
    versions: list[dict[str, Any]] = [{"version": "1", "definition": _text("Opfundet tælling.", "An invented count.")}]
    indicator: dict[str, Any] = {
        "id": series.id,
        "title": _text(f"Opfundet mål nr. {series.number}", f"Invented measure no. {series.number}"),
        "unit": series.unit,
        "scope": "everywhere",
        "population": "invented_people",
        "dimensions": list(DIMENSIONS),
        "published_by": _text("Den opfundne Kommune", "The invented municipality"),
        "versions": versions,
        "sources": [{"title": _text("Opfundet tabel", "Invented table"), "item": str(series.number)}],
    }
    if series.has_break:
        versions.append(
            {
                "version": "2",
                "valid_from": date(BREAK_YEAR, 1, 1),
                "definition": _text("Opfundet tælling, ændret.", "An invented count, changed."),
            }
        )
        indicator["breaks"] = [{"at": BREAK_YEAR, "note": _text("Opfundet databrud.", "An invented break.")}]
    if series.rhythm:
        indicator["rhythm"] = {"periods": list(series.rhythm), "note": _text("Hvert andet år.", "Every second year.")}
    if series.unit == "persons" and series.number % 2 == 0 and series.number:
        indicator["rate_per"] = 1000
    return indicator


def _write_figures(path: Path, series: Sequence[Series], number: int, size: Size, seed: int) -> None:
    """Write a figures file; every tenth with semicolons and decimal commas."""
    with_commas = number % 10 == 9
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";" if with_commas else ",", lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in series:
        rows = size.rows // size.indicators + (each.number < size.rows % size.indicators)
        for row in _rows(each, rows, seed):
            writer.writerow([cell.replace(".", ",") for cell in row] if with_commas else row)
    path.write_text(buffer.getvalue(), encoding="utf-8")


def _rows(series: Series, rows: int, seed: int) -> Iterator[list[str]]:
    """Yield so many rows of a series, evenly over its periods; the total of a period comes first."""
    chance = random.Random(f"{seed}/rows/{series.number}")
    count = len(series.periods)
    digits = _DECIMALS[series.unit]
    for position, (period, total) in enumerate(zip(series.periods, series.totals, strict=True)):
        last = position == count - 1
        for place, cell in enumerate(islice(_cells(series.number), rows // count + (position < rows % count))):
            value = total if place == 0 else _part(series.unit, total, chance)
            n = se = ""
            if series.unit != "persons":
                base = chance.randint(2000, 9000) if place == 0 else chance.randint(20, 900)
                n = str(base)
                se = f"{1.4 / base**0.5:.3f}" if series.unit == "points" else ""
            state = "estimate" if chance.random() < 0.01 else "measured"
            written = f"{value:.{digits}f}"
            if (last and place == 0 and series.number % 11 == 4) or (place and chance.random() < 0.01):
                state, written, n, se = ("not_collected" if place == 0 else "no_data"), "", "", ""
            source = f"Opfundet årbog {period[:4]} tabel {series.number}"
            yield [series.id, period, *cell, written, series.unit, state, n, se, "everywhere", source, ""]


def _part(unit: str, total: float, chance: random.Random) -> float:
    """Return the value of a cell below a total: a part of a count, something near a share or a mean."""
    if unit == "persons":
        return float(round(total * chance.uniform(0.0, 0.3)))
    return round(min(total * chance.uniform(0.8, 1.2), 99.9), _DECIMALS[unit])


def _cells(number: int) -> Iterator[Cell]:
    """Yield the total, each code of each dimension alone, then cells by all six dimensions, each cell once."""
    alone = zip_longest(
        *(
            [(*_WHOLE[:position], code, *_WHOLE[position + 1 :]) for code in codes]
            for position, codes in enumerate(DIMENSIONS.values())
        )
    )
    singles = (cell for cells in alone for cell in cells if cell is not None)
    crossed = (_crossed((number + turn) * _STRIDE % _COMBINATIONS) for turn in range(_COMBINATIONS))
    return chain([_WHOLE], singles, crossed)


def _crossed(combination: int) -> Cell:
    found = []
    for codes in DIMENSIONS.values():
        combination, position = divmod(combination, len(codes))
        found.append(codes[position])
    return tuple(found)


def _strategy(number: int, goals: range, series: Sequence[Series]) -> dict[str, Any]:
    first = FIRST_YEAR + 2 + 2 * (number % 4)
    strategy: dict[str, Any] = {
        "id": f"strategy_{number}",
        "title": _text(f"Opfundet strategi nr. {number}", f"Invented strategy no. {number}"),
        "status": "draft" if number % 3 == 2 else "ended",
        "valid": {"from": date(first, 1, 1), "to": date(first + 3, 12, 31)},
        "committee": _text("Det opfundne udvalg", "The invented committee"),
        "sources": [{"title": _text("Opfundet papir", "Invented paper")}],
        "guideposts": [
            {
                "id": f"guidepost_{number}_{tens}",
                "number": tens + 1,
                "title": _text(f"Opfundet pejlemærke nr. {tens + 1}", f"Invented guidepost no. {tens + 1}"),
                "goals": [_goal(goal, first, series[goal % len(series)]) for goal in goals[tens * 10 : tens * 10 + 10]],
            }
            for tens in range((len(goals) + 9) // 10)
        ],
    }
    if strategy["status"] == "ended":
        strategy["adopted_on"] = date(first, 1, 1)
    return strategy


def _goal(number: int, first: int, series: Series) -> dict[str, Any]:
    kind = TARGET_KINDS[number % len(TARGET_KINDS)]
    rises = kind != "at_most" and number % 2 == 0
    goal: dict[str, Any] = {
        "id": f"goal_{number:03}",
        "code": f"M{number}",
        "title": _text(f"Opfundet delmål nr. {number}", f"Invented goal no. {number}"),
        "wording": "ours",
        "indicator": series.id,
        "population": "invented_people",
        "scope": "everywhere",
        "direction": "increase" if rises else "decrease",
    }
    if kind == "level" and number % 4 == 0:
        goal |= {"direction": "hold", "tolerance": 2}
    position, period = next(
        (position, period) for position, period in reversed(list(enumerate(series.periods))) if int(period[:4]) <= first
    )
    goal["baseline"] = {"period": _period(period)}
    goal["targets"] = [_target(kind, rises, series.totals[position], first + 3, series)]
    goal["weight"] = "not_known"
    goal["timetable"] = "not_set"
    goal["note"] = _text("Opfundet mål til måling af hastighed.", "An invented goal, to measure speed.")
    return goal


def _period(text: str) -> int | str:
    return int(text) if text.isdigit() else text


def _target(kind: str, rises: bool, baseline: float, year: int, series: Series) -> dict[str, Any]:
    """Return a target that does not contradict its baseline."""
    target: dict[str, Any] = {"kind": kind, "standing": "adopted"}
    if kind in ("not_set", "not_known"):
        return target
    target["period"] = f"{year}-Q4" if "-Q" in series.periods[0] else year
    digits = _DECIMALS[series.unit]
    size = max(round(baseline * 0.05, digits), 1 / 10**digits)
    change = _number(size if rises else -size, digits)
    if kind in ("level", "at_least", "at_most"):
        target["value"] = _number(baseline + change, digits)
    if kind in ("change", "change_and_relative"):
        target["change"] = change
    if kind == "relative_change":
        target["relative_change"] = 5 if rises else -5
    if kind == "change_and_relative":
        target["relative_change"] = round(change / baseline * 100, 1)
    return target


def _number(value: float, digits: int) -> int | float:
    return round(value, digits) if digits else round(value)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Write the generated workspace.")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--small", action="store_true")
    given = arguments.parse_args()
    write_workspace(given.folder, SMALL if given.small else FULL)
