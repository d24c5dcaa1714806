"""The portable subset as data: what analysts may write, and what to write in place of the rest.

The checks and the reference are both made from these tables. Examples are SELECTs with one value, and state it; tests
run each on DuckDB and on PostgreSQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pejl.text import Message, message

TYPES = ("text", "integer", "number", "date", "boolean")
ACCEPTS: dict[str, frozenset[str]] = {
    "any": frozenset(TYPES),
    "numeric": frozenset({"integer", "number"}),
    "ordered": frozenset({"text", "integer", "number", "date"}),
    **{name: frozenset({name}) for name in TYPES},
}
"""The types each class of argument takes."""

CAST_TYPES = {
    "BIGINT": "integer",
    "INT": "integer",
    "DOUBLE": "number",
    "TEXT": "text",
    "VARCHAR": "text",
    "DATE": "date",
    "BOOLEAN": "boolean",
}
"""SQLGlot's names of the types a cast may name, and what they are here."""

SQL_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "text": "TEXT", "date": "DATE", "boolean": "BOOLEAN"}
"""How a cast to each type is written for SQLGlot."""

Kind = Literal["scalar", "aggregate", "window"]


@dataclass(frozen=True, slots=True)
class Function:
    """One function: its node in SQLGlot and that node's arguments, what it takes and gives.

    `takes` has one class of types for each of `arguments`; an argument that ends in `*` is a list, one that ends in
    `?` may be left out. Where several arguments are `any` or `ordered`, they share one type. `gives` is a type, or
    "same": that of the arguments.
    """

    node: str
    written: str
    kind: Kind
    arguments: tuple[str, ...]
    takes: tuple[str, ...]
    gives: str
    meaning: str
    example: str
    value: object

    @property
    def name(self) -> str:
        """The name without its arguments."""
        return self.written.partition("(")[0]


_SMALL = "from (values (1), (2), (4), (null)) as t (n)"
_FLAGS = "from (values (true), (false), (null)) as t (b)"
_DAYS = "from (values (date '2017-01-31', 10), (date '2017-02-28', 20), (date '2017-02-28', 30)) as t (d, n)"


def _over(result: str, window: str) -> str:
    """Return an example of a window function; an example is one SELECT with one value."""
    return " ".join(("select", result, "as v from (select", window, "as r", _DAYS, ") as w"))


