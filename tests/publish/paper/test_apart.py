"""A long paper is set in a process of its own, and is the same as one that is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.publish.charts.worlds import lilleby
from tests.publish.paper.papers import paper, pdf, word

from pejl.publish.paper import write_paper, writing
from pejl.publish.paper.apart import made_apart


def test_a_process_of_its_own_makes_the_same_files() -> None:
    assert made_apart("pdf", paper("en"), None) == pdf("en")
    assert made_apart("docx", paper("en"), None) == word("en")


def test_only_a_long_paper_gets_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(form: str, *_: object) -> bytes:
        asked.append(form)
        return b"set apart"

    monkeypatch.setattr(writing, "made_apart", noted)
    (pdf_file, _) = write_paper(lilleby(), tmp_path, "da", True)
    assert asked == []
    assert pdf_file.read_bytes() == pdf("da")
    monkeypatch.setattr(writing, "_LONG", 0)
    files = write_paper(lilleby(), tmp_path, "da", True)
    assert asked == ["pdf", "docx"]
    assert {file.read_bytes() for file in files} == {b"set apart"}
