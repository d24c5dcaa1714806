"""The SQL that goes from the rows of an indicator's own SQL to persons and from persons to finest cells.

Relations made here have these columns: `person`, `period_no`, one for each dimension of the indicator's own
(`d_` and its id), `s` (where the person stands, packed), and measures:

- `units`: 1 for each person in the relation, or the number of rows where these have no person;
- `n`: likewise, for the persons that are counted; another number only where households are counted;
- `row_count`, `num`, `den`: rows, numerator, denominator;
- `nn`, `nd`, `dd`: sums of the products of a person's own sums, where a standard error is wanted.

All are sums, so that cells of disjoint sets of persons add up. Of amounts there are besides the two largest
contributions of single persons to `num`, and the least (`EXTREMES`): a row without a person is a person of its own.
"""

# SQL is written here, of quoted names and of numbers and words of our own.
# ruff: noqa: S608

from __future__ import annotations

from pejl.engines.sql_text import literal, quoted
from pejl.measure.cube.numbered import Numbered, numbered
from pejl.measure.cube.plan import WITH_DENOMINATOR, WITH_SPREAD, Plan, unknown_code
from pejl.measure.cube.rules import broken
from pejl.measure.queries import Query

PERIODS, PERIOD_DAYS, CALENDAR = "_periods", "_period_days", "_calendar"
SPREAD = ("nn", "nd", "dd")
EXTREMES = ("largest_1", "largest_2", "lowest")
"""The two largest contributions of single persons, 0 where there is none, and the least or 0 if none is below."""
_AS_THEY_ARE = ("person", "period_no")


def measures_of(plan: Plan) -> tuple[str, ...]:
    """Return the names of the measures of `plan`."""
    den = ("den",) if plan.kind in WITH_DENOMINATOR else ()
    return ("units", "n", "row_count", "num", *den, *(SPREAD if plan.kind in WITH_SPREAD else ()))


def extremes_of(plan: Plan) -> tuple[str, ...]:
    """Return the names of the extremes of `plan`: only amounts have them."""
    return EXTREMES if plan.kind in WITH_SPREAD else ()


def extremes(parts: str = "", where: str = "") -> list[str]:
    """Return the SQL of the extremes over rows that have them, or that have a person's contribution in column `parts`.

    The second largest is that of all first ones, or that of a row, whichever is more.

    Args:
        parts: the column with contributions; none where the rows have extremes.
        where: a condition that the rows counted fulfil.
    """
    first, low = (parts, parts) if parts else ("largest_1", "lowest")
    only = f" FILTER (WHERE {where or f'{first} IS NOT NULL'})"
    second = f"coalesce((array_agg({first} ORDER BY {first} DESC){only})[2], 0)"
    if not parts:
        second = f"greatest({second}, coalesce(max(largest_2), 0))"
    return [
        f"greatest(coalesce(max({first}){only}, 0), 0) AS largest_1",
        f"greatest({second}, 0) AS largest_2",
        f"least(coalesce(min({low}){only}, 0), 0) AS lowest",
    ]


def own_columns(plan: Plan) -> list[str]:
    """Return the columns that hold the indicator's own dimensions."""
    return [quoted(f"d_{each.id}") for each in plan.own]


def row_columns(plan: Plan) -> dict[str, str]:
    """Return the columns that name a row in the SQL, with what they are called in its facts."""
    known = {} if plan.by_way else {"person": "person"}
    if all("period" in query.columns for query, _ in plan.queries) and plan.counting.period != "date":
        known["period"] = "period_no"
    return {name: known.get(name) or quoted(f"r_{name}") for name in plan.counting.row}


def facts(plan: Plan, person: str | None) -> str:
    """Return the SELECT of the indicator's rows in the periods counted, named as above and checked by `broken`.

    `person` is the relation that leads from the key of the declared way (`key`) to the person whose standing counts;
    None where the SQL has the person itself.
    """
    return " UNION ALL ".join(facts_of(plan, query, number, person) for number, (query, _) in enumerate(plan.queries))


