"""From read data to declared models, with every error at its place and in plain words."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError

from pejl.text import Message, message
from pejl.workspace.base import Declared
from pejl.workspace.problems import DeclarationError, Location, Problems, did_you_mean, shorten
from pejl.workspace.salvage import Slip, keys_at, names_in, read_as_meant, salvage
from pejl.workspace.spelling import closest
from pejl.workspace.yaml_source import MarkedDict, MarkedList, is_marked

D = TypeVar("D", bound=Declared)
Loc = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Validated(Generic[D]):
    """A declaration, as far as it can be used, and the names in whatever had to be set aside."""

    declared: D | None
    set_aside: frozenset[str]


def validate(model: type[D], data: MarkedDict, problems: Problems) -> Validated[D]:
    """Return `data` as `model`; what is wrong is noted with line, column and mend, and set aside.

    Slips are noted and read as what was meant, so that what stands behind them is looked at too. Where an entry
    contradicts itself only with a word that was guessed, nothing is said: the guess may be wrong.
    """
    rest = data
    guessed: set[Loc] = set()
    while True:
        try:
            return Validated(model.model_validate(rest), frozenset())
        except ValidationError as error:
            details = [each for each in _plain(rest, error.errors(include_url=False)) if each["loc"] not in guessed]
        slips = {slip: detail for detail in details if (slip := _slip(model, rest, detail)) is not None}
        for detail in slips.values() if slips else details:
            _note(model, rest, detail, problems)
        if not slips:
            return Validated(salvage(model, rest), frozenset(names_in(data)))
        guessed |= {slip.loc[:length] for slip in slips if not slip.is_key for length in range(len(slip.loc))}
        rest = read_as_meant(rest, slips)


def _plain(data: MarkedDict, details: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield pydantic's errors at places of `data`: one for each value, also where a value may be of several kinds.

    Left out are lists called too short only because some of their items are wrong.
    """
    found: dict[Loc, list[Mapping[str, Any]]] = {}
    branches: set[Loc] = set()
    for detail in details:
        value = detail["input"]
        if detail["type"] == "too_short" and is_marked(value) and len(value) >= detail["ctx"]["min_length"]:
            continue
        loc = _in_data(data, detail["loc"], detail["type"])
        if len(loc) < len(detail["loc"]):
            branches.add(loc)
        found.setdefault(loc, []).append({**detail, "loc": loc})
    deeper = {loc[:length] for loc in found for length in range(len(loc))}
    for loc, same in found.items():
        if loc in branches and loc in deeper:
            continue  # as another kind the value is understood further, down to what is wrong in it
        yield same[0] if len(same) == 1 else {**same[0], "type": "several_kinds", "ctx": {"kinds": same}}


def _in_data(data: MarkedDict, loc: Loc, kind: str) -> Loc:
    """Return `loc` without the steps that pydantic adds for the kinds a value may be of."""
    steps: list[int | str] = []
    current: Any = data
    for position, step in enumerate(loc):
        is_last = position == len(loc) - 1
        if isinstance(current, MarkedDict):
            if step not in current and not (is_last and kind == "missing"):
                continue
        elif not isinstance(current, MarkedList) or not isinstance(step, int):
            continue
        steps.append(step)
        current = None if is_last else current[step]
    return tuple(steps)


def _slip(model: type[Declared], data: MarkedDict, detail: Mapping[str, Any]) -> Slip | None:
    """Return the slip an error is, if it is one: a key that was meant for one not given, or a misspelt word."""
    loc: Loc = detail["loc"]
    if detail["type"] == "extra_forbidden":
        meant = closest(loc[-1], known_keys(model, loc[:-1]) - keys_at(data, loc[:-1]))
        return Slip(loc, meant, is_key=True) if meant is not None else None
    if detail["type"] in ("literal_error", "enum"):
        meant = closest(detail["input"], _allowed(detail["ctx"]))
        return Slip(loc, meant, is_key=False) if meant is not None else None
    return None


def _note(model: type[Declared], data: MarkedDict, detail: Mapping[str, Any], problems: Problems) -> None:
    loc: Loc = detail["loc"]
    kind: str = detail["type"]
    context: Mapping[str, Any] = detail.get("ctx", {})
    if kind == "missing":
        problems.add(
            "missing_key",
            locate(data, loc[:-1]),
            message("'{key}' is missing", key=loc[-1]),
            message("Add '{key}'.", key=loc[-1]),
        )
        return
    if kind == "extra_forbidden":
        known = known_keys(model, loc[:-1])
        otherwise = message("Known keys here: {keys}.", keys=", ".join(sorted(known)))
        problems.add(
            "unknown_key",
            locate(data, loc, at_key=True),
            message("unknown key '{key}'", key=loc[-1]),
            did_you_mean(loc[-1], known, otherwise),
            value=loc[-1],
        )
        return
    key = next((step for step in reversed(loc) if isinstance(step, str)), "")
    value = detail.get("input")
    error = context.get("error")
    if isinstance(error, DeclarationError):
        where = (*loc, error.key) if error.key is not None else loc
        problems.add(
            "contradictory" if is_marked(value) else "invalid_value",
            locate(data, where),
            error.what,
            error.mend,
            value=None if is_marked(value) else value,
        )
        return
    what, mend = _words(kind, key, value, context)
    shown = None if value is None or is_marked(value) else _shown(value)
    problems.add("invalid_value", locate(data, loc), what, mend, value=shown)


