"""Remarks out of a Word document: goals known by their marks, paragraphs with what of their formatting is kept."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pejl.exchange.books import read_package
from pejl.exchange.changes import Plan
from pejl.exchange.remarks_entries import RemarkEntry, author_words, remarks_plan
from pejl.exchange.remarks_word import heading_of, mark_of
from pejl.exchange.rich import Block, Span, block
from pejl.exchange.values import clean
from pejl.text import LANGUAGES, Language, message
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Location, Problems, shorten
from pejl.workspace.remarks import HEADINGS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TRACKED = frozenset({f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")})
_INSIDE = frozenset({f"{_W}{name}" for name in ("smartTag", "fldSimple", "customXml", "dir", "bdo")})
_KEYWORDS = re.compile(r"pejl remarks ([0-9]{4}) (da|en)")
_YEAR = re.compile(r"\b((?:18|19|20|21)[0-9]{2})\b")
GOAL_LEVEL = 2
_DASH = re.compile(r"[-–•▪·][\s\u00a0]+")


@dataclass(slots=True)
class _Goal:
    """A goal's part of the document, as it is read."""

    id: str
    heading: str
    author: str = ""
    part: str | None = None
    parts: dict[str, list[Block]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph; `level` is that of a heading, 0 where it is none."""

    element: Any
    text: str
    marks: tuple[str, ...]
    level: int
    bullet: bool
    title: bool

    @property
    def heading(self) -> bool:
        """Whether it is a heading."""
        return self.level > 0


def remarks_document_plan(path: Path, workspace: Workspace, language: Language) -> Plan:
    """Return what the Word document at `path` would change in the remarks of `workspace`."""
    problems = Problems()
    content = read_package(path, "word/document.xml", problems)
    if content is None:
        return Plan(problems=problems.sorted())
    try:
        from docx import Document

        document = Document(io.BytesIO(content))
        reader = _Reader(path.name, workspace, document, problems)
        entries = reader.entries()
    except Exception:  # a damaged part leads to any error there is
        what = message("the document is damaged and cannot be read")
        mend = message("Open it in its program, and save it again; or begin with a new one from pejl template.")
        problems.add("damaged_workbook", Location(path.name), what, mend)
        return Plan(problems=problems.sorted())
    return remarks_plan(workspace, entries, problems, language)


class _Reader:
    def __init__(self, name: str, workspace: Workspace, document: Any, problems: Problems) -> None:
        self.name = name
        self.workspace = workspace
        self.document = document
        self.problems = problems
        self.styles = {style.style_id: style for style in document.styles}
        self.by_mark = {mark_of(goal): goal for goal in workspace.goals_by_id}
        self.by_heading: dict[str, str] = {}
        for goal in workspace.goals_by_id.values():
            for language in LANGUAGES:
                self.by_heading.setdefault(_plain(heading_of(goal, language)), goal.id)
        self.strategies = {_plain(each.name.text(language)) for each in workspace.strategies for language in LANGUAGES}
        self.parts = {_plain(words): name for each in HEADINGS.values() for name, words in each.items()}
        self.authors = tuple(_plain(author_words().render(language)) for language in LANGUAGES)
        self.goals: list[_Goal] = []
        self.titles: list[str] = []

    def entries(self) -> list[RemarkEntry]:
        """Return what was written on each goal."""
        body = self.document.element.body
        if any(element.tag in _TRACKED for element in body.iter()):
            self._note(
                "tracked_changes",
                "",
                message("the document has tracked changes"),
                message("Accept or reject all of them in Word, and save it."),
            )
            return []
        if any(element.tag == f"{_W}commentReference" for element in body.iter()):
            what = message("the document has comments; they are not read")
            self._note("comments", "", what, message("Write into the text what is to be kept."), warning=True)
        for element in self._walk(body):
            self._paragraph(self._understood(element))
        about = self._about()
        if about is None:
            return []
        year, language = about
        if not self.goals:
            what = message("the document has no heading of a goal that is known")
            self._note("no_goals", "", what, message("Begin with a new one from pejl template."))
        return [self._entry(goal, year, language) for goal in self.goals if goal.id]

    def _about(self) -> tuple[int, Literal["da", "en"]] | None:
        """Return the year and language of the document: its property, else what its title and headings say."""
        match = _KEYWORDS.search(self.document.core_properties.keywords or "")
        if match is not None:
            return int(match.group(1)), "da" if match.group(2) == "da" else "en"
        year = next((found for title in self.titles if (found := _YEAR.search(title))), None)
        if year is None:
            self._note(
                "no_year",
                "",
                message("the document does not say which year's status it is about"),
                message("Write the year into its title; or begin with a new one from pejl template."),
            )
            return None
        english = {_plain(words) for words in HEADINGS["en"].values()}
        spoken = {_plain(each.text) for each in map(self._understood, self._walk(self.document.element.body))}
        return int(year.group(1)), "en" if english & spoken else "da"

    def _entry(self, goal: _Goal, year: int, language: Literal["da", "en"]) -> RemarkEntry:
        why, what_now = (tuple(goal.parts.get(name, ())) for name in ("why", "what_now"))
        place = self._place(goal.heading)
        if (why or what_now) and (
            missing := next((name for name in HEADINGS[language] if name not in goal.parts), None)
        ):
            title = HEADINGS[language][missing]
            what = message("the heading '{title}' is missing", title=title)
            mend = message("If it was removed by accident, put it back above what belongs to it.")
            self._note("heading_missing", goal.heading, what, mend, warning=True)
        return RemarkEntry(goal.id, year, language, goal.author, why, what_now, place, place)

    def _place(self, heading: str) -> Location:
        return Location(f"{self.name}: {shorten(heading)}" if heading else self.name)

    def _note(self, code: str, heading: str, what: Any, mend: Any, *, warning: bool = False) -> None:
        self.problems.add(code, self._place(heading), what, mend, warning=warning)

    def _walk(self, parent: Any) -> Iterator[Any]:
        """Yield the paragraphs of the document, also those that stand in content controls."""
        for element in parent:
            if element.tag == f"{_W}p":
                yield element
            elif element.tag == f"{_W}sdt":
                content = element.find(f"{_W}sdtContent")
                if content is not None:
                    yield from self._walk(content)
            elif element.tag in _INSIDE:
                yield from self._walk(element)
            elif element.tag == f"{_W}tbl":
                heading = self.goals[-1].heading if self.goals else ""
                what = message("tables are not read")
                self._note("table", heading, what, message("Write it as paragraphs or bullets."), warning=True)

    def _understood(self, element: Any) -> _Paragraph:
        marks = [each.get(f"{_W}name") or "" for each in element.iter(f"{_W}bookmarkStart")]
        marks += [each.get(f"{_W}val") or "" for each in element.iter(f"{_W}tag")]
        parent = element.getparent()
        if parent is not None and parent.tag == f"{_W}sdtContent":
            marks += [each.get(f"{_W}val") or "" for each in parent.getparent().iter(f"{_W}tag")]
        names = self._style_names(element)
        level = max((_level(name) for name in names), default=0)
        bullet = element.find(f"{_W}pPr/{_W}numPr") is not None or any(
            name.startswith(("list", "opstilling")) for name in names
        )
        title = any(name in ("title", "titel") for name in names)
        text = clean("".join(span.text for span in self._spans(element)))
        return _Paragraph(element, text, tuple(marks), level, bullet and not level, title)

    def _style_names(self, element: Any) -> list[str]:
        style_id = element.find(f"{_W}pPr/{_W}pStyle")
        style = self.styles.get(style_id.get(f"{_W}val")) if style_id is not None else None
        names: list[str] = []
        while style is not None and len(names) < 10:
            names += [str(style.name).casefold(), str(style.style_id).casefold()]
            style = style.base_style
        return names

    def _paragraph(self, found: _Paragraph) -> None:
        if found.title or (not self.goals and found.heading and _plain(found.text) not in self.strategies):
            self.titles.append(found.text)
        goal = self._goal_of(found)
        if goal is not None:
            self.goals.append(_Goal(goal, found.text))
            return
        part = self.parts.get(_plain(found.text.rstrip(":")))
        if not self.goals:
            if found.level == GOAL_LEVEL and found.text:
                self._own_heading("", found)
            elif part is not None or self._author_of(found) is not None:
                self._lost(found)
            return
        current = self.goals[-1]
        if part is not None and (found.heading or part not in current.parts):
            if part in current.parts and current.id:
                self._lost(found)
                return
            current.part = part
            current.parts.setdefault(part, [])
            return
        if found.heading and found.text and not self._own_heading(current.heading, found):
            return
        if current.part is None:
            self._author(current, found)
        elif current.id and self._author_of(found) is not None:
            self._lost(found)
        else:
            self._take(current, found)

    def _lost(self, found: _Paragraph) -> None:
        """Note that the remark of another goal seems to begin, without its heading; what follows belongs to no goal."""
        self._note(
            "goal_heading_missing",
            self.goals[-1].heading if self.goals else "",
            message("'{words}' stands where it belongs to no goal", words=shorten(found.text)),
            message("If the heading of a goal is missing above it, put it back; else remove it, or move it up."),
        )
        self.goals.append(_Goal("", found.text))

    def _own_heading(self, goal: str, found: _Paragraph) -> bool:
        """Tell whether a heading that is no goal's belongs to the text: one as high as a goal's ends the goal."""
        if found.level > GOAL_LEVEL:
            what = message("a heading of one's own is read as a paragraph")
            self._note("own_heading", goal, what, message("Nothing need be done."), warning=True)
            return True
        if _plain(found.text) not in self.strategies:
            self._note(
                "unknown_goal",
                found.text,
                message("the heading '{title}' is of no goal that is known", title=shorten(found.text)),
                message("Write number and title of the goal as they were, or make the heading a paragraph."),
            )
        self.goals.append(_Goal("", found.text))
        return False

    def _goal_of(self, found: _Paragraph) -> str | None:
        for mark in found.marks:
            if mark in self.by_mark and found.text:
                return self.by_mark[mark]
        return self.by_heading.get(_plain(found.text)) if found.heading else None

    def _author(self, goal: _Goal, found: _Paragraph) -> None:
        author = self._author_of(found)
        if author is not None:
            goal.author = author

    def _author_of(self, found: _Paragraph) -> str | None:
        """Return who wrote the remark, where the paragraph says so; it may say so and name nobody."""
        words, colon, author = found.text.partition(":")
        return clean(author) if colon and _plain(words) in self.authors else None

    def _take(self, goal: _Goal, found: _Paragraph) -> None:
        spans = list(self._spans(found.element))
        bullet = found.bullet
        if dash := _DASH.match(found.text):
            bullet, spans = True, list(_without(spans, dash.group(0)))
        read = block(spans, bullet=bullet)
        if read.text:
            goal.parts[goal.part or "why"].append(read)
        for name in ("drawing", "pict", "object"):
            if next(found.element.iter(f"{_W}{name}"), None) is not None:
                what = message("pictures are not read")
                self._note("picture", goal.heading, what, message("Write what it shows."), warning=True)
                break

    def _spans(self, element: Any, href: str | None = None) -> Iterator[Span]:
        for child in element:
            if child.tag == f"{_W}r":
                text = _text(child)
                if text:
                    bold, italic = self._style_of(child)
                    yield Span(text, href=href) if href else Span(text, bold, italic and not bold)
            elif child.tag == f"{_W}hyperlink":
                relation = self.document.part.rels.get(child.get(f"{_R}id") or "")
                address = relation.target_ref if relation is not None and relation.is_external else None
                kept = address if address and address.startswith(("http://", "https://", "mailto:")) else None
                yield from self._spans(child, kept)
            elif child.tag == f"{_W}sdt":
                content = child.find(f"{_W}sdtContent")
                if content is not None:
                    yield from self._spans(content, href)
            elif child.tag in _INSIDE:
                yield from self._spans(child, href)

    def _style_of(self, run: Any) -> tuple[bool, bool]:
        """Return whether a run is bold and italic, by itself or by the style of its letters."""
        style_id = run.find(f"{_W}rPr/{_W}rStyle")
        style = self.styles.get(style_id.get(f"{_W}val")) if style_id is not None else None
        found = []
        for name in ("b", "i"):
            own = run.find(f"{_W}rPr/{_W}{name}")
            if own is not None:
                found.append(own.get(f"{_W}val") not in ("0", "false", "off"))
            else:
                found.append(style is not None and bool(style.font.bold if name == "b" else style.font.italic))
        return found[0], found[1]


def _level(style: str) -> int:
    """Return the level of a heading by the name of its style, 0 for other styles."""
    match = re.match(r"(?:heading|overskrift)\s*([0-9]+)", style)
    return int(match.group(1)) if match is not None else 0


def _plain(text: str) -> str:
    return clean(text).casefold()


def _text(run: Any) -> str:
    parts = []
    for child in run:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            parts.append(" ")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _without(spans: list[Span], lead: str) -> Iterator[Span]:
    """Yield spans without the sign a bullet was typed with."""
    left = len(lead)
    for span in spans:
        cut = min(left, len(span.text))
        left -= cut
        if span.text[cut:]:
            yield Span(span.text[cut:], span.bold, span.italic, span.href)
