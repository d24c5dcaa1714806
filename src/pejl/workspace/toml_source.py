"""Reading `pejl.toml` so that every value still knows its line and column.

The standard library parses TOML but forgets places; they are found again by looking for the keys. Inline tables
count as one place.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal

from pejl.text import message
from pejl.workspace.problems import Location, Problems
from pejl.workspace.yaml_source import Mark, MarkedDict, MarkedList

_TABLE = re.compile(r"\s*\[([A-Za-z0-9_.-]+)\]")
_KEY = re.compile(r"(\s*)([A-Za-z0-9_-]+)\s*=\s*")


def read_toml(text: str, file: str, problems: Problems) -> MarkedDict | None:
    """Return the settings in `text`, or None with the problem noted."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        reason, line, column = _place(str(error), text)
        problems.add(
            "toml_syntax",
            Location(file, line, column),
            message("this is not valid TOML: {reason}", reason=reason),
            message("Look at the quotes, the brackets and the equals sign at this place."),
        )
        return None
    except (RecursionError, ValueError, ArithmeticError):
        problems.add(
            "toml_syntax",
            Location(file),
            message("a value is nested too deeply, or a number is too large"),
            message("Write the settings as in the reference: flat, with ordinary numbers."),
        )
        return None
    return _marked(data, file, _marks(text), ())


def _place(reason: str, text: str) -> tuple[str, int, int]:
    match = re.search(r" \(at line (\d+), column (\d+)\)$", reason)
    if match:
        return reason[: match.start()], int(match.group(1)), int(match.group(2))
    return re.sub(r" \(at end of document\)$", "", reason), text.count("\n") + 1, 1


def _marks(text: str) -> dict[tuple[str, ...], tuple[Mark, Mark]]:
    """Return for each path of keys the places of the key and of its value."""
    marks: dict[tuple[str, ...], tuple[Mark, Mark]] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _TABLE.match(line):
            table = tuple(match.group(1).split("."))
            place = (number, match.start(1) + 1)
            marks[table] = (place, place)
        elif match := _KEY.match(line):
            marks[(*table, match.group(2))] = ((number, match.start(2) + 1), (number, match.end() + 1))
    return marks


def _marked(
    data: dict[str, object], file: str, marks: dict[tuple[str, ...], tuple[Mark, Mark]], path: tuple[str, ...]
) -> MarkedDict:
    here = marks.get(path, ((1, 1), (1, 1)))[1]
    result = MarkedDict(file, here)
    for key, value in data.items():
        key_mark, value_mark = marks.get((*path, key), (here, here))
        result.key_marks[key] = key_mark
        result.value_marks[key] = value_mark
        if isinstance(value, dict):
            result[key] = _marked(value, file, marks, (*path, key))
        elif isinstance(value, list):
            items = MarkedList(file, value_mark)
            items.extend(value)
            items.item_marks.extend([value_mark] * len(value))
            result[key] = items
        else:
            result[key] = value
    return result
