"""Small worlds: a workspace as files, registers as lists of rows, counted for real on DuckDB.

A world has the dimensions `district` (north, south, unknown; spells in the register `residence`), `sex` and `ages`
(0-17, 18-64, 65 and above; both from the register `persons`) and `groups`, in which a person may be in several (a, b;
spells in the register `support`). Years counted are 2019 to 2021 unless a world says otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from pejl.engines import get_engine
from pejl.measure.cube import Cell, Counted, Counter, Source, Spells, Step
from pejl.measure.queries import Graph, build_graph
from pejl.workspace.loading import load_workspace
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems, Severity

Row: TypeAlias = tuple[object, ...]
Written: TypeAlias = tuple[Workspace, Graph]
ENGINE = get_engine("duckdb")
LABEL = {"da": "ord", "en": "word"}
YEARS = (2019, 2021)


@dataclass(frozen=True)
class Table:
    """A register: columns with types, the person's column, the key, and its rows."""

    columns: Mapping[str, str]
    key: tuple[str, ...]
    rows: Sequence[Row] = ()
    person: str | None = "person"

    def with_rows(self, rows: Iterable[tuple[Any, ...]]) -> Table:
        return Table(self.columns, self.key, tuple(rows), self.person)

    def spells(self) -> Spells | None:
        """The spells of persons, where there are any and they do not overlap."""
        if not {"person", "from_day", "to_day"} <= set(self.columns):
            return None
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        held: list[Any] = sorted((row["person"], row["from_day"], row["to_day"] or date.max) for row in rows)
        apart = all(a[0] != b[0] or a[2] < b[1] for a, b in pairwise(held))
        return Spells("from_day", "to_day", ("person",)) if apart else None


PERSONS = Table({"person": "integer", "birth_date": "date", "sex": "text"}, ("person",))
RESIDENCE = Table(
    {"person": "integer", "from_day": "date", "to_day": "date", "district": "text"}, ("person", "from_day")
)
SUPPORT = Table(
    {"support_id": "integer", "person": "integer", "from_day": "date", "to_day": "date", "target_group": "text"},
    ("support_id",),
)
VISITS = Table(
    {"visit_id": "integer", "person": "integer", "day": "date", "kind": "text", "hours": "number", "good": "integer"},
    ("visit_id",),
)


def code(name: str, **more: object) -> dict[str, object]:
    return {"code": name, "label": {"da": name, "en": name}, **more}


def dimension(name: str, codes: Sequence[object], **more: object) -> dict[str, object]:
    declared = [code(each) if isinstance(each, str) else each for each in codes]
    return {"id": name, "title": LABEL, "codes": declared, **more}


SPELL = {"from": "from_day", "to": "to_day"}
DIMENSIONS = [
    dimension(
        "district",
        ["north", "south", "unknown"],
        standing={"relation": "residence", "column": "district", **SPELL, "unknown": "unknown"},
    ),
    dimension(
        "sex",
        ["female", "male", "unknown"],
        standing={"relation": "persons", "column": "sex", "unknown": "unknown"},
    ),
    dimension(
        "ages",
        [
            code("0_17", ages={"from": 0, "to": 17}),
            code("18_64", ages={"from": 18, "to": 64}),
            code("65_plus", ages={"from": 65}),
            "unknown",
        ],
        standing={"relation": "persons", "born": "birth_date", "unknown": "unknown"},
    ),
    dimension(
        "groups",
        ["a", "b", "none"],
        overlapping=True,
        standing={"relation": "support", "column": "target_group", **SPELL, "none": "none"},
    ),
    dimension("kind", ["x", "y", "unknown"]),
    dimension("level_from", ["low", "high"]),
    dimension("level_to", ["low", "high"]),
]
KINDS = ("count", "share", "rate", "mean", "ratio", "transition")
CUBES = [
    {"id": "ways_1", "title": LABEL, "dimensions": ["district", "groups", "ages", "sex"], "ways": 1},
    {"id": "ways_2", "title": LABEL, "dimensions": ["district", "groups", "ages", "sex"], "ways": 2},
]


def indicator(name: str, kind: str, counting: Mapping[str, object], **more: object) -> dict[str, object]:
    """The declaration of an indicator of `kind`; `counting` beside unit and row, which are persons a period."""
    return {
        "id": name,
        "title": LABEL,
        "unit": f"u_{kind}",
        "scope": "city",
        "source": "registers",
        "published_by": LABEL,
        "counting": {"unit": "person", "row": ["person", "period"], **counting},
        "versions": [{"version": "1", "definition": LABEL}],
        **more,
    }


