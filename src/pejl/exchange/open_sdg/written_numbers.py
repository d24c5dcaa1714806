"""How other people write numbers: which are plain, and which have separators or a decimal comma."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?|[-+]?\.[0-9]+")
THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}([, \u00a0'][0-9]{3})+(\.[0-9]+)?")
COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
COMMA_BEHIND_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}([. \u00a0'][0-9]{3})+,[0-9]+")
NOTHING = frozenset(
    {
        *("", ".", "..", "...", "…", ":", "-", "–", "—", "x"),
        *("na", "n/a", "n.a.", "nan", "null", "none", "nd"),
    }
)
"""What says that there is no number, in small letters."""
POINTS_BETWEEN_THREE = re.compile(r"[-+]?[1-9][0-9]{0,2}(\.[0-9]{3})+")


def has_decimal_comma(text: str) -> bool:
    """Tell whether the comma in a number cannot stand between thousands: 80,5 and 1.234,5, but not 1,234."""
    if "," not in text:
        return False
    comma = COMMA.fullmatch(text) is not None and THOUSANDS.fullmatch(text) is None
    return comma or COMMA_BEHIND_THOUSANDS.fullmatch(text) is not None


def is_figure(text: str) -> bool:
    """Tell whether a text is a number in any of the ways in which it can be read."""
    bare_number = text.rstrip("%").strip().replace("\N{MINUS SIGN}", "-")
    return any(kind.fullmatch(bare_number) for kind in (NUMBER, THOUSANDS, COMMA, COMMA_BEHIND_THOUSANDS))
