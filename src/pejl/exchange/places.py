"""Where in a workbook or a document something stands, as the people who keep it name it."""

from __future__ import annotations

from dataclasses import dataclass

from pejl.workspace.problems import Location


@dataclass(frozen=True, slots=True, order=True)
class CellPlace(Location):
    """A cell: `file` is the workbook and the sheet, `line` the row, `column` the column, both from 1."""

    def __str__(self) -> str:
        if self.line is None or self.column is None:
            return self.file
        return f"{self.file}!{column_letters(self.column)}{self.line}"

    @property
    def short(self) -> str:
        """The sheet and the cell, without the workbook."""
        return str(self).partition(": ")[2] or str(self)


def cell_place(book: str, sheet: str, row: int | None = None, column: int | None = None) -> CellPlace:
    """Return the place of a cell, or of a whole sheet."""
    return CellPlace(f"{book}: {sheet}", row, column)


def column_letters(column: int) -> str:
    """Return the letters a spreadsheet names a column with: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