FUNCTIONS: tuple[Function, ...] = (
    Function(
        *("Coalesce", "coalesce(a, b, …)", "scalar", ("this", "expressions*"), ("any", "any"), "same"),
        *("The first that is not empty.", "select coalesce(null, 2, 3) as v", 2),
    ),
    Function(
        *("Nullif", "nullif(a, b)", "scalar", ("this", "expression"), ("any", "any"), "same"),
        *("Empty where both are equal, else `a`.", "select nullif(3, 0) as v", 3),
    ),
    Function(
        *("Greatest", "greatest(a, b, …)", "scalar", ("this", "expressions*"), ("ordered", "ordered"), "same"),
        "The largest; empty ones are passed over.",
        "select greatest(date '2017-03-01', date '2016-02-29', null) = date '2017-03-01' as v",
        True,
    ),
    Function(
        *("Least", "least(a, b, …)", "scalar", ("this", "expressions*"), ("ordered", "ordered"), "same"),
        *("The smallest; empty ones are passed over.", "select least(2, null, 1.5) as v", 1.5),
    ),
    Function(
        *("Abs", "abs(x)", "scalar", ("this",), ("numeric",), "same"),
        *("Without its sign.", "select abs(3 - 5) as v", 2),
    ),
    Function(
        *("Floor", "floor(x)", "scalar", ("this",), ("numeric",), "number"),
        *("The largest whole number not above `x`, as a number.", "select floor(-2.5) as v", -3.0),
    ),
    Function(
        *("Ceil", "ceil(x)", "scalar", ("this",), ("numeric",), "number"),
        *("The smallest whole number not below `x`, as a number.", "select ceil(2.1) as v", 3.0),
    ),
    Function(
        *("Length", "length(text)", "scalar", ("this",), ("text",), "integer"),
        *("How many signs a text has.", "select length('Mågevang') as v", 8),
    ),
    Function(
        "Substring",
        "substring(text, from, length)",
        "scalar",
        ("this", "start", "length?"),
        ("text", "integer", "integer"),
        "text",
        "A part of a text; `from` (1 is the first sign) and `length` are written as whole numbers.",
        "select substring('2016/2017', 6, 4) as v",
        "2017",
    ),
    Function(
        *("Replace", "replace(text, old, new)", "scalar", ("this", "expression", "replacement")),
        *(("text", "text", "text"), "text", "Every `old` in a text replaced by `new`."),
        *("select replace('Kløver-vej-', '-', '') as v", "Kløvervej"),
    ),
    Function(
        *("Count", "count(x)", "aggregate", ("this",), ("any",), "integer"),
        "Rows in which `x` is not empty; `count(*)` all rows; `count(distinct x)` different values.",
        f"select count(*) * 100 + count(n) * 10 + count(distinct n / n) as v {_SMALL}".replace("n / n", "n % 2"),
        432,
    ),
    Function(
        *("Sum", "sum(x)", "aggregate", ("this",), ("numeric",), "same"),
        *("The sum; empty where there is no row.", f"select sum(n) as v {_SMALL}", 7),
    ),
    Function(
        *("Avg", "avg(x)", "aggregate", ("this",), ("numeric",), "number"),
        *("The mean of those not empty.", f"select avg(n) * 3 as v {_SMALL}", 7.0),
    ),
    Function(
        *("Median", "median(x)", "aggregate", ("this",), ("numeric",), "number"),
        "The median; of an even number of values, the mean of the two in the middle. Not over a window.",
        f"select median(n + n / 2) as v {_SMALL}",
        3.0,
    ),
    Function(
        *("Min", "min(x)", "aggregate", ("this",), ("ordered",), "same"),
        *("The smallest.", f"select min(n) as v {_SMALL}", 1),
    ),
    Function(
        *("Max", "max(x)", "aggregate", ("this",), ("ordered",), "same"),
        *("The largest.", f"select max(n) as v {_SMALL}", 4),
    ),
    Function(
        *("LogicalAnd", "bool_and(b)", "aggregate", ("this",), ("boolean",), "boolean"),
        *("Whether all are true; empty ones are passed over.", f"select bool_and(b) as v {_FLAGS}", False),
    ),
    Function(
        *("LogicalOr", "bool_or(b)", "aggregate", ("this",), ("boolean",), "boolean"),
        *("Whether one is true; empty ones are passed over.", f"select bool_or(b) as v {_FLAGS}", True),
    ),
    Function(
        *("RowNumber", "row_number() over (…)", "window", (), (), "integer"),
        "The number of a row in its window; order by something that differs, or it is chance which row is first.",
        _over("max(r)", "row_number() over (order by d, n)"),
        3,
    ),
    Function(
        *("Rank", "rank() over (…)", "window", (), (), "integer"),
        "The number of a row, equal rows sharing the lowest.",
        _over("sum(r)", "rank() over (order by d)"),
        5,
    ),
    Function(
        *("DenseRank", "dense_rank() over (…)", "window", (), (), "integer"),
        "The number of a row, equal rows sharing one, none left out.",
        _over("max(r)", "dense_rank() over (order by d)"),
        2,
    ),
    Function(
        *("Lag", "lag(x, rows, otherwise) over (…)", "window", ("this", "offset?", "default?")),
        *(("any", "integer", "any"), "same"),
        "`x` in the row before, or so many rows before.",
        _over("sum(r)", "lag(n, 1, 0) over (order by d, n)"),
        30,
    ),
    Function(
        *("Lead", "lead(x, rows, otherwise) over (…)", "window", ("this", "offset?", "default?")),
        *(("any", "integer", "any"), "same"),
        "`x` in the row after, or so many rows after.",
        _over("sum(r)", "lead(n) over (order by d, n)"),
        50,
    ),
    Function(
        *("FirstValue", "first_value(x) over (…)", "window", ("this",), ("any",), "same"),
        "`x` in the first row of the window.",
        _over("sum(r)", "first_value(n) over (order by d, n)"),
        30,
    ),
)

BY_NODE = {function.node: function for function in FUNCTIONS}
NOT_IN_WINDOWS = frozenset({"Median"})


@dataclass(frozen=True, slots=True)
class Form:
    """Something that may be written and is no plain function, with an example and its value."""

    written: str
    meaning: str
    example: str
    value: object


