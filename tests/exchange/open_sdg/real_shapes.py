"""Small repositories of our own, of the shapes that real ones have, and what the import makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pejl
from pejl.exchange.open_sdg.columns import ColumnNames
from pejl.exchange.open_sdg.importing import Imported, import_open_sdg
from pejl.exchange.open_sdg.left_out import LeftOut
from pejl.exchange.open_sdg.observations import read_observations

YEARS = "Year,Value\n2019,80.5\n2020,82\n"


def made_of(tmp_path: Path, files: Mapping[str, str]) -> tuple[Path, Imported]:
    for name, text in files.items():
        path = tmp_path / "repo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    imported = import_open_sdg(tmp_path / "repo", tmp_path / "made", "en")
    assert pejl.open(tmp_path / "made").check().ok
    return tmp_path / "made", imported


def listed(imported: Imported) -> list[tuple[str, str, str]]:
    return [(each.file, each.field, each.why.render("en")) for each in imported.left_out.entries]


def signs(root: Path) -> list[tuple[str, str, str | None]]:
    visions = pejl.open(root).declared().strategies[0].visions
    return [(sign.code or "", sign.direction, sign.indicator) for vision in visions for sign in vision.signs]


def observed(text: str, **names: Any) -> tuple[list[tuple[str, str, dict[str, str]]], list[str]]:
    left_out = LeftOut()
    found = read_observations(text, "a.csv", ColumnNames(**names), left_out)
    rows = [(row.period, row.value, dict(row.codes)) for row in found.rows]
    return rows, [each.why.render("en") for each in left_out.entries]


def meta(**fields: str) -> str:
    return "---\n" + "".join(f"{name}: {text}\n" for name, text in fields.items()) + "---\n"
