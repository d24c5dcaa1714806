"""Simple Markdown, the alphabet, the glossary, the table of rules, and the index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.judge.rules import DEVELOPMENT_RULES, TARGET_RULES
from pejl.site.pages import alphabet, glossary, judgement
from pejl.site.pages.collation import initial, sort_key
from pejl.site.pages.contents import Contents
from pejl.site.pages.simple_markdown import Block, Run, blocks, runs


def test_paragraphs_lists_and_runs_are_told_apart() -> None:
    text = "Der er **bygget** *lidt*,\nse [planen](https://by.dk/plan?a=1).\n- en\n- to\n  og mere\n\nSlut."
    assert blocks(text) == (
        Block(
            "paragraph",
            (
                (
                    Run("Der er "),
                    Run("bygget", "strong"),
                    Run(" "),
                    Run("lidt", "em"),
                    Run(", se "),
                    Run("planen", "link", "https://by.dk/plan?a=1"),
                    Run("."),
                ),
            ),
        ),
        Block("list", ((Run("en"),), (Run("to og mere"),))),
        Block("paragraph", ((Run("Slut."),),)),
    )


@pytest.mark.parametrize(
    "text",
    ["<b>x</b>", "[x](javascript:alert(1))", "[x](data:text/html,x)", "2 * 3 * 4", "snake_case_name", "**", "a ** b"],
)
def test_everything_else_stays_the_text_it_is(text: str) -> None:
    assert list(runs(text)) == [Run(text)]


def test_two_bold_words_are_two_runs() -> None:
    assert list(runs("**a** **b**")) == [Run("a", "strong"), Run(" "), Run("b", "strong")]


@given(st.text(alphabet="ab *_[]()-\n:/h.tps", max_size=60))
def test_no_letter_is_lost_and_no_link_leads_to_a_script(text: str) -> None:
    found = [run for block in blocks(text) for line in block.lines for run in line]
    assert sum((run.text + (run.href or "")).count("b") for run in found) == text.count("b")
    assert all(run.href is None or run.href.startswith(("https://", "http://", "mailto:")) for run in found)


def test_danish_letters_come_after_z() -> None:
    words = ["Åben", "Ældre", "zebra", "Øst", "abe", "Bolig"]
    assert sorted(words, key=lambda word: sort_key(word, "da")) == ["abe", "Bolig", "zebra", "Ældre", "Øst", "Åben"]


def test_in_english_they_stand_with_the_letters_they_look_like() -> None:
    words = ["Åben", "zebra", "abe", "Bolig"]
    assert sorted(words, key=lambda word: sort_key(word, "en")) == ["abe", "Åben", "Bolig", "zebra"]


@pytest.mark.parametrize(
    ("text", "danish", "english"),
    [("årshjul", "Å", "A"), ("Éva", "E", "E"), ("9. klasse", "0-9", "0-9"), ("“Bolig”", "B", "B"), ("øst", "Ø", "O")],
)
def test_a_word_stands_under_its_first_letter(text: str, danish: str, english: str) -> None:
    assert (initial(text, "da"), initial(text, "en")) == (danish, english)


def test_every_word_that_is_referred_to_is_explained() -> None:
    known = {term.id for term in glossary.TERMS}
    assert len(known) == len(glossary.TERMS)
    assert {name for term in glossary.TERMS for name in term.see} <= known


@pytest.mark.parametrize("word", ["no_data", "not_due", "no_method", "not_collected", "withheld"])
def test_every_kind_of_nothing_is_explained(word: str) -> None:
    assert word.replace("_", "-") in {term.id for term in glossary.TERMS}


def test_the_table_of_rules_is_that_of_the_code(contents: Contents) -> None:
    shown = judgement.select(contents, "en")
    assert [row.mark.code for row in shown.target] == [rule.status for rule in TARGET_RULES]
    assert [row.mark.code for row in shown.development] == [rule.status for rule in DEVELOPMENT_RULES]
    assert shown.target[0].when == "No number is set for the target."


def test_a_remark_that_is_left_open_ends_with_three_dots_and_no_stop_after_them(contents: Contents) -> None:
    told = [remark for remark in judgement.select(contents, "en").remarks if "…" in remark]
    assert told != []
    assert all(remark.endswith("…") for remark in told)


def test_the_index_holds_goals_indicators_strategies_and_words_and_no_goal_of_a_draft(contents: Contents) -> None:
    entries = [entry for letter in alphabet.select(contents, "da") for entry in letter.entries]
    assert {entry.id for entry in entries if entry.kind == "goal"} == {
        "old_homeless",
        "sign_homeless",
        "fewer_vulnerable",
        "sign_lonely",
    }
    assert [entry.id for entry in entries if entry.kind == "indicator"] == ["homeless", "lonely"]
    assert {entry.id for entry in entries if entry.kind == "strategy"} == {"old_plan", "plan", "plan_draft"}
    assert sum(entry.kind == "word" for entry in entries) == len(glossary.TERMS)


def test_letters_stand_once_and_in_order(contents: Contents) -> None:
    letters = [letter.letter for letter in alphabet.select(contents, "da")]
    assert len(letters) == len(set(letters))
    assert letters[-1] == "Å"
