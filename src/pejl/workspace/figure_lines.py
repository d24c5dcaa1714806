"""Where the values of a figures file stand: its lines as `csv` counts them, and the character a field begins at."""

from __future__ import annotations

import csv
import io


class FigureLines:
    """The lines of a figures file; made only when there is something to say about one of them."""

    def __init__(self, text: str) -> None:
        self.lines = io.StringIO(text, newline="").readlines()
        self.delimiter = delimiter_of(text)

    def character(self, line: int, position: int) -> int:
        """Return the character at which the field at `position` of the row in `line` begins; both from 1."""
        raw = self.lines[line - 1].rstrip("\r\n") if line <= len(self.lines) else ""
        field, quoted = 0, False
        for offset, sign in enumerate(raw):
            if field == position:
                return offset + 1
            if sign == '"':
                quoted = not quoted
            elif sign == self.delimiter and not quoted:
                field += 1
        return len(raw) + 1 if field == position else 1

    def column(self, line: int, name: str) -> int:
        """Return the character at which the value of the column `name` begins in `line`."""
        header = [each.strip() for each in next(csv.reader(self.lines, delimiter=self.delimiter))]
        return self.character(line, header.index(name) if name in header else 0)


def delimiter_of(text: str) -> str:
    """Return the sign between values: the semicolon, if the header has more of them than commas."""
    header = text.split("\n", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","
