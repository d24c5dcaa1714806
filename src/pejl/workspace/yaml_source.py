"""Reading YAML so that every value still knows its line and column.

The values are built from libyaml's events, without recursion in C: composing nodes (as PyYAML does) crashes the
process on deep nesting. Anchors, aliases, tags and merge keys are refused: a definition is to be read by people,
and without aliases a small file cannot unfold into a large one.

Plain scalars become null, booleans (only `true` and `false`), whole numbers and decimals; a decimal keeps the
digits as printed, because a printed number says how far it was rounded. Everything else is text: `no` is the word
no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeGuard

import yaml

from pejl.text import Message, message
from pejl.workspace.problems import Location, Problems

MAX_DEPTH = 40

_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,12}")
_UNSEEN_BREAK = re.compile("[\x85\u2028\u2029]")
"""Signs that end a line for YAML but for no editor; every line number below them would be another's."""
_CONSTANTS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}

Mark = tuple[int, int]


class MarkedDict(dict[str, Any]):
    """A mapping that knows where it, its keys and its values stand."""

    __slots__ = ("file", "key_marks", "mark", "value_marks")

    def __init__(self, file: str, mark: Mark) -> None:
        super().__init__()
        self.file = file
        self.mark = mark
        self.key_marks: dict[str, Mark] = {}
        self.value_marks: dict[str, Mark] = {}


class MarkedList(list[Any]):
    """A list that knows where it and its items stand."""

    __slots__ = ("file", "item_marks", "mark")

    def __init__(self, file: str, mark: Mark) -> None:
        super().__init__()
        self.file = file
        self.mark = mark
        self.item_marks: list[Mark] = []


def is_marked(value: object) -> TypeGuard[MarkedDict | MarkedList]:
    """Tell whether `value` is a container that knows its place."""
    return isinstance(value, MarkedDict | MarkedList)


def _mark(event: yaml.Event) -> Mark:
    """Return where an event begins; events of a parser always know."""
    start = event.start_mark
    assert start is not None
    return start.line + 1, start.column + 1


class _FormError(Exception):
    """The text is not YAML that may stand in a workspace; the problem is noted already."""


def read_yaml(text: str, file: str, problems: Problems) -> MarkedDict | None:
    """Return the mapping that `text` holds, or None when it cannot be read; problems are noted.

    Args:
        text: the content of the file.
        file: its path relative to the workspace, for messages.
        problems: takes what is wrong: syntax, an alias, a key given twice.
    """
    if unseen := _UNSEEN_BREAK.search(text):
        _note_character(text, unseen.start(), file, problems)
        return None
    try:
        value = _Builder(file, problems).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(
            "yaml_syntax",
            Location(file, mark.line + 1, mark.column + 1) if mark else Location(file),
            message("this is not valid YAML: {reason}", reason=error.problem or error.context or "unreadable"),
            message("Look at the indentation, the colons and the quotes at this place."),
        )
        return None
    except yaml.reader.ReaderError as error:
        # libyaml reads UTF-8 and counts bytes
        _note_character(text, len(text.encode()[: error.position].decode(errors="ignore")), file, problems)
        return None
    except _FormError:
        return None
    if isinstance(value, MarkedDict):
        return value
    where = Location(file, 1, 1)
    if value is None:
        problems.add(
            "empty_file",
            where,
            message("the file is empty"),
            message("Write a declaration, or delete the file."),
        )
    else:
        problems.add(
            "not_a_mapping",
            where,
            message("the file does not hold keys with values"),
            message("Begin with a key, for example 'id: …'."),
        )
    return None


def _note_character(text: str, position: int, file: str, problems: Problems) -> None:
    before = text[:position]
    problems.add(
        "control_character",
        Location(file, before.count("\n") + 1, position - before.rfind("\n")),
        message("the file holds a character that may not stand in a text file"),
        message("Remove the character; save the file as plain text in UTF-8."),
        value=f"U+{ord(text[position]):04X}" if position < len(text) else None,
    )


def scalar(text: str) -> object:
    """Return the value of a plain (unquoted) scalar."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


class _Builder:
    """Builds marked values from events, with a stack of its own."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self.stack: list[MarkedDict | MarkedList] = []
        self.keys: list[tuple[str, Mark] | None] = []
        self.root: object = None
        self.documents = 0

    def build(self, events: Iterator[yaml.Event]) -> object:
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._open(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self.stack.pop()
                self.keys.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._refuse_alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document(event)
        return self.root

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(
                "several_documents",
                event,
                message("the file holds several documents ('---')"),
                message("Give each its own file."),
            )

    def _refuse_alias(self, event: yaml.Event) -> None:
        self._refuse(
            "alias",
            event,
            message("anchors and aliases (& and *) may not be used"),
            message("Write the value out where it is used."),
        )

    def _refuse(self, code: str, event: yaml.Event, what: Message, mend: Message) -> None:
        self.problems.add(code, Location(self.file, *_mark(event)), what, mend)
        raise _FormError

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_properties(event)
        mark = _mark(event)
        if self.stack and isinstance(self.stack[-1], MarkedDict) and self.keys[-1] is None:
            self._key(str(event.value), mark)
            return
        plain = event.style is None or event.style == ""
        self._place(scalar(event.value) if plain else event.value, mark)

    def _refuse_properties(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._refuse_alias(event)
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            self._refuse("tag", event, message("YAML tags (!…) may not be used"), message("Write the plain value."))

    def _key(self, key: str, mark: Mark) -> None:
        mapping = self.stack[-1]
        assert isinstance(mapping, MarkedDict)
        if key in mapping.key_marks:
            line = mapping.key_marks[key][0]
            self.problems.add(
                "duplicate_key",
                Location(self.file, *mark),
                message("'{key}' stands twice; first in line {line}", key=key, line=line),
                message("Keep one of them."),
                value=key,
            )
        mapping.key_marks[key] = mark
        self.keys[-1] = (key, mark)

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._refuse_properties(event)
        mark = _mark(event)
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(
                "too_deep",
                event,
                message("more than {depth} levels inside each other", depth=MAX_DEPTH),
                message("Close a bracket, or write it flatter."),
            )
        if self.stack and isinstance(self.stack[-1], MarkedDict) and self.keys[-1] is None:
            self._refuse(
                "key_not_text",
                event,
                message("a key must be a word, not a list or a mapping"),
                message("Write 'key: value'."),
            )
        new: MarkedDict | MarkedList
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        new = MarkedDict(self.file, mark) if is_mapping else MarkedList(self.file, mark)
        self._place(new, mark)
        self.stack.append(new)
        self.keys.append(None)

    def _place(self, value: object, mark: Mark) -> None:
        if not self.stack:
            self.root = value
            return
        parent = self.stack[-1]
        if isinstance(parent, MarkedList):
            parent.append(value)
            parent.item_marks.append(mark)
            return
        pending = self.keys[-1]
        assert pending is not None
        key, _ = pending
        parent[key] = value
        parent.value_marks[key] = mark
        self.keys[-1] = None
