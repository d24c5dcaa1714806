"""Word documents in which a heading was lost: nothing is read as the remark of another goal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from tests.conftest import MakeWorkspace
from tests.exchange.workbooks import found, told

import pejl
from pejl.exchange.importing import planned
from pejl.exchange.remarks_word import remarks_document
from pejl.exchange.remarks_word_reading import remarks_document_plan


@pytest.fixture
def root(make_workspace: MakeWorkspace) -> Path:
    return make_workspace()


def _written(root: Path, do: Callable[[Any], None]) -> Path:
    """Return the document with a remark on the first goal, and something done to it."""
    path = root.parent / "remarks.docx"
    path.write_bytes(remarks_document(pejl.open(root).declared(), "en", 2017, {}))
    document = Document(str(path))
    paragraphs = document.paragraphs
    _first(paragraphs, "Written by:").add_run("The centre")
    _after(paragraphs, "Why").add_run("Fewer homes were built.")
    _after(paragraphs, "What now").add_run("Forty open.")
    do(document)
    document.save(str(path))
    return path


def _first(paragraphs: list[Any], text: str) -> Any:
    return next(each for each in paragraphs if each.text.strip() == text)


def _after(paragraphs: list[Any], text: str) -> Any:
    return paragraphs[[each.text for each in paragraphs].index(text) + 1]


def _goal_headings(document: Any) -> list[Any]:
    return [each for each in document.paragraphs if each.style.name == "Heading 2"]


def _remove(paragraph: Any) -> None:
    paragraph._p.getparent().remove(paragraph._p)


def test_a_goal_whose_heading_was_removed_is_not_read_as_the_one_above(root: Path) -> None:
    path = _written(root, lambda document: _remove(_goal_headings(document)[1]))
    plan = planned(path, root, "en", remarks_document_plan)
    assert [(problem.code, problem.what.render("en")) for problem in plan.problems] == [
        ("goal_heading_missing", "'Written by:' stands where it belongs to no goal")
    ]
    assert not plan.ok


def test_a_goal_whose_heading_and_author_were_removed_is_known_by_its_second_why(root: Path) -> None:
    def do(document: Any) -> None:
        second = _goal_headings(document)[1]
        authors = [each for each in document.paragraphs if each.text.startswith("Written by:")]
        _remove(authors[1])
        _remove(second)

    plan = planned(_written(root, do), root, "en", remarks_document_plan)
    assert [problem.what.render("en") for problem in plan.problems] == ["'Why' stands where it belongs to no goal"]


@pytest.mark.parametrize("other", ["", "A goal of our own"])
def test_a_first_goal_without_its_heading_is_not_left_out_in_silence(root: Path, other: str) -> None:
    def do(document: Any) -> None:
        heading = _goal_headings(document)[0]
        if other:
            heading.insert_paragraph_before(other, style="Heading 2")
        _remove(heading)

    plan = planned(_written(root, do), root, "en", remarks_document_plan)
    assert [code for _, code in found(plan)] == ["unknown_goal" if other else "goal_heading_missing"]


def test_a_missing_heading_of_a_part_is_said_and_its_text_is_seen_where_it_went(root: Path) -> None:
    def do(document: Any) -> None:
        _remove(_first(document.paragraphs, "What now"))

    plan = planned(_written(root, do), root, "en", remarks_document_plan)
    assert [(problem.code, problem.what.render("en")) for problem in plan.problems] == [
        ("heading_missing", "the heading 'What now' is missing")
    ]
    assert plan.ok
    assert told(plan)[0] == ("Why", "–", "Fewer homes were built. Forty open.")


def test_signs_that_nobody_sees_are_gone_and_part_no_word(root: Path) -> None:
    def do(document: Any) -> None:
        _after(document.paragraphs, "Why").add_run(" Bo\u00adlig\u200bmangel\ufeff,\u00a0 og\u2009ventetid.")

    plan = planned(_written(root, do), root, "en", remarks_document_plan)
    assert told(plan)[0][2] == "Fewer homes were built. Boligmangel, og ventetid."


def test_the_preview_of_a_long_remark_begins_where_the_words_part(make_workspace: MakeWorkspace) -> None:
    long = " ".join(f"word{number}" for number in range(200))
    head = "---\ngoal: fewer_homeless\nyear: 2017\nlanguage: en\nauthor: The centre\n---\n## Why\n"
    root = make_workspace({"remarks/2017/fewer_homeless.en.md": f"{head}{long}\n\n## What now\nForty open.\n"})
    path = root.parent / "remarks.docx"
    path.write_bytes(remarks_document(pejl.open(root).declared(), "en", 2017, {}))
    document = Document(str(path))
    _first(document.paragraphs, long).add_run(" and more")
    document.save(str(path))
    plan = planned(path, root, "en", remarks_document_plan)
    end = "…word194 word195 word196 word197 word198 word199"
    assert told(plan) == [("Why", end, f"{end} and more")]
