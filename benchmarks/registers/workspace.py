"""The workspace in which Pejl counts the eight indicators: contracts, vocabulary, models, indicators.

Models and the indicators' SQL are the files in `sql/pejl/`; the rest is written from the tables below. The columns are
those that the eight indicators read.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

SQL = Path(__file__).parent / "sql" / "pejl"

SPELL = "from_day date, to_day date?"
REGISTERS = {
    "persons": "person, birth_date date?, sex text?, death_date date?",
    "residence": f"person, {SPELL}, district text, address_type text",
    "housing_assignments": "assignment_id integer, person, assigned_on date",
    "stays": f"stay_id integer, person, {SPELL}, section text",
    "homelessness": f"registration_id integer, person?, {SPELL}",
    "support": f"support_id integer, person, {SPELL}, target_group text, hours_per_week number",
    "support_delivered": "person, week_first date, unit text, minutes integer",
    "treatments": f"course_id integer, person?, {SPELL}",
    "school_absence": "person, month_first date, school_days integer, illness_days number, lawful_days number, "
    "unlawful_days number",
    "pay_months": "person, month_first date, unit text, fte number",
    "sick_absence": "absence_id integer, person, unit text, from_day date, working_days number",
    "income": "person, year integer, equivalised_income number, net_wealth number, student boolean",
    "labour": "person, quarter_first date, status text",
}
"""The columns of each register with their types; `person` is an integer, and `?` may be empty."""

KEYS = {
    "residence": ("person", "from_day"),
    "support_delivered": ("person", "week_first", "unit"),
    "school_absence": ("person", "month_first"),
    "pay_months": ("person", "month_first", "unit"),
    "income": ("person", "year"),
    "labour": ("person", "quarter_first"),
}
"""The keys of registers that have more than their first column as key."""

DISTRICTS = (
    *("maagevang", "kildetorv", "laerkekaer", "stjernebakke", "hyldemose", "pilehaven", "brombaerdal", "tranevig"),
    *("egeskraent", "klokkelund"),
)
GROUPS = ("children_young", "mental_illness", "disability", "vulnerable_adults")
AGES = {"0_17": (0, 17), "18_29": (18, 29), "30_44": (30, 44), "45_64": (45, 64), "65_plus": (65, None)}
LEVELS = ("none", "some", "extensive", "acute")
CITIZENS = {"cubes": ["citizens"]}
MOBILITY_SETS = (("from_level",), ("to_level",), ("from_level", "to_level"), ("district", "from_level", "to_level"))

INDICATORS: dict[str, tuple[str, dict[str, Any]]] = {
    "homes_kept_one_year": ("percent", {"unit": "spell", "row": ["assignment_id"], "as_of": "event", **CITIZENS}),
    "school_absence": ("days_per_100", {"unit": "person", "period": "school_year", "per": 100, **CITIZENS}),
    "employment_or_education": ("percent", {"unit": "person", **CITIZENS}),
    "poverty_long_term": ("percent", {"unit": "person", **CITIZENS}),
    "support_delivered": ("minutes", {"unit": "person", **CITIZENS}),
    "citizens_special_needs": ("persons", {"unit": "person", **CITIZENS}),
    "sick_days_per_fte": (
        "days_per_fte",
        {"unit": "employee", "row": ["person", "period", "unit"], "sets": [{"by": ["unit"]}]},
    ),
    "social_mobility": (
        "moves",
        {
            "unit": "person",
            "period": "transition",
            "as_of": "period_start",
            "sets": [{"by": list(by)} for by in MOBILITY_SETS],
        },
    ),
}
"""The unit of each indicator, and how it is counted."""

UNITS = {
    "persons": "count",
    "percent": "share",
    "days_per_100": "ratio",
    "minutes": "ratio",
    "days_per_fte": "ratio",
    "moves": "transition",
}


def write_workspace(root: Path, data: Path, units: Iterable[str], memory: str) -> None:
    """Write the workspace into a new folder; `units` are the codes of the organisation's units."""
    shutil.copytree(SQL, root)
    (root / "strategy").mkdir()
    (root / "figures").mkdir()
    (root / "pejl.toml").write_text(_settings(memory), encoding="utf-8")
    _write(root / "vocabulary" / "words.yaml", _vocabulary(units))
    for name, columns in REGISTERS.items():
        _write(root / "registers" / f"{name}.yaml", _register(name, columns, data))
    for name, (unit, counting) in INDICATORS.items():
        _write(root / "indicators" / f"{name}.yaml", _indicator(name, unit, counting))


