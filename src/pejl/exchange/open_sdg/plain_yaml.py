"""YAML of other people: every scalar is text or nothing, broken files are said to be broken, and nothing is run.

`3.10` stays 3.10 (a target, not a number); anchors may be used, tags are ignored.
"""

from __future__ import annotations

from typing import Any

import yaml

MAX_DEPTH = 60
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


class PlainYamlError(Exception):
    """The text is no YAML that can be read; `reason` says why, `line` where (from 1), if known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def read_plain(text: str) -> Any:
    """Return the mappings, lists and texts that `text` holds; None where it is empty.

    Raises:
        PlainYamlError: it cannot be read.
    """
    try:
        return _Reader().read(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else None
        raise PlainYamlError(str(error.problem or error.context or "unreadable"), line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PlainYamlError("unreadable") from error


class _Reader:
    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.keys: list[str | None] = []
        self.anchors: dict[str, Any] = {}
        self.root: Any = None

    def read(self, text: str) -> Any:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.ScalarEvent):
                said = None if event.implicit[0] and event.value in _NOTHING else event.value
                self._place(said, event.anchor)
            elif isinstance(event, yaml.AliasEvent):
                self._place(self.anchors.get(event.anchor or "", ""), None)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                new: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                self._place(new, event.anchor)
                self.stack.append(new)
                self.keys.append(None)
                if len(self.stack) > MAX_DEPTH:
                    raise PlainYamlError("too deep")
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self.stack.pop()
                self.keys.pop()
        return self.root

    def _place(self, value: Any, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = value
        if not self.stack:
            if self.root is None:
                self.root = value
            return
        parent = self.stack[-1]
        if isinstance(parent, list):
            parent.append(value)
        elif self.keys[-1] is None:
            self.keys[-1] = value if isinstance(value, str) else ""
        else:
            parent.setdefault(self.keys[-1], value)
            self.keys[-1] = None
