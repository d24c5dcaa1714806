"""From a release to what a chart shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pejl.publish.charts.model import (
    Aim,
    BreakdownChart,
    LocalText,
    Point,
    Record,
    Row,
    SeriesChart,
    TransitionChart,
    Unit,
)
from pejl.publish.coarser import coarser_of, in_order, is_rounded_away
from pejl.release.public import PublicCell, PublicRelease
from pejl.workspace.kinds import CHANGES, LEVELS, TargetKind
from pejl.workspace.period import Period

_NO_UNIT = Unit(None, {"da": ""}, "count")
_BREAKDOWN_STATES = frozenset({"measured", "estimate", "withheld"})
_NOBODY = Point("", 0.0, None, None, "measured")
_UNSAID = Point("", None, None, None, "no_data")
_SIDES = {"increase": 1, "decrease": -1, "hold": 0}


def chart_of_goal(release: PublicRelease, goal: Record) -> SeriesChart:
    """Return the series of a goal of `release.status`, with its baseline, target and path.

    A goal without an indicator has a chart too: without points, and `nothing` says why.
    """
    indicator = release.indicator(goal["indicator"]) if goal["indicator"] is not None else None
    versions = _versions_by_period(indicator, goal["scope"]) if indicator is not None else {}
    points = tuple(_point(record, versions.get(record["period"])) for record in goal["series"])
    return _series(release, indicator, points, (_aim(release, goal, several=False),), goal)


def chart_of_indicator(release: PublicRelease, indicator_id: str) -> SeriesChart:
    """Return the series of an indicator in its own scope, with the targets of all strategies that are no drafts.

    Raises:
        KeyError: the release holds no such indicator.
    """
    indicator = release.indicator(indicator_id)
    if indicator is None:
        raise KeyError(indicator_id)
    own = [item for item in indicator["totals"] if item["scope"] == indicator["scope"]["id"]]
    points = tuple(_point(_with_why(item), item["version"]) for item in own)
    drafts = {strategy["id"] for strategy in release.status["strategies"] if strategy["status"] == "draft"}
    goals = [
        goal
        for goal in release.status["goals"]
        if goal["indicator"] == indicator_id
        and goal["scope"] == indicator["scope"]["id"]
        and goal["strategy"] not in drafts
    ]
    aims = tuple(_aim(release, goal, several=len(goals) > 1) for goal in goals)
    return _series(release, indicator, points, aims, None)


def breakdowns_of(release: PublicRelease, indicator_id: str) -> tuple[str, ...]:
    """Return the dimensions by which an indicator is broken down for readers, in the order of the workspace."""
    found = release.broken_down(indicator_id)
    return tuple(name for name in release.workspace["dimensions"] if name in found)


def breakdown_of(
    release: PublicRelease, indicator_id: str, dimension: str, period: str | None = None
) -> BreakdownChart | None:
    """Return an indicator by one dimension in `period`, the latest that has any figure of it if None.

    None where there is no such breakdown.
    """
    indicator = release.indicator(indicator_id)
    if indicator is None or dimension not in release.workspace["dimensions"]:
        return None
    scope = indicator["scope"]["id"]
    cells = [
        cell
        for cell in release.cells(indicator_id)
        if len(cell.dimensions) == 1 and cell.dimensions[0][0] == dimension and cell.scope == scope
    ]
    chosen = period or _latest_period(cells)
    by_code = {cell.dimensions[0][1]: cell for cell in cells if cell.period == chosen}
    if chosen is None or not by_code:
        return None
    total = next((item for item in indicator["totals"] if item["period"] == chosen and item["scope"] == scope), None)
    declared = release.workspace["dimensions"][dimension]
    return BreakdownChart(
        title=indicator["title"],
        dimension=dimension,
        by=declared["title"],
        unit=_unit(indicator),
        period=chosen,
        rows=tuple(_rows(declared, by_code)),
        total=_point(_with_why(total), total["version"]) if total is not None else None,
        overlapping=bool(declared["overlapping"]),
        coarser=tuple(
            replace(each, merged=())  # only where two breakdowns are crossed
            for each in coarser_of(indicator, release.workspace, {cell.version for cell in by_code.values()})
            if any(cell.rounded for cell in by_code.values())
        ),
    )


def transitions_of(release: PublicRelease, indicator_id: str, period: str | None = None) -> TransitionChart | None:
    """Return the matrix of a transition indicator, the latest if `period` is None.

    Rows are the first dimension it declares, columns the second. None where readers see no matrix. A pair of codes
    without a cell counts nobody where the cells are counted from registers; of published figures nothing is known.
    """
    indicator = release.indicator(indicator_id)
    if indicator is None or indicator["unit"]["kind"] != "transition" or len(indicator["dimensions"]) < 2:
        return None
    first, second = indicator["dimensions"][:2]
    wanted = {first, second}
    cells = [cell for cell in release.cells(indicator_id) if {name for name, _ in cell.dimensions} == wanted]
    chosen = period or _latest_period(cells)
    matrix = {
        (dict(cell.dimensions)[first], dict(cell.dimensions)[second]): _cell_point(cell)
        for cell in cells
        if cell.period == chosen
    }
    if chosen is None or not matrix:
        return None
    rows = _codes(release, first, {row for row, _ in matrix})
    columns = _codes(release, second, {column for _, column in matrix})
    empty = _NOBODY if indicator["counted_here"] else _UNSAID
    pairs = ((row, column) for row, _ in rows for column, _ in columns)
    return TransitionChart(
        title=indicator["title"],
        unit=_unit(indicator),
        period=chosen,
        rows=rows,
        columns=columns,
        cells={pair: matrix.get(pair) or replace(empty, period=chosen) for pair in pairs},
        wholes=_wholes(release, indicator, first, chosen),
        coarser=coarser_of(indicator, release.workspace, {cell.version for cell in cells if cell.period == chosen}),
    )


def _wholes(release: PublicRelease, indicator: Record, dimension: str, period: str) -> dict[str, float]:
    """Return how many began under each code of the rows, where readers see that number."""
    return {
        cell.dimensions[0][1]: cell.value
        for cell in release.cells(indicator["id"])
        if len(cell.dimensions) == 1
        and cell.dimensions[0][0] == dimension
        and cell.period == period
        and cell.scope == indicator["scope"]["id"]
        and cell.value is not None
    }


def _codes(release: PublicRelease, dimension: str, present: set[str]) -> tuple[tuple[str, LocalText], ...]:
    codes = release.workspace["dimensions"][dimension]["codes"]
    return tuple((code["code"], code["label"]) for code in in_order(codes) if code["code"] in present)


def _latest_period(cells: list[PublicCell]) -> str | None:
    periods = {cell.period for cell in cells if cell.state in _BREAKDOWN_STATES}
    return max(periods, key=Period.parse) if periods else None


def _rows(declared: Record, cells: Mapping[str, PublicCell]) -> Iterator[Row]:
    alone = set(declared["alone"])
    parents = {code["code"]: code["parent"] for code in declared["codes"]}
    for code in sorted(in_order(declared["codes"]), key=lambda code: code["code"] in alone):
        name = code["code"]
        if name in cells:
            tile = code.get("tile")
            yield Row(
                name,
                code["label"],
                _cell_point(cells[name]),
                name in alone,
                _depth(name, parents),
                (int(tile[0]), int(tile[1])) if tile else None,
            )


def _depth(code: str, parents: Mapping[str, str | None]) -> int:
    depth, above = 0, parents.get(code)
    while above is not None and depth < len(parents):
        depth, above = depth + 1, parents.get(above)
    return depth


def _series(
    release: PublicRelease,
    indicator: Record | None,
    points: tuple[Point, ...],
    aims: tuple[Aim, ...],
    goal: Record | None,
) -> SeriesChart:
    points = tuple(sorted(points, key=lambda point: Period.parse(point.period)))
    valued = [point.period for point in points if point.value is not None]
    judged = goal["latest"]["period"] if goal is not None else None
    return SeriesChart(
        title=indicator["title"] if indicator is not None else (goal or {})["title"],
        unit=_unit(indicator) if indicator is not None else _unit_of_goal(release, goal),
        points=points,
        aims=aims,
        breaks=tuple((item["at"], item["note"]) for item in indicator["breaks"]) if indicator is not None else (),
        versions=tuple(
            (item["version"], item["valid_from"]) for item in indicator["versions"][1:] if item["valid_from"]
        )
        if indicator is not None
        else (),
        latest=judged if judged in valued else (valued[-1] if valued else None),
        method=_method(indicator),
        nothing=goal["latest"]["state"] if goal is not None else "no_data",
    )


def _method(indicator: Record | None) -> str:
    if indicator is None:
        return "published"
    return next((item["method"] for item in reversed(indicator["totals"]) if item["value"] is not None), "published")


def _unit(indicator: Record) -> Unit:
    unit = indicator["unit"]
    return Unit(unit["id"], unit["label"], unit["kind"])


def _unit_of_goal(release: PublicRelease, goal: Record | None) -> Unit:
    name = goal["latest"]["unit"] if goal is not None else None
    found = release.workspace["units"].get(name) if name is not None else None
    return Unit(name, found["label"], found["kind"]) if found is not None else _NO_UNIT


def _aim(release: PublicRelease, goal: Record, *, several: bool) -> Aim:
    target = goal["target"]
    kind = TargetKind(target["kind"])
    baseline = goal["baseline"]
    strategy = next(item for item in release.strategies if item["id"] == goal["strategy"])
    exact = kind is TargetKind.LEVEL or kind in CHANGES
    return Aim(
        goal=goal,
        baseline=_point(baseline, None) if baseline["period"] is not None and baseline["value"] is not None else None,
        level=target["level"] if kind in LEVELS or kind in CHANGES else None,
        period=target["period"],
        side=_SIDES[goal["direction"]] if exact else (1 if kind is TargetKind.AT_LEAST else -1),
        strict=bool(target["strict"]),
        tolerance=_tolerance(strategy, goal["id"]) if goal["direction"] == "hold" else None,
        begins=strategy["valid"]["from"] if strategy["valid"] else None,
        strategy=(strategy["short_title"] or strategy["title"]) if several else None,
    )


def _tolerance(strategy: Record, goal_id: str) -> float | None:
    declared = next((item for item in declared_goals(strategy) if item["id"] == goal_id), None)
    told = declared.get("tolerance") if declared is not None else None
    return float(told) if told is not None else None


def declared_goals(strategy: Record) -> Iterator[dict[str, Any]]:
    """Yield every goal of a strategy of `release.strategies` as it is declared, wherever it stands in it."""
    overall = strategy.get("overall_goal")
    if overall is not None and overall.get("operationalisation") is not None:
        yield overall["operationalisation"]
    yield from strategy.get("sub_goals") or ()
    for name, inner in (("guideposts", "goals"), ("visions", "signs")):
        for group in strategy.get(name) or ():
            yield from group.get(inner) or ()


def _versions_by_period(indicator: Record, scope: str) -> dict[str, str]:
    return {item["period"]: item["version"] for item in indicator["totals"] if item["scope"] == scope}


def _with_why(item: Record) -> Record:
    return {**item, "why_not": item["note"] or None if item["method"] == "survey" else None}


def _point(record: Record, version: str | None) -> Point:
    return Point(
        record["period"],
        record["value"],
        record["low"],
        record["high"],
        record["state"],
        version,
        record.get("next_due"),
        record.get("why_not") if record["value"] is None else None,
    )


def _cell_point(cell: PublicCell) -> Point:
    why = cell.note if cell.method == "survey" and cell.value is None else None
    if is_rounded_away(cell.rounded, cell.value, cell.state):
        why = "rounded_away"
    return Point(
        cell.period,
        cell.value,
        cell.low,
        cell.high,
        cell.state,
        cell.version,
        cell.next_due,
        why,
        cell.rounded is not None,
    )
