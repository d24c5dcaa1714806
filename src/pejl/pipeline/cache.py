"""What may be kept between runs: what each figures file uses, by the hash of its content and of the code that read it.

The cache lies outside the workspace, readable by its owner only. It may be deleted at any time; a file in it that
cannot be understood is ignored.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import fields
from pathlib import Path
from typing import Any

from pejl.pipeline.code import code_hash
from pejl.text import Message
from pejl.workspace.figure_table import Figure, SeriesUse
from pejl.workspace.model import FigureSource
from pejl.workspace.period import Period
from pejl.workspace.problems import Location, Problem, Severity
from pejl.workspace.states import State

_KEPT_FILES = 2000


class FigureSummaries:
    """A `FigureCache` in files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "figures"
        self._room_made = False

    def get(self, file: str, sha256: str) -> tuple[FigureSource, list[Problem]] | None:
        """Return the summary of the figures file with this content, or None."""
        try:
            data = json.loads(self._path(file, sha256).read_bytes())
            uses = {series: _use(use) for series, use in data["uses"].items()}
            aside = frozenset(data["set_aside"])
            source = FigureSource(file, sha256, tuple(data["dimensions"]), uses, aside, data["whole"])
            return source, [_problem(item) for item in data["problems"]]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, source: FigureSource, problems: list[Problem]) -> None:
        """Keep a summary; a cache that cannot be written is no reason to stop."""
        data = {
            "dimensions": source.dimensions,
            "set_aside": sorted(source.set_aside),
            "whole": source.whole,
            "uses": {series: _plain_use(use) for series, use in source.uses.items()},
            "problems": [_plain_problem(problem) for problem in problems],
        }
        try:
            path = self._path(source.file, source.sha256)
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._make_room()
            beside = path.with_suffix(f".{os.getpid()}.new")
            beside.write_text(json.dumps(data), encoding="utf-8")
            beside.replace(path)
        except OSError:
            return

    def _make_room(self) -> None:
        """Remove the oldest files beyond those that are kept; once in a run is enough."""
        if self._room_made:
            return
        self._room_made = True
        kept = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in kept[: max(0, len(kept) - _KEPT_FILES)]:
            path.unlink(missing_ok=True)

    def _path(self, file: str, sha256: str) -> Path:
        key = hashlib.sha256(f"{code_hash()} {sha256} {file}".encode()).hexdigest()
        return self.folder / f"{key}.json"


def _plain_use(use: SeriesUse) -> dict[str, Any]:
    data = {each.name: getattr(use, each.name) for each in fields(SeriesUse)}
    data["totals"] = [_plain_total(*figure) for figure in use.totals]
    for extreme in ("lowest", "highest"):
        value, line = data[extreme]
        data[extreme] = [value if line else None, line]
    return data


def _use(data: dict[str, Any]) -> SeriesUse:
    fresh = SeriesUse(data["line"])
    extremes = {
        name: (data[name][0], data[name][1]) if data[name][1] else getattr(fresh, name)
        for name in ("lowest", "highest")
    }
    return SeriesUse(**{**data, **extremes, "totals": [_total(*figure) for figure in data["totals"]]})


def _plain_total(line: int, series: str, when: Period, *rest: Any) -> list[Any]:
    return [line, series, when.text, *rest]


def _total(line: int, series: str, text: str, *rest: Any) -> Figure:
    figure = Figure(line, series, Period.parse(text), *rest)
    return figure._replace(codes=(), state=State(figure.state))


def _plain_message(text: Message) -> dict[str, Any]:
    return {
        "id": text.id,
        "values": {
            name: _plain_message(value) if isinstance(value, Message) else str(value)
            for name, value in text.values.items()
        },
    }


def _message(data: dict[str, Any]) -> Message:
    return Message(
        data["id"],
        {name: _message(value) if isinstance(value, dict) else value for name, value in data["values"].items()},
    )


def _plain_problem(problem: Problem) -> dict[str, Any]:
    place = problem.location
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "location": [place.file, place.line, place.column],
        "what": _plain_message(problem.what),
        "mend": _plain_message(problem.mend),
        "value": problem.value,
    }


def _problem(data: dict[str, Any]) -> Problem:
    return Problem(
        Severity(data["severity"]),
        data["code"],
        Location(*data["location"]),
        _message(data["what"]),
        _message(data["mend"]),
        data["value"],
    )
