"""Releases to draw and write from: Copenhagen's, measured, and a small hand-made one with what Copenhagen lacks.

The hand-made one, of the invented Lilleby, has one strategy in force with five goals, four of them with an indicator:

    helped       count, register    40 in 2020, none due in 2021, 52 in 2022, 61 in 2023; target +50 % in 2023: 60
    lonely       share, survey      30.5 % in 2019, break in 2020, 24 % in 2021, withheld in 2023; below 20 % in 2023
    steady       share, register    94 % in 2022, 95 % in 2023; to hold at 94, 2 points allowed
    moves        transition         a matrix of two levels with a withheld cell; no number is set
    unmeasured   no indicator       cannot be measured yet; a direction
"""

from __future__ import annotations

import csv
import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.publish.charts.measured import (
    BROKEN_DOWN,
    HELPED,
    LONELY,
    MOVES,
    RELEASE,
    STEADY,
    WORKSPACE,
    Record,
    point,
    text,
)

import pejl
from pejl.release import current_release
from pejl.release.public import PublicRelease

CITY = Path(__file__).parents[3] / "workspaces" / "copenhagen"


@cache
def copenhagen() -> PublicRelease:
    """Return the release of Copenhagen's workspace, measured once in a run."""
    root = Path(mkdtemp()) / "copenhagen"
    shutil.copytree(CITY, root, ignore=shutil.ignore_patterns("releases"))
    pejl.open(root).measure()
    release = current_release(root)
    assert release is not None
    return PublicRelease(release.folder / "public", release.id)


@cache
def lilleby() -> PublicRelease:
    """Return the hand-made release; it is the same object in every test, so tests must not write to its folder."""
    return write_lilleby(Path(mkdtemp()))


def write_lilleby(root: Path, *, remarks: list[Record] | None = None) -> PublicRelease:
    """Write the hand-made release into `root`."""
    folder = root / RELEASE / "public"
    for name in ("indicators", "cells"):
        (folder / name).mkdir(parents=True)
    _write(folder / "workspace.json", WORKSPACE)
    _write(folder / "strategies.json", [STRATEGY])
    _write(folder / "status.json", STATUS)
    if remarks is not None:
        _write(folder / "remarks.json", remarks)
    for indicator in (HELPED, LONELY, STEADY, MOVES):
        _write(folder / "indicators" / f"{indicator['id']}.json", indicator)
        _write_cells(folder / "cells" / f"{indicator['id']}.csv", indicator)
    return PublicRelease(folder, RELEASE)


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _write_cells(path: Path, indicator: Record) -> None:
    names = ("value", "low", "high", "n", "numerator", "denominator", "state", "unit", "method", "next_due", "note")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("indicator", "version", "period", "scope", *indicator["dimensions"], *names, "source"))
        for cell in (*indicator["totals"], *BROKEN_DOWN.get(indicator["id"], ())):
            codes = dict(cell["dimensions"])
            places = (codes.get(name, "total") for name in indicator["dimensions"])
            values = ("" if cell[name] is None else cell[name] for name in names)
            writer.writerow((indicator["id"], cell["version"], cell["period"], cell["scope"], *places, *values, ""))


def reason(code: str, half: str, **more: Any) -> Record:
    return {"code": code, "half": half, **more}


def difference(value: float | None = None, low: float | None = None, high: float | None = None) -> Record:
    """Return the difference of a goal; None where the figures may not be compared."""
    names = ("ratio", "ratio_low", "ratio_high", "p", "p_adjusted", "method")
    return {"value": value, "low": low, "high": high, **dict.fromkeys(names)}


def goal(name: str, found: Record | None, english: str, **more: Any) -> Record:
    """Return a goal as the status has it; the baseline is the first figure, the latest the last."""
    nothing = {**dict.fromkeys(("value", "low", "high", "n", "next_due", "why_not")), "period": "2023", "unit": None}
    series = [point(item) for item in found["totals"]] if found is not None else []
    return {
        "id": name,
        "code": None,
        "strategy": "plan",
        "group": "vision",
        "title": text(english + " (da)", english),
        "wording": "printed",
        "indicator": found["id"] if found is not None else None,
        "asked": None,
        "direction": "increase",
        "scope": "town",
        "latest": series[-1] if series else {**nothing, "state": "no_method"},
        "baseline": series[0] if series else {**nothing, "period": None, "state": "no_method"},
        "difference": difference(),
        "context": [],
        "series": series,
        **more,
    }


