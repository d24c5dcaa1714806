from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.measure.measurement import Measurement
from pejl.measure.published import published_measurements, version_on
from pejl.measure.rates import inhabitants_in, rate_of
from pejl.measure.records import from_record, to_csv, to_record
from pejl.workspace.base import LocalText
from pejl.workspace.figures import read_figures
from pejl.workspace.indicators import Break, DefinitionVersion, Indicator, Rhythm
from pejl.workspace.model import Workspace
from pejl.workspace.period import Period
from pejl.workspace.problems import Problems
from pejl.workspace.settings import Settings
from pejl.workspace.states import State
from pejl.workspace.vocabulary import Code, Dimension, Scope, Unit, Vocabulary

HEADER = "series,period,breakdown,district,value,unit,state,n,se,low,high,scope,source,note\n"
WORDS = LocalText(da="ord", en="words")


def vocabulary() -> Vocabulary:
    districts = tuple(
        Code(code=code, label=LocalText(da=code.title()), aliases=aliases)
        for code, aliases in (("north", ("Nordbyen",)), ("south", ()))
    )
    return Vocabulary(
        units=(
            Unit(id="persons", label=WORDS, kind="count"),
            Unit(id="percent", label=WORDS, kind="share", aliases=("pct.",)),
            Unit(id="mean", label=WORDS, kind="mean"),
        ),
        scopes=(Scope(id="city", title=WORDS, aliases=("hele byen",)),),
        dimensions=(Dimension(id="district", title=WORDS, codes=districts),),
    )


def indicator(unit: str = "persons", rhythm: Rhythm | None = None) -> Indicator:
    return Indicator(
        id="x",
        title=WORDS,
        unit=unit,
        scope="city",
        dimensions=("district",),
        published_by=WORDS,
        versions=(
            DefinitionVersion(version="1", definition=WORDS),
            DefinitionVersion(version="2", definition=WORDS, valid_from=date(2016, 1, 1)),
        ),
        breaks=(Break(at=Period.year(2016), note=WORDS),),
        rhythm=rhythm,
    )


def measured(
    rows: str, unit: str = "persons", rhythm: Rhythm | None = None, last_day: date | None = None
) -> list[Measurement]:
    settings = Settings(id="w", title=WORDS, municipality=WORDS, own=False, notice=WORDS)
    of = indicator(unit, rhythm)
    workspace = Workspace(Path(), settings, (vocabulary(),), (), (of,), ())
    problems = Problems()
    table = read_figures(HEADER + rows, "figures/x.csv", problems)
    assert problems.sorted() == ()
    return published_measurements(workspace, of, [("figures/x.csv", row) for row in table.figures], last_day)


def test_a_count_gets_its_exact_poisson_interval() -> None:
    # R: poisson.test(7)$conf.int is 2.814363 to 14.422675.
    (found,) = measured("x,2017,total,total,7,persons,measured,,,,,city,s,\n")
    assert (found.value, found.basis) == (7.0, "poisson")
    assert found.low == pytest.approx(2.81436305151987)
    assert found.high == pytest.approx(14.4226753617024)


def test_a_share_with_answers_gets_its_wilson_interval() -> None:
    # R: prop.test(3, 40, correct = FALSE) is 0.02583603 to 0.19864234; 3 of 40 is 7.5 %.
    (found,) = measured("x,2017,total,total,7.5,pct.,measured,40,,,,hele byen,s,\n", "percent")
    assert found.low == pytest.approx(2.58360257745882)
    assert found.high == pytest.approx(19.8642335243105)
    assert (found.unit, found.scope, found.basis) == ("percent", "city", "wilson")


def test_what_the_source_says_of_its_uncertainty_comes_first() -> None:
    (given_interval,) = measured("x,2017,total,total,50,percent,measured,40,,45,57,city,s,\n", "percent")
    assert (given_interval.low, given_interval.high, given_interval.basis) == (45.0, 57.0, "source")
    (given_error,) = measured("x,2017,total,total,5.1,mean,measured,,0.1,,,city,s,\n", "mean")
    assert given_error.low == pytest.approx(5.1 - 0.1959963984540054)
    assert given_error.high == pytest.approx(5.1 + 0.1959963984540054)


@pytest.mark.parametrize(
    ("row", "unit"),
    [
        ("x,2017,total,total,50,percent,measured,,,,,city,s,\n", "percent"),
        ("x,2017,total,total,5.1,mean,measured,900,,,,city,s,\n", "mean"),
        ("x,2017,total,total,,persons,no_data,,,,,city,s,\n", "persons"),
    ],
)
def test_where_nothing_is_known_of_the_uncertainty_there_is_no_interval(row: str, unit: str) -> None:
    (found,) = measured(row, unit)
    assert (found.low, found.high, found.basis) == (None, None, None)


def test_breakdowns_are_resolved_to_their_codes_and_keep_their_place() -> None:
    found = measured(
        "x,2017,total,Nordbyen,3,persons,measured,,,,,city,s,\nx,2017,total,total,7,persons,measured,,,,,city,s,\n"
    )
    assert [(item.dimensions, item.value, item.place) for item in found] == [
        ((), 7.0, "figures/x.csv:3"),
        ((("district", "north"),), 3.0, "figures/x.csv:2"),
    ]


