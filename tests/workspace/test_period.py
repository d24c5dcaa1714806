"""Six kinds of period: what they are written like, when they begin and end, which is later."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pejl.workspace.period import Period, PeriodError, PeriodKind

FORMS = "Write 2017, 2017-Q3, 2016/2017, 2017-02-06, 2015..2017 or 2016>2017."


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("2017", "year", date(2017, 1, 1), date(2017, 12, 31)),
        ("2017-Q1", "quarter", date(2017, 1, 1), date(2017, 3, 31)),
        ("2017-Q2", "quarter", date(2017, 4, 1), date(2017, 6, 30)),
        ("2017-Q3", "quarter", date(2017, 7, 1), date(2017, 9, 30)),
        ("2017-Q4", "quarter", date(2017, 10, 1), date(2017, 12, 31)),
        ("2016/2017", "school_year", date(2016, 8, 1), date(2017, 7, 31)),
        ("2017-02-06", "date", date(2017, 2, 6), date(2017, 2, 6)),
        ("2016-02-29", "date", date(2016, 2, 29), date(2016, 2, 29)),
        ("2015..2017", "window", date(2015, 1, 1), date(2017, 12, 31)),
        ("2016>2017", "transition", date(2016, 1, 1), date(2017, 12, 31)),
        ("1800", "year", date(1800, 1, 1), date(1800, 12, 31)),
        ("2199", "year", date(2199, 1, 1), date(2199, 12, 31)),
        ("2199-Q4", "quarter", date(2199, 10, 1), date(2199, 12, 31)),
    ],
)
def test_a_period_has_a_kind_a_first_and_a_last_day(text: str, kind: str, start: date, end: date) -> None:
    period = Period.parse(text)
    assert (period.kind, period.start, period.end, str(period)) == (kind, start, end, text)


def test_a_whole_number_is_a_year_and_spaces_around_do_not_count() -> None:
    assert Period.parse(2017) == Period.parse("2017") == Period.parse(" 2017\t") == Period.year(2017)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "17",
        "20170",
        "2017-Q0",
        "2017-Q5",
        "2017-q3",
        "Q3 2017",
        "2017-1",
        "2017-13",
        "2017-2-6",
        "2017/18",
        "2017-2018",
        "2015...2017",
        "2015 .. 2017",
        "2016->2017",
        "2016 2017",
        "-2017",
        "2017.0",
        "MMXVII",
        "\N{FULLWIDTH DIGIT TWO}017",
        "2017\n2018",
        "2017-02-06T00:00",
    ],
)
def test_other_words_are_no_period_and_the_forms_are_named(text: str) -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)
    assert caught.value.what.render("en") == f"'{' '.join(text.split())}' is not a period"
    assert caught.value.mend.render("en") == FORMS


@pytest.mark.parametrize(
    ("text", "what", "mend"),
    [
        ("2016/2018", "'2016/2018': a school year spans two years in a row", "Write 2016/2017."),
        ("2017/2016", "'2017/2016': a school year spans two years in a row", "Write 2017/2018."),
        ("2017/2017", "'2017/2017': a school year spans two years in a row", "Write 2017/2018."),
        ("2017..2015", "'2017..2015': the second year must come after the first", "Write the earlier year first."),
        ("2017..2017", "'2017..2017': the second year must come after the first", "Write the earlier year first."),
        ("2017>2016", "'2017>2016': the second year must come after the first", "Write the earlier year first."),
        ("2017-02-30", "'2017-02-30' is not a day of the calendar", FORMS),
        ("2017-02-29", "'2017-02-29' is not a day of the calendar", FORMS),
        ("2017-13-01", "'2017-13-01' is not a day of the calendar", FORMS),
        ("2017-00-10", "'2017-00-10' is not a day of the calendar", FORMS),
        ("1799", "the year 1799 is outside 1800-2199", FORMS),
        ("2200", "the year 2200 is outside 1800-2199", FORMS),
        ("0000", "the year 0 is outside 1800-2199", FORMS),
        ("2199/2200", "the year 2200 is outside 1800-2199", FORMS),
        ("1066..2017", "the year 1066 is outside 1800-2199", FORMS),
        ("2017>9999", "the year 9999 is outside 1800-2199", FORMS),
        ("9999-Q4", "the year 9999 is outside 1800-2199", FORMS),
        ("9999-12-31", "the year 9999 is outside 1800-2199", FORMS),
    ],
)
def test_a_period_that_cannot_be_says_why_and_what_to_write(text: str, what: str, mend: str) -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)
    assert (caught.value.what.render("en"), caught.value.mend.render("en")) == (what, mend)


def test_a_text_of_any_length_is_named_shortened() -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse("2017 " * 1000)
    assert len(caught.value.what.render("en")) < 90


def test_what_ends_later_is_later_and_of_equal_ends_the_shorter_is_later() -> None:
    in_order = [
        "2015",
        "2016-Q4",
        "2017-02-06",
        "2016/2017",
        "2017-Q3",
        "2016>2017",
        "2017",
        "2017-Q4",
        "2017-12-31",
        "2015..2018",
    ]
    periods = [Period.parse(text) for text in in_order]
    assert sorted(periods[1::2] + periods[::2]) == periods


@pytest.mark.parametrize(
    ("text", "danish", "english"),
    [
        ("2017", "2017", "2017"),
        ("2017-Q3", "3. kvartal 2017", "Q3 2017"),
        ("2016/2017", "skoleåret 2016/2017", "the school year 2016/2017"),
        ("2017-02-06", "6. februar 2017", "6 February 2017"),
        ("2015..2017", "2015–2017", "2015–2017"),
        ("2016>2017", "fra 2016 til 2017", "from 2016 to 2017"),
    ],
)
def test_a_period_is_shown_as_a_reader_expects(text: str, danish: str, english: str) -> None:
    assert (Period.parse(text).label("da"), Period.parse(text).label("en")) == (danish, english)


years = st.integers(1800, 2199)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, PeriodKind]:
    year, kind = draw(years), draw(st.sampled_from(PeriodKind))
    match kind:
        case PeriodKind.YEAR:
            return f"{year}", kind
        case PeriodKind.QUARTER:
            return f"{year}-Q{draw(st.integers(1, 4))}", kind
        case PeriodKind.SCHOOL_YEAR:
            assume(year < 2199)
            return f"{year}/{year + 1}", kind
        case PeriodKind.DATE:
            return str(draw(st.dates(date(1800, 1, 1), date(2199, 12, 31)))), kind
        case _:
            assume(year < 2199)
            sign = ".." if kind is PeriodKind.WINDOW else ">"
            return f"{year}{sign}{draw(st.integers(year + 1, 2199))}", kind


@given(texts())
def test_every_period_is_written_as_it_was_read(written: tuple[str, PeriodKind]) -> None:
    text, kind = written
    period = Period.parse(text)
    assert (str(period), period.kind) == (text, kind)
    assert Period.parse(str(period)) == period
    assert period.start <= period.end


@given(years, st.integers(1, 4))
def test_quarters_follow_each_other_without_a_gap(year: int, quarter: int) -> None:
    assume((year, quarter) != (2199, 4))
    following = f"{year}-Q{quarter + 1}" if quarter < 4 else f"{year + 1}-Q1"
    assert Period.parse(f"{year}-Q{quarter}").end + timedelta(days=1) == Period.parse(following).start


@given(texts(), texts(), texts())
def test_the_order_is_an_order(
    first: tuple[str, PeriodKind], second: tuple[str, PeriodKind], third: tuple[str, PeriodKind]
) -> None:
    one, two, three = (Period.parse(text) for text, _ in (first, second, third))
    assert not (one < two and two < one)
    assert not (one < two and two < three) or one < three
    assert (one < two) == (two > one)
    if one.end < two.end:
        assert one < two


@given(st.text(max_size=12) | st.text("0123456789-Q/.>", max_size=12))
def test_any_text_is_a_period_or_says_that_it_is_none(text: str) -> None:
    try:
        found = str(Period.parse(text))
    except PeriodError as error:
        found = error.mend.render("en")
    assert found == text.strip() or found.startswith("Write ")
