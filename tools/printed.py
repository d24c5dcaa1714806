"""What runs of Copenhagen, and of a small town counted from registers, write and print, key by key."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from click.testing import CliRunner
from tools.markdown import Lines, code, table
from tools.wording import ROOT, WORDS

import pejl
from pejl.cli.commands import cli
from pejl.demo.making import measure_own, write_demo

DIFFS = (
    ("grundlagspapir_2014_2017_draft", "grundlagspapir_2014_2017"),
    ("social_strategy_2018_2022_draft", "social_strategy_2018_2022"),
)
PROPOSALS = ("--propose=goal_1d_homeless=1400", "--propose=goal_8_lonely=40")

PERSONS = 8_000
"""In a smaller town so much is withheld that some keys are never seen."""


@cache
def printed() -> dict[str, Any]:
    """Return what commands print as JSON for Copenhagen, a list of documents for each, and what its release holds."""
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, PEJL_CACHE=f"{folder}/cache", XDG_DATA_HOME=f"{folder}/data-home"),
    ):
        copy = Path(folder) / "copenhagen"
        shutil.copytree(ROOT / "workspaces" / "copenhagen", copy, ignore=shutil.ignore_patterns("releases"))
        city = pejl.open(copy)
        city.measure()
        release = city.release()
        found: dict[str, Any] = {
            "check": [_said("check", copy)],
            "status": [_said("status", copy)],
            "diff": [_said("diff", copy, *pair) for pair in DIFFS],
            "targets": [_said("targets", copy, *PROPOSALS)],
            "explain": [_said("explain", copy, name) for name in release.manifest["indicators"]],
            "manifest": release.manifest,
            "files": [path.relative_to(release.folder).as_posix() for path in sorted(release.folder.rglob("*.*"))],
            "cells": [
                *release.read("public/cells/homeless.csv").decode().splitlines()[0].split(","),
                *("rounded", "rounded_within", "data"),
            ],
        }
        town = Path(folder) / "town"
        write_demo(town, PERSONS)
        measure_own(town)
        found["explain"] += [_said("explain", town, name) for name in ("homes_assigned", "quality_of_life")]
        found["status"].append(_said("status", town))
        counted = pejl.open(town).release()
        found["files"] = sorted({*found["files"], *counted.manifest["files"]})
        found["manifest"] = counted.manifest
        (copy / "stategy").mkdir()
        (copy / "pejl.toml").write_text("id = ", encoding="utf-8")
        found["check"].append(_said("check", copy))
        return found


def _said(command: str, folder: Path, *arguments: str) -> Any:
    return json.loads(CliRunner().invoke(cli, [command, str(folder), "--format=json", *arguments]).stdout)


POINTS = ("goals[].latest", "goals[].baseline", "goals[].series[]", "goals[].context[]")


def printed_json(command: str) -> Lines:
    """Yield a table of keys for each object of a command's JSON."""
    for place, words in WORDS["json"][command].items():
        if place.removeprefix("[]"):
            yield f"### {'A point' if place == 'point' else place.removeprefix('[].')}"
            yield ""
        things = things_at(command, place)
        rows = ((code(key), _seen(things, key), sentence) for key, sentence in words.items())
        yield from table(("key", "value", "meaning"), rows)


def things_at(command: str, place: str) -> list[Any]:
    """Return every object that a command printed at a place, such as `goals[].target`."""
    places = POINTS if place == "point" else (place,)
    return [thing for document in printed()[command] for part in places for thing in _at(document, part)]


def _at(data: Any, place: str) -> Iterator[Any]:
    step, _, rest = place.partition(".")
    name, many, _ = step.partition("[")
    found = data[name] if name else data
    for one in found if many else [found]:
        if isinstance(one, Mapping):
            yield from _at(one, rest) if rest else [one]


_KINDS: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "number",
    float: "number",
    list: "list",
    dict: "object",
}


def _seen(things: Sequence[Any], key: str) -> str:
    """Return the kinds of value seen under `key`, and whether it is there always."""
    values = [thing[key] for thing in things if key in thing]
    kinds = dict.fromkeys(_KINDS[type(value)] for value in values if value is not None)
    if any(value is None for value in values):
        kinds["null"] = None
    words = " or ".join(kinds) or "text"
    return words if len(values) == len(things) else f"{words}; not always there"


SOMETIMES = {"internal/remedies.csv"}
"""Files that a release has only where too much would be withheld."""


def release_files() -> Lines:
    """Yield the files of a release."""
    of_indicators = re.compile(r"(cells|indicators|counted|patterns|asked)/[a-z_0-9]+\.")
    known = {of_indicators.sub(r"\1/ID.", name) for name in printed()["files"]} | SOMETIMES
    assert known == set(WORDS["files"]), f"words.yaml, files: {known ^ set(WORDS['files'])}"
    yield from table(("file", "what it holds"), ((code(name), text) for name, text in WORDS["files"].items()))


def manifest() -> Lines:
    """Yield the keys of the manifest."""
    rows = ((code(key), WORDS["manifest"][key]) for key in printed()["manifest"])
    yield from table(("key", "meaning"), rows)


def cells() -> Lines:
    """Yield the columns of a file of cells; those of the indicator's dimensions come after the scope."""
    yield from table(("column", "meaning"), ((code(name), WORDS["cells"][name]) for name in printed()["cells"]))
