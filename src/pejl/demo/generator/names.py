"""Invented names. No real place, and no name of a person, is among them."""

from __future__ import annotations

from typing import Final

MUNICIPALITY: Final = "Ravnsølund Kommune"

DISTRICTS: Final[dict[str, str]] = {
    "maagevang": "Mågevang",
    "kildetorv": "Kildetorv",
    "laerkekaer": "Lærkekær",
    "stjernebakke": "Stjernebakke",
    "hyldemose": "Hyldemose",
    "pilehaven": "Pilehaven",
    "brombaerdal": "Brombærdal",
    "tranevig": "Tranevig",
    "egeskraent": "Egeskrænt",
    "klokkelund": "Klokkelund",
}
"""Code and name of each district."""

UNKNOWN_DISTRICT: Final = "unknown"

TARGET_GROUPS: Final = ("children_young", "mental_illness", "disability", "vulnerable_adults")

AREAS: Final = ("support_home", "support_person", "aid", "residence_service", "child_support", "economy")

CENTRES: Final[dict[str, str]] = {
    "c1": "Center for Hjem og Hverdag",
    "c2": "Center for Bosteder",
    "c3": "Center for Udsatte Voksne",
    "c4": "Center for Børn og Unge",
    "c5": "Center for Rusmiddelbehandling",
}
"""Code and name of each centre, in the order of `UNIT_KINDS`."""

UNIT_KINDS: Final = ("support", "residence", "shelter", "young", "treatment")

UNIT_WORDS: Final = ("Støtteteam", "Bostedet", "Herberget", "Ungehuset", "Rusmiddelteam")
"""What a unit of each kind is called, before its own name."""

_FIRST: Final = (
    "Birke", "Elme", "Havre", "Hassel", "Kløver", "Lyng", "Mose", "Nælde", "Pile", "Rug",
    "Siv", "Skov", "Sol", "Stær", "Tjørne", "Ugle", "Vibe", "Ærte", "Ørne", "Åkande",
)  # fmt: skip
_LAST: Final = (
    "bakken", "dammen", "engen", "gården", "haven", "hjørnet", "huset", "krogen",
    "lunden", "løkken", "pladsen", "stien", "tunet", "vangen", "ængen",
)  # fmt: skip


def unit_name(kind: int, number: int) -> str:
    """The name of the unit `number` (from 0), whose kind is at place `kind` of `UNIT_KINDS`."""
    first, last = number % len(_FIRST), (number // len(_FIRST) + number % len(_FIRST)) % len(_LAST)
    round_ = number // (len(_FIRST) * len(_LAST))
    again = f" {round_ + 1}" if round_ else ""
    return f"{UNIT_WORDS[kind]} {_FIRST[first]}{_LAST[last]}{again}"
