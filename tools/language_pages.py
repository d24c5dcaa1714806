"""The workspace language as pages: a section for every model, generated from its fields and docstring."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from tools.markdown import Lines, code, docstring, table
from tools.wording import WORDS

from pejl.workspace.base import DateSpan, Declared, LocalText, SourceRef
from pejl.workspace.doing import Doing
from pejl.workspace.indicators import Indicator
from pejl.workspace.instruments import Instrument
from pejl.workspace.period import Period
from pejl.workspace.registers import Register
from pejl.workspace.remarks import Remark
from pejl.workspace.settings import Settings
from pejl.workspace.strategies import Strategy
from pejl.workspace.surveys import Survey
from pejl.workspace.vocabulary import Vocabulary

ROOTS: tuple[type[Declared], ...] = (
    Settings,
    Vocabulary,
    Register,
    Instrument,
    Survey,
    Indicator,
    Strategy,
    Remark,
    Doing,
)
SHARED: tuple[type[Declared], ...] = (LocalText, SourceRef, DateSpan)


def models(root: str) -> Lines:
    """Yield a section for a model and for every model first met within it."""
    chosen = next(model for model in (*ROOTS, *SHARED) if model.__name__ == root)
    for model in _models_of(chosen):
        yield from _model(model)


@cache
def _models_of(root: type[Declared]) -> tuple[type[Declared], ...]:
    if root in SHARED:
        return (root,)
    before = {model for earlier in ROOTS[: ROOTS.index(root)] for model in _models_of(earlier)}
    found: list[type[Declared]] = []
    waiting = [root]
    while waiting:
        model = waiting.pop(0)
        if model in before or model in found or model in SHARED:
            continue
        found.append(model)
        waiting += [part for field in model.model_fields.values() for part in _declared_in(field.annotation)]
    return tuple(found)


def _declared_in(annotation: object) -> Iterator[type[Declared]]:
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        yield annotation
    for part in get_args(annotation):
        yield from _declared_in(part)


def every_model() -> tuple[type[Declared], ...]:
    """Return every model of the language, each once."""
    return (*SHARED, *(model for root in ROOTS for model in _models_of(root)))


def keys_of(model: type[Declared]) -> tuple[str, ...]:
    """Return the keys of a model as files write them."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _model(model: type[Declared]) -> Lines:
    yield f"### {model.__name__}"
    yield ""
    yield from docstring(inspect.getdoc(model) or "")
    rows = []
    for key, field in zip(keys_of(model), model.model_fields.values(), strict=True):
        needed = "required" if field.is_required() else _default(field.default)
        rows.append((code(key), _type(field.annotation, field.metadata), needed, key_sentence(model.__name__, key)))
    yield from table(("key", "value", "", "meaning"), rows)


def key_sentence(model: str, key: str) -> str:
    """Return what a key means: its own sentence, else the one for keys of this name."""
    own = WORDS["keys"].get(model, {})
    return str(own[key] if key in own else WORDS["keys"]["any"][key])


def _default(value: object) -> str:
    if value in (None, ()) or isinstance(value, Declared):
        return "optional"
    if value == ("",):
        return "optional; nothing"
    words = value if isinstance(value, tuple) else (str(value).lower() if isinstance(value, bool) else value,)
    return f"optional; {code(*words)}"


_PLAIN: dict[object, str] = {
    Decimal: "[number](#values)",
    date: "[day](#values)",
    Period: "[period](states-and-periods.md#periods)",
    bool: "`true` or `false`",
    int: "whole number",
    LocalText: "[text in two languages](#localtext)",
}


def _type(annotation: Any, metadata: Sequence[object] = ()) -> str:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(parts[0], parts[1:])
    if origin in (Union, types.UnionType):
        return " or ".join(_type(part) for part in parts if part is not types.NoneType)
    if origin is tuple:
        return f"list of {_type(parts[0])}"
    if origin is Literal:
        return code(*parts)
    if annotation is str:
        return "[id](#values)" if any(getattr(item, "pattern", None) for item in metadata) else "text"
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if issubclass(annotation, StrEnum):
        return code(*annotation)
    return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
