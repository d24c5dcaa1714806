"""Register contracts: what a register holds, why it may be used for statistics, where, and what must be true of it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pejl.text import message
from pejl.workspace.base import Day, Declared, Identifier, LocalText, Many, Number, SourceRef, Words
from pejl.workspace.problems import DeclarationError

ColumnType = Literal["text", "integer", "number", "date", "boolean", "cpr"]
PersonalData = Literal["identifier", "pseudonym", "indirect", "ordinary", "sensitive", "criminal", "none"]
Place = Literal["municipality", "linked_registers"]
SourceFormat = Literal["csv", "parquet", "sqlite", "postgresql"]


class RegisterSource(Declared):
    """Where the rows are and how they are written.

    `path` is a file, or a pattern of files, relative to the workspace; `connection` is the name of an environment
    variable that holds a connection string, so that no password stands in a file.
    """

    format: SourceFormat
    path: Words | None = None
    table: Words | None = None
    connection: Words | None = None
    delimiter: str = Field(default=";", min_length=1, max_length=1)
    encoding: Literal["utf-8", "latin-1", "windows-1252"] = "utf-8"
    decimal: Literal[",", "."] = ","
    thousands: Literal[".", ",", " ", "none"] = "none"
    date_format: Words = "dd-mm-yyyy"
    true_words: Many[Words] = ("1", "ja", "true", "J")
    false_words: Many[Words] = ("0", "nej", "false", "N")
    empty: Many[str] = ("",)

    @model_validator(mode="after")
    def _place_given(self) -> RegisterSource:
        if self.format == "postgresql":
            needed: tuple[str, ...] = ("connection", "table")
        else:
            needed = ("path", "table") if self.format == "sqlite" else ("path",)
        for key in needed:
            if getattr(self, key) is None:
                raise DeclarationError(
                    message("a source in the format '{format}' needs '{key}'", format=self.format, key=key),
                    message("Add '{key}'.", key=key),
                )
        return self


class Column(Declared):
    """One column: its type, whose secret it is, and the values it may have.

    `source_name` is its name in the source where that is another. `dimension`: its values are codes of that
    dimension, under any spelling; they are read as codes. `references` names `register.column`.
    """

    name: Identifier
    source_name: Words | None = None
    type: ColumnType
    personal: PersonalData
    required: bool = False
    values: Many[Words] = ()
    dimension: Identifier | None = None
    min: Number | None = None
    max: Number | None = None
    earliest: Day | None = None
    latest: Day | None = None
    references: Words | None = None
    description: LocalText | None = None


class Spells(Declared):
    """Rows that last from one day to another, both included; an empty `to` is open.

    `per` are the columns that name whose spells they are; with `overlap: forbidden` they must not overlap there.
    """

    from_: Identifier = Field(alias="from")
    to: Identifier
    per: Many[Identifier] = ()
    overlap: Literal["forbidden", "allowed"] = "allowed"


class Register(Declared):
    """A contract: the register's columns and rules, and purpose, legal basis, source and place of processing.

    What was read for statistics is used for statistics only, never in a case. `person` is the column that says whom a
    row is about. `tolerated` is the share of rows that may break a rule (0-1) before the register is set aside.
    """

    id: Identifier
    title: LocalText
    purpose: LocalText
    legal_basis: LocalText
    delivered_by: LocalText
    processed_at: Many[Place] = Field(min_length=1)
    data: RegisterSource
    person: Identifier | None = None
    key: Many[Identifier] = Field(min_length=1)
    columns: Many[Column] = Field(min_length=1)
    spells: Spells | None = None
    tolerated: Number | None = Field(default=None, ge=0, le=1)
    sources: Many[SourceRef] = ()
    note: LocalText | None = None

    def column(self, name: str) -> Column | None:
        """Return the column called `name`, or None."""
        return next((column for column in self.columns if column.name == name), None)