def target(kind: str, **more: Any) -> Record:
    return {
        "kind": kind,
        "period": None,
        "value": None,
        "due": None,
        "standing": "adopted",
        "strict": False,
        "change": None,
        "relative_change": None,
        "level": None,
        **more,
    }


GOALS = [
    goal(
        "more_helped",
        HELPED,
        "More get help",
        code="1A",
        target_status="reached",
        development="right_way",
        target=target("relative_change", period="2023", value=50.0, relative_change=50.0, level=60.0, due="2023-12-31"),
        difference=difference(21.0, 1.2, 41.1),
        reasons=[
            reason("reached", "target", latest="2023", state="measured", baseline="2020"),
            reason("change_right", "development", latest="2023", state="measured", baseline="2020"),
        ],
    ),
    goal(
        "fewer_lonely",
        LONELY,
        "Fewer are lonely",
        direction="decrease",
        target_status="withheld",
        development="withheld",
        target=target("at_most", period="2023", value=20.0, strict=True, level=20.0, due="2023-12-31"),
        reasons=[
            reason("figure_withheld", "target", latest="2023", state="withheld"),
            reason("withheld", "development", latest="2023", state="withheld"),
        ],
    ),
    goal(
        "hold_steady",
        STEADY,
        "Lives stay stable",
        direction="hold",
        target_status="reached",
        development="steady",
        target=target("level", period="2023", value=94.0, level=94.0, due="2023-12-31"),
        difference=difference(1.0, -0.4, 1.9),
        reasons=[
            reason("reached_for_certain", "target", latest="2023", state="measured", baseline="2022"),
            reason("within_tolerance", "development", latest="2023", state="measured", baseline="2022"),
        ],
    ),
    goal(
        "know_moves",
        MOVES,
        "We know who moves",
        target_status="not_set",
        development="unknown",
        target=target("not_set"),
        reasons=[
            reason("target_not_set", "target", latest="2022>2023", state="measured"),
            reason("nothing_to_compare", "development", latest="2022>2023", state="measured"),
        ],
    ),
    goal(
        "more_meet",
        None,
        "More meet others",
        target_status="direction_only",
        development="unknown",
        target=target("direction"),
        reasons=[
            reason("target_is_direction", "target", latest="2023", state="no_method"),
            reason("no_figure", "development", latest="2023", state="no_method"),
        ],
    ),
]
STATUS = {
    "workspace": "lilleby",
    "release": RELEASE,
    "year": 2023,
    "footnote": {"tests": 2, "signals": 1, "expected_false_signals": 0.1, "surviving_benjamini_hochberg": []},
    "strategies": [
        {
            "id": "plan",
            "title": text("Planen", "The plan"),
            "status": "adopted",
            "from": "2020-01-01",
            "to": "2023-12-31",
            "groups": [{"id": "vision", "number": 1, "title": text("Et godt liv", "A good life")}],
        }
    ],
    "goals": GOALS,
}


def _declared(name: str) -> Record:
    return {"id": name, "tolerance": "2" if name == "hold_steady" else None}


STRATEGY = {
    "id": "plan",
    "title": text("Planen", "The plan"),
    "short_title": None,
    "status": "adopted",
    "valid": {"from": "2020-01-01", "to": "2023-12-31"},
    "adopted_on": "2020-02-03",
    "adopted_by": None,
    "committee": text("Socialudvalget", "The Social Committee"),
    "summary": text("Flere skal have det godt.", "More are to be well."),
    "plain": None,
    "overall_goal": None,
    "sub_goals": [],
    "guideposts": [],
    "visions": [{"id": "vision", "signs": [_declared(item["id"]) for item in GOALS]}],
    "annual_wheel": [
        {"period": "2023", "title": text("Var", "Was"), "theme": None},
        {"period": "2024-Q2", "title": text("Næste status", "Next status"), "theme": None},
    ],
}


def goal_of(release: PublicRelease, name: str) -> Record:
    """Return a goal of a release's status."""
    found: Record = next(item for item in release.status["goals"] if item["id"] == name)
    return found
