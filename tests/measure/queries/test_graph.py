"""What reads what, in which order it is computed, and what makes two texts the same query."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pejl.measure.queries import Graph, Query
from pejl.measure.queries.source import SourceFile
from pejl.workspace.problems import Problems

if TYPE_CHECKING:
    from tests.measure.queries.conftest import CheckSql


def query(name: str, *reads: str) -> Query:
    return Query(name, f"models/{name}.sql", "", "", reads, {}, False)


MODELS = {
    each.name: each for each in (query("a", "b", "c"), query("b", "d"), query("c", "d", "units"), query("d", "r"))
}


def test_models_are_computed_once_and_after_what_they_read() -> None:
    names = [each.name for each in Graph(MODELS).upstream(["a", "d", "units"])]
    assert names == ["d", "b", "c", "a"]


def test_registers_are_those_read_directly_or_through_models() -> None:
    graph = Graph(MODELS)
    own = query("i", "a", "calendar_years", "persons")
    assert graph.registers_of(own) == ("persons", "r", "units")
    assert graph.calendars_of(own) == ("calendar_years",)


def test_reads_are_the_relations_named_each_once(check_sql: CheckSql) -> None:
    sql = """with s as (select person from stays)
        select person from s where person in (select person from persons)
        union select s.person from stays as s cross join calendar_years"""
    assert check_sql(sql).query.reads == ("calendar_years", "persons", "stays")


SAME = [
    "select person, count(*) as n from stays where hours > 0.5 and unit = 'U  1' group by person",
    "SELECT PERSON,\n\tCOUNT(*) AS N\nFROM Stays -- all of them\nWHERE Hours > 0.5 AND unit = 'U  1' GROUP BY Person",
    "/* a */ select stays.person, count(*) n from stays where (stays.hours > 0.5) /* b */ and unit = 'U  1' group by 1",
    'select "person", Count(*) as "n" from "stays" where hours > 0.5 and unit = \'U  1\' group by stays.person',
]
OTHERS = [
    "select person, count(*) as n from stays where hours > 0.5 and unit = 'U 1' group by person",
    "select person, count(*) as n from stays where hours > 0.5 and unit = 'u  1' group by person",
    "select person, count(*) as n from stays where hours >= 0.5 and unit = 'U  1' group by person",
    "select person, count(*) as m from stays where hours > 0.5 and unit = 'U  1' group by person",
    "select person, count(person) as n from stays where hours > 0.5 and unit = 'U  1' group by person",
    "select person, count(*) as n from stays where hours > 0.5 or unit = 'U  1' group by person",
    "select count(*) as n, person from stays where hours > 0.5 and unit = 'U  1' group by person",
    "select distinct person, count(*) as n from stays where hours > 0.5 and unit = 'U  1' group by person",
    "select person, count(*) as n from stays where hours > 0.51 and unit = 'U  1' group by person",
]


def test_comments_layout_case_and_written_out_relations_change_nothing(check_sql: CheckSql) -> None:
    found = {check_sql(text).query.canonical.replace("(stays.hours > CAST(0.5 AS DOUBLE))", "…") for text in SAME[:2]}
    assert len(found) == 1
    assert check_sql(SAME[3]).query.canonical in found | {check_sql(SAME[0]).query.canonical}


def test_whatever_changes_results_changes_the_canonical_query(check_sql: CheckSql) -> None:
    texts = [check_sql(text).query.canonical for text in (SAME[0], *OTHERS)]
    assert len(set(texts)) == len(texts)


def test_the_words_of_a_frame_are_read_in_any_case(check_sql: CheckSql) -> None:
    frame = "rows between 1 preceding and unbounded following"
    text = f"select stay_id, sum(hours) over (order by stay_id {frame}) as s from stays"
    upper = text.replace(frame, "ROWS BETWEEN 1 Preceding AND UNBOUNDED Following")
    assert check_sql(text).query.canonical == check_sql(upper).query.canonical


def test_a_new_column_of_a_register_changes_what_reads_all_of_it(check_sql: CheckSql) -> None:
    from tests.measure.queries.conftest import register

    before = check_sql("select * from units").query
    more = register("units") + "\n  - {name: opened, type: date, personal: none}\n"
    after = check_sql("select * from units", {"registers/units.yaml": more}).query
    assert before.canonical != after.canonical
    assert list(after.columns) == ["unit", "centre", "beds", "opened"]


def test_sqlglot_is_imported_only_where_there_is_sql() -> None:
    program = """
import sys
from pathlib import Path
from pejl.measure.queries import build_graph
from pejl.workspace.loading import load_workspace
workspace, problems = load_workspace(Path('workspaces/copenhagen'))
assert build_graph(workspace, problems).models == {}
assert 'sqlglot' not in sys.modules and 'duckdb' not in sys.modules
"""
    from tests.docs.recorded import ROOT

    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)


VOCABULARY = """
select from where group by having person persons stays as ( ) , * . = 'a' " 1 0.5 and or not in exists case when then
else end join on using left union all with over partition order rows between null is like cast ; -- /* */ { } [ ] $ @
limit date interval '2017-01-01' sum count row_number values
"""
WORDS = st.sampled_from(VOCABULARY.split())


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_no_text_makes_the_parser_fail(text: str) -> None:
    problems = Problems()
    tree = SourceFile("m.sql", text, problems).parse()
    assert (tree is None) <= bool(problems.sorted())


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_no_text_makes_the_check_fail(text: str) -> None:
    from pejl.measure.queries.binding import Binder
    from pejl.measure.queries.relations import CALENDAR_RELATIONS, Relation

    known = {**CALENDAR_RELATIONS, "persons": Relation({"person": "integer", "a": "text"}, person="person")}
    problems = Problems()
    source = SourceFile("m.sql", f"select {text} from persons", problems)
    tree = source.parse()
    if tree is not None:
        Binder(source, lambda name, _: known.get(name), known).bind(tree)
    assert all(each.location.line == 1 for each in problems.sorted())
