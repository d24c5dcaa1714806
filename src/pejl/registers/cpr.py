"""CPR numbers: their form, the century they give, replacement numbers, and those of people without one.

The rules are those of the CPR Office: ten digits, day, month and year of birth first; the seventh digit gives the
century together with the year (https://www.cpr.dk). Modulus 11 is never asked: since 2007 numbers are given out that
fail it. Social and health systems also hold replacement numbers, with 60 added to the day or letters among the last
four; they are somebody's, so they are accepted, marked and counted.
"""

from __future__ import annotations

ORDINARY, REPLACEMENT, WITHOUT, MALFORMED = "ordinary", "replacement", "without", "malformed"

_PLAIN = "regexp_replace(upper(trim({text})), '^([0-9]{{6}})[- ]([0-9A-ZÆØÅ]{{4}})$', '\\1\\2')"
_NOBODY = ("0000000000", "9999999999")
"""What systems write when there is no number."""


def plain_sql(text: str) -> str:
    """Return SQL for the ten signs of a number, without the hyphen or space after the sixth."""
    return _PLAIN.format(text=text)


def class_sql(plain: str, today: str) -> str:
    """Return SQL for the class of the number in the column `plain`: ordinary, replacement, without or malformed.

    A number is ordinary when its day exists in its century and is not after `today`, a date literal. A replacement
    number gives no century, so its day need only exist in one of them.
    """
    nobody = ", ".join(f"'{each}'" for each in _NOBODY)
    return f"""CASE
        WHEN {plain} IN ({nobody}) THEN '{WITHOUT}'
        WHEN regexp_full_match({plain}, '[0-9]{{10}}') AND {_born(plain)} <= {today} THEN '{ORDINARY}'
        WHEN regexp_full_match({plain}, '[6-9][0-9]{{9}}') AND {_exists(_day_less_60(plain))} THEN '{REPLACEMENT}'
        WHEN regexp_full_match({plain}, '[0-9]{{6}}[0-9A-ZÆØÅ]{{4}}') AND NOT regexp_full_match({plain}, '[0-9]{{10}}')
            AND ({_exists(f"substr({plain}, 1, 6)")} OR {_exists(_day_less_60(plain))}) THEN '{REPLACEMENT}'
        ELSE '{MALFORMED}' END"""


def _born(plain: str) -> str:
    """SQL for the day of birth in ten digits; NULL where there is no such day."""
    year, seventh = f"substr({plain}, 5, 2)", f"substr({plain}, 7, 1)"
    century = f"""CASE
        WHEN {seventh} <= '3' THEN '19'
        WHEN {seventh} IN ('4', '9') THEN CASE WHEN {year} <= '36' THEN '20' ELSE '19' END
        ELSE CASE WHEN {year} <= '57' THEN '20' ELSE '18' END END"""
    return _date(f"({century})", f"substr({plain}, 1, 6)")


def _day_less_60(plain: str) -> str:
    return f"(lpad(CAST(try_cast(substr({plain}, 1, 2) AS INTEGER) - 60 AS VARCHAR), 2, '0') || substr({plain}, 3, 4))"


def _exists(six: str) -> str:
    """SQL for whether six digits are a day in any century; 2000 had the leap day that 1900 had not."""
    return f"{_date(chr(39) + '20' + chr(39), six)} IS NOT NULL"


def _date(century: str, six: str) -> str:
    day, month, year = (f"substr({six}, {first}, 2)" for first in (1, 3, 5))
    return f"try_cast({century} || {year} || '-' || {month} || '-' || {day} AS DATE)"
