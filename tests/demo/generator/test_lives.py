"""What happens to people makes sense: checked with SQL over everything that is written."""

from __future__ import annotations

import pytest
from tests.demo.generator.measured import CITIZENS
from tests.demo.generator.worlds import number, registers

LIVED_THROUGH = {
    "stays": ("from_day", "to_day"),
    "homelessness": ("from_day", "to_day"),
    "households": ("from_day", "to_day"),
    "support": ("from_day", "to_day"),
    "treatments": ("from_day", "to_day"),
    "employees": ("from_day", "to_day"),
    "housing_assignments": ("assigned_on", "assigned_on"),
    "support_delivered": ("week_first", "week_first + 6"),
    "ffb_assessments": ("assessed_on", "assessed_on"),
    "cases": ("received_on", "greatest(decided_on, notified_on, received_on)"),
    "school_absence": ("month_first", "month_first + 27"),
    "sick_absence": ("from_day", "to_day"),
    "labour": ("quarter_first", "quarter_first"),
    "income": ("make_date(year, 12, 31)", "make_date(year, 12, 31)"),
    "charges": ("charged_on", "charged_on"),
}
"""First and last day of what happens to a person while living here."""

SPELLS = ("residence", "stays", "homelessness", "households", "support", "treatments", "employees", "youth_education")


@pytest.mark.parametrize("register", LIVED_THROUGH)
def test_nothing_happens_to_those_who_do_not_live_here(register: str) -> None:
    first, last = LIVED_THROUGH[register]
    # Open spells of citizens last as long as they live here.
    last = f"until({last})" if last == "to_day" else last
    assert number(f"SELECT count(*) FROM {register}") > 0
    assert not number(
        f"""SELECT count(*) FROM {register} AS row WHERE person IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM stretches AS s
                WHERE s.person = row.person AND ({first}) >= s.from_day AND ({last}) <= s.to_day)
        """
    )


@pytest.mark.parametrize("register", SPELLS)
def test_no_spell_ends_before_it_begins_nor_after_the_extract(register: str) -> None:
    assert not number(f"SELECT count(*) FROM {register} WHERE to_day < from_day OR to_day > DATE '2025-12-31'")


def test_nobody_lives_here_before_birth_or_after_death() -> None:
    assert not number(
        """SELECT count(*) FROM residence JOIN persons USING (person)
           WHERE from_day < birth_date OR (death_date IS NOT NULL AND until(to_day) > death_date)"""
    )


def test_national_registers_say_nothing_before_birth_or_after_death() -> None:
    assert not number(
        """SELECT count(*) FROM youth_education JOIN persons USING (person)
           WHERE from_day < birth_date + 14 * 365 OR until(to_day) > death_date"""
    )
    assert not number(
        """SELECT count(*) FROM grade9 JOIN persons USING (person)
           WHERE make_date(right(school_year, 4)::INT, 6, 1) > death_date
              OR right(school_year, 4)::INT - year(birth_date) <> 16"""
    )


@pytest.mark.parametrize("register", ["residence", "households", "homelessness", "employees"])
def test_a_person_is_in_one_place_at_a_time(register: str) -> None:
    assert not number(
        f"""SELECT count(*) FROM (
                SELECT from_day <= lag(until(to_day)) OVER (PARTITION BY person ORDER BY from_day)
                       AS over FROM {register} WHERE person IS NOT NULL) WHERE over"""
    )


@pytest.mark.parametrize(
    ("register", "key"),
    [
        ("persons", "person"),
        ("support_delivered", "person, week_first, unit"),
        ("pupils", "person, school_year"),
        ("school_absence", "person, month_first"),
        ("pay_months", "person, month_first"),
        ("income", "person, year"),
        ("grade9", "person, school_year"),
        ("labour", "person, quarter_first"),
        ("households", "household, person"),
        ("cases", "case_id"),
        ("complaints", "complaint_id"),
        ("homelessness", "registration_id"),
        ("evictions", "eviction_id"),
        ("units", "name"),
    ],
)
def test_keys_are_unique(register: str, key: str) -> None:
    assert number(f"SELECT count(*) - count(DISTINCT ({key})) FROM {register}") == 0