FORMS: tuple[Form, ...] = (
    Form("`a + b`, `a - b`, `a * b`, `-a`", "Sums, differences, products.", "select -2 + 3 * 4 as v", 10),
    Form(
        "`a / b`",
        "A quotient, always a number: `1 / 2` is 0.5. The divisor is a number other than 0, or `nullif(b, 0)`.",
        "select 1 / nullif(8, 0) as v",
        0.125,
    ),
    Form("`a % b`", "The remainder of whole numbers; the divisor as above.", "select 17 % 5 as v", 2),
    Form("`date '2017-02-28'`", "A day.", "select extract(day from date '2016-02-29') as v", 29),
    Form(
        "`b - a` of two days, `date_diff('day', a, b)`",
        "Days from `a` to `b`.",
        "select date '2016-03-01' - date '2016-02-28' + date_diff('day', date '2017-01-01', date '2018-01-01') as v",
        367,
    ),
    Form(
        "`day + n`, `day - n`",
        "So many days later or earlier.",
        "select extract(day from date '2016-02-28' + 2) as v",
        1,
    ),
    Form(
        "`extract(year from day)`, `month`, `day`",
        "A whole number.",
        "select extract(year from date '2017-12-31') * 100 + extract(month from date '2017-12-31') as v",
        201712,
    ),
    Form(
        "`=`, `<>`, `<`, `<=`, `>`, `>=`",
        "Comparisons of one type; text is ordered by code point, so capitals come first.",
        "select 'Z' < 'a' and 2 <> 3 as v",
        True,
    ),
    Form("`a between b and c`", "From `b` to `c`, both included.", "select 3 between 1 and 3 as v", True),
    Form(
        "`a in (1, 2)`, `a not in (…)`, `a in (select …)`",
        "One of a list, or of the rows of a SELECT with one column.",
        "select 'north' in ('north', 'south') as v",
        True,
    ),
    Form(
        "`a is null`, `a is not null`, `b is true`, `b is false`",
        "Never empty itself.",
        "select (null = 1) is null and not (null = 1) is true as v",
        True,
    ),
    Form(
        "`a is distinct from b`, `a is not distinct from b`",
        "A comparison in which empty equals empty.",
        "select 1 is distinct from nullif(1, 1) as v",
        True,
    ),
    Form(
        "`text like 'a%'`",
        "A pattern written as text: `%` any signs, `_` one sign; capitals count; no backslash.",
        "select 'c17' like 'c1_' and not 'C17' like 'c%' as v",
        True,
    ),
    Form("`text || text`", "Texts put together; empty where one is.", "select '2016-Q' || '3' as v", "2016-Q3"),
    Form("`and`, `or`, `not`", "Of truth values only.", "select not (true and false) or false as v", True),
    Form(
        "`case when … then … else … end`, `case a when … then … end`",
        "The first that holds; all results of one type.",
        "select case when 1 > 2 then 'a' when 2 > 1 then 'b' else 'c' end as v",
        "b",
    ),
    Form(
        "`cast(x as double)`, `x::double`",
        "A whole number as number. Types: `bigint`, `double`, `varchar`, `date`, `boolean`.",
        "select cast(7 as double) / 2 as v",
        3.5,
    ),
    Form(
        "`cast(floor(x) as bigint)`, `cast(ceil(x) as bigint)`",
        "A number as whole number: say how it is rounded. `floor(x + 0.5)` rounds to the nearest.",
        "select cast(floor(2.5 + 0.5) as bigint) as v",
        3,
    ),
    Form("`cast(n as varchar)`", "A whole number as text.", "select cast(2017 as varchar) || '-Q1' as v", "2017-Q1"),
    Form("`cast(null as date)`", "Nothing, of a type.", "select cast(null as bigint) is null as v", True),
    Form(
        "`exists (select …)`",
        "Whether there is such a row; the SELECT may use columns of the outer one.",
        "select exists (select 1 from (values (1), (2)) as t (n) where n = 2) as v",
        True,
    ),
    Form(
        "`(select max(x) from …)`",
        "The one value of a SELECT that aggregates without GROUP BY.",
        "select (select max(n) from (values (1), (2)) as t (n)) + 1 as v",
        3,
    ),
    Form(
        "`aggregate(x) filter (where …)`",
        "An aggregate of some rows only.",
        f"select count(*) filter (where n > 1) as v {_SMALL}",
        2,
    ),
    Form(
        "`aggregate(x) over (partition by … order by …)`",
        "An aggregate over a window, also with `rows between … and …`.",
        _over("max(r)", "sum(n) over (order by d, n rows between 1 preceding and current row)"),
        50,
    ),
)

