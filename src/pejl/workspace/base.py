"""What all declarations share: frozen, strict, and knowing where in which file they stand."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    ModelWrapValidatorHandler,
    PlainSerializer,
    PrivateAttr,
    Strict,
    StringConstraints,
    model_validator,
)

from pejl.text import Language, message
from pejl.workspace.period import Period
from pejl.workspace.problems import DeclarationError, Location
from pejl.workspace.yaml_source import MarkedDict, MarkedList

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ID_PATTERN = r"^[a-z][a-z0-9_]*$"
Identifier = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _to_period(value: object) -> object:
    if isinstance(value, int | str) and not isinstance(value, bool):
        return Period.parse(value)
    return value


def _to_date(value: object) -> object:
    if isinstance(value, str):
        if not _DAY.fullmatch(value):
            raise ValueError  # fromisoformat also reads weeks and days without hyphens
        return date.fromisoformat(value)
    return value


def _to_decimal(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value


PeriodField = Annotated[InstanceOf[Period], BeforeValidator(_to_period), PlainSerializer(str)]
Day = Annotated[InstanceOf[date], BeforeValidator(_to_date)]
Number = Annotated[InstanceOf[Decimal], BeforeValidator(_to_decimal)]

T = TypeVar("T")
Many = Annotated[tuple[T, ...], Strict(False)]

NotFixed = Literal["not_known", "not_set"]


class Declared(BaseModel):
    """A declaration of the workspace: frozen, refusing unknown keys, remembering its place in the file."""

    # validators are built at first use: most are built once more as parts of larger ones
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    _source: MarkedDict | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _remember_source(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        declared = handler(data)
        if isinstance(data, MarkedDict):
            declared._source = data
        return declared

    def location(self, key: str | None = None, item: int | None = None) -> Location:
        """Return where this declaration stands, or its `key`, or the `item` of the list under `key`."""
        source = self._source
        if source is None:
            return Location("(built in code)")
        mark = source.mark
        if key is not None and key in source.value_marks:
            mark = source.value_marks[key]
            value = source.get(key)
            if item is not None and isinstance(value, MarkedList) and item < len(value.item_marks):
                mark = value.item_marks[item]
        return Location(source.file, *mark)


class LocalText(Declared):
    """A text in Danish and, as far as it is translated, in English."""

    da: Words
    en: Words | None = None

    def text(self, language: Language) -> str:
        """Return the text in `language`; the Danish one where there is no other."""
        return self.en if language == "en" and self.en is not None else self.da

    def as_dict(self) -> dict[str, str | None]:
        """Return both texts as plain data."""
        return {"da": self.da, "en": self.en}


class SourceRef(Declared):
    """Where something was read: a title, an address, what to know about it."""

    title: LocalText
    url: Words | None = None
    item: Words | None = None
    note: LocalText | None = None
    verified: bool = True


class DateSpan(Declared):
    """From one day to another, both included; without `to` until further notice."""

    from_: Day = Field(alias="from")
    to: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> DateSpan:
        if self.to is not None and self.to < self.from_:
            raise DeclarationError(
                message("'to' lies before 'from'"), message("Correct one of the two days."), key="to"
            )
        return self
