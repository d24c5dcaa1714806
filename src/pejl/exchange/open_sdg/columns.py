"""Which column of a CSV file has which role: the year, the value, the unit, a breakdown, a note."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pejl.exchange.open_sdg.texts import key_tail
from pejl.exchange.open_sdg.written_numbers import NOTHING, is_figure
from pejl.text import Message, message

_ROLES: Mapping[str, str] = {
    "year": "year",
    "timeperiod": "year",
    "value": "value",
    "obsvalue": "value",
    "units": "unit",
    "unit": "unit",
    "unitmeasure": "unit",
    "unitofmeasure": "unit",
    "unitsofmeasure": "unit",
    "series": "series",
    "seriescode": "series",
    "seriesdescription": "series",
    "serie": "series",
    "timeseries": "series",
    "geocode": "geocode",
    "geocodex": "geocode",
    "geoareacode": "geocode",
    "observationstatus": "status",
    "obsstatus": "status",
    "unitmultiplier": "multiplier",
    "unitmult": "multiplier",
    "footnote": "note",
    "footnotes": "note",
    "comment": "note",
    "comments": "note",
    "note": "note",
    "notes": "note",
    "commentts": "seriesnote",
    "source": "source",
    "sourcedetail": "source",
    "datasource": "source",
    "upperbound": "high",
    "lowerbound": "low",
}
"""Roles of columns by their bare names; of several for one role, the one that stands first here."""
_RANKS = {name: rank for rank, name in enumerate(_ROLES)}
_COMMENT = re.compile(r"commentobs[0-9]*")
_MANY = frozenset({"note", "seriesnote", "source"})
_NOT_CARRIED = frozenset(
    {
        *("progress", "reportingtype", "nature", "timedetail", "timecoverage", "datalastupdate", "geoinfotype"),
        *("geoinfourl", "baseper", "baseperiod", "freq", "indicator", "goal", "target", "valuetype"),
    }
)
_WORDS_FOR_YEAR = frozenset(
    {"year", "godina", "año", "ano", "anio", "jahr", "année", "annee", "anno", "år", "ár", "aasta", "rok", "год", "рік"}
)


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The names of columns that a repository's configuration gives another role than Open SDG's own.

    `whole` are words that stand for the whole beside those that everybody uses: the name of the country, and keys whose
    translation says "total"; in small letters. `remarks` are columns of what is said of single figures.
    """

    series: str = ""
    unit: str = ""
    not_breakdowns: frozenset[str] = frozenset()
    remarks: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be noted of a column: its name, why, and words of it."""

    column: str
    why: Message
    value: str | None = None


@dataclass(slots=True)
class Columns:
    """The places of a file's columns: one for each role, several for what is said beside figures and for breakdowns."""

    places: dict[str, int] = field(default_factory=dict)
    beside: dict[str, list[int]] = field(default_factory=dict)
    breakdowns: list[tuple[str, int]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@lru_cache(maxsize=10_000)
def bare(name: str) -> str:
    """Return a column's name without what is written in many ways: case, blanks, underscores, the group of its key."""
    return re.sub(r"[\s_\-]", "", key_tail(name.strip())).casefold()


def columns_of(header: Sequence[str], names: ColumnNames) -> Columns:
    """Return the roles of the columns under a header; of two for one role the better name has it.

    Another column of series or units is a breakdown, as it is to Open SDG, which knows only one of each.
    """
    found = Columns()
    roles = [_role(name, names) for name in header]
    for role in dict.fromkeys(roles):
        if role in ("", "–", "breakdown") or role in _MANY:
            continue
        places = [place for place, each in enumerate(roles) if each == role]
        found.places[role] = min(places, key=lambda place: (_rank(header[place], names), place))
    for place, (name, role) in enumerate(zip(header, roles, strict=True)):
        if role in _MANY:
            found.beside.setdefault(role, []).append(place)
        elif role == "–":
            found.remarks.append(Remark(name, message("the column has no place in a workspace")))
        elif role == "breakdown" or (role in ("series", "unit") and found.places[role] != place):
            _add_breakdown(found, name, place)
        elif role and found.places[role] != place:
            found.remarks.append(
                Remark(name, message("another column has the same role; this one is not carried over"))
            )
    return found


def _add_breakdown(found: Columns, name: str, place: int) -> None:
    if bare(name) in {bare(each) for each, _ in found.breakdowns}:
        found.remarks.append(Remark(name, message("the column stands twice; the first is kept")))
    else:
        found.breakdowns.append((name.strip(), place))


def _role(name: str, names: ColumnNames) -> str:
    stripped = name.strip()
    if not stripped or re.fullmatch(r"Unnamed: [0-9]+", stripped):
        return ""
    if stripped == names.series:
        return "series"
    if stripped == names.unit:
        return "unit"
    role = _ROLES.get(bare(stripped))
    if role is not None:
        return role
    if _COMMENT.fullmatch(bare(stripped)) or stripped in names.remarks:
        return "note"
    if bare(stripped) in _NOT_CARRIED or stripped in names.not_breakdowns:
        return "–"
    return "breakdown"


def _rank(name: str, names: ColumnNames) -> int:
    return -1 if name.strip() in (names.series, names.unit) else _RANKS[bare(name)]


def columns_for_series(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """Return the place of the year where a file has a column for each series, and none for values; None elsewhere.

    All columns but the year have names; more than half of what they say are numbers, perhaps with a mark.
    """
    years = [place for place, name in enumerate(header) if bare(name) in _WORDS_FOR_YEAR]
    others = [place for place, name in enumerate(header) if name.strip() and place not in years]
    if len(years) != 1 or not others or any(_ROLES.get(bare(header[place])) for place in others):
        return None
    for place in others:
        cells = [row[place] for row in rows if row[place].casefold() not in NOTHING]
        if not cells or sum(is_figure(cell.strip("() *")) for cell in cells) * 2 <= len(cells):
            return None
    return years[0]


def in_long_form(header: Sequence[str], rows: Sequence[Sequence[str]], year: int) -> tuple[list[str], list[list[str]]]:
    """Return a file with a column for each series as one with a row for each figure; names of columns become series."""
    series = [(place, name.strip()) for place, name in enumerate(header) if name.strip() and place != year]
    return ["Year", "Series", "Value"], [[row[year], name, row[place]] for place, name in series for row in rows]
