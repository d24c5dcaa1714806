"""Changing single values of a YAML file so that every other byte of it stays: comments, order, quotes, blank lines.

The file is read as events, which know where every value begins and ends; edits replace or put in text at these places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias, TypeGuard

import yaml

from pejl.workspace.yaml_source import scalar

Path = tuple["str | int", ...]
Data: TypeAlias = "str | int | Decimal | date | Mapping[str, Data] | Sequence[Data] | None"

_SAFE = re.compile(r"[A-Za-zÆØÅæøåÉé0-9][^\n\r\t:#'\"\[\]{}&*!|>%@`,]*")
_LINE = re.compile(r"\r\n|\n|\r")
_INDENT = 2


@dataclass(slots=True)
class _Node:
    """A value: where it begins and ends, and what it holds; `dash` is the column of a list's dashes."""

    begin: int
    end: int
    flow: bool = False
    column: int = 0
    kind: str = "scalar"
    keys: dict[str, _Node] = field(default_factory=dict)
    items: list[_Node] = field(default_factory=list)


class YamlText:
    """The text of a YAML file, with edits that are carried out together."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE.finditer(text))]
        self._ending = "\r\n" if "\r\n" in text else "\n"
        self._edits: list[tuple[int, int, int, str]] = []
        self._root = self._read()

    def edited(self) -> str:
        """Return the text with all edits carried out."""
        made = self.text
        for begin, end, _, new in sorted(self._edits, reverse=True):
            made = made[:begin] + new + made[end:]
        return made

    def has(self, path: Path) -> bool:
        """Tell whether there is a value at `path`."""
        return self._find(path) is not None

    def lines(self, path: Path) -> range:
        """Return the lines, from 1, that the value at `path` stands in; none where there is no value."""
        node = self._find(path)
        if node is None:
            return range(0)
        first = self.text.count("\n", 0, node.begin) + 1
        return range(first, first + self.text.count("\n", node.begin, self._content_end(node)) + 1)

    def set(self, path: Path, value: Data) -> None:
        """Put a value in the place of the one at `path`; a key that is not there is added to its mapping.

        Raises:
            KeyError: there is no mapping to add the key to.
        """
        node = self._find(path)
        if node is not None:
            self._replace(path, node, value)
            return
        parent, key = self._find(path[:-1]), path[-1]
        if parent is None or parent.kind != "mapping" or not isinstance(key, str):
            raise KeyError(path)
        self._add(parent, f"{key}:", value, parent.column)

    def append(self, path: Path, value: Data) -> None:
        """Add an item to the list at `path`.

        Raises:
            KeyError: there is no list.
        """
        node = self._find(path)
        if node is None or node.kind != "list":
            raise KeyError(path)
        self._add(node, "-", value, node.column)

    def remove(self, path: Path) -> None:
        """Remove a key with its value from a mapping in block style, its lines and nothing else.

        Raises:
            KeyError: there is no such key, or its lines are not its own.
        """
        parent, node = self._find(path[:-1]), self._find(path)
        if parent is None or node is None or parent.flow:
            raise KeyError(path)
        key = self._key_places[id(parent), str(path[-1])]
        begin = self.text.rfind("\n", 0, key) + 1
        if self.text[begin:key].strip():
            raise KeyError(path)  # it stands behind the dash of a list
        end = self._line_end(self._content_end(node))
        self._edit(begin, min(end + len(self._ending), len(self.text)), "")

    def _edit(self, begin: int, end: int, new: str) -> None:
        self._edits.append((begin, end, len(self._edits) * (1 if begin == end else 0), new))

    def _replace(self, path: Path, node: _Node, value: Data) -> None:
        if _is_list(value):
            raise KeyError(path)  # nobody needs it, and half of it would be comments
        flow = any(self._is_flow(path[:depth]) for depth in range(len(path)))
        end = node.end if node.flow else self._content_end(node)
        if not flow and not node.flow and (isinstance(value, Mapping) or node.kind != "scalar"):
            self._replace_block(path, node, value, end)
            return
        gap = " " if node.begin == node.end and not self.text[: node.begin].endswith((" ", "\n")) else ""
        self._edit(node.begin, end, gap + _inline(value))

    def _replace_block(self, path: Path, node: _Node, value: Data, end: int) -> None:
        """Replace a text by a mapping or a mapping by a text; nothing but blanks may stand before it."""
        colon = len(self.text[: node.begin].rstrip())
        parent = self._find(path[:-1])
        if parent is None or self.text[colon - 1] != ":":
            raise KeyError(path)
        lines = _block(f"{path[-1]}:", value)
        indented = (self._ending + " " * parent.column).join(lines)
        self._edit(colon, end, indented.removeprefix(f"{path[-1]}:"))

    def _is_flow(self, path: Path) -> bool:
        node = self._find(path)
        return node is not None and node.flow

    def _content_end(self, node: _Node) -> int:
        """Return where the last sign of a value ends: a block text's end is after the blank lines below it."""
        last = node
        while last.kind != "scalar" and not last.flow and (last.keys or last.items):
            last = list(last.keys.values())[-1] if last.keys else last.items[-1]
        return last.begin + len(self.text[last.begin : last.end].rstrip())

    def _line_end(self, position: int) -> int:
        match = _LINE.search(self.text, position)
        return match.start() if match else len(self.text)

    def _add(self, parent: _Node, lead: str, value: Data, column: int) -> None:
        if parent.flow:
            inner = _inline(value)
            new = inner if lead == "-" else f"{lead} {inner}"
            close = parent.end - 1
            while self.text[close - 1].isspace():
                close -= 1
            self._edit(close, close, (", " if parent.keys or parent.items else "") + new)
            return
        place = self._line_end(self._content_end(parent))
        lines = _block(lead, value)
        self._edit(place, place, "".join(self._ending + " " * column + line for line in lines))

    def _find(self, path: Path) -> _Node | None:
        node: _Node | None = self._root
        for step in path:
            if node is None:
                return None
            if isinstance(step, int):
                node = node.items[step] if step < len(node.items) else None
            else:
                node = node.keys.get(step)
        return node

    def _place(self, mark: Any) -> int:
        return self._starts[int(mark.line)] + int(mark.column)

    def _read(self) -> _Node:
        self._key_places: dict[tuple[int, str], int] = {}
        stack: list[_Node] = []
        pending: list[str | None] = []
        root: _Node | None = None
        for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                assert event.end_mark is not None
                closed = stack.pop()
                pending.pop()
                closed.end = self._place(event.end_mark)
                continue
            if not isinstance(event, yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent):
                continue
            assert event.start_mark is not None
            assert event.end_mark is not None
            begin, end = self._place(event.start_mark), self._place(event.end_mark)
            if isinstance(event, yaml.ScalarEvent) and stack and stack[-1].kind == "mapping" and pending[-1] is None:
                pending[-1] = str(event.value)
                self._key_places[id(stack[-1]), str(event.value)] = begin
                continue
            node = _Node(begin, end, column=event.start_mark.column)
            if stack and stack[-1].kind == "mapping":
                stack[-1].keys[str(pending[-1])] = node
                pending[-1] = None
            elif stack:
                stack[-1].items.append(node)
            else:
                root = node
            if not isinstance(event, yaml.ScalarEvent):
                node.flow = bool(event.flow_style)
                node.kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "list"
                stack.append(node)
                pending.append(None)
        assert root is not None
        return root