def _words(kind: str, key: object, value: object, context: Mapping[str, Any]) -> tuple[Message, Message]:
    """Return what is wrong with a value, and the mend, for pydantic's kind of error."""
    if kind == "several_kinds":
        return _words_of_kinds(key, value, context["kinds"])
    if kind in ("literal_error", "enum"):
        words = _allowed(context)
        allowed = message("Write one of: {words}.", words=", ".join(words))
        return (
            message("'{key}' cannot be '{value}'", key=key, value=_shown(value)),
            did_you_mean(value, words, allowed),
        )
    if kind == "string_type" and value is None:
        return message("'{key}' is empty", key=key), message("Write a text, or remove the key.")
    if kind == "string_type" and not is_marked(value):
        return (
            message("'{key}' must be text, not the number or word {value}", key=key, value=_shown(value)),
            message("Put it in quotes."),
        )
    if kind == "string_pattern_mismatch":
        return (
            message("'{key}' is not a valid id: {value}", key=key, value=_shown(value)),
            message("Write lower-case letters, digits and underscores, beginning with a letter."),
        )
    name = context.get("class") if kind == "is_instance_of" else None
    what, mend = _EXPECTED.get(str(name or kind), _UNEXPECTED)
    return Message(what.id, {"key": key, "value": _shown(value)}), mend


def _words_of_kinds(key: object, value: object, kinds: Sequence[Mapping[str, Any]]) -> tuple[Message, Message]:
    """Return the words for a value that may be of several kinds and is of none."""
    for detail in kinds:
        if detail["type"] == "literal_error" and closest(value, _allowed(detail["ctx"])) is not None:
            return _words(detail["type"], key, value, detail["ctx"])
    words = [_words(detail["type"], key, value, detail.get("ctx", {})) for detail in kinds]
    mends = {f"mend{number}": mend for number, (_, mend) in enumerate(words)}
    return words[0][0], Message(" ".join(f"{{{name}}}" for name in mends), mends)


def _allowed(context: Mapping[str, Any]) -> list[str]:
    return [part.strip(" '") for part in str(context.get("expected", "")).replace(" or ", ",").split(",")]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "[…]" if is_marked(value) else shorten(str(value))


_NUMBER = (
    message("'{key}' must be a number, not '{value}'"),
    message("Write a number with a decimal point, without separators: 1000 or 1.4."),
)
_DAY = (message("'{key}' must be a day, not '{value}'"), message("Write year-month-day: 2014-09-17."))
_PERIOD = (
    message("'{key}' must be a period, not '{value}'"),
    message("Write 2017, 2017-Q3, 2016/2017, 2017-02-06, 2015..2017 or 2016>2017."),
)
_LIST = (message("'{key}' must be a list"), message("Begin each item with a dash."))
_MAPPING = (
    message("'{key}' must hold keys with values, such as da and en"),
    message("Write the keys below it, indented."),
)
_BOOLEAN = (
    message("'{key}' must be true or false, not '{value}'"),
    message("Write true or false, without quotes."),
)
_WHOLE = (
    message("'{key}' must be a whole number, not '{value}'"),
    message("Write a whole number, without quotes."),
)
_TOO_FEW = (
    message("'{key}' has too few entries or too few characters"),
    message("Write at least one, or remove the key."),
)
_RANGE = (message("'{key}' is outside what is allowed: '{value}'"), message("Choose another value."))
_UNEXPECTED = (
    message("'{key}' cannot be '{value}'"),
    message("See the reference of the workspace language."),
)
_EXPECTED: dict[str, tuple[Message, Message]] = {
    "Decimal": _NUMBER,
    "date": _DAY,
    "value_error": _DAY,
    "Period": _PERIOD,
    "tuple_type": _LIST,
    "model_type": _MAPPING,
    "dict_type": _MAPPING,
    "bool_type": _BOOLEAN,
    "int_type": _WHOLE,
    "too_short": _TOO_FEW,
    "string_too_short": _TOO_FEW,
    "string_too_long": _RANGE,
    "greater_than_equal": _RANGE,
    "less_than_equal": _RANGE,
}


def locate(data: MarkedDict, loc: Loc, *, at_key: bool = False) -> Location:
    """Return the place of the value at `loc`; of its key if `at_key`; of the nearest thing known otherwise."""
    current: MarkedDict | MarkedList = data
    mark = data.mark
    for step in loc:
        if isinstance(current, MarkedDict) and step in current.value_marks:
            mark = (current.key_marks if at_key and step == loc[-1] else current.value_marks)[str(step)]
        elif isinstance(current, MarkedList) and isinstance(step, int) and step < len(current.item_marks):
            mark = current.item_marks[step]
        else:
            continue
        following = current[step]  # type: ignore[index]  # a dict by key, a list by number: seen above
        if not is_marked(following):
            break
        current = following
    return Location(data.file, *mark)


def known_keys(model: type[Declared], loc: Loc) -> frozenset[str]:
    """Return the keys that may stand at `loc` of a `model`."""
    current: type[Declared] | None = model
    for step in loc:
        if current is None or isinstance(step, int):
            continue
        current = _submodel(current, step)
    return frozenset(_keys(current)) if current is not None else frozenset()


@cache
def _keys(model: type[Declared]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


@cache
def _submodel(model: type[Declared], key: str) -> type[Declared] | None:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return next(_declared_types(field.annotation), None)
    return None


def _declared_types(annotation: object) -> Iterator[type[Declared]]:
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        yield annotation
    elif get_origin(annotation) in (Annotated, Union, types.UnionType, tuple):
        for part in get_args(annotation):
            yield from _declared_types(part)
