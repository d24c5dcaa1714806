"""Changing a figures file so that every other byte of it stays: fields of rows, and rows put in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pejl.workspace.figure_lines import delimiter_of
from pejl.workspace.figures import OPTIONAL, REQUIRED

NEW_FILE_HEADER = (*REQUIRED, *OPTIONAL)
_BOM = "\ufeff"


@dataclass(slots=True)
class CsvText:
    """A CSV file as its records stand in it: `records` by the line they begin in, line endings included."""

    bom: str
    delimiter: str
    header: list[str]
    records: list[tuple[int, str]]
    ending: str
    last_of: dict[str, int] = field(default_factory=dict)

    @property
    def decimal_sign(self) -> str:
        """The sign before decimals in this file."""
        return "," if self.delimiter == ";" else "."


def read_csv_text(content: bytes) -> CsvText:
    """Return the records of a figures file, each exactly as it stands; the file has been read without problems."""
    text = content.decode("utf-8")
    bom = _BOM if text.startswith(_BOM) else ""
    text = text.removeprefix(_BOM)
    delimiter = delimiter_of(text)
    lines = io.StringIO(text, newline="").readlines()
    rows = csv.reader(iter(lines), delimiter=delimiter)
    header = [name.strip() for name in next(rows, [])]
    records, first = [(1, "".join(lines[: rows.line_num]))], rows.line_num
    series = header.index("series") if "series" in header else 0
    last_of: dict[str, int] = {}
    for row in rows:
        records.append((first + 1, "".join(lines[first : rows.line_num])))
        if row:
            last_of[row[series].strip()] = len(records) - 1
        first = rows.line_num
    ending = "\r\n" if records[0][1].endswith("\r\n") else "\n"
    return CsvText(bom, delimiter, header, records, ending, last_of)


def edited(
    text: CsvText, changed: Mapping[int, Mapping[str, str]], added: Sequence[Mapping[str, str]]
) -> tuple[bytes, list[int]]:
    """Return the file with some fields changed and rows added, and the lines the added rows stand in.

    Args:
        text: the file.
        changed: new fields by column, by the line of their row.
        added: fields by column; a row goes below the last one of its series, else to the end.
    """
    after: dict[int, list[tuple[int, str]]] = {}
    for order, fields in enumerate(added):
        place = text.last_of.get(fields["series"], len(text.records) - 1)
        row = text.delimiter.join(_quoted(fields.get(name, ""), text.delimiter) for name in text.header)
        after.setdefault(place, []).append((order, row + text.ending))
    made, line, lines = [text.bom], 1, [0] * len(added)
    for place, (number, record) in enumerate(text.records):
        kept = _with_fields(record, text, changed[number]) if number in changed else record
        if place in after and not kept.endswith(("\n", "\r")):
            kept += text.ending
        made.append(kept)
        line += kept.count("\n") or 1
        for order, row in after.get(place, ()):
            made.append(row)
            lines[order] = line
            line += row.count("\n")
    return "".join(made).encode("utf-8"), lines


def new_file(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> tuple[bytes, list[int]]:
    """Return a figures file of its own for rows of new series, and the lines they stand in."""
    header = CsvText("", ",", list(columns), [(1, ",".join(columns) + "\n")], "\n")
    return edited(header, {}, rows)


def _quoted(field_text: str, delimiter: str) -> str:
    if any(sign in field_text for sign in (delimiter, '"', "\n", "\r")) or field_text != field_text.strip():
        return '"' + field_text.replace('"', '""') + '"'
    return field_text


def _with_fields(record: str, text: CsvText, fields: Mapping[str, str]) -> str:
    bare = record.rstrip("\r\n")
    parts = _fields(bare, text.delimiter)
    for name, value in fields.items():
        parts[text.header.index(name)] = _quoted(value, text.delimiter)
    return text.delimiter.join(parts) + record[len(bare) :]


def _fields(record: str, delimiter: str) -> list[str]:
    """Split a record at its delimiters, leaving every field as it is written."""
    parts, begin, quoted = [], 0, False
    for position, sign in enumerate(record):
        if sign == '"':
            quoted = not quoted
        elif sign == delimiter and not quoted:
            parts.append(record[begin:position])
            begin = position + 1
    return [*parts, record[begin:]]