def test_as_many_live_here_every_year() -> None:
    for year in range(2013, 2026):
        living = number(f"SELECT count(*) FROM stretches WHERE from_day <= '{year}-12-31' AND to_day > '{year}-12-31'")
        assert living == CITIZENS


def test_a_household_has_one_reference_person_who_is_there_all_the_time() -> None:
    assert not number(
        "SELECT count(*) FROM (SELECT sum(reference::INT) AS n FROM households GROUP BY household) WHERE n <> 1"
    )
    assert not number(
        """SELECT count(*) FROM households AS other JOIN households AS head ON head.household = other.household
           WHERE head.reference AND (other.from_day < head.from_day
              OR until(other.to_day) > until(head.to_day))"""
    )


def test_every_citizen_has_a_household_since_2013() -> None:
    assert not number(
        """SELECT count(*) FROM residence AS r,
               (VALUES (DATE '2013-06-30'), (DATE '2019-12-31'), (DATE '2025-12-31')) AS d(day)
           WHERE day BETWEEN r.from_day AND until(r.to_day) AND NOT EXISTS (
               SELECT 1 FROM households AS h WHERE h.person = r.person
               AND day BETWEEN h.from_day AND until(h.to_day))"""
    )


def test_evictions_lie_within_their_household_and_stages_come_in_order() -> None:
    assert not number(
        """SELECT count(*) FROM evictions AS e WHERE NOT EXISTS (
               SELECT 1 FROM households AS h WHERE h.household = e.household
               AND e.stage_day BETWEEN h.from_day AND until(h.to_day))"""
    )
    assert not number(
        """SELECT count(*) FROM (SELECT household, min(stage_day) FILTER (stage = 'received') AS first,
               min(stage_day) FILTER (stage = 'carried_out') AS last FROM evictions GROUP BY household)
           WHERE last IS NOT NULL AND (first IS NULL OR first > last)"""
    )


def test_homelessness_follows_eviction_more_often() -> None:
    homeless = """EXISTS (SELECT 1 FROM homelessness AS n WHERE n.person = h.person
                  AND n.from_day BETWEEN {day} AND {day} + 30)"""
    evicted = number(
        f"""SELECT 1000 * avg((SELECT max(({homeless.format(day="e.stage_day")})::INT) FROM households AS h
                WHERE h.household = e.household)) FROM evictions AS e WHERE stage = 'carried_out'"""
    )
    others = number(
        f"""SELECT 1000 * avg(({homeless.format(day="DATE '2020-06-01'")})::INT) FROM households AS h
            JOIN persons USING (person) WHERE '2020-06-01' BETWEEN from_day AND until(to_day)"""
    )
    assert evicted > 250
    assert others < 10


def test_a_home_assigned_ends_homelessness_and_some_lose_it_again_within_the_year() -> None:
    ended = """SELECT count(*) FROM housing_assignments AS a JOIN homelessness AS h
               ON h.person = a.person AND h.to_day + 1 = a.assigned_on"""
    assert number(ended) > 0.4 * number("SELECT count(*) FROM housing_assignments")
    assert not number(
        """SELECT count(*) FROM housing_assignments AS a JOIN homelessness AS h ON h.person = a.person
           WHERE a.assigned_on BETWEEN h.from_day AND until(h.to_day)"""
    )
    again = number(
        """SELECT count(*) FROM housing_assignments AS a WHERE EXISTS (SELECT 1 FROM homelessness AS h
           WHERE h.person = a.person AND h.from_day BETWEEN a.assigned_on AND a.assigned_on + 365)"""
    )
    assert again > 50


def test_some_treatments_follow_within_ten_days_and_some_later() -> None:
    gaps = """SELECT count(*) FROM (
                  SELECT from_day - lag(to_day) OVER (PARTITION BY person, kind ORDER BY from_day) AS gap
                  FROM treatments WHERE person IS NOT NULL) WHERE gap BETWEEN {} AND {}"""
    assert number(gaps.format(1, 10)) > 200
    assert number(gaps.format(11, 60)) > 20
    assert number(gaps.format(-10_000, 0)) == 0


