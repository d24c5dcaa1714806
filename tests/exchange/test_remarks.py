"""Remarks go out into a workbook or Word document and come back with their paragraphs and formatting."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import MakeWorkspace
from tests.exchange.workbooks import found, told, write

import pejl
from pejl.exchange.changes import Plan, apply
from pejl.exchange.importing import planned
from pejl.exchange.remarks_entries import RemarkEntry, format_remark
from pejl.exchange.remarks_sheet import remarks_book_plan, remarks_template
from pejl.exchange.remarks_word import mark_of, remarks_document
from pejl.exchange.remarks_word_reading import remarks_document_plan
from pejl.exchange.rich import Block, Span, block, parse, parse_cell, to_cell, to_markdown
from pejl.workspace.problems import Location, Problems
from pejl.workspace.remarks import read_remark

REMARK = """\
---
# kept by the centre
goal: fewer_homeless
year: 2017
language: en
author: The centre for homes
approved_by: The directors
approved_on: 2018-03-02
---
## Why
Fewer **cheap homes** were built, and *many* moved here.

See [the report](https://example.org/report).

## What now
- Forty homes open.
- Support begins *before* one moves in.
"""
VERDICTS = {"fewer_homeless": "the target is reached; goes the right way"}


@pytest.fixture
def root(make_workspace: MakeWorkspace) -> Path:
    return make_workspace({"remarks/2017/fewer_homeless.en.md": REMARK})


def workbook(root: Path) -> Path:
    path = root.parent / "remarks.xlsx"
    path.write_bytes(remarks_template(pejl.open(root).declared(), "en", 2017, VERDICTS))
    return path


def word(root: Path) -> Path:
    path = root.parent / "remarks.docx"
    path.write_bytes(remarks_document(pejl.open(root).declared(), "en", 2017, VERDICTS))
    return path


def from_book(path: Path, root: Path) -> Plan:
    return planned(path, root, "en", remarks_book_plan)


def from_word(path: Path, root: Path) -> Plan:
    return planned(path, root, "en", remarks_document_plan)


def edited(path: Path, do: Any) -> Path:
    document = Document(str(path))
    do(document)
    document.save(str(path))
    return path


def after(document: Any, heading: str, which: int = 0) -> Any:
    """The paragraph below a heading; `which` of those with the same words."""
    places = [place for place, each in enumerate(document.paragraphs) if each.text == heading]
    return document.paragraphs[places[which] + 1]


def _style(paragraph: Any) -> str:
    return str(paragraph.style.name)


def test_the_same_workspace_gives_the_same_bytes(root: Path) -> None:
    workspace = pejl.open(root).declared()
    assert remarks_template(workspace, "da", 2017, {}) == remarks_template(workspace, "da", 2017, {})
    assert remarks_document(workspace, "da", 2017, {}) == remarks_document(workspace, "da", 2017, {})


@pytest.mark.parametrize(("make", "read"), [(workbook, from_book), (word, from_word)])
def test_what_comes_back_unchanged_changes_nothing(make: Any, read: Any, root: Path) -> None:
    plan = read(make(root), root)
    assert (plan.changes, plan.files, plan.problems) == ((), {}, ())


def test_the_document_shows_each_goal_with_its_verdict_and_its_remark(root: Path) -> None:
    texts = [(_style(each), each.text) for each in Document(str(word(root))).paragraphs if each.text]
    assert texts[:1] == [("Title", "Remarks on the status of 2017")]
    assert ("Normal", "the target is reached; goes the right way") in texts
    assert ("Normal", "Written by: The centre for homes") in texts
    assert ("List Bullet", "Forty homes open.") in texts
    assert [text for style, text in texts if style == "Heading 3"] == ["Why", "What now", "Why", "What now"]


def test_a_remark_written_in_word_becomes_a_file(root: Path) -> None:
    def do(document: Any) -> None:
        why = after(document, "Why", 1)
        why.add_run("It is ")
        why.add_run("not").bold = True
        why.add_run(" measured")
        why.add_run(" yet").italic = True
        why.add_run(".")
        bullet = after(document, "What now", 1)
        bullet.text = "– A method is sought."
        author = next(each for each in document.paragraphs if each.text.strip() == "Written by:")
        author.add_run("The centre")

    plan = from_word(edited(word(root), do), root)
    assert found(plan) == []
    assert plan.files == {
        "remarks/2017/homes_kept.en.md": b"---\ngoal: homes_kept\nyear: 2017\nlanguage: en\nauthor: The centre\n---\n"
        b"## Why\nIt is **not** measured *yet*.\n\n## What now\n- A method is sought.\n"
    }
    apply(root, plan)
    remark = next(each for each in pejl.open(root).declared().remarks if each.goal == "homes_kept")
    assert (remark.why, remark.what_now) == ("It is **not** measured *yet*.", "- A method is sought.")


def test_words_that_change_lose_their_approval(root: Path) -> None:
    def do(document: Any) -> None:
        after(document, "Why").add_run(" And rents rose.")

    plan = from_word(edited(word(root), do), root)
    assert ("Approved by", "The directors", "–") in told(plan)
    assert plan.files["remarks/2017/fewer_homeless.en.md"].decode() == REMARK.replace(
        "approved_by: The directors\napproved_on: 2018-03-02\n", ""
    ).replace("moved here.", "moved here. And rents rose.")


def test_a_new_author_keeps_the_approval_and_every_other_byte(root: Path) -> None:
    plan = from_book(write(workbook(root), {("Written by", 2): "The centre"}), root)
    assert told(plan) == [("Written by", "The centre for homes", "The centre")]
    assert plan.files["remarks/2017/fewer_homeless.en.md"].decode() == REMARK.replace(
        "The centre for homes", "The centre"
    )


def test_a_remark_written_in_the_workbook_becomes_a_file(root: Path) -> None:
    values = {("Why", 3): "One.\n\n - two\n• three", ("Written by", 3): "The centre"}
    plan = from_book(write(workbook(root), values), root)
    assert found(plan) == []
    assert plan.files["remarks/2017/homes_kept.en.md"].endswith(b"## Why\nOne.\n\n- two\n- three\n")


def test_what_is_wrong_is_named_with_its_cell_or_heading(root: Path) -> None:
    nobody = {("Why", 3): "x", ("Why", 2): None, ("What now", 2): None}
    assert found(from_book(write(workbook(root), nobody), root)) == [
        ("Remarks!D2", "remark_emptied"),
        ("Remarks!F3", "cell_empty"),
    ]
    plan = from_book(write(workbook(root), {("Id", 3): "home_kept", ("Year", 3): "soon", ("Why", 3): "x"}), root)
    assert sorted(found(plan)) == [
        ("Remarks!G3", "bad_cell"),
        ("Remarks!G3", "cell_empty"),
        ("Remarks!I3", "unknown_goal"),
    ]


def test_tracked_changes_must_be_accepted_first(root: Path) -> None:
    def do(document: Any) -> None:
        paragraph = after(document, "Why")
        inserted = OxmlElement("w:ins")
        paragraph._p.append(inserted)
        inserted.append(paragraph.add_run(" more")._r)

    plan = from_word(edited(word(root), do), root)
    assert [code for _, code in found(plan)] == ["tracked_changes"]
    assert (plan.ok, plan.files) == (False, {})


def test_comments_tables_and_pictures_are_said_not_to_be_read(root: Path) -> None:
    def do(document: Any) -> None:
        paragraph = after(document, "Why")
        paragraph.runs[0]._r.append(OxmlElement("w:commentReference"))
        paragraph.runs[0]._r.append(OxmlElement("w:drawing"))
        paragraph._p.addnext(document.add_table(1, 1)._tbl)

    plan = from_word(edited(word(root), do), root)
    assert sorted(code for _, code in found(plan)) == ["comments", "picture", "table"]
    assert plan.ok
    assert plan.changes == ()


@pytest.mark.parametrize("keep", ["control", "bookmark", "words"])
def test_a_goal_is_known_by_any_of_its_marks(root: Path, keep: str) -> None:
    def do(document: Any) -> None:
        for tag in list(document.element.body.iter(qn("w:tag"))):
            if keep != "control":
                tag.getparent().remove(tag)
        for bookmark in list(document.element.body.iter(qn("w:bookmarkStart"))):
            if keep != "bookmark":
                bookmark.getparent().remove(bookmark)
        if keep != "words":
            for text in document.element.body.iter(qn("w:t")):
                text.text = text.text.replace("Fewer citizens in homelessness", "Fewer without a home")

    plan = from_word(edited(word(root), do), root)
    assert (plan.changes, plan.problems) == ((), ())


def test_a_heading_of_no_goal_is_refused_rather_than_taken_for_text(root: Path) -> None:
    def do(document: Any) -> None:
        document.add_heading("1C Another goal", level=2)
        document.add_paragraph("Words that belong to it.")

    plan = from_word(edited(word(root), do), root)
    assert found(plan) == [("1C Another goal", "unknown_goal")]


def test_without_its_property_the_title_tells_the_year(root: Path) -> None:
    def forget(document: Any) -> None:
        document.core_properties.keywords = ""

    plan = from_word(edited(word(root), forget), root)
    assert (plan.changes, plan.problems) == ((), ())

    def rename(document: Any) -> None:
        forget(document)
        document.paragraphs[0].runs[0].text = "Our remarks"

    assert [code for _, code in found(from_word(edited(word(root), rename), root))] == ["no_year"]


def test_what_is_no_document_is_named(root: Path) -> None:
    content = word(root).read_bytes()
    cases = {
        "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(500), "old_office_file"),
        "book.docx": (workbook(root).read_bytes(), "not_an_office_file"),
        "half.docx": (content[:5000], "damaged_workbook"),
    }
    for name, (data, code) in cases.items():
        (root.parent / name).write_bytes(data)
        assert [each for _, each in found(from_word(root.parent / name, root))] == [code]


def test_marks_are_short_enough_for_word_and_differ() -> None:
    marks = {mark_of(f"{'g' * 79}{letter}") for letter in "abc"}
    assert len(marks) == 3
    assert all(len(mark) <= 40 and mark.isidentifier() for mark in marks)


def test_markdown_is_blocks_and_spans() -> None:
    assert parse("One *two*\nthree\n\n- **four**\n- [five](https://a.b/c)\n") == (
        Block((Span("One "), Span("two", italic=True), Span(" three"))),
        Block((Span("four", bold=True),), bullet=True),
        Block((Span("five", href="https://a.b/c"),), bullet=True),
    )


def test_word_splits_and_blanks_are_mended() -> None:
    pieces = [Span("be "), Span(" very ", bold=True), Span("bold ", bold=True), Span("now\u00a0")]
    assert to_markdown([block(pieces)]) == "be **very bold** now"
    assert to_markdown([block([Span("un"), Span("known", italic=True)])]) == "unknown", "Markdown has no half words"
    assert to_markdown([block([Span("# 5")])]) == "\\# 5"


spans = st.builds(
    Span,
    st.text(st.sampled_from("abæ 1.,-"), min_size=1, max_size=8),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, None, "https://example.org/x"]),
).map(
    lambda span: (
        Span(span.text, href=span.href) if span.href else Span(span.text, span.bold, span.italic and not span.bold)
    )
)


@given(
    st.lists(st.builds(lambda parts, bullet: block(parts, bullet=bullet), st.lists(spans, max_size=5), st.booleans()))
)
def test_what_is_written_reads_as_the_same_words(blocks: list[Block]) -> None:
    kept = [each for each in blocks if each.text and not parse_cell(each.text)[0].bullet]
    once = parse(to_markdown(kept))
    assert [(each.text, each.bullet) for each in once] == [(each.text, each.bullet) for each in kept]
    assert parse(to_markdown(once)) == once
    assert parse_cell(to_cell(once)) == once


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.lists(spans, min_size=1, max_size=4), min_size=1, max_size=4), st.data())
def test_any_remark_goes_through_word_and_comes_back(
    root: Path, written: list[list[Span]], data: st.DataObject
) -> None:
    blocks = [block(parts, bullet=data.draw(st.booleans())) for parts in written]
    first = parse(to_markdown([each for each in blocks if each.text and not each.text.startswith("-")]))
    if not first:
        return
    place = Location("x")
    entry = RemarkEntry("homes_kept", 2017, "en", "The centre", first, (), place, place)
    (root / "remarks/2017/homes_kept.en.md").write_text(format_remark(entry), encoding="utf-8")
    plan = from_word(word(root), root)
    assert (plan.changes, plan.problems) == ((), ())


def test_the_file_is_what_the_loader_reads() -> None:
    place = Location("x")
    entry = RemarkEntry("a", 2017, "da", "Ø: x", parse("Et **to**"), parse("- tre"), place, place)
    problems = Problems()
    read = read_remark(format_remark(entry), "a.md", problems)
    assert problems.sorted() == ()
    assert read == {
        "goal": "a",
        "year": 2017,
        "language": "da",
        "author": "Ø: x",
        "why": "Et **to**",
        "what_now": "- tre",
    }


def test_a_random_bite_out_of_a_document_is_a_problem_or_nothing(root: Path) -> None:
    content = word(root).read_bytes()
    path = root.parent / "bitten.docx"
    for place in range(0, len(content), max(len(content) // 20, 1)):
        path.write_bytes(content[:place] + b"\x00\xff" * 4 + content[place + 8 :])
        plan = from_word(path, root)
        assert plan.problems or not plan.changes
    assert io.BytesIO(content).read(2) == b"PK"
