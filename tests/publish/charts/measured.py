"""What is measured in the invented Lilleby: units, dimensions, indicators with their totals, and figures by part."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]
RELEASE = "2023-r1"


def text(danish: str, english: str | None = None) -> Record:
    return {"da": danish, "en": english or danish}


def total(
    period: str, value: float | None = None, low: float | None = None, high: float | None = None, **more: Any
) -> Record:
    """Return a total as an indicator's file has it."""
    return {
        "version": "1",
        "scope": "town",
        "method": "register",
        "basis": "poisson",
        "n": None,
        "numerator": None,
        "denominator": None,
        "period": period,
        "value": value,
        "low": low,
        "high": high,
        "state": "measured",
        "unit": "persons",
        "next_due": None,
        "note": "",
        "dimensions": [],
        **more,
    }


def point(found: Record) -> Record:
    """Return a total as the status has it."""
    names = ("period", "value", "low", "high", "state", "n", "unit", "next_due")
    why = found["note"] if found["method"] == "survey" and found["value"] is None else None
    return {**{name: found[name] for name in names}, "why_not": why or None}


UNITS = {
    "persons": {"label": text("personer", "persons"), "kind": "count"},
    "percent": {"label": text("procent", "percent"), "kind": "share"},
    "between": {"label": text("personer mellem trin", "persons between levels"), "kind": "transition"},
}


def _codes(*codes: tuple[str, str, list[int] | None]) -> list[Record]:
    return [
        {"code": code, "label": text(label), "parent": None, "tile": tile, "valid_from": None, "valid_to": None}
        for code, label, tile in codes
    ]


WORKSPACE = {
    "format": 2,
    "id": "lilleby",
    "title": text("Lillebys strategi", "The strategy of Lilleby"),
    "municipality": text("Lilleby Kommune", "Municipality of Lilleby"),
    "own": True,
    "synthetic": True,
    "notice": text("Opfundet til prøver.", "Invented for tests."),
    "languages": ["da", "en"],
    "threshold": 5,
    "site": {"address": None, "contact": None, "accessibility_statement": None, "hearings": [], "boundaries": None},
    "units": UNITS,
    "scopes": {"town": {"title": text("Byen", "The town"), "within": None}},
    "dimensions": {
        "district": {
            "title": text("Bydel", "District"),
            "overlapping": False,
            "alone": ["unknown"],
            "parents": {},
            "codes": _codes(
                ("unknown", "Ukendt", None), ("vest", "Vest", [0, 0]), ("midt", "Midt", [1, 0]), ("oest", "Øst", [2, 1])
            ),
        },
        "level_from": {
            "title": text("Fra", "From"),
            "overlapping": False,
            "alone": [],
            "parents": {},
            "codes": _codes(("low", "Lavt", None), ("high", "Højt", None)),
        },
        "level_to": {
            "title": text("Til", "To"),
            "overlapping": False,
            "alone": [],
            "parents": {},
            "codes": _codes(("low", "Lavt", None), ("high", "Højt", None)),
        },
    },
    "target_groups": [],
    "target_group_mappings": [],
    "populations": {},
}


def indicator(name: str, danish: str, english: str, unit: str, totals: list[Record], **more: Any) -> Record:
    return {
        "id": name,
        "title": text(danish, english),
        "plain": None,
        "unit": {"id": unit, **UNITS[unit]},
        "scope": {"id": "town", "title": text("Byen", "The town")},
        "dimensions": [],
        "source": "registers",
        "made_at": "municipality",
        "published_by": text("Lilleby Kommune", "Municipality of Lilleby"),
        "versions": [
            {
                "version": "1",
                "valid_from": "2016-01-01",
                "definition": text("Sådan tælles det.", "Counted so."),
                "standing": "source",
            }
        ],
        "breaks": [],
        "outside_factors": [],
        "note": None,
        "counted_here": True,
        "totals": totals,
        **more,
    }


HELPED = indicator(
    "helped",
    "Borgere, der får hjælp",
    "Citizens who get help",
    "persons",
    [
        total("2020", 40.0, 28.6, 54.5),
        total("2021", state="not_due", next_due="2022"),
        total("2022", 52.0, 38.8, 68.2),
        total("2023", 61.0, 46.7, 78.4),
    ],
    dimensions=["district"],
)
LONELY = indicator(
    "lonely",
    "Borgere, der er ensomme",
    "Citizens who are lonely",
    "percent",
    [
        total("2019", 30.5, 26.1, 35.2, unit="percent", method="survey", basis="logit"),
        total("2021", 24.0, 20.2, 28.3, unit="percent", method="survey", basis="logit", version="2"),
        total("2023", state="withheld", unit="percent", method="survey", version="2"),
    ],
    source="survey",
    breaks=[{"at": "2020", "note": text("Nyt spørgsmål.", "A new question.")}],
    versions=[
        {"version": "1", "valid_from": "2016-01-01", "definition": text("Før.", "Before."), "standing": "source"},
        {"version": "2", "valid_from": "2020-01-01", "definition": text("Nu.", "Now."), "standing": "proposal"},
    ],
)
STEADY = indicator(
    "steady",
    "Borgere med et stabilt liv",
    "Citizens with a stable life",
    "percent",
    [
        total("2022", 94.0, 92.9, 95.0, unit="percent", basis="wilson"),
        total("2023", 95.0, 94.0, 95.9, unit="percent", basis="wilson"),
    ],
)
MOVES = indicator(
    "moves",
    "Hvem bevæger sig",
    "Who moves",
    "between",
    [total("2022>2023", 1000.0, 939.0, 1064.0, unit="between")],
    dimensions=["level_from", "level_to"],
)


def _part(found: Record, dimensions: list[list[str]], value: float | None, state: str = "measured") -> Record:
    ends = (value * 0.8, value * 1.2) if value is not None else (None, None)
    return {**found, "value": value, "low": ends[0], "high": ends[1], "state": state, "dimensions": dimensions}


BROKEN_DOWN: dict[str, list[Record]] = {
    "helped": [
        _part(HELPED["totals"][3], [["district", code]], value, state)
        for code, value, state in (
            ("vest", 30.0, "measured"),
            ("midt", None, "withheld"),
            ("oest", 20.0, "measured"),
            ("unknown", None, "withheld"),
        )
    ],
    "moves": [
        _part(MOVES["totals"][0], [["level_from", start], ["level_to", end]], value, state)
        for start, end, value, state in (
            ("low", "low", 700.0, "measured"),
            ("low", "high", 100.0, "measured"),
            ("high", "low", None, "withheld"),
            ("high", "high", None, "withheld"),
        )
    ],
}