@dataclass
class World:
    """What a test writes down; `count` runs it."""

    indicators: Mapping[str, tuple[Mapping[str, object], str]]
    tables: Mapping[str, Table] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    more_sql: Mapping[str, str] = field(default_factory=dict)
    dimensions: Sequence[Mapping[str, object]] = ()
    cubes: Sequence[Mapping[str, object]] = ()
    years: tuple[int, int] = YEARS
    known_keys: bool = True

    def write(self, root: Path) -> tuple[Workspace, Graph]:
        """Write the workspace into `root` and return it with its graph; there must be no problem with its SQL."""
        for file, content in self._files().items():
            path = root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        workspace, _ = load_workspace(root)
        problems = Problems()
        graph = build_graph(workspace, problems)
        wrong = [each for each in problems.sorted() if each.severity is Severity.PROBLEM]
        assert not wrong, [f"{each.location} {each.code}: {each.what.render('en')}" for each in wrong]
        return workspace, graph

    def all_tables(self) -> dict[str, Table]:
        own = {"persons": PERSONS, "residence": RESIDENCE, "support": SUPPORT, "visits": VISITS}
        return {**own, **self.tables}

    def _files(self) -> dict[str, Any]:
        settings = (
            'id = "world"\ntitle = { da = "v", en = "w" }\nmunicipality = { da = "v", en = "w" }\nown = true\n'
            'notice = { da = "v", en = "w" }\n'
            f"[years]\nfirst = {self.years[0]}\nlast = {self.years[1]}\n"
        )
        words = {
            "units": [{"id": f"u_{kind}", "label": LABEL, "kind": kind} for kind in KINDS],
            "scopes": [{"id": "city", "title": LABEL}],
            "dimensions": [*DIMENSIONS, *self.dimensions],
            "cubes": [*CUBES, *self.cubes],
        }
        files: dict[str, Any] = {"pejl.toml": settings, "vocabulary/words.yaml": words}
        for name, table in self.all_tables().items():
            files[f"registers/{name}.yaml"] = _contract(name, table)
        for name, sql in self.models.items():
            files[f"models/{name}.sql"] = sql
        for name, (declared, sql) in self.indicators.items():
            files[f"indicators/{name}.yaml"] = declared
            files[f"indicators/{name}.sql"] = sql
        return files | {f"indicators/{name}": sql for name, sql in self.more_sql.items()}

    def sources(self, folder: Path) -> dict[str, Source]:
        """Write the registers as Parquet."""
        folder.mkdir(parents=True, exist_ok=True)
        found = {}
        with ENGINE.session(memory=None, threads=1, scratch=folder / "scratch") as session:
            for name, table in self.all_tables().items():
                session.values("t", table.columns, table.rows)
                path = folder / f"{name}.parquet"
                order = f" ORDER BY {table.person}" if table.person else ""
                session.write(f"SELECT * FROM t{order}", path)
                key = table.key if self.known_keys else ()
                digest = str(hash(tuple(table.rows)))
                spells = table.spells() if self.known_keys else None
                found[name] = Source(
                    (path,), dict(table.columns), table.person, len(table.rows), digest, key, spells=spells
                )
        return found

    def count(
        self, folder: Path, *, parts: int | None = 1, without: Iterable[str] = (), written: Written | None = None
    ) -> dict[str, Counted]:
        """Count every indicator; models are kept in `folder`, beside the workspace and the registers."""
        return self.run(folder, parts=parts, without=without, written=written)[0]

    def run(
        self, folder: Path, *, parts: int | None = 1, without: Iterable[str] = (), written: Written | None = None
    ) -> tuple[dict[str, Counted], list[Step], dict[str, str]]:
        """Count every indicator; return results, the steps told, and the keys.

        `written` is what `write` returned, where only the rows of registers are others since.
        """
        workspace, graph = written or self.write(folder / "workspace")
        sources = self.sources(folder / "registers")
        for name in without:
            del sources[name]
        steps: list[Step] = []
        with ENGINE.session(memory=None, threads=2, scratch=folder / "scratch") as session:
            counter = Counter(
                workspace, graph, sources, session, folder / f"kept-{parts}", ENGINE.version, steps.append, parts=parts
            )
            keys = {each.id: counter.key(each) for each in workspace.indicators}
            return {each.indicator: each for each in counter.count(workspace.indicators)}, steps, keys


def _contract(name: str, table: Table) -> dict[str, object]:
    columns = [
        {"name": column, "type": kind, "personal": "pseudonym" if column == table.person else "ordinary"}
        for column, kind in table.columns.items()
    ]
    return {
        "id": name,
        "title": LABEL,
        "purpose": LABEL,
        "legal_basis": LABEL,
        "delivered_by": LABEL,
        "processed_at": ["municipality"],
        "data": {"format": "parquet", "path": f"data/{name}.parquet"},
        **({"person": table.person} if table.person else {}),
        "key": list(table.key),
        "columns": columns,
    }


def shown(cells: Iterable[Cell], period: str, *dimensions: str) -> dict[tuple[str, ...], tuple[float, ...]]:
    """Return numerator, (denominator) and n of the cells of `period` broken down by `dimensions`, by their codes."""
    found = {}
    for cell in cells:
        if cell.period == period and tuple(name for name, _ in cell.dimensions) == dimensions:
            den = () if cell.denominator is None else (cell.denominator,)
            found[tuple(value for _, value in cell.dimensions)] = (cell.numerator, *den, cell.n)
    return found


def only(counted: Counted) -> Counted:
    """Return `counted`, which must have been counted."""
    assert counted.reason is None, counted.reason.render("en")
    return counted


def day(text: str) -> date:
    return date.fromisoformat(text)