def _settings(memory: str) -> str:
    return f"""id = "benchmark"
title = {{ da = "Måling af hastighed", en = "Measuring of speed" }}
municipality = {{ da = "En opfundet kommune", en = "An invented municipality" }}
own = false
synthetic = true
notice = {{ da = "Opfundne personer.", en = "Invented persons." }}
place = "linked_registers"
years = {{ first = 2016, last = 2025 }}
engine = {{ name = "duckdb", memory = "{memory}" }}
"""


def _vocabulary(units: Iterable[str]) -> dict[str, Any]:
    def spells(relation: str, column: str) -> dict[str, str]:
        return {"relation": relation, "column": column, "from": "from_day", "to": "to_day"}

    unknown = {"unknown": "unknown"}
    ages = [
        {**_code(code), "ages": {"from": first} if last is None else {"from": first, "to": last}}
        for code, (first, last) in AGES.items()
    ]
    return {
        "units": [{"id": name, "label": _text(name), "kind": kind} for name, kind in UNITS.items()],
        "scopes": [{"id": "all", "title": _text("all")}],
        "dimensions": [
            _dimension("district", (*DISTRICTS, "unknown"), {**spells("residence", "district"), **unknown}),
            {
                **_dimension("target_group", (*GROUPS, "none"), {**spells("support", "target_group"), "none": "none"}),
                "overlapping": True,
            },
            {
                **_dimension("age_group", (), {"relation": "persons", "born": "birth_date", **unknown}),
                "codes": [*ages, _code("unknown")],
            },
            _dimension(
                "sex", ("female", "male", "unknown"), {"relation": "persons", "column": "sex", "unknown": "unknown"}
            ),
            _dimension("unit", tuple(units)),
            _dimension("from_level", LEVELS),
            _dimension("to_level", (*LEVELS, "moved", "dead")),
        ],
        "cubes": [
            {
                "id": "citizens",
                "title": _text("citizens"),
                "dimensions": ["district", "target_group", "age_group", "sex"],
                "ways": 2,
            }
        ],
    }


def _dimension(name: str, codes: Iterable[str], standing: dict[str, str] | None = None) -> dict[str, Any]:
    declared = {"id": name, "title": _text(name), "codes": [_code(code) for code in codes]}
    return declared if standing is None else {**declared, "standing": standing}


def _register(name: str, columns: str, data: Path) -> dict[str, Any]:
    declared = [_column(column) for column in columns.split(", ")]
    register: dict[str, Any] = {
        "id": name,
        "title": _text(name),
        "purpose": _text("measuring of speed"),
        "legal_basis": _text("none: the persons are invented"),
        "delivered_by": _text("the generator"),
        "processed_at": ["linked_registers"],
        "data": {"format": "parquet", "path": str(data / f"{name}.parquet")},
        "person": "person",
        "key": list(KEYS.get(name, (declared[0]["name"],))),
        "columns": declared,
    }
    if SPELL in columns:
        register["spells"] = {"from": "from_day", "to": "to_day"}
    if name == "residence":
        register["spells"] |= {"per": ["person"], "overlap": "forbidden"}
    return register


def _column(written: str) -> dict[str, Any]:
    name, _, kind = written.rstrip("?").partition(" ")
    personal = "pseudonym" if name == "person" else "ordinary"
    return {"name": name, "type": kind or "integer", "personal": personal, "required": not written.endswith("?")}


def _indicator(name: str, unit: str, counting: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": name,
        "title": _text(name),
        "unit": unit,
        "scope": "all",
        "source": "registers",
        "made_at": "linked_registers",
        "published_by": _text("nobody"),
        "versions": [{"version": "1", "definition": _text(name), "standing": "proposal"}],
        "counting": {"row": ["person", "period"], **counting},
    }


def _code(code: str) -> dict[str, Any]:
    return {"code": code, "label": _text(code)}


def _text(words: str) -> dict[str, str]:
    return {"da": words, "en": words}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
