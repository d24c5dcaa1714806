"""Lilleby with a survey: 45 citizens, of whom 3 are children, a register of how to write to them, and two waves."""

from __future__ import annotations

from tests.pipeline.counted import FILES, NORTH, SETTINGS, SOUTH, cpr, register

CHILDREN = (100, 101, 200)
PROTECTED, PAPER, GUARDIAN, EASY = (110, 111), (112, 210), (113,), (114, 211)
NO_ADDRESS = 115

_BORN = dict.fromkeys(CHILDREN, "01-06-2005")


def _persons() -> str:
    rows = [f"{cpr(person)};{_BORN.get(person, '01-06-1980')};kvinde" for person in (*NORTH, *SOUTH)]
    return "\n".join(["cpr;født;køn", *rows, ""])


def _word(person: int, group: tuple[int, ...]) -> str:
    return "ja" if person in group else "nej"


def _reach() -> str:
    rows = [
        f"{cpr(person)};{'' if person == NO_ADDRESS else f'M{person:05d}'};"
        f"{_word(person, PROTECTED)};{_word(person, PAPER)};{_word(person, GUARDIAN)};{_word(person, EASY)}"
        for person in (*NORTH, *SOUTH)
    ]
    return "\n".join(["cpr;postnøgle;beskyttet;fritaget;værge;let", *rows, ""])


MODEL = """\
-- Citizens in residence on the day a wave's frame is read.
select
  p.person,
  d.day as frame_day,
  r.district,
  d.year - extract(year from p.birth_date)
    - case
        when extract(month from p.birth_date) * 100 + extract(day from p.birth_date) > d.month * 100 + d.day_of_month
        then 1
        else 0
      end as age
from calendar_days as d
join residence as r on r.from_day <= d.day and coalesce(r.to_day, d.day) >= d.day
join persons as p on p.person = r.person
where d.month = 1 and d.day_of_month = 1
"""

SURVEY = """\
id: wellbeing
title: {da: Trivsel, en: Wellbeing}
population: residents
purpose: {da: Vi spørger for at vide hvordan det går., en: We ask to know how people are.}
legal_basis: {da: Lov nr. 1, en: Act no. 1}
frame: adults
instruments: [who_5]
sampling:
  size: 12
  strata: [district]
  seed: 2016
reaching:
  register: reach
  address_key: mail_key
  protected_address: protected
  outside_digital_post: exempt
  guardianship: guardian
  easy_read: easy
waves:
  - {period: 2016, frame_day: 2016-01-01, opens: 2016-02-01, closes: 2016-03-01, answers: data/answers_2016.csv}
  - period: 2017
    frame_day: 2017-01-01
    opens: 2017-02-01
    closes: 2017-03-01
    answers: data/answers_2017.csv
    overlaps: 2016
    again: 0.5
"""

POPULATION = """\
populations:
  - id: residents
    title: {da: Borgere, en: Residents}
    versions:
      - version: "1"
        definition: {da: Alle, en: All}
        standing: proposal
"""

_FLAGS = {"protected": "beskyttet", "exempt": "fritaget", "guardian": "værge", "easy": "let"}

SURVEYED: dict[str, str | bytes | None] = {
    **FILES,
    "pejl.toml": SETTINGS,
    "vocabulary/populations.yaml": POPULATION,
    "models/adults.sql": MODEL,
    "surveys/wellbeing.yaml": SURVEY,
    "registers/reach.yaml": register(
        "reach",
        "  - {name: mail_key, source_name: postnøgle, type: text, personal: pseudonym}\n"
        + "".join(
            f"  - {{name: {name}, source_name: {source}, type: boolean, personal: indirect}}\n"
            for name, source in _FLAGS.items()
        ),
        key="[person]",
    ),
    "data/persons.csv": _persons().encode("latin-1"),
    "data/reach.csv": _reach().encode("latin-1"),
}
