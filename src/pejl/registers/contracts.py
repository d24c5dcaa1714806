"""Do register contracts make sense? All that can be known without reading a row, with file, line and column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath, PureWindowsPath

from pejl.registers.formats import KNOWN_DATE_FORMATS, date_pattern
from pejl.registers.sources import SourceError, located, read_columns
from pejl.text import message
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Location, Problems, did_you_mean
from pejl.workspace.registers import Column, Register

_DATA = "data"
_PERSON_CLASSES = {"cpr": ("identifier",), "integer": ("pseudonym",)}
_TELLING = ("cpr", "personnummer", "person_number", "telefon", "telephone", "phone", "email", "e_mail")
"""Parts of column names that tell of an identifier."""


def check_registers(workspace: Workspace, problems: Problems) -> None:
    """Note everything in the register contracts of `workspace` that does not fit together."""
    for register in workspace.registers:
        _Contract(workspace, register, problems).check()


class _Contract:
    def __init__(self, workspace: Workspace, register: Register, problems: Problems) -> None:
        self._workspace = workspace
        self._register = register
        self._problems = problems
        self._read = {column.name for column in read_columns(register)}

    def check(self) -> None:
        self._columns_once()
        self._person()
        self._named_columns()
        self._spells()
        self._source()
        self._place()
        for column in self._register.columns:
            self._personal(column)
            self._rules(column)
            self._dimension(column)
            self._reference(column)

    def _columns_once(self) -> None:
        for label in ("name", "source_name"):
            seen: set[str] = set()
            for column in self._register.columns:
                name = getattr(column, label)
                if name in seen:
                    self._problems.add(
                        "column_twice",
                        column.location(label),
                        message("the column '{column}' is declared twice", column=name),
                        message("Remove one of the two, or correct its name."),
                        value=name,
                    )
                seen.update({name} if name is not None else ())

    def _named_columns(self) -> None:
        """Key, person and spells name columns of the register that are read."""
        for name, place in self._uses():
            column = self._register.column(name)
            if column is None:
                self._problems.add(
                    "unknown_register_column",
                    place,
                    message("the register has no column '{column}'", column=name),
                    did_you_mean(
                        name, (each.name for each in self._register.columns), message("Declare it under 'columns'.")
                    ),
                    value=name,
                )
            elif name not in self._read:
                self._problems.add(
                    "column_never_read",
                    place,
                    message("'{column}' is an identifier, and those are never read", column=name),
                    message("Name another column; only CPR numbers are read, and replaced by pseudonyms."),
                    value=name,
                )

    def _uses(self) -> Iterator[tuple[str, Location]]:
        register = self._register
        if register.person is not None:
            yield register.person, register.location("person")
        for item, name in enumerate(register.key):
            yield name, register.location("key", item)
        spells = register.spells
        if spells is not None:
            yield spells.from_, spells.location("from")
            yield spells.to, spells.location("to")
            for item, name in enumerate(spells.per):
                yield name, spells.location("per", item)

    def _person(self) -> None:
        register = self._register
        column = register.column(register.person) if register.person is not None else None
        if column is None:
            numbers = [each for each in register.columns if each.type == "cpr"]
            if register.person is None and numbers:
                self._problems.add(
                    "no_person_column",
                    numbers[0].location("type"),
                    message("the register holds CPR numbers, but does not say which column says whom a row is about"),
                    message("Add 'person: {column}'.", column=numbers[0].name),
                    warning=True,
                )
        elif column.type not in _PERSON_CLASSES:
            self._problems.add(
                "person_type",
                column.location("type"),
                message("the person column '{column}' is neither a CPR number nor a whole number", column=column.name),
                message("Write 'type: cpr', or 'type: integer' where the numbers are pseudonyms already."),
                value=column.type,
            )

    def _spells(self) -> None:
        spells, register = self._register.spells, self._register
        if spells is None:
            return
        for key, name in (("from", spells.from_), ("to", spells.to)):
            column = register.column(name)
            if column is not None and column.type != "date":
                self._problems.add(
                    "spell_type",
                    spells.location(key),
                    message("'{column}' is no day, and a spell lasts from one day to another", column=name),
                    message("Write 'type: date' for that column, or name another."),
                    value=name,
                )
        if spells.overlap == "forbidden" and not spells.per and register.person is None:
            self._problems.add(
                "spells_of_whom",
                spells.location("overlap"),
                message("overlap is forbidden, but nothing says whose spells they are"),
                message("Add 'per', the columns that name whose spells they are."),
            )

    def _source(self) -> None:
        data = self._register.data
        if date_pattern(data.date_format) is None:
            self._problems.add(
                "date_format",
                data.location("date_format"),
                message("'{format}' is no form of days that can be read", format=data.date_format),
                did_you_mean(
                    data.date_format,
                    KNOWN_DATE_FORMATS,
                    message("Write one such as {known}.", known=", ".join(KNOWN_DATE_FORMATS[:3])),
                ),
                value=data.date_format,
            )
        if data.thousands == data.decimal:
            self._problems.add(
                "same_signs",
                data.location("thousands"),
                message("the sign between thousands is the decimal sign too"),
                message("Correct 'thousands' or 'decimal'."),
                value=data.thousands,
            )
        both = {word.lower() for word in data.true_words} & {word.lower() for word in data.false_words}
        if both:
            self._problems.add(
                "same_words",
                data.location("false_words"),
                message("'{word}' means both yes and no", word=min(both)),
                message("Keep it in one of the two lists."),
                value=min(both),
            )
        if data.path is not None and _outside(data.path):
            self._problems.add(
                "path_outside",
                data.location("path"),
                message("the path leads out of the folder '{folder}' of the workspace", folder=_DATA),
                message("Write a path that begins with '{folder}/', or a whole path.", folder=_DATA),
                value=data.path,
            )

    def _place(self) -> None:
        """Rows that may not be processed here must not lie here either."""
        register, settings = self._register, self._workspace.settings
        if settings.place in register.processed_at or register.data.format == "postgresql":
            return
        try:
            located(self._workspace.root, register.data)
        except (SourceError, OSError, ValueError):
            return
        self._problems.add(
            "data_not_allowed_here",
            register.location("processed_at"),
            message("there are data of this register here, but it may not be processed here"),
            message("Remove the data from this machine; only protected figures are carried home."),
        )

    def _personal(self, column: Column) -> None:
        if column.type == "cpr" and column.personal != "identifier":
            self._class_problem(column, message("a CPR number is an identifier"))
        elif column.name == self._register.person:
            lawful = _PERSON_CLASSES.get(column.type)
            if lawful is not None and column.personal not in lawful:
                self._class_problem(
                    column, message("the person column '{column}' is a pseudonym of somebody", column=column.name)
                )
        elif column.personal != "identifier" and any(word in column.name for word in _TELLING):
            self._problems.add(
                "telling_name",
                column.location("personal"),
                message("'{column}' sounds like an identifier", column=column.name),
                message("Write 'personal: identifier' if it is one; it is then never read."),
                value=column.personal,
                warning=True,
            )

    def _class_problem(self, column: Column, what: object) -> None:
        self._problems.add(
            "personal_class",
            column.location("personal"),
            message("{what}, not '{personal}'", what=what, personal=column.personal),
            message("Write 'personal: {right}'.", right="identifier" if column.type == "cpr" else "pseudonym"),
            value=column.personal,
        )

    def _rules(self, column: Column) -> None:
        misplaced = [
            *(["values"] if column.values and column.type != "text" else []),
            *(key for key in ("min", "max") if _given(column, key) and column.type not in ("integer", "number")),
            *(key for key in ("earliest", "latest") if _given(column, key) and column.type != "date"),
        ]
        for key in misplaced:
            self._problems.add(
                "rule_of_other_type",
                column.location(key),
                message("'{key}' is no rule for a column of the type '{type}'", key=key, type=column.type),
                message("Remove it, or correct the column's type."),
                value=key,
            )
        for low, high in (("min", "max"), ("earliest", "latest")):
            if _given(column, low) and _given(column, high) and getattr(column, low) > getattr(column, high):
                self._problems.add(
                    "limits_reversed",
                    column.location(high),
                    message("'{high}' lies below '{low}'", high=high, low=low),
                    message("Correct one of them."),
                    value=getattr(column, high),
                )

    def _dimension(self, column: Column) -> None:
        if column.dimension is None:
            return
        if column.type != "text" or column.values:
            self._problems.add(
                "dimension_column",
                column.location("dimension"),
                message("a column with a dimension is text, and its values are the dimension's codes"),
                message("Write 'type: text' and leave out 'values'."),
                value=column.dimension,
            )
        known = self._workspace.dimensions
        unread = "vocabulary" in self._workspace.unread or column.dimension in self._workspace.set_aside
        if column.dimension not in known and not unread:
            self._problems.add(
                "unknown_dimension",
                column.location("dimension"),
                message("there is no dimension '{dimension}'", dimension=column.dimension),
                did_you_mean(column.dimension, known, message("Declare it in the vocabulary.")),
                value=column.dimension,
            )

    def _reference(self, column: Column) -> None:
        if column.references is None:
            return
        name, _, other_column = column.references.partition(".")
        other = self._workspace.registers_by_id.get(name)
        if other is None and ("registers" in self._workspace.unread or name in self._workspace.set_aside):
            return
        target = other.column(other_column) if other is not None else None
        if target is None:
            every = [f"{each.id}.{column.name}" for each in self._workspace.registers for column in read_columns(each)]
            self._problems.add(
                "unknown_reference",
                column.location("references"),
                message("there is no column '{column}' in a register to refer to", column=column.references),
                did_you_mean(column.references, every, message("Write it as register.column.")),
                value=column.references,
            )
        elif target.type != column.type:
            self._problems.add(
                "reference_type",
                column.location("references"),
                message("'{column}' is of another type than what it refers to", column=column.name),
                message("Give both columns the type '{type}'.", type=target.type),
                value=column.references,
            )


def _given(column: Column, key: str) -> bool:
    return getattr(column, key) is not None


def _outside(path: str) -> bool:
    """Tell whether a path is neither whole nor inside the workspace's folder of data."""
    pure = PurePath(path)
    if pure.is_absolute() or PureWindowsPath(path).is_absolute():
        return False
    return ".." in pure.parts or pure.parts[:1] != (_DATA,)