def _is_list(value: Data) -> TypeGuard[Sequence[Data]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _inline(value: Data) -> str:
    """Return a value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inline(each)}" for key, each in value.items()) + "}"
    if _is_list(value):
        return "[" + ", ".join(_inline(each) for each in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | date):
        return str(value)
    return yaml_text(str(value))


def yaml_text(text: str) -> str:
    """Return a text as YAML writes it on one line: plain where that is safe, else in double quotes."""
    plain = _SAFE.fullmatch(text) is not None and text == text.strip() and isinstance(scalar(text), str)
    return text if plain else json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7F")


def _block(lead: str, value: Data) -> list[str]:
    """Return the lines of a key or a dash with its value, the first without indentation."""
    if isinstance(value, Mapping):
        inner = [line for key, each in value.items() for line in _block(f"{key}:", each)]
    elif _is_list(value):
        inner = [line for each in value for line in _block("-", each)]
    else:
        return [f"{lead} {_inline(value)}"]
    if lead == "-":
        return [f"- {inner[0]}", *(" " * _INDENT + line for line in inner[1:])]
    return [lead, *(" " * _INDENT + line for line in inner)]


def yaml_document(data: Mapping[str, Data]) -> str:
    """Return a whole YAML document in block style."""
    return "".join(line + "\n" for key, value in data.items() for line in _block(f"{key}:", value))
