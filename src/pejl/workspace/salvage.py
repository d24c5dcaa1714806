"""What can still be used of a file with errors, so that everything else in it is checked in the same pass.

In a copy, a slip is read as the word that was meant: it is reported, and must not hide what else is wrong. The other
wrong parts are taken out: an unknown or invalid key; where a needed key is missing or invalid, the whole entry. What
was taken out is only set aside: its ids stay known, so that nothing that names it is called broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from pejl.workspace.base import Declared
from pejl.workspace.yaml_source import MarkedDict, MarkedList, is_marked

D = TypeVar("D", bound=Declared)
Loc = tuple[int | str, ...]
MAX_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Slip:
    """A key, or a word under a key, that is most likely another: where it stands, and what was meant."""

    loc: Loc
    meant: str
    is_key: bool


def read_as_meant(data: MarkedDict, slips: Iterable[Slip]) -> MarkedDict:
    """Return a copy of `data` in which every slip is the word that was meant, at the place of the slip."""
    copied: MarkedDict = _copy(data)
    for slip in sorted(slips, key=lambda slip: slip.is_key):  # words first: their places name the keys as written
        parent, step = list(_path(copied, slip.loc))[-1]
        if not slip.is_key:
            parent[step] = slip.meant  # type: ignore[index]  # a dict by key, a list by number: `_path` saw to it
        elif isinstance(parent, MarkedDict):
            wrong = str(step)
            parent[slip.meant] = parent.pop(wrong)
            parent.key_marks[slip.meant] = parent.key_marks[wrong]
            parent.value_marks[slip.meant] = parent.value_marks[wrong]
    return copied


def salvage(model: type[D], data: MarkedDict) -> D | None:
    """Return `data` as `model` without its wrong parts; None where nothing is left to use.

    Args:
        model: what the data should be.
        data: as read; it is not changed.
    """
    rest = _copy(data)
    for _ in range(MAX_ROUNDS):
        try:
            return model.model_validate(rest)
        except ValidationError as error:
            if not _take_out(rest, error.errors(include_url=False)):
                return None
    return None


def keys_at(data: MarkedDict, loc: Loc) -> frozenset[str]:
    """Return the keys of the mapping at `loc`."""
    current: Any = data
    for step in loc:
        current = current[step]
    return frozenset(current)


def names_in(data: MarkedDict) -> Iterator[str]:
    """Yield every id, code and alias in `data`, whatever else is wrong with it."""
    waiting: list[object] = [data]
    while waiting:
        item = waiting.pop()
        if isinstance(item, MarkedDict):
            yield from (item[key] for key in ("id", "code") if isinstance(item.get(key), str))
            aliases = item.get("aliases")
            if isinstance(aliases, MarkedList):
                yield from (alias for alias in aliases if isinstance(alias, str))
            waiting.extend(item.values())
        elif isinstance(item, MarkedList):
            waiting.extend(item)


def _copy(value: Any) -> Any:
    if isinstance(value, MarkedDict):
        copied = MarkedDict(value.file, value.mark)
        copied.key_marks, copied.value_marks = dict(value.key_marks), dict(value.value_marks)
        copied.update((key, _copy(item)) for key, item in value.items())
        return copied
    if isinstance(value, MarkedList):
        items = MarkedList(value.file, value.mark)
        items.extend(_copy(item) for item in value)
        items.item_marks.extend(value.item_marks)
        return items
    return value


def _take_out(data: MarkedDict, errors: Sequence[Mapping[str, Any]]) -> bool:
    """Take out what each error is about; False where the errors leave nothing."""
    doomed: dict[int, tuple[MarkedDict | MarkedList, set[int | str]]] = {}
    for error in errors:
        path = list(_path(data, error["loc"]))
        if error["type"] == "missing" or len(path) < len(error["loc"]):
            path = path[: len(error["loc"]) - 1]
        if not path:
            return False
        parent, step = path[-1]
        doomed.setdefault(id(parent), (parent, set()))[1].add(step)
    for parent, steps in doomed.values():
        if isinstance(parent, MarkedDict):
            for step in steps:
                parent.pop(str(step), None)
        else:
            for number in sorted((step for step in steps if isinstance(step, int)), reverse=True):
                del parent[number]
                del parent.item_marks[number]
    return True


def _path(data: MarkedDict, loc: Loc) -> Iterator[tuple[MarkedDict | MarkedList, int | str]]:
    """Yield the containers on the way to `loc`, each with the step taken from it, as far as the way leads."""
    current: Any = data
    for step in loc:
        known = (isinstance(current, MarkedDict) and step in current) or (
            isinstance(current, MarkedList) and isinstance(step, int) and step < len(current)
        )
        if not known:
            return
        yield current, step
        current = current[step]
        if not is_marked(current):
            return
