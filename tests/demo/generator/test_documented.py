"""The page about the synthetic municipality lists exactly the effects of the code."""

from __future__ import annotations

from pathlib import Path

from pejl.demo.generator import ASKED, EFFECTS
from pejl.demo.generator.effects import Effect

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "synthetic-municipality.md"

WAYS = {True: "as wanted", False: "the wrong way", None: "none"}


def row(effect: Effect) -> str:
    seen = "yes" if effect.visible else "no" if effect.direction != "none" else ""
    return (
        f"| `{effect.id}` | `{effect.indicator}` | {effect.what} | {effect.before:g} | {effect.after:g} "
        f"| {WAYS[effect.wanted]} | {seen} |"
    )


def test_the_page_lists_every_effect_as_it_is_built_in() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line.startswith("| `")]
    assert listed == [row(effect) for effect in (*EFFECTS.values(), *ASKED.values())]


def test_the_page_says_that_nothing_in_it_is_real() -> None:
    assert "No real person, place or number is in it" in PAGE.read_text(encoding="utf-8")
