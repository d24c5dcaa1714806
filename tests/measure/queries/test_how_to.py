"""Every SELECT of the how-to is checked, run, and gives what the page says."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.docs.recorded import ROOT, blocks
from tests.measure.queries.conftest import COUNTING, plain

from pejl.measure.queries.subset import INSTEAD

if TYPE_CHECKING:
    from tests.measure.queries.conftest import Checked, CheckSql

PAGE = ROOT / "docs" / "how-to" / "write-an-indicator-in-sql.md"
EXAMPLES = {
    block.lines[0].removeprefix("-- "): "\n".join(block.lines)
    for block in blocks(PAGE.read_text(encoding="utf-8"))
    if block.language == "sql"
}
ENDED = date(2016, 2, 29)

GIVES: dict[str, list[tuple[object, ...]]] = {
    "indicators/homeless.sql": [
        (1, "2016", 1),
        (1, "2017", 1),
        (1, "2018", 1),
        (2, "2017", 1),
        (None, "2018", 1),
    ],
    "indicators/left_in_time.sql": [
        (1, date(2016, 1, 31), 1, 1),
        (1, date(2016, 3, 5), 0, 1),
        (2, date(2017, 7, 31), 1, 1),
    ],
    # 29 February to 5 March 2016 are five days, so that the first two stays are one
    "models/merged_stays.sql": [(1, date(2016, 1, 31), None), (2, date(2017, 7, 31), date(2017, 8, 1))],
    "models/one_year_later.sql": [(1, date(2017, 1, 31)), (1, date(2017, 3, 5))],
    "models/ages.sql": [
        *((1, str(year), year - 1980) for year in (2016, 2017, 2018)),
        *((2, str(year), year - 1990) for year in (2016, 2017, 2018)),
        *((3, str(year), year - 2001) for year in (2016, 2017, 2018)),
    ],
    # born on 29 February 1980 and 31 December 1990
    "models/ages_at_stays.sql": [(11, 1, 35), (12, 1, 36), (13, 2, 26)],
    "models/stays_by_centre.sql": [
        (1, date(2016, 1, 31), "c1", 1),
        (1, date(2016, 3, 5), "c1", 1),
        (2, date(2017, 7, 31), "c1", 1),
    ],
}


@pytest.fixture
def page(check_sql: CheckSql) -> Checked:
    return check_sql(None, {file: sql for file, sql in EXAMPLES.items() if file != "indicators/left_in_time.sql"})


def test_the_page_names_a_file_for_every_example() -> None:
    assert EXAMPLES.keys() == GIVES.keys()


def test_the_examples_have_no_problem(page: Checked, check_sql: CheckSql) -> None:
    assert page.lines == []
    counting = COUNTING.replace("[person, period]", "[person, event_date]") + "\nkind: share"
    files = {"indicators/homeless.sql": EXAMPLES["indicators/left_in_time.sql"]}
    assert check_sql(None, files, swap={"indicators/homeless.yaml": ("scope: city", counting)}).codes == []


def test_what_the_page_says_is_separable_is(page: Checked) -> None:
    assert {name for name, query in page.graph.models.items() if not query.separable} == set()


@pytest.mark.parametrize("file", GIVES)
def test_an_example_gives_what_is_worked_out_by_hand(file: str, check_sql: CheckSql, duckdb_world: Any) -> None:
    sql = check_sql(EXAMPLES[file]).query.sql
    assert plain(duckdb_world.execute(sql).fetchall()) == plain(GIVES[file])


def test_the_explanation_names_nothing_that_may_be_written_after_all() -> None:
    text = (ROOT / "docs" / "explanation" / "portable-sql.md").read_text(encoding="utf-8")
    named = re.findall(r"there is no `(\w+)\(\)`, no `(\w+)\(\)`", " ".join(text.split()))
    assert all(name in INSTEAD for names in named for name in names)
