"""A small municipality that counts from registers, with every answer worked out by hand.

    homes_assigned   a count    2016: 12 in the north, 6 in the south; 2017: 14 and 6
    homes_kept       a share    2016: 6 of 12 and 3 of 6, 50 %; 2017: 9 of 14 and 5 of 6, 70 %
    on_the_street    a count    2016: 10 in the north, 3 in the south; 2017: 12 and 7; a register of its own

Everybody's number has the form of a replacement number (day + 60) and cannot be a real one.
"""

from __future__ import annotations

HOMES = {(2016, "north"): (12, 6), (2016, "south"): (6, 3), (2017, "north"): (14, 9), (2017, "south"): (6, 5)}
STREET = {(2016, "north"): 10, (2016, "south"): 3, (2017, "north"): 12, (2017, "south"): 7}
NORTH, SOUTH = range(100, 130), range(200, 215)


def cpr(person: int) -> str:
    """The number of a person, as the registers write it."""
    return f"7101{person % 100:02d}-{4000 + person}"


def _persons() -> str:
    rows = [f"{cpr(person)};01-01-1980;{'kvinde' if person % 2 else 'mand'}" for person in (*NORTH, *SOUTH)]
    return "\n".join(["cpr;født;køn", *rows, ""])


def _residence() -> str:
    rows = [f"{cpr(person)};01-01-2010;;north" for person in NORTH]
    rows += [f"{cpr(person)};01-01-2010;;Syd" for person in SOUTH]
    return "\n".join(["cpr;fra;til;bydel", *rows, ""])


def _first(district: str, number: int) -> list[int]:
    return list(NORTH if district == "north" else SOUTH)[:number]


def _homes() -> str:
    rows = ["cpr;dag;beholdt"]
    for (year, district), (assigned, kept) in HOMES.items():
        rows += [
            f"{cpr(person)};15-03-{year};{'ja' if place < kept else 'nej'}"
            for place, person in enumerate(_first(district, assigned))
        ]
    return "\n".join([*rows, ""])


def _street() -> str:
    rows = ["cpr;dag"]
    for (year, district), number in STREET.items():
        rows += [f"{cpr(person)};10-02-{year}" for person in _first(district, number)]
    return "\n".join([*rows, ""])


SETTINGS = """\
id = "lilleby"
title = { da = "Lillebys strategi", en = "The strategy of Lilleby" }
municipality = { da = "Lilleby Kommune", en = "Municipality of Lilleby" }
own = true
synthetic = true
notice = { da = "Opdigtet kommune.", en = "An invented municipality." }
languages = ["da", "en"]
years = { first = 2016, last = 2017 }
"""

VOCABULARY = """\
units:
  - id: persons
    label: {da: personer, en: persons}
    kind: count
  - id: percent
    label: {da: procent, en: percent}
    kind: share
scopes:
  - id: city
    title: {da: Hele byen, en: The whole city}
dimensions:
  - id: district
    title: {da: Bydel, en: District}
    codes:
      - code: north
        label: {da: Nord, en: North}
      - code: south
        label: {da: Syd, en: South}
      - code: unknown
        label: {da: Ukendt, en: Unknown}
    standing:
      relation: residence
      column: district
      from: from_day
      to: to_day
      unknown: unknown
  - id: sex
    title: {da: Køn, en: Sex}
    codes:
      - code: female
        label: {da: Kvinder, en: Women}
        aliases: [kvinde]
      - code: male
        label: {da: Mænd, en: Men}
        aliases: [mand]
      - code: unknown
        label: {da: Ukendt, en: Unknown}
    standing:
      relation: persons
      column: sex
      unknown: unknown
cubes:
  - id: citizens
    title: {da: Borgere, en: Citizens}
    dimensions: [district, sex]
    ways: 2
"""


