"""Remarks that came back, from a workbook or a Word document, set against those that stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pejl.exchange.changes import REMARKS_FOLDER, Change, Plan
from pejl.exchange.rich import Block, parse, to_markdown
from pejl.exchange.yaml_edit import Data, YamlText, yaml_document
from pejl.text import Language, Message, message
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Location, Problems
from pejl.workspace.remarks import HEADINGS, Remark

_FENCE = "---"
_BEFORE, _SHOWN = 40, 300
"""Letters shown in a preview before the first difference of two texts, and in all."""


@dataclass(frozen=True, slots=True)
class RemarkEntry:
    """What came back for one goal: its two parts, and who wrote them; `places` tell where each stood."""

    goal: str
    year: int
    language: Literal["da", "en"]
    author: str
    why: tuple[Block, ...]
    what_now: tuple[Block, ...]
    place: Location
    author_place: Location

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not self.why and not self.what_now


def remarks_plan(workspace: Workspace, entries: Sequence[RemarkEntry], problems: Problems, language: Language) -> Plan:
    """Return what the entries would change.

    A remark whose words change loses its approval: what was approved were other words.
    """
    known = {remark.key: remark for remark in workspace.remarks}
    changes: list[Change] = []
    files: dict[str, bytes] = {}
    before: dict[str, bytes | None] = {}
    origins: dict[tuple[str, int], Location] = {}
    seen: dict[tuple[str, int, str], Location] = {}
    for entry in entries:
        key = (entry.goal, entry.year, entry.language)
        remark = known.get(key)
        if entry.empty and remark is None:
            continue
        if key in seen:
            what = message("the same goal stands at {place} already", place=_short(seen[key]))
            problems.add("row_twice", entry.place, what, message("Keep one of them."), value=entry.goal)
            continue
        seen[key] = entry.place
        if not _whole(entry, remark, problems):
            continue
        told = list(_changes(workspace, entry, remark, language))
        if not told:
            continue
        changes += told
        file = remark.location().file if remark is not None else _file(entry)
        path = workspace.root / file
        before[file] = path.read_bytes() if path.exists() else None
        files[file] = _written(entry, remark, before[file]).encode("utf-8")
        origins |= {(file, line): entry.place for line in range(1, files[file].count(b"\n") + 2)}
    return Plan(tuple(changes), files, before, origins, problems.sorted())


def _short(place: Location) -> str:
    return str(place).partition(": ")[2] or str(place)


def _whole(entry: RemarkEntry, remark: Remark | None, problems: Problems) -> bool:
    if entry.empty and remark is not None:
        what = message("the remark was emptied")
        mend = message("Write it again; or delete the file '{file}'.", file=remark.location().file)
        problems.add("remark_emptied", entry.place, what, mend, value=entry.goal)
        return False
    if not entry.author:
        what = message("nobody stands by the remark")
        problems.add("cell_empty", entry.author_place, what, message("Write who wrote it."), value=entry.goal)
        return False
    return True


def _file(entry: RemarkEntry) -> str:
    return f"{REMARKS_FOLDER}/{entry.year}/{entry.goal}.{entry.language}.md"


def _changes(workspace: Workspace, entry: RemarkEntry, remark: Remark | None, language: Language) -> list[Change]:
    goal = workspace.goals_by_id[entry.goal]
    subject = " ".join(part for part in (goal.code, goal.title.text(language), str(entry.year)) if part)
    old = (parse(remark.why), parse(remark.what_now)) if remark is not None else ((), ())
    found = []
    for name, was, now in zip(("why", "what_now"), old, (entry.why, entry.what_now), strict=True):
        if was != now:
            title = HEADINGS[entry.language][name]
            found.append((title, *_from_where_they_part(to_markdown(was), to_markdown(now))))
    if remark is not None and found and remark.approved_by is not None:
        found.append((message("Approved by").render(language), remark.approved_by, ""))
    author = remark.author if remark is not None else ""
    if author != entry.author:
        found.append((message("Written by").render(language), author, entry.author))
    place = _short(entry.place)
    return [Change(subject, part, was or "–", now or "–", place) for part, was, now in found]


def _from_where_they_part(was: str, now: str) -> tuple[str, str]:
    """Return two texts from shortly before their first difference on, on one line each, as much as fits a preview."""
    old, new = (" ".join(text.split()) for text in (was, now))
    pairs = enumerate(zip(old, new, strict=False))
    part = next((at for at, (was_here, is_here) in pairs if was_here != is_here), min(len(old), len(new)))
    begin = max(part - _BEFORE, 0)
    if begin:
        begin = new.rfind(" ", 0, begin) + 1  # at a word; the same in both, up to here
    return _cut(old, begin), _cut(new, begin)


def _cut(text: str, begin: int) -> str:
    shown = ("…" if begin else "") + text[begin : begin + _SHOWN]
    return shown + ("…" if len(text) > begin + _SHOWN else "")


def _written(entry: RemarkEntry, remark: Remark | None, before: bytes | None) -> str:
    """Return the file: a new head, or the old one with author and approval as they are now."""
    same_words = remark is not None and (parse(remark.why), parse(remark.what_now)) == (entry.why, entry.what_now)
    if remark is None or before is None:
        return format_remark(entry)
    lines = before.decode("utf-8-sig").splitlines()
    end = next(at for at, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE)
    head = YamlText("\n".join(lines[1:end]) + "\n")
    if remark.author != entry.author:
        head.set(("author",), entry.author)
    if same_words:
        return f"{_FENCE}\n{head.edited()}" + "\n".join(lines[end:]) + "\n"
    for name in ("approved_by", "approved_on"):
        if head.has((name,)):
            head.remove((name,))
    return f"{_FENCE}\n{head.edited().rstrip()}\n{_FENCE}\n{_body(entry)}"


def format_remark(entry: RemarkEntry) -> str:
    """Return a remark as the text of its file."""
    head: dict[str, Data] = {"goal": entry.goal, "year": entry.year, "language": entry.language, "author": entry.author}
    return f"{_FENCE}\n{yaml_document(head)}{_FENCE}\n{_body(entry)}"


def _body(entry: RemarkEntry) -> str:
    parts = [
        f"## {HEADINGS[entry.language][name]}\n{to_markdown(blocks)}\n"
        for name, blocks in (("why", entry.why), ("what_now", entry.what_now))
        if blocks
    ]
    return "\n".join(parts)


def author_words() -> Message:
    """Return the words before the author's name."""
    return message("Written by")
