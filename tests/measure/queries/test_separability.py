"""A query said to be separable gives, computed for sets of persons one by one, what it gives for all at once."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pejl.measure.queries.relations import Relation

SEPARABLE = {
    "rows": "select person, n from a where n > 1",
    "stars": "select * from a",
    "joined by person": "select a.person, b.n from a join b on a.person = b.person and a.n <= b.n",
    "joined the other way": "select b.person, a.n from a join b on b.person = a.person",
    "using": "select person, a.n, b.n as m from a join b using (person)",
    "left": "select a.person, b.n from a left join b on a.person = b.person",
    "left, using": "select person, b.n from a left join b using (person)",
    "right": "select b.person, a.n from a right join b on a.person = b.person",
    "right, using": "select person, a.n from a right join b using (person)",
    "full, using": "select person, a.n, b.n as m from a full join b using (person)",
    "chain": "select c.person from a join b on a.person = b.person join a as c on c.person = b.person",
    "chain of using": "select person, c.n from a left join b using (person) left join a as c using (person)",
    "with something of nobody": "select a.person, f.k from a join f on f.n = a.n",
    "something of nobody, left of them": "select a.person, f.k from f join a on f.n = a.n",
    "crossed": "select a.person, f.k from f cross join a",
    "left of something": "select a.person, f.k from a left join f on f.n >= a.n",
    "right of something": "select a.person, f.k from f right join a on f.n >= a.n",
    "grouped": "select person, count(*) as c, sum(n) as s from a group by person",
    "grouped by more": "select a.person, f.k, max(f.n) as m from a cross join f group by 1, 2",
    "grouped, key first": "select n, person, count(*) as c from a group by n, person having count(*) > 1",
    "distinct": "select distinct person, n from a",
    "window": "select person, row_number() over (partition by person order by n, m) as r from a",
    "window by more": "select person, sum(n) over (partition by m, person) as s from a",
    "union all": "select person, n from a union all select person, m from b",
    "union": "select person, n from a union select person, n from b",
    "except": "select person, n from a except select person, n from b",
    "intersect": "select person, n from a intersect select person, n from b",
    "step": "with s as (select person, max(n) as n from a group by person) "
    "select s.person, b.m from s join b using (person)",
    "subquery": "select s.person from (select person as person, n from a where m > 0) as s where s.n > 0",
    "renamed": "select s.p as person from (select person as p from a) as s join b on b.person = s.p",
    "exists": "select person from a where exists (select 1 from b where b.person = a.person and b.n > a.n)",
    "not exists": "select person from a where not exists (select 1 from b where a.person = b.person)",
    "exists with groups": "select person from a where exists "
    "(select b.n from b where b.person = a.person group by b.n having count(*) > 1)",
    "value": "select person, (select sum(b.n) from b where b.person = a.person) as s from a",
    "value over windows": "select person, (select max(r.k) from (select f.k from f) as r) as s from a",
    "in": "select person from a where person in (select person from b where n > 0)",
    "in, and more": "select person from a where n > 0 and (person in (select person from b) and m > 0)",
    "in nobody's": "select person from a where n in (select n from f) or m not in (select n from f)",
    "nobody's value": "select person, n - (select max(n) from f) as d from a",
    "distinct inside": "select person, count(distinct n) as c from a group by person",
    "exists twice": "select person from a where exists (select 1 from b where b.person = a.person and exists "
    "(select 1 from a as c where c.person = b.person and c.n < b.n))",
}
NOT_SEPARABLE = {
    "nobody's": "select k, n from f",
    "without a person": "select n from a",
    "number of persons": "select count(*) as c from a",
    "not grouped by person": "select n, count(*) as c, max(person) as person from a group by n",
    "person as a number": "select person + 0 as person from a",
    "joined otherwise": "select a.person, b.n from a join b on a.n = b.n",
    "joined by or": "select a.person from a join b on a.person = b.person or a.n = b.n",
    "crossed": "select a.person from a cross join b",
    "left of nobody's": "select a.person, f.k from f left join a on f.n = a.n",
    "the emptied side": "select b.person, a.n from a left join b on a.person = b.person",
    "full": "select a.person, b.n from a full join b on a.person = b.person",
    "full with nobody's": "select a.person, f.k from a full join f on a.n = f.n",
    "distinct without person": "with s as (select distinct n from a) select b.person, s.n from b join s on s.n = b.n",
    "window over all": "select person, row_number() over (order by person, n, m) as r from a",
    "window by others": "select person, sum(n) over (partition by m) as s from a",
    "union with nobody's": "select person, n from a union all select n, n from f",
    "union of other columns": "select person, n from a union select n, person from a",
    "except without person": "select n from a except select n from b",
    "exists without a tie": "select person from a where exists (select 1 from b where b.n > a.n)",
    "exists tied by or": "select person from a where exists (select 1 from b where b.person = a.person or b.n = 1)",
    "value over all": "select person, n - (select max(n) from a) as d from a",
    "not in": "select person from a where person not in (select person from b)",
    "in, negated": "select person from a where not (person in (select person from b))",
    "in, as a value": "select person, person in (select person from b) as i from a",
    "in by another column": "select person from a where n in (select n from b)",
    "grouped in a step": "with s as (select n, max(m) as m from a group by n) "
    "select b.person, s.m from b join s on s.n = b.n",
    "left join against all": "select a.person, s.c from a cross join (select count(*) as c from b) as s",
}


def known() -> dict[str, Relation]:
    from pejl.measure.queries.relations import Relation

    own = {"person": "integer", "n": "integer", "m": "integer"}
    return {
        "a": Relation(own, person="person"),
        "b": Relation(own, person="person"),
        "f": Relation({"k": "integer", "n": "integer"}),
    }


def judged(sql: str) -> tuple[bool, str]:
    """Whether a query is said to be separable, and the query as run."""
    from pejl.measure.queries.binding import Binder
    from pejl.measure.queries.separability import is_separable
    from pejl.measure.queries.source import SourceFile
    from pejl.workspace.problems import Problems

    problems = Problems()
    source = SourceFile("m.sql", sql, problems)
    tree = source.parse()
    assert tree is not None
    Binder(source, lambda name, _: known().get(name), known()).bind(tree)
    assert problems.sorted() == ()
    return is_separable(tree, known()), tree.sql(dialect="duckdb")


@pytest.mark.parametrize("name", SEPARABLE)
def test_what_stays_with_a_person_is_separable(name: str) -> None:
    assert judged(SEPARABLE[name])[0]


@pytest.mark.parametrize("name", NOT_SEPARABLE)
def test_what_reaches_beyond_a_person_or_cannot_be_told_is_not(name: str) -> None:
    assert not judged(NOT_SEPARABLE[name])[0]


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    import duckdb

    with duckdb.connect() as connection:
        for name, columns in (("a", "person, n, m"), ("b", "person, n, m"), ("f", "k, n")):
            described = ", ".join(f"{column} BIGINT" for column in columns.split(", "))
            connection.execute(f"create table all_{name} ({described})")
        connection.execute("create table asked (lowest BIGINT, highest BIGINT, nobody BOOLEAN)")
        for name in ("a", "b"):
            connection.execute(
                f"create view {name} as select t.* from all_{name} as t, asked "
                "where t.person between lowest and highest or (nobody and t.person is null)"
            )
        connection.execute("create view f as select * from all_f")
        yield connection


small = st.none() | st.integers(0, 3)
persons = st.none() | st.integers(1, 5)
own_rows = st.lists(st.tuples(persons, small, small), max_size=9)
bounds = st.lists(st.integers(1, 4), unique=True, max_size=3).map(sorted)

CHECKED = {
    name: judged(sql) for name, sql in {**SEPARABLE, **{f"not: {k}": v for k, v in NOT_SEPARABLE.items()}}.items()
}


@settings(max_examples=25)
@given(
    a=own_rows, b=own_rows, f=st.lists(st.tuples(small, small), max_size=4), cuts=bounds, nobody_in=st.integers(0, 3)
)
def test_sets_of_persons_one_by_one_give_what_all_give_at_once(
    engine: Any,
    a: list[tuple[int | None, ...]],
    b: list[tuple[int | None, ...]],
    f: list[tuple[int | None, ...]],
    cuts: list[int],
    nobody_in: int,
) -> None:
    for name, rows in (("a", a), ("b", b), ("f", f)):
        engine.execute(f"delete from all_{name}")
        if rows:
            engine.executemany(f"insert into all_{name} values ({', '.join('?' * len(rows[0]))})", rows)
    edges = [0, *cuts, 9]
    sets = [(low + 1, high) for low, high in pairwise(edges)]
    whole = results(engine, [(1, 9)], 0)
    parts = results(engine, sets, nobody_in % len(sets))
    for name, (separable, _) in CHECKED.items():
        if separable:
            assert parts[name] == whole[name], name


def results(engine: Any, sets: list[tuple[int, int]], nobody_in: int) -> dict[str, Counter[tuple[object, ...]]]:
    found: dict[str, Counter[tuple[object, ...]]] = {name: Counter() for name in CHECKED}
    for place, (low, high) in enumerate(sets):
        engine.execute("delete from asked")
        engine.execute("insert into asked values (?, ?, ?)", (low, high, place == nobody_in))
        for name, (separable, sql) in CHECKED.items():
            if separable:
                found[name].update(engine.execute(sql).fetchall())
    return found