def test_each_value_carries_the_definition_in_force_at_its_end() -> None:
    found = measured(
        "x,2015,total,total,3,persons,measured,,,,,city,s,\nx,2016,total,total,7,persons,measured,,,,,city,s,\n"
    )
    assert [item.version for item in found] == ["1", "2"]
    assert version_on(indicator(), date(1999, 1, 1)) == "1"


def test_the_years_between_counts_are_not_due_and_say_when_next() -> None:
    rhythm = Rhythm(periods=tuple(Period.year(year) for year in (2013, 2015, 2019)))
    rows = "x,2013,total,total,3,persons,measured,,,,,city,s,\nx,2015,total,total,7,persons,measured,,,,,city,s,\n"
    found = measured(rows, rhythm=rhythm)
    assert [(item.period.text, str(item.state), item.next_due and item.next_due.text) for item in found] == [
        ("2013", "measured", None),
        ("2014", "not_due", "2015"),
        ("2015", "measured", None),
        ("2016", "not_due", "2019"),
        ("2017", "not_due", "2019"),
        ("2018", "not_due", "2019"),
    ]
    assert all(item.source == "" for item in found if item.state is State.NOT_DUE)


def test_figures_after_the_last_day_stay_out() -> None:
    rows = "x,2017,total,total,3,persons,measured,,,,,city,s,\nx,2018,total,total,7,persons,measured,,,,,city,s,\n"
    assert [item.period.text for item in measured(rows, last_day=date(2017, 12, 31))] == ["2017"]


def test_a_period_that_is_not_over_by_the_last_day_stays_out() -> None:
    row = "x,{years},total,total,3,persons,measured,,,,,city,s,\n"
    rows = row.format(years="2016/2017") + row.format(years="2017/2018")
    assert [item.period.text for item in measured(rows, last_day=date(2017, 12, 31))] == ["2016/2017"]


def people(period: str, value: float | None) -> Measurement:
    state = State.MEASURED if value is not None else State.NOT_COLLECTED
    return Measurement("population", "1", Period.parse(period), (), "city", "persons", state, "published", value)


def test_a_rate_divides_by_the_inhabitants_nearest_the_middle_of_the_year() -> None:
    population = [people("2015-01-01", 570_000.0), people("2015-06-30", 583_525.0), people("2016-01-01", 590_000.0)]
    (count,) = measured("x,2015,total,total,1562,persons,measured,,,,,city,s,\n")
    rate = rate_of(count, population, 1000)
    assert rate is not None
    assert rate.inhabitants == 583_525
    assert rate.value == pytest.approx(1562 / 583.525)
    assert rate.low < rate.value < rate.high


def test_inhabitants_of_another_year_are_not_used() -> None:
    assert inhabitants_in(Period.year(2013), [people("2015-06-30", 583_525.0)]) is None
    assert inhabitants_in(Period.year(2015), [people("2015-06-30", None)]) is None
    (count,) = measured("x,2013,total,total,1581,persons,measured,,,,,city,s,\n")
    assert rate_of(count, [people("2015-06-30", 583_525.0)], 1000) is None


def test_cells_are_written_with_a_column_for_each_dimension() -> None:
    found = measured("x,2017,total,north,3,persons,measured,,,,,city,s,\n")
    lines = to_csv(found, ["district"]).decode().splitlines()
    assert lines[0].startswith("indicator,version,period,scope,district,value,low,high,n,")
    assert lines[1].startswith("x,2,2017,city,north,3,0.618672")


@pytest.mark.parametrize("note", ["a\rb", 'say "no"', "a,b", "a\nb", "a\r\nb", ""])
def test_a_note_may_hold_anything_and_comes_back(note: str) -> None:
    (found,) = measured("x,2017,total,total,3,persons,measured,,,,,city,s,\n")
    text = to_csv([replace(found, note=note)], []).decode()
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["note"], row["value"]) == (note, "3")


measurements = st.builds(
    Measurement,
    indicator=st.just("x"),
    version=st.sampled_from(["1", "2"]),
    period=st.sampled_from(["2017", "2017-Q3", "2016/2017", "2017-02-06", "2015..2017", "2016>2017"]).map(Period.parse),
    dimensions=st.sampled_from([(), (("district", "north"),), (("age", "18-21"), ("sex", "f"))]),
    scope=st.just("city"),
    unit=st.just("persons"),
    state=st.sampled_from(State),
    method=st.just("published"),
    value=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    n=st.none() | st.floats(min_value=0, max_value=1e9),
    source=st.text(),
    note=st.text(),
    next_due=st.none() | st.just(Period.year(2019)),
    df=st.none() | st.integers(min_value=1, max_value=10**6),
    deff=st.none() | st.floats(min_value=0, max_value=100),
    response_rate=st.none() | st.floats(min_value=0, max_value=100),
    instrument=st.sampled_from(["", "who_5 1998"]),
    covariances=st.sampled_from([(), (("2017", 0.25), ("2019", -1.5))]),
)


@given(measurements)
def test_a_record_keeps_everything(measurement: Measurement) -> None:
    assert from_record(to_record(measurement)) == measurement