def register(name: str, columns: str, person: str = "person", key: str = "[person, day]") -> str:
    """A contract for `data/<name>.csv`."""
    return f"""\
id: {name}
title: {{da: Register, en: Register}}
purpose: {{da: Statistik, en: Statistics}}
legal_basis: {{da: En opdigtet lov, en: An invented law}}
delivered_by: {{da: Lilleby Kommune, en: Municipality of Lilleby}}
processed_at: [municipality, linked_registers]
data: {{format: csv, path: data/{name}.csv, encoding: latin-1, date_format: dd-mm-yyyy}}
person: {person}
key: {key}
columns:
  - {{name: person, source_name: cpr, type: cpr, personal: identifier, required: true}}
{columns}"""


def indicator(name: str, unit: str, made_at: str = "municipality") -> str:
    """The declaration of an indicator counted by the SQL beside it."""
    return f"""\
id: {name}
title: {{da: Tal, en: Figure}}
unit: {unit}
scope: city
source: registers
made_at: {made_at}
counting:
  unit: person
  row: [person, event_date]
  as_of: event
  cubes: [citizens]
published_by: {{da: Lilleby Kommune, en: Municipality of Lilleby}}
versions:
  - version: "1"
    definition: {{da: Regel, en: Rule}}
    standing: proposal
"""


def _goal(name: str) -> str:
    return f"""\
      - id: goal_{name}
        title: {{da: Mål, en: Goal}}
        indicator: {name}
        scope: city
        direction: increase
        targets:
          - {{kind: direction, standing: adopted}}
"""


STRATEGY = """\
id: plan
title: {da: Plan, en: Plan}
status: adopted
valid: {from: 2016-01-01, to: 2017-12-31}
adopted_on: 2016-01-15
committee: {da: Udvalget, en: The committee}
sources:
  - title: {da: Planen, en: The plan}
guideposts:
  - id: homes
    number: 1
    title: {da: Bolig, en: Homes}
    goals:
""" + "".join(map(_goal, ("homes_assigned", "homes_kept", "on_the_street")))

_DAY = "  - {name: day, source_name: dag, type: date, personal: ordinary, required: true}\n"

FILES: dict[str, str | bytes | None] = {
    "pejl.toml": SETTINGS,
    "vocabulary/words.yaml": VOCABULARY,
    "strategy/plan.yaml": STRATEGY,
    "figures/figures.csv": None,
    "indicators/homeless.yaml": None,
    "registers/persons.yaml": register(
        "persons",
        "  - {name: birth_date, source_name: født, type: date, personal: indirect, required: true}\n"
        "  - {name: sex, source_name: køn, type: text, personal: indirect, dimension: sex}\n",
        key="[person]",
    ),
    "registers/residence.yaml": register(
        "residence",
        "  - {name: from_day, source_name: fra, type: date, personal: ordinary, required: true}\n"
        "  - {name: to_day, source_name: til, type: date, personal: ordinary}\n"
        "  - {name: district, source_name: bydel, type: text, personal: indirect, dimension: district}\n"
        "spells: {from: from_day, to: to_day, per: [person], overlap: forbidden}\n",
        key="[person, from_day]",
    ),
    "registers/homes.yaml": register(
        "homes", _DAY + "  - {name: kept, source_name: beholdt, type: boolean, personal: sensitive}\n"
    ),
    "registers/street.yaml": register("street", _DAY),
    "data/persons.csv": _persons().encode("latin-1"),
    "data/residence.csv": _residence().encode("latin-1"),
    "data/homes.csv": _homes().encode("latin-1"),
    "data/street.csv": _street().encode("latin-1"),
    "models/assigned.sql": "SELECT person, day AS event_date, kept FROM homes\n",
    "indicators/homes_assigned.yaml": indicator("homes_assigned", "persons"),
    "indicators/homes_assigned.sql": "SELECT person, event_date, 1 AS numerator FROM assigned\n",
    "indicators/homes_kept.yaml": indicator("homes_kept", "percent"),
    "indicators/homes_kept.sql": (
        "SELECT person, event_date, CASE WHEN kept THEN 1 ELSE 0 END AS numerator, 1 AS denominator FROM assigned\n"
    ),
    "indicators/on_the_street.yaml": indicator("on_the_street", "persons"),
    "indicators/on_the_street.sql": "SELECT person, day AS event_date, 1 AS numerator FROM street\n",
}