CLAUSES: tuple[tuple[str, str], ...] = (
    ("`with name as (select …)`", "Steps with names of their own; not recursive."),
    ("`select`, `select distinct`", "Every column has a name of its own. `*` and `relation.*` are written out."),
    ("`from`", "A register, a model, a calendar, a step, `(select …) as name`, `(values (…)) as name (columns)`."),
    (
        "`join`, `left join`, `right join`, `full join`, `cross join`",
        "With `on` or `using`; a cross join without.",
    ),
    ("`where`, `group by`, `having`", "`group by` takes expressions or the numbers of columns."),
    ("`union`, `union all`, `except`, `intersect`", "Equally many columns of the same types."),
)

_DAYS_TABLE = message("Join calendar_days: it has the parts of every day, month_first, month_last and year_later.")
_MONTHS_TABLE = message("Join calendar_days (year_later) or calendar_months_later.")
_CASE = message("Write case when … then … else … end.")
_NO_TODAY = message("What is counted must not depend on the day of counting; join a calendar.")
_NO_CASE = message("Engines change other letters than a-z differently; compare codes as they are declared.")
_ROUNDING = message("Engines round halves differently. Write floor(x + 0.5).")
_SOURCES = message("SQL reads registers, models and calendars only; declare a register for what else there is.")
_EXTRACT = message("Write extract(year from …), extract(month from …) or extract(day from …).")

INSTEAD: dict[str, Message] = {
    **dict.fromkeys(("round", "trunc", "round_even", "roundbankers"), _ROUNDING),
    **dict.fromkeys(("date_trunc", "last_day", "dayofweek", "isodow", "week", "weekofyear", "quarter"), _DAYS_TABLE),
    **dict.fromkeys(("weekday", "yearweek", "dayofyear", "strftime", "date_part", "monthname", "dayname"), _DAYS_TABLE),
    **dict.fromkeys(("interval", "date_add", "add_months", "date_sub", "datesub", "age", "make_date"), _MONTHS_TABLE),
    **dict.fromkeys(("year", "month", "day"), _EXTRACT),
    **dict.fromkeys(("if", "iif", "ifnull", "decode"), _CASE),
    **dict.fromkeys(("now", "current_date", "today", "current_timestamp", "get_current_time"), _NO_TODAY),
    **dict.fromkeys(("lower", "upper", "ilike", "lcase", "ucase"), _NO_CASE),
    **dict.fromkeys(("read_csv", "read_csv_auto", "read_parquet", "read_json", "read_text", "glob"), _SOURCES),
    **dict.fromkeys(("sqlite_scan", "postgres_scan", "duckdb_tables", "getenv"), _SOURCES),
    "concat": message("Write a || b; it is empty where one is, concat is not."),
    "try_cast": message("Declare the type in the register's contract; what is not of that type is counted there."),
    "last_value": message("Write first_value with the order turned round."),
    "random": message("What is counted must not depend on chance."),
    "distinct": message(
        "It stands in select distinct and count(distinct x); to choose rows, number them with row_number() and filter."
    ),
    "qualify": message("Put the window function into a step (WITH) and filter it with WHERE."),
}
"""What to write in place of some things outside the subset, by their name in lower case."""

REFUSED_CLAUSES: dict[str, tuple[str, Message]] = {
    "limit": ("LIMIT", message("Which rows come first is chance; number them with row_number() and filter.")),
    "offset": ("OFFSET", message("Which rows come first is chance; number them with row_number() and filter.")),
    "order": ("ORDER BY", message("Leave it out: rows have no order here. In OVER (…) it may stand.")),
    "qualify": ("QUALIFY", INSTEAD["qualify"]),
    "windows": ("WINDOW", message("Write each window out: OVER (…).")),
    "into": ("INTO", message("Leave it out: a model is kept under the name of its file.")),
    "sample": ("SAMPLE", INSTEAD["random"]),
    "laterals": ("LATERAL", message("Write a join.")),
    "connect": ("CONNECT", message("Write a join.")),
    "pivots": ("PIVOT", message("Write one sum(case when … then … else 0 end) for each column.")),
    "joins": ("JOIN", message("Write the joins without parentheses, or as (select …) as name.")),
    "recursive": ("RECURSIVE", message("Join calendars instead, or write the steps out.")),
    "by_name": ("UNION BY NAME", message("Write the columns of both parts in the same order.")),
}
"""Clauses of a SELECT or a relation outside the subset: SQLGlot's name, its words, what to do instead."""

ASK_REFERENCE = message("What may be used stands in the reference of SQL.")
