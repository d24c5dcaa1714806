"""Auditing a release as a stranger would, and taking cells of it back.

The audit reads the public folder of a release and the ledger, and nothing else: neither the workspace's declarations
nor anything internal. So it can be repeated by anybody who has what was published.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pejl.measure.records import TOTAL, columns_of
from pejl.protect.whole import (
    AuditReport,
    Cell,
    Groupings,
    IndicatorTable,
    Relation,
    Rule,
    TableKey,
    audit_public,
    read_cells,
    with_figures_of_others,
)
from pejl.protect.whole.tables import cell_text
from pejl.release import Release, current_release, locked, open_release, releases_for, storage
from pejl.release.ledger import described, note_withdrawn, published_tables, read_ledger, record
from pejl.release.reader import MANIFEST, RELEASE_ID, RELEASES
from pejl.release.standing import Act, note
from pejl.release.writer import to_json
from pejl.text import Message, message
from pejl.workspace.states import State

DEFAULT_THRESHOLD = 5
_AUDIT = "public/audit.json"
_BLANK = ("value", "low", "high", "n", "numerator", "denominator", "se", "basis", "covariances", "source", "note")
_BLANK_TOO = ("place", "df", "deff", "response_rate")


class AuditRefusedError(Exception):
    """What was given cannot be audited or taken back; `code` is stable, the message says why."""

    def __init__(self, code: str, what: Message) -> None:
        super().__init__(what.render("en"))
        self.code = code
        self.what = what


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The attack on a release.

    Attributes:
        release: its id.
        report: what was found.
        extra: the table that was thought of as published too.
        before: how many releases the ledger knows beside this one.
        remedies: what was done with indicators of which too much would be withheld, as the release says.
    """

    release: str
    report: AuditReport
    extra: Path | None
    before: int
    remedies: tuple[Mapping[str, Any], ...] = ()


def audit(
    root: Path, release_id: str | None = None, extra_table: Path | None = None, threshold: int | None = None
) -> AuditResult:
    """Attack a release with what is public alone: its own public folder and the ledger.

    Args:
        root: the folder of the workspace.
        release_id: the release; the current one if not given.
        extra_table: CSV in the form of the release's cells: what if that were published too.
        threshold: below which a number is small; that of the ledger if not given.

    Raises:
        ReleaseError: there is no such release, or it or the ledger is damaged.
        AuditRefusedError: the extra table cannot be read.
    """
    release = current_release(root) if release_id is None else open_release(root, release_id)
    if release is None:
        raise AuditRefusedError("no_release", message("there is no release yet to audit; run pejl measure"))
    book = read_ledger(root)
    relations = relations_of(release)
    tables = published_tables(release)
    ledger, _ = with_figures_of_others(book.ledger, tables, _by_others(release, relations), relations)
    extra = _extra(tables, extra_table, release) if extra_table is not None else []
    limit = threshold or book.thresholds.get(release.id, DEFAULT_THRESHOLD)
    # The release's own entry stays in: it has what was taken back from it since.
    report = audit_public(tables, ledger, Rule(limit), relations, groupings_of(release), extra=extra)
    others = {edition.release for edition in book.ledger.editions} - {release.id}
    remedies = json.loads(release.read(_AUDIT)).get("remedies", ()) if _AUDIT in release.manifest["files"] else ()
    return AuditResult(release.id, report, extra_table, len(others), tuple(remedies))


def _by_others(release: Release, relations: Iterable[Relation]) -> list[IndicatorTable]:
    """Return the figures published by others that an indicator is declared to have to do with."""
    found = []
    for name in sorted({each.other for each in relations}):
        description = release.indicator(name)
        if description is not None and description.get("source") == "figures":
            kind, _ = described(description)
            found += read_cells(release.read(f"public/cells/{name}.csv"), kind)
    return found


def relations_of(release: Release) -> list[Relation]:
    """Return what the release says its indicators have to do with each other."""
    found = []
    for name in sorted(release.manifest["files"]):
        if name.startswith("public/indicators/"):
            indicator = name.removeprefix("public/indicators/").removesuffix(".json")
            description = release.indicator(indicator) or {}
            found += [_relation(indicator, each) for each in description.get("relations") or ()]
    return found


def _relation(indicator: str, declared: Mapping[str, Any]) -> Relation:
    return Relation(
        declared["kind"],
        indicator,
        declared["indicator"],
        declared.get("dimension") or "",
        declared.get("other_dimension") or "",
        bool(declared.get("at_most")),
        tuple(declared.get("codes") or ()),
    )


def groupings_of(release: Release) -> Groupings:
    """Return how codes of dimensions overlap or stand above others, as far as the release says."""
    declared: Mapping[str, Any] = release.workspace.get("dimensions") or {}
    overlapping = {name: frozenset(each.get("alone", ())) for name, each in declared.items() if each.get("overlapping")}
    parents = {
        name: {parent: tuple(children) for parent, children in each["parents"].items()}
        for name, each in declared.items()
        if each.get("parents")
    }
    return Groupings(overlapping, parents)