def test_an_end_says_how_it_ended_and_death_ends_a_treatment() -> None:
    assert not number("SELECT count(*) FROM treatments WHERE (to_day IS NULL) <> (end_status IS NULL)")
    assert not number(
        """SELECT count(*) FROM treatments JOIN persons USING (person)
           WHERE (end_status = 'deceased') <> (death_date IS NOT DISTINCT FROM to_day AND to_day IS NOT NULL)"""
    )


def test_people_are_in_several_target_groups() -> None:
    assert number(
        """SELECT count(*) FROM (SELECT person FROM support WHERE from_day <= '2024-12-31'
           AND until(to_day) >= '2024-12-31' GROUP BY person HAVING count(DISTINCT target_group) > 1)"""
    ) > 10  # fmt: skip


def test_children_go_to_school_and_then_to_youth_education() -> None:
    ages = registers().execute(
        """SELECT min(left(school_year, 4)::INT - year(birth_date)), max(left(school_year, 4)::INT - year(birth_date))
           FROM pupils JOIN persons USING (person)"""
    ).fetchone()  # fmt: skip
    assert ages == (6, 16)
    assert not number(
        """SELECT count(*) FROM youth_education AS y LEFT JOIN grade9 AS g USING (person)
           WHERE g.person IS NULL OR y.from_day < make_date(right(g.school_year, 4)::INT, 8, 1)"""
    )
    assert number("SELECT count(*) FROM youth_education WHERE to_day IS NULL") > 300
    assert not number(
        "SELECT count(*) FROM school_absence WHERE illness_days + lawful_days + unlawful_days > school_days"
    )


def test_labour_has_the_ages_16_to_66() -> None:
    assert not number(
        """SELECT count(*) FROM labour JOIN persons USING (person) WHERE birth_date + INTERVAL 16 YEAR > quarter_first
           OR birth_date + INTERVAL 67 YEAR <= quarter_first"""
    )


def test_income_is_the_households_and_flags_say_what_they_say() -> None:
    assert not number(
        """SELECT count(*) FROM (
               SELECT count(DISTINCT (equivalised_income, net_wealth, sdgfat_lavindkomst, sdgfat_nf)) AS n
               FROM income GROUP BY household, year) WHERE n <> 1"""
    )
    assert not number(
        """SELECT count(*) FROM income JOIN (
               SELECT year, median(equivalised_income) / 2 AS line FROM income GROUP BY year) USING (year)
           WHERE (equivalised_income < line)::INT <> sdgfat_lavindkomst
           OR (net_wealth < line)::INT <> sdgfat_nf OR (abs(equivalised_income) > 10)::INT <> sdgfat_nul"""
    )


def test_every_post_is_filled_and_units_are_open_when_something_happens_there() -> None:
    for day in ("2015-01-01", "2020-06-30", "2025-12-31"):
        staff = f"SELECT count(*) FROM employees WHERE '{day}' BETWEEN from_day AND until(to_day)"
        assert number(staff) == 267
    for register in ("employees", "stays"):
        assert not number(
            f"""SELECT count(*) FROM {register} AS row JOIN units AS u USING (unit)
                WHERE row.from_day < u.from_day OR until(row.to_day) > until(u.to_day)
            """
        )


def test_sick_days_are_the_weekdays_of_the_spell() -> None:
    assert not number(
        """SELECT count(*) FROM sick_absence WHERE working_days <> len(list_filter(
               generate_series(from_day, to_day, INTERVAL 1 DAY), day -> isodow(day) <= 5))"""
    )


def test_there_is_the_dirt_that_extracts_have() -> None:
    assert number("SELECT count(*) FROM homelessness WHERE person IS NULL") > 50
    assert number("SELECT count(*) FROM treatments WHERE person IS NULL") > 50
    assert 30 < number("SELECT count(*) FROM residence WHERE district = 'unknown'") < 300
