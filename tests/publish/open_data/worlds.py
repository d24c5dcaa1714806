"""Small public folders written by hand or by hypothesis, with everything in them that a file could get wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pejl.release.public import PublicCell, PublicRelease

MADE = "2026-03-02T09:30:00+01:00"
NUMBERS = ("value", "low", "high", "n", "numerator", "denominator")
STATES_WITHOUT = ("no_data", "not_due", "no_method", "not_collected", "withheld")
DISTRICTS = {"north": ("Nord", "North"), "=1+1": ('=Øst;"1"', "=East"), "@home": ("Hjemme, på Fyn", "At home")}
SEXES = {"f": ("Kvinder", "Women"), "1-5": ("1-5", "1-5")}
NOTICE = {"da": "Opfundne tal.", "en": "Invented figures."}


def cell(
    period: str = "2020", state: str = "measured", dimensions: Sequence[tuple[str, str]] = (), **more: Any
) -> PublicCell:
    told: dict[str, Any] = dict.fromkeys(NUMBERS)
    told |= {"next_due": None, "source": None, "note": None, "method": "register", "unit": "percent"} | more
    return PublicCell(
        "late", told.pop("version", "1"), period, told.pop("scope", "city"), tuple(dimensions), **told, state=state
    )


def _words(pair: tuple[str, str]) -> dict[str, str]:
    return dict(zip(("da", "en"), pair, strict=True))


def workspace(**more: Any) -> dict[str, Any]:
    def dimension(title: tuple[str, str], codes: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
        listed = [
            {"code": code, "label": _words(label), "parent": None, "tile": None, "valid_from": None, "valid_to": None}
            for code, label in codes.items()
        ]
        return {"title": _words(title), "overlapping": False, "alone": [], "parents": {}, "codes": listed}

    return {
        "format": 2,
        "id": "small_town",
        "title": {"da": "Lilleby", "en": "Small Town"},
        "municipality": {"da": "Lilleby Kommune", "en": "Small Town Council"},
        "own": True,
        "synthetic": True,
        "notice": NOTICE,
        "languages": ["da", "en"],
        "threshold": 5,
        "site": {"address": None, "contact": None},
        "units": {"percent": {"label": {"da": "procent", "en": "percent"}, "kind": "share"}},
        "scopes": {"city": {"title": {"da": "Byen", "en": "The town"}, "within": None}},
        "dimensions": {
            "district": dimension(("Bydel", "District"), DISTRICTS),
            "sex": dimension(("Køn", "Sex"), SEXES),
        },
    } | more


def indicator(**more: Any) -> dict[str, Any]:
    version: dict[str, Any] = {"version": "1", "valid_from": "2016-01-01"}
    version |= {"definition": {"da": "Andelen.", "en": "The share."}}
    version |= {"numerator": None, "denominator": None, "standing": "proposal", "sql": "SELECT secret", "sources": []}
    return {
        "id": "late",
        "title": {"da": "Sager, der trækker ud", "en": "Cases that take too long"},
        "plain": None,
        "unit": {"id": "percent", "label": {"da": "procent", "en": "percent"}, "kind": "share"},
        "scope": {"id": "city", "title": {"da": "Byen", "en": "The town"}},
        "population": None,
        "dimensions": ["district", "sex"],
        "published_by": {"da": "Lilleby Kommune", "en": "Small Town Council"},
        "versions": [version],
        "breaks": [],
        "rhythm": {"every_year": True, "periods": [], "note": None},
        "sources": [],
        "outside_factors": [{"da": "Vejret", "en": "The weather"}],
        "note": None,
        "declared_in": "indicators/late.yaml",
        "totals": [],
    } | more


def public_folder(folder: Path, cells: Sequence[PublicCell], *, id_: str = "late", **more: Any) -> PublicRelease:
    """Write a public folder with one indicator, and return it as a reader has it."""
    (folder / "indicators").mkdir(parents=True, exist_ok=True)
    (folder / "cells").mkdir(exist_ok=True)
    _dump(folder / "workspace.json", workspace(**more.pop("workspace", {})))
    status: dict[str, Any] = {
        "workspace": "small_town",
        "release": "2020-r1",
        "year": 2020,
        "strategies": [],
        "goals": [],
    }
    footnote = {"tests": 0, "signals": 0, "expected_false_signals": 0.0, "surviving_benjamini_hochberg": []}
    _dump(folder / "status.json", status | {"footnote": footnote} | more.pop("status", {}))
    _dump(folder / "strategies.json", [])
    _dump(folder / f"indicators/{id_}.json", indicator(**{"id": id_} | more))
    (folder / f"cells/{id_}.csv").write_bytes(_cells_csv(cells))
    return PublicRelease(folder, "2020-r1")


def _cells_csv(cells: Sequence[PublicCell]) -> bytes:
    dimensions = sorted({name for each in cells for name, _ in each.dimensions})
    before = ("indicator", "version", "period", "scope")
    after = (*NUMBERS, "state", "unit", "method", "next_due", "source", "note", "rounded", "rounded_within")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow([*before, *dimensions, *after])
    for each in cells:
        codes = [dict(each.dimensions).get(name, "total") for name in dimensions]
        told = [getattr(each, name) for name in after]
        writer.writerow(
            [*(getattr(each, name) for name in before), *codes]
            + ["" if one is None else repr(one) if isinstance(one, float) else one for one in told]
        )
    return text.getvalue().encode()


def _dump(path: Path, told: Any) -> None:
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


_numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)
_texts = (
    st.none()
    | st.sampled_from(["=SUM(A1)", "+45 12", "-", "@x", "'=1", "\t=2", "a\r\nb", '"q"', "1.5", "1-5"])
    | (st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12))
)


@st.composite
def cells(draw: st.DrawFn) -> list[PublicCell]:
    """Draw figures no two of which are about the same; withheld ones without any number."""
    keys = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["1", "Byens egen, 2020", "=2"]),
                st.sampled_from(["2019", "2020", "2020-Q3", "2019/2020", "2020-02-06", "2018..2020", "2019>2020"]),
                st.sampled_from(["city", "administration"]),
                st.sampled_from([None, *DISTRICTS, "undeclared"]),
                st.sampled_from([None, *SEXES]),
            ),
            unique=True,
            min_size=1,
            max_size=12,
        )
    )
    found = []
    for version, period, scope, district, sex in keys:
        state = draw(st.sampled_from(["measured", "estimate", *STATES_WITHOUT]))
        told = {name: None if state == "withheld" else draw(_numbers) for name in NUMBERS}
        rounded = draw(st.none() | st.sampled_from([(5, 9), (10, 14)])) if state == "measured" else None
        if state in STATES_WITHOUT:
            told["value"] = None
        parts = [("district", district), ("sex", sex)]
        found.append(
            cell(
                period,
                state,
                [(name, code) for name, code in parts if code is not None],
                version=version,
                scope=scope,
                method=draw(st.sampled_from(["register", "published"])),
                next_due=draw(st.none() | st.just("2022")),
                source=draw(_texts),
                note=draw(_texts),
                rounded=rounded[0] if rounded else None,
                rounded_within=rounded[1] if rounded else None,
                **told,
            )
        )
    return found