def _extra(tables: Sequence[IndicatorTable], path: Path, release: Release) -> list[IndicatorTable]:
    """Return the tables in one more file, each as part of the release's table of the same indicator and period."""
    try:
        content = path.read_bytes()
        names = {row["indicator"] for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))}
        known = {table.key: table for table in tables}
        found: list[IndicatorTable] = []
        for name in sorted(names):
            description = release.indicator(name)
            kind, leaves_out = described(description) if description is not None else ("count", False)
            more = [each for each in read_cells(content, kind, leaves_out=leaves_out) if each.indicator == name]
            for table in more:
                _, version, _, scope = _place_of(table, known)
                found.append(replace(table, version=version, scope=scope))
    except (ValueError, KeyError) as error:
        what = message(
            "'{path}' cannot be read as a table of cells; give CSV in UTF-8 with the columns indicator, period, a "
            "column for each dimension, and numerator, denominator, n or value",
            path=path.name,
        )
        raise AuditRefusedError("table_not_read", what) from error
    return found


def _place_of(table: IndicatorTable, known: Mapping[TableKey, IndicatorTable]) -> TableKey:
    """Return the table of the release that an extra one is part of; version and scope may be left out."""
    fitting = [
        key
        for key in known
        if (key[0], key[2]) == (table.indicator, table.period)
        and (table.version in ("", key[1]))
        and (table.scope in ("", key[3]))
    ]
    return fitting[0] if len(fitting) == 1 else table.key


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was taken back.

    Attributes:
        release: where.
        cells: how many rows.
        files: what was changed in the release.
        also_in: other releases that show one of the rows still.
    """

    release: str
    cells: int
    files: tuple[str, ...]
    also_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellName:
    """Which cell is meant: an indicator, a period, and pairs dimension=code (none: the total)."""

    indicator: str
    period: str
    cell: Cell

    @classmethod
    def parse(cls, text: str) -> CellName:
        """Read `homeless:2017:district=north,sex=female` or `homeless:2017:total`.

        Raises:
            AuditRefusedError: it is no such name.
        """
        parts = text.split(":")
        pairs = [part.split("=", 1) for part in parts[2].split(",")] if len(parts) == 3 else []
        if len(parts) == 3 and parts[2] == "total":
            return cls(parts[0], parts[1], ())
        if not pairs or not all(len(pair) == 2 and all(pair) for pair in pairs):
            what = message(
                "'{cell}' names no cell; write indicator:period:dimension=code, or indicator:period:total", cell=text
            )
            raise AuditRefusedError("cell_not_named", what)
        return cls(parts[0], parts[1], tuple(sorted((name, code) for name, code in pairs)))


def withdraw(root: Path, release_id: str, cells: Sequence[str], *, by: str = "") -> Withdrawn:
    """Take cells of a release back: out of its public files, for good; the ledger keeps them as known.

    The ledger is written first, the manifest last; where a run is killed in between, the release counts as damaged and
    is not shown until the same command is run again.

    Args:
        root: the folder of the workspace.
        release_id: the release.
        cells: names as `CellName.parse` reads them.
        by: who does it, for the log.

    Raises:
        ReleaseError: there is no such release, or another run is at work.
        AuditRefusedError: a cell is not there.
    """
    wanted = [CellName.parse(text) for text in cells]
    with locked(root):
        release = open_release(root, release_id)
        found = {shown for name in wanted for shown in _found(release, name)}
        known = read_ledger(root)
        if release_id not in known.thresholds:
            record(root, release, DEFAULT_THRESHOLD)
        if not found <= known.ledger.withdrawn:
            note_withdrawn(root, release_id, found)
        changed = _take_back(release, found)
        also = tuple(each.id for each in _others(root, release_id) if _shows(each, found))
        named = [f"{key[0]}:{key[2]}:{cell_text(cell)}" for key, cell in sorted(found)]
        note(root, release_id, Act.WITHDRAW, by=by or None, cells=named)
    return Withdrawn(release_id, len(found), tuple(sorted(changed)), also)


def _found(release: Release, name: CellName) -> list[tuple[TableKey, Cell]]:
    path = release.folder / "public" / "cells" / f"{name.indicator}.csv"
    if f"public/cells/{name.indicator}.csv" in release.manifest["files"]:
        # Read past the manifest's hash: a run that was killed may have left it behind.
        tables = read_cells(path.read_bytes(), "count")
        found = [each.key for each in tables if each.period == name.period and name.cell in each.rows]
        if found:
            return [(key, name.cell) for key in found]
    what = message(
        "release {release} has no cell '{cell}' of '{indicator}' in {period}",
        release=release.id,
        cell=cell_text(name.cell),
        indicator=name.indicator,
        period=name.period,
    )
    raise AuditRefusedError("no_such_cell", what)


def _take_back(release: Release, cells: Iterable[tuple[TableKey, Cell]]) -> list[str]:
    """Write the public files anew without the numbers of some cells; return their names."""
    by_indicator: dict[str, set[tuple[TableKey, Cell]]] = {}
    for key, cell in cells:
        by_indicator.setdefault(key[0], set()).add((key, cell))
    contents: dict[str, bytes] = {}
    status = json.loads((release.folder / "public/status.json").read_bytes())
    for indicator, taken in by_indicator.items():
        name = f"public/cells/{indicator}.csv"
        contents[name] = _cells_without((release.folder / name).read_bytes(), taken)
        periods = {key[2] for key, cell in taken if not cell}
        if periods:
            name = f"public/indicators/{indicator}.json"
            described_now = json.loads((release.folder / name).read_bytes())
            described_now["totals"] = [_total_without(each, periods) for each in described_now["totals"]]
            contents[name] = to_json(described_now)
            contents["public/status.json"] = to_json(_status_without(status, indicator, periods))
    manifest = json.loads((release.folder / MANIFEST).read_bytes())
    for name, content in contents.items():
        storage.replace_file(release.folder / name, content)
        manifest["files"][name] = storage.sha256(content)
    for indicator in by_indicator:
        # Another key than it is measured with: the next run does not take it over, and a release is made anew.
        manifest["indicators"][indicator] = "withdrawn"
    storage.replace_file(release.folder / MANIFEST, to_json(manifest))
    return list(contents)


def _cells_without(content: bytes, taken: set[tuple[TableKey, Cell]]) -> bytes:
    rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    header = next(rows)
    dimensions, place = columns_of(header)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        key = (row[place["indicator"]], row[place["version"]], row[place["period"]], row[place["scope"]])
        cell = tuple(sorted((name, row[at]) for name, at in dimensions.items() if row[at] != TOTAL))
        if (key, cell) in taken:
            for name in (*_BLANK, *_BLANK_TOO):
                if name in place:
                    row[place[name]] = ""
            row[place["state"]] = str(State.WITHHELD)
        writer.writerow(row)
    return buffer.getvalue().encode()


def _total_without(total: dict[str, Any], periods: set[str]) -> dict[str, Any]:
    """Return a total without number; as data, for an earlier Pejl may have written it."""
    if total["period"] not in periods:
        return total
    gone = dict.fromkeys(name for name in (*_BLANK, *_BLANK_TOO) if name in total)
    empty = {"covariances": [], "source": "", "note": "", "place": "", "decimals": 0}
    return total | gone | {name: each for name, each in empty.items() if name in total} | {"state": "withheld"}


def _status_without(status: dict[str, Any], indicator: str, periods: set[str]) -> dict[str, Any]:
    """Return the status of goals without what rests on totals that were taken back, the verdicts among it."""
    for goal in status["goals"]:
        if goal["indicator"] != indicator:
            continue
        goal["series"] = [_point_without(each, periods) for each in goal["series"]]
        goal["context"] = [each for each in goal["context"] if each.get("period") not in periods]
        ends = {goal[end]["period"] for end in ("latest", "baseline") if goal[end]}
        if ends & periods:
            goal["latest"] = _point_without(goal["latest"], periods)
            goal["baseline"] = _point_without(goal["baseline"], periods)
            goal["difference"] = dict.fromkeys(goal["difference"])
            goal |= {"target_status": "withheld", "development": "withheld", "reasons": []}
            surviving = status["footnote"]["surviving_benjamini_hochberg"]
            status["footnote"]["surviving_benjamini_hochberg"] = [each for each in surviving if each != goal["id"]]
    return status


def _point_without(point: dict[str, Any], periods: set[str]) -> dict[str, Any]:
    if point["period"] not in periods:
        return point
    return point | {**dict.fromkeys(("value", "low", "high", "n")), "state": str(State.WITHHELD)}


def _others(root: Path, release_id: str) -> list[Release]:
    matches = (RELEASE_ID.fullmatch(path.name) for path in (root / RELEASES).iterdir())
    years = {int(match.group(1)) for match in matches if match}
    return [each for year in sorted(years) for each in releases_for(root, year) if each.id != release_id]


def _shows(release: Release, cells: Iterable[tuple[TableKey, Cell]]) -> bool:
    """Tell whether a release shows one of some cells."""
    for key, cell in cells:
        path = release.folder / "public" / "cells" / f"{key[0]}.csv"
        if path.is_file():
            tables = {table.key: table for table in read_cells(path.read_bytes(), "count")}
            if key in tables and tables[key].rows.get(cell) is not None:
                return True
    return False