def persons(plan: Plan, rows: str) -> str:
    """Return the SELECT that puts together the rows of each person in a period and place."""
    own = own_columns(plan)
    sums = [
        "CASE WHEN person IS NULL THEN count(*) ELSE 1 END AS units",
        "count(*) AS row_count",
        *(f"sum({name}) AS {name}" for name in ("num", "den") if name in measures_of(plan)),
        *(_products(name) for name in SPREAD if name in measures_of(plan)),
        *(_own_extremes() if extremes_of(plan) else ()),
        "bool_or(broken) AS broken",
    ]
    group = ", ".join(["person", "period_no", *own, "s"])
    counted = "0" if is_household(plan) else "units"
    inner = f"SELECT {group}, {', '.join(sums)} FROM ({rows}) GROUP BY {group}"
    return f"SELECT *, {counted} AS n, 0 AS role FROM ({inner})"


def members(plan: Plan, rows: str, relation: str) -> str:
    """Return the SELECT of the persons of the households in `rows`, each once in a period and place.

    It has the columns of `persons`; a household of which no person is known counts as one.
    """
    own = own_columns(plan)
    group = ", ".join(["person", "period_no", *own, "s"])
    rest = [f"0 AS {name}" for name in (*measures_of(plan), *extremes_of(plan)) if name not in ("n", "units")]
    outer = ["m.person AS person", "f.period_no", *(f"f.{each}" for each in own), "f.s"]
    found = f"SELECT {', '.join(outer)} FROM ({rows}) f LEFT JOIN {relation} m ON m.key = f.key"
    counted = "CASE WHEN person IS NULL THEN count(*) ELSE 1 END AS n"
    columns = ", ".join([group, "0 AS units", counted, *rest, "false AS broken", "1 AS role"])
    return f"SELECT {columns} FROM ({found}) GROUP BY {group}"


def cells_of_persons(plan: Plan, relation: str) -> str:
    """Return the SELECT of the finest cells of the persons in `relation`."""
    sums = [f"sum({name}) AS {name}" for name in measures_of(plan)]
    return _cells(plan, relation, [*sums, *(extremes() if extremes_of(plan) else ())])


def once(plan: Plan, relation: str, repeated: str) -> str:
    """Return the SELECT of `relation` in which persons who are in `repeated` contribute nothing to the extremes."""
    columns = ["period_no", *own_columns(plan), "s", *measures_of(plan), "broken"]
    shown = [f"p.{name} AS {name}" for name in columns]
    shown += [f"CASE WHEN r.person IS NULL THEN p.{name} ELSE 0 END AS {name}" for name in EXTREMES]
    names = f"SELECT DISTINCT role, person, period_no FROM {repeated}"
    same = " AND ".join(f"p.{name} = r.{name}" for name in ("role", "person", "period_no"))
    return f"SELECT {', '.join(shown)} FROM {relation} p LEFT JOIN ({names}) r ON {same}"


def cells_of_rows(plan: Plan, rows: str) -> str:
    """Return the SELECT of the finest cells where each person has one row in a period: nothing to put together."""
    products = {"nn": ("num", "num"), "nd": ("num", "den"), "dd": ("den", "den")}
    sums = [
        "count(*) AS row_count",
        *(f"sum({name}) AS {name}" for name in ("num", "den") if name in measures_of(plan)),
        *(
            f"sum({one}::DOUBLE * {other}::DOUBLE) AS {name}"
            for name, (one, other) in products.items()
            if name in measures_of(plan)
        ),
        *(extremes("num") if extremes_of(plan) else ()),
    ]
    return f"SELECT *, row_count AS units, row_count AS n FROM ({_cells(plan, f'({rows})', sums)})"


def is_household(plan: Plan) -> bool:
    """Tell whether what is counted has several persons, one of whom it is placed by."""
    return plan.by_way and plan.counting.way is not None and plan.counting.way.reference is not None


def _cells(plan: Plan, relation: str, sums: list[str]) -> str:
    group = ", ".join(["period_no", *own_columns(plan), "s"])
    return f"SELECT {group}, {', '.join([*sums, 'bool_or(broken) AS broken'])} FROM {relation} GROUP BY {group}"


