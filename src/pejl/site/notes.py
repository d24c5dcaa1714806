"""The names of the parts of a release that are read, and what each part holds, as a hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any


class Notes:
    """What is read, and what is in it.

    A part is known by its own name, or as `family/name`.
    """

    def __init__(self) -> None:
        self.current: set[str] = set()
        self._digests: dict[str, str | None] = {}
        self._contents: dict[str, Callable[[], Any]] = {}
        self._families: dict[str, Callable[[str], Any]] = {}

    def know(self, part: str, content: Callable[[], Any]) -> None:
        """Learn how the content of a part is had, when its hash is asked for."""
        self._contents[part] = content

    def know_family(self, family: str, content: Callable[[str], Any]) -> None:
        """Learn how the content of every part `family/name` is had, from the name; None where there is none."""
        self._families[family] = content

    def digest(self, part: str) -> str | None:
        """Return the hash of a part; None if the release has none such."""
        if part not in self._digests:
            content = self._content(part)
            self._digests[part] = _hash(content) if content is not None else None
        return self._digests[part]

    def _content(self, part: str) -> Any:
        if part in self._contents:
            return (self._contents[part](),)
        family, _, name = part.partition("/")
        return self._families[family](name) if family in self._families else None

    @contextmanager
    def taken(self) -> Iterator[set[str]]:
        """Collect what is read inside into a set of its own."""
        outer, self.current = self.current, set()
        try:
            yield self.current
        finally:
            self.current = outer


def _hash(content: Any) -> str:
    plain = content if isinstance(content, bytes) else json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(plain).hexdigest()[:24]


class NotedRecord(dict[str, Any]):
    """A record each of whose fields is a part; looking at one notes it.

    Every way into a dict is overridden; C code that copies or prints one goes by `keys`, `[]` or `items` once
    `__iter__` is overridden too.

    Args:
        record: what it holds.
        part_of: the name of the part that a field belongs to.
        keys_part: the name of the part that says which fields there are.
        notes: where reading is noted.
    """

    __slots__ = ("_keys_part", "_notes", "_part_of")

    def __init__(self, record: Mapping[str, Any], part_of: Callable[[str], str], keys_part: str, notes: Notes) -> None:
        super().__init__(record)
        self._part_of = part_of
        self._keys_part = keys_part
        self._notes = notes

    def _note(self, key: str) -> None:
        self._notes.current.add(self._part_of(key))

    def _note_all(self) -> None:
        self._notes.current.add(self._keys_part)
        self._notes.current.update(map(self._part_of, dict.keys(self)))

    def __getitem__(self, key: str) -> Any:
        self._note(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: D102
        self._note(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self._notes.current.add(self._keys_part)
        return super().__iter__()

    def __len__(self) -> int:
        self._notes.current.add(self._keys_part)
        return super().__len__()

    def keys(self) -> Any:  # noqa: D102
        self._notes.current.add(self._keys_part)
        return super().keys()

    def items(self) -> Any:  # noqa: D102
        self._note_all()
        return super().items()

    def values(self) -> Any:  # noqa: D102
        self._note_all()
        return super().values()

    def __eq__(self, other: object) -> bool:
        self._note_all()
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None

    def __or__(self, other: Any) -> Any:
        return dict(self.items()) | other

    def __ror__(self, other: Any) -> Any:
        return other | dict(self.items())

    def copy(self) -> dict[str, Any]:  # noqa: D102
        return dict(self.items())

    def __reduce__(self) -> Any:
        return dict, (dict(self.items()),)


def _itself(content: Any) -> Any:
    return content


def noted_record(
    record: Mapping[str, Any],
    name: str,
    notes: Notes,
    *,
    face: Iterable[str] = (),
    face_part: str = "",
    deeper: Iterable[str] = (),
) -> NotedRecord:
    """Return a record each of whose fields is a part `name/field`.

    Args:
        record: what it holds.
        name: of the record among the parts.
        notes: where reading is noted; they learn the parts.
        face: fields that all belong to the one part `face_part`, which somebody else makes known.
        face_part: its name.
        deeper: fields that are records themselves, each of whose fields is a part.
    """
    parts = dict.fromkeys(face, face_part)
    held = dict(record)
    for key, value in record.items():
        if key in parts:
            continue
        part = parts[key] = f"{name}/{key}"
        if key in deeper and isinstance(value, Mapping):
            held[key] = noted_record(value, part, notes)
            notes.know(part, partial(sorted, value))
        else:
            notes.know(part, partial(_itself, value))
    keys_part = f"{name}/*"
    notes.know(keys_part, lambda: sorted(record))
    return NotedRecord(held, lambda key: parts.get(key) or f"{name}/{key}", keys_part, notes)
