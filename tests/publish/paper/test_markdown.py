"""Remarks come with a little Markdown; everything else stands as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.publish.paper.markdown import blocks_of, runs_of
from pejl.publish.paper.model import Items, Paragraph, Run


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Ganske almindeligt.", (Run("Ganske almindeligt."),)),
        ("Det er **vigtigt** nu", (Run("Det er "), Run("vigtigt", bold=True), Run(" nu"))),
        ("*måske* eller _måske_", (Run("måske", italic=True), Run(" eller "), Run("måske", italic=True))),
        ("se [planen](https://lilleby.dk/plan)", (Run("se "), Run("planen", href="https://lilleby.dk/plan"))),
        ("se [her](javascript:alert(1))", (Run("se "), Run("her"), Run(")"))),
        ("fil_navn_med_streger", (Run("fil_navn_med_streger"),)),
        (r"\*ikke fremhævet\*", (Run("*"), Run("ikke fremhævet"), Run("*"))),
        ("3 * 4 * 5", (Run("3 * 4 * 5"),)),
    ],
)
def test_words_of_a_line(text: str, runs: tuple[Run, ...]) -> None:
    assert runs_of(text) == runs


def test_paragraphs_and_lists() -> None:
    text = "Første linje\ngår videre.\n\n- et\n- to\n  og mere\n\n1. først\n2. så\n"
    assert list(blocks_of(text, "en")) == [
        Paragraph((Run("Første linje går videre."),), "en"),
        Items(((Run("et"),), (Run("to og mere"),)), False, "en"),
        Items(((Run("først"),), (Run("så"),)), True, "en"),
    ]


@given(st.text(alphabet="abc æøå.,;!?()0123456789", max_size=200))
def test_words_without_signs_come_through_whole(text: str) -> None:
    assert "".join(run.text for run in runs_of(text)) == text
