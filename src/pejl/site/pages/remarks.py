"""The administration's remarks on a goal: why it stands where it stands, and what is done now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pejl.site.pages.simple_markdown import Block, blocks
from pejl.site.pages.wording import Record
from pejl.text import Language


@dataclass(frozen=True, slots=True)
class Remark:
    """What the administration says of a goal in one year's status.

    Attributes:
        year: of the status.
        lang: the language it is written in, where that is not the page's; else None.
        author: who wrote it.
        approved_by: who approved it; None where nobody has yet.
        approved_on: the day, as 2026-03-02; None likewise.
        why: as paragraphs and lists; empty where nothing is said.
        what_now: likewise.
    """

    year: int
    lang: str | None
    author: str
    approved_by: str | None
    approved_on: str | None
    why: tuple[Block, ...]
    what_now: tuple[Block, ...]


def remarks_on(goal: str, written: Iterable[Record], language: Language) -> tuple[Remark, ...]:
    """Return the remarks on a goal, the newest year first.

    Of each year there is one: in the language of the page, else in the other.

    Args:
        goal: its id.
        written: all remarks of the release.
        language: of the page.
    """
    by_year: dict[int, Record] = {}
    for record in written:
        if record["goal"] == goal and (record["year"] not in by_year or record["language"] == language):
            by_year[record["year"]] = record
    return tuple(_remark(by_year[year], language) for year in sorted(by_year, reverse=True))


def _remark(record: Record, language: Language) -> Remark:
    return Remark(
        year=record["year"],
        lang=record["language"] if record["language"] != language else None,
        author=record["author"],
        approved_by=record["approved_by"],
        approved_on=record["approved_on"],
        why=blocks(record["why"]),
        what_now=blocks(record["what_now"]),
    )
