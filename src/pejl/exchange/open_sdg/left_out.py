"""The list of what could not be carried over: per file, field and row, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as made

from pejl.text import Language, Message, message
from pejl.workspace.problems import shorten

MOST_VALUES = 6
MOST_LINES = 12


@dataclass(slots=True)
class Entry:
    """One reason in one place: the lines of the file it holds for, and values as they stand there."""

    file: str
    field: str
    why: Message
    lines: list[int] = made(default_factory=list)
    values: list[str] = made(default_factory=list)
    times: int = 0


class LeftOut:
    """Collects what is not as it was, in the order it was met."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str, str], Entry] = {}

    def note(self, file: str, name: str, why: Message, *, line: int | None = None, value: str | None = None) -> None:
        """Note that something of a file's field is not carried over, or not as it stood."""
        entry = self._entries.setdefault((file, name, why.id), Entry(file, name, why))
        entry.times += 1
        if line is not None:
            entry.lines.append(line)
        if value is not None and shorten(value) not in entry.values:
            entry.values.append(shorten(value))

    @property
    def entries(self) -> Sequence[Entry]:
        """Everything noted, by file and field."""
        return sorted(self._entries.values(), key=lambda item: (item.file, item.field))

    def summary(self, language: Language) -> Iterator[tuple[str, int, int]]:
        """Yield each reason with the number of files and of places it holds for, the most frequent first."""
        reasons: dict[str, tuple[Message, set[str], int]] = {}
        for entry in self.entries:
            said, files, times = reasons.get(entry.why.id, (entry.why, set(), 0))
            reasons[entry.why.id] = said, files | {entry.file}, times + entry.times
        ordered = sorted(reasons.values(), key=lambda item: (-item[2], item[0].id))
        for said, files, times in ordered:
            yield said.render(language), len(files), times


def report(left_out: LeftOut, title: Message, paragraphs: Sequence[Message], language: Language) -> str:
    """Return the list as a page of Markdown."""

    def said(words: Message) -> str:
        return words.render(language)

    lines = [f"# {said(title)}", ""]
    for paragraph in paragraphs:
        lines += [said(paragraph), ""]
    in_short, by_file = message("What is not as it was, in short"), message("What is not as it was, file by file")
    lines += [f"## {said(in_short)}", ""]
    heads = [said(message("Why")), said(message("Files")), said(message("Times"))]
    lines += [_row(heads), "|---|---:|---:|"]
    lines += [_row([why, str(files), str(times)]) for why, files, times in left_out.summary(language)]
    lines += ["", f"## {said(by_file)}", ""]
    heads = [said(message("Field")), said(message("Lines")), said(message("Value")), said(message("Why"))]
    file = None
    for entry in left_out.entries:
        if entry.file != file:
            file = entry.file
            lines += ["", f"### {file}", "", _row(heads), "|---|---|---|---|"]
        values = ", ".join(f"`{value}`" for value in entry.values[:MOST_VALUES])
        more = len(entry.values) - MOST_VALUES
        values += f", … (+{more})" if more > 0 else ""
        lines.append(_row([entry.field, line_ranges(entry.lines), values, said(entry.why)]))
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def line_ranges(lines: Sequence[int]) -> str:
    """Return line numbers in short: 4, 9-12."""
    ranges: list[list[int]] = []
    for line in sorted(set(lines)):
        if ranges and line == ranges[-1][1] + 1:
            ranges[-1][1] = line
        else:
            ranges.append([line, line])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in ranges[:MOST_LINES]]
    return ", ".join(shown) + (", …" if len(ranges) > MOST_LINES else "")
