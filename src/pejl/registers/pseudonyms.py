"""CPR numbers become pseudonyms: HMAC-SHA256 with the workspace's key, in the engine, once per distinct number.

A pseudonym is the first 60 bits of the HMAC (RFC 2104, FIPS 198-1) of the number's ten signs, as an integer that fits
into 64 bits with its sign. With a million numbers, two share a pseudonym with a probability of 4 in 10 million; that
is looked for, and refused.
"""

# ruff: noqa: S608
# names and texts in SQL go through pejl.engines.sql_text

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pejl.engines import Session
from pejl.engines.sql_text import quoted
from pejl.registers.cpr import ORDINARY, REPLACEMENT, class_sql, plain_sql
from pejl.registers.keys import PseudonymKey
from pejl.registers.sources import SourceError
from pejl.text import message

NUMBERS = "intake numbers"
"""A relation of the session: every number as `written`, its `class`, its `pseudonym`; never written to a file."""

_KEY = "intake key"
_HEX_DIGITS = 15
"""Four bits each."""


def keep_numbers(session: Session, sql: str, texts: Sequence[str], key: PseudonymKey, today: date) -> None:
    """Make the relation `NUMBERS` of the numbers in `sql`, whose columns `texts` are expressions of its columns.

    Raises:
        SourceError: two numbers have the same pseudonym.
    """
    every = " UNION ALL ".join(f"SELECT {text} AS written FROM rows" for text in texts)
    inner, outer = key.pads()
    # in a relation rather than in the SQL: no error and no plan of the engine can show the key
    session.values(_KEY, {"inner_pad": "text", "outer_pad": "text"}, [(inner, outer)])
    try:
        session.keep(
            NUMBERS,
            f"""WITH rows AS ({sql}),
            distinct_numbers AS (SELECT DISTINCT written FROM ({every}) WHERE written IS NOT NULL),
            plain AS (SELECT written, {plain_sql("written")} AS number FROM distinct_numbers),
            classed AS (SELECT *, {class_sql("number", f"DATE '{today}'")} AS class FROM plain)
            SELECT written, number, class, CASE WHEN class IN ('{ORDINARY}', '{REPLACEMENT}')
                THEN {_pseudonym_sql("number")} END AS pseudonym
            FROM classed CROSS JOIN {quoted(_KEY)}""",
        )
    finally:
        session.drop(_KEY)
    _refuse_collisions(session)


def _pseudonym_sql(number: str) -> str:
    """SQL for the HMAC of a text with the pads in the columns `inner_pad` and `outer_pad`."""
    inner = f"sha256(unhex(inner_pad) || encode({number}))"
    outer = f"sha256(unhex(outer_pad) || unhex({inner}))"
    return f"CAST('0x' || substr({outer}, 1, {_HEX_DIGITS}) AS BIGINT)"


def _refuse_collisions(session: Session) -> None:
    numbers, pseudonyms = session.fetch(
        f"SELECT count(DISTINCT number), count(DISTINCT pseudonym) FROM {quoted(NUMBERS)} WHERE pseudonym IS NOT NULL"
    )[0]
    if numbers != pseudonyms:
        raise SourceError(
            message("two numbers have the same pseudonym; with another key for the pseudonyms they would not")
        )