def _own_extremes() -> list[str]:
    """Return the SQL of a person's extremes: all of it is one contribution; rows without a person are one each."""
    alone = extremes("num", "person IS NULL")
    known = "person IS NOT NULL THEN"
    own = {"largest_1": "greatest(sum(num), 0)", "largest_2": "0", "lowest": "least(sum(num), 0)"}
    found = (each.rsplit(" AS ", 1) for each in alone)
    return [f"CASE WHEN {known} {own[name]} ELSE {sql} END AS {name}" for sql, name in found]


def _products(name: str) -> str:
    """Return the product of two of a person's sums; rows without a person are each a person of their own."""
    one, other = ({"n": "num", "d": "den"}[letter] for letter in name)
    return (
        f"CASE WHEN person IS NULL THEN sum({one}::DOUBLE * {other}::DOUBLE)"
        f" ELSE sum({one})::DOUBLE * sum({other})::DOUBLE END AS {name}"
    )


def facts_of(plan: Plan, query: Query, number: int, person: str | None) -> str:
    """Return the part of `facts` that is counted by query number `number`."""
    counting = plan.counting
    known = numbered_of(plan, query, number)
    has_period = "period" in query.columns
    calendar, at = (PERIODS, "period") if has_period else (PERIOD_DAYS, "event_date")
    key = quoted(counting.way.key) if counting.way is not None and person is not None else None
    columns = [
        "w.person AS person" if key is not None else "f.person AS person",
        f"{'p' if known is None else 'f'}.period_no AS period_no",
        *(_own(plan, each.id, query) for each in plan.own),
        f"{_measure(query, 'numerator')} AS num",
        *([f"{_denominator(query)} AS den"] if plan.kind in WITH_DENOMINATOR else []),
        *(["f.event_date AS day"] if plan.by_event else []),
        *([f"f.{key} AS key"] if key is not None else []),
        *(f"f.{quoted(name)} AS {named}" for name, named in row_columns(plan).items() if named not in _AS_THEY_ARE),
    ]
    way = f" LEFT JOIN {person} w ON w.key = f.{key}" if key is not None else ""
    # a row of another period is passed over; one without any stays, to be found broken
    lost = "p.query_no IS NULL" if has_period and counting.period != "date" else f"f.{at} IS NULL"
    if known is None:
        found = f"({query.sql}) f LEFT JOIN {calendar} p ON p.{at} = f.{at}{way} WHERE p.query_no = {number} OR {lost}"
    else:
        found = f"({known.sql}) f{way} WHERE f.period_no >= 0"
    inner = f"SELECT {', '.join(columns)} FROM {found}"
    return f"SELECT *, {broken(plan, query)} AS broken FROM ({inner})"


def numbered_of(plan: Plan, query: Query, number: int) -> Numbered | None:
    """Return the SQL of query number `number` as it gives numbers of periods; None where it gives their names.

    Its calendar is to have -1 for periods that this query does not count.
    """
    if "period" not in query.columns or row_columns(plan).get("period", "period_no") != "period_no":
        return None
    return numbered(query.sql, plan.counting.period, f"{CALENDAR}_{number}")


def _own(plan: Plan, dimension: str, query: Query) -> str:
    column = f"f.{quoted(dimension)}"
    if query.columns[dimension] != "text":
        column = f"{column}::VARCHAR"
    unknown = unknown_code(plan.dimensions[dimension])
    value = column if unknown is None else f"coalesce({column}, {literal(unknown)})"
    return f"{value} AS {quoted(f'd_{dimension}')}"


def _denominator(query: Query) -> str:
    return _measure(query, "denominator") if "denominator" in query.columns else "1::BIGINT"


def _measure(query: Query, name: str) -> str:
    """Return the SQL of a numerator or denominator: a whole number where the SQL gives whole numbers."""
    kind = "DOUBLE" if query.columns[name] == "number" else "BIGINT"
    return f"f.{name}::{kind}"
