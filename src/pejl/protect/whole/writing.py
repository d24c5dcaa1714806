"""Tables written down as a board: their columns, their numbers as sums of them, what holds of persons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product

from pejl.protect.whole.board import ANY, INFINITE, Board, Form, Name, View, added
from pejl.protect.whole.related import relate
from pejl.protect.whole.structure import cliques, joined, shared
from pejl.protect.whole.tables import (
    LEFT_OUT,
    TOTAL,
    Cell,
    Groupings,
    Measure,
    Relation,
    amounts_of,
    arrays_of,
    base_of,
    names_of,
)


def board_of(
    views: Sequence[View],
    relations: Iterable[Relation],
    groupings: Groupings,
    *,
    sparse: bool = True,
    fine: bool = True,
    all_known: bool = False,
) -> Board:
    """Write tables that hang together down as one board.

    Args:
        views: the tables.
        relations: what is declared of their indicators.
        groupings: how codes overlap.
        sparse: nobody is in a row that a breakdown does not list; otherwise nothing is known of it.
        fine: what is declared holds in every finest cell, not only in rows that are published.
        all_known: look at relations between known numbers too, to see whether they are true.
    """
    board = Board()
    for view in views:
        _Table(board, view, groupings, sparse).write()
    relate(board, views, relations, fine=fine, all_known=all_known)
    return board


def assumptions(relations: Collection[Relation]) -> list[dict[str, bool]]:
    """Return what an attacker takes to be true, the most first; where it contradicts the numbers he takes the next."""
    fine = [{"sparse": True, "fine": True}] if relations else []
    return [*fine, {"sparse": True, "fine": False}, {"sparse": False, "fine": False}]


class _Table:
    """The columns and numbers of one table."""

    def __init__(self, board: Board, view: View, groupings: Groupings, sparse: bool) -> None:
        self.board, self.view, self.table, self.groupings = board, view, view.table, groupings
        self.sets = self.table.sets()
        self.sets.setdefault((), [TOTAL])
        self.codes = self._codes()
        breakdowns = [names for names in self.sets if names]
        overlapping = [name for name in self.codes if name in groupings.overlapping]
        self.finest = cliques(joined(breakdowns, overlapping)) or [()]
        self.base = base_of(self.table.kind)
        self.listed = self._listed() if sparse and not self.table.leaves_out else {}
        self.joint = shared(self.finest)
        self.amounts = amounts_of(self.table)

    def write(self) -> None:
        """Write the columns and numbers of the table."""
        for measure in arrays_of(self.table.kind):
            forms: dict[Cell, list[Form]] = {cell: [] for cells in self.sets.values() for cell in cells}
            margins: list[dict[Cell, Form]] = []
            for names in self.finest:
                margins.append(_Clique(self, names, measure).fill(forms))
            self._number(measure, forms)
            self._agree(margins)
        if self.table.kind == "share":
            for cell in (cell for cells in self.sets.values() for cell in cells):
                self._denominator(cell)
        self._not_empty()
        if self.view.persons.apart:
            self._persons()

    def _number(self, measure: Measure, forms: Mapping[Cell, list[Form]]) -> None:
        board, key = self.board, self.table.key
        for cell, found in forms.items():
            name = (key, cell, measure)
            board.forms[name] = found[0] if found else {}
            if measure in self.amounts:
                board.amounts.add(name)
            value = self.view.value(cell, measure)
            if value is not None:
                board.values[name] = value
            around = self.view.around(cell, measure)
            if around is not None:
                board.rule([(board.forms[name], 1.0)], *around)
            for other in found[1:]:
                board.rule([(found[0], 1.0), (other, -1.0)], 0.0, 0.0)

    def _agree(self, margins: Sequence[dict[Cell, Form]]) -> None:
        """Note that finest tables agree in what they share and nobody publishes."""
        first: dict[Cell, Form] = {}
        for each in margins:
            for cell, form in each.items():
                if cell in first:
                    self.board.rule([(first[cell], 1.0), (form, -1.0)], 0.0, 0.0)
                else:
                    first[cell] = form

    def _denominator(self, cell: Cell) -> None:
        board, key = self.board, self.table.key
        name: Name = (key, cell, "denominator")
        parts = (board.forms[key, cell, "numerator"], board.forms[key, cell, "complement"])
        board.forms[name] = added([(part, 1.0) for part in parts])
        value = self.view.value(cell, "denominator")
        if value is not None:
            board.values[name] = value

    def _not_empty(self) -> None:
        """Note that withheld rows have somebody in them where other rows of their breakdown are shown."""
        if self.base is None:
            return
        for names, cells in self.sets.items():
            if names and all(cell in self.view.hidden for cell in cells):
                continue
            for cell in cells:
                if cell in self.view.hidden:
                    self.board.least[self.table.key, cell, self.base] = 1.0

    def _persons(self) -> None:
        """Write what holds of persons.

        Whoever is in a row is in every row above it, and in some row of every breakdown below that leaves out nobody;
        no more persons than the base.
        """
        board, key = self.board, self.table.key
        cells = [cell for cells in self.sets.values() for cell in cells if cell in self.table.rows]
        for cell in cells:
            name: Name = (key, cell, "persons")
            value = self.view.value(cell, "persons")
            if value is not None:
                board.values[name] = value
            board.forms[name] = {board.column(): 1.0}
            if cell in self.view.hidden and (key, cell, self.base) in board.least:
                board.least[name] = 1.0
        if TOTAL not in self.table.rows:
            board.forms[key, TOTAL, "persons"] = {board.column(): 1.0}
            cells.append(TOTAL)
        for cell in cells:
            form = board.forms[key, cell, "persons"]
            if self.view.persons.within and self.base is not None:
                board.rule([(board.forms[key, cell, self.base], 1.0), (form, -1.0)], 0.0, INFINITE, loose=True)
            for place in range(len(cell)):
                above = (*cell[:place], *cell[place + 1 :])
                if (key, above, "persons") in board.forms:
                    board.rule([(board.forms[key, above, "persons"], 1.0), (form, -1.0)], 0.0, INFINITE, loose=True)
        if not self.table.leaves_out:
            self._everybody_is_somewhere()

    def _everybody_is_somewhere(self) -> None:
        board, key = self.board, self.table.key
        below: dict[tuple[Cell, str], list[Cell]] = {}
        for names, cells in self.sets.items():
            for place, name in enumerate(names):
                parents = self.groupings.parents.get(name, {})
                codes = {cell[place][1] for cell in cells}
                # A code above others is one only where the others stand beside it; merged ones stand for them.
                above = {code for code in codes & parents.keys() if codes.intersection(parents[code])}
                leaves = [cell for cell in cells if cell[place][1] not in above]
                for cell in leaves or cells:
                    below.setdefault(((*cell[:place], *cell[place + 1 :]), name), []).append(cell)
        for (over, _), cells in below.items():
            if (key, over, "persons") in board.forms and all((key, cell, "persons") in board.forms for cell in cells):
                terms = [(board.forms[key, cell, "persons"], 1.0) for cell in cells]
                board.rule([*terms, (board.forms[key, over, "persons"], -1.0)], 0.0, INFINITE, loose=True)

    def _codes(self) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = {}
        for cell in self.table.rows:
            for name, code in cell:
                found.setdefault(name, {})[code] = None
        if self.table.leaves_out:
            for name in found:
                found[name][LEFT_OUT] = None
        return {name: list(codes) for name, codes in found.items()}

    def _listed(self) -> dict[tuple[str, ...], list[set[str]]]:
        """Return the codes that each breakdown lists, by its dimensions."""
        return {
            names: [{cell[place][1] for cell in cells} for place in range(len(names))]
            for names, cells in self.sets.items()
        }

    def is_nobody(self, cell: Cell) -> bool:
        """Tell whether a row that is not listed is known to be empty for that: its codes are listed beside others."""
        listed = self.listed.get(names_of(cell))
        return listed is not None and all(code in codes for (_, code), codes in zip(cell, listed, strict=True))


class _Clique:
    """The finest cells of some dimensions, of one table and measure."""

    def __init__(self, table: _Table, names: tuple[str, ...], measure: Measure) -> None:
        self.table, self.measure = table, measure
        self.finest = table.board.finest.setdefault((table.table.key, measure), {})
        groupings = table.groupings
        overlapping = [name for name in names if name in groupings.overlapping]
        # Of several overlapping dimensions one is written with few unknowns, the others by combinations.
        self.grouped = max(overlapping, key=lambda name: len(table.codes[name]), default="")
        self.plain = [name for name in names if name != self.grouped]
        self.inner: list[dict[str, list[str]]] = []
        for name in self.plain:
            holding: dict[str, list[str]] = {}
            for code, below in groupings.inner(name, table.codes[name]).items():
                for each in below:
                    holding.setdefault(each, []).append(code)
            self.inner.append(holding)
        codes = table.codes.get(self.grouped, [])
        alone = {*groupings.overlapping.get(self.grouped, ()), LEFT_OUT}
        self.alone = [code for code in codes if code in alone]
        self.groups = [code for code in codes if code not in alone]
        self.below = [each for each in table.sets if set(each) <= set(names)]
        self.shared = [each for each in table.joint if set(each) <= set(names) and each not in table.sets]
        self.zero = {cell for cells in table.sets.values() for cell in cells if table.view.value(cell, measure) == 0}

    def fill(self, forms: dict[Cell, list[Form]]) -> dict[Cell, Form]:
        """Write the columns; enter them in the sums of rows, and return those of margins that nobody publishes."""
        own: dict[Cell, Form] = {}
        for codes in product(*self.inner):
            if not self.grouped:
                self._add(codes, None, own)
                continue
            for code in self.alone:
                self._add(codes, code, own)
            self._groups(codes, own)
        common = {cell: own.pop(cell) for cell in list(own) if cell not in forms}
        for cell, form in own.items():
            forms[cell].append(form)
        return common

    def _groups(self, codes: tuple[str, ...], own: dict[Cell, Form]) -> None:
        """Write those of a finest cell who are in a group: in any, and in each."""
        board = self.table.board
        known = [group for group in self.groups if not self._is_nobody(self._rows(codes, group, whole=False))]
        rows = self._rows(codes, None)
        if not known or self._is_nobody(rows):
            return
        together = self._enter(codes, ANY, rows, own)
        each = [self._enter(codes, ANY + group, self._rows(codes, group, whole=False), own) for group in known]
        for group in each:
            board.rule([({together: 1.0}, 1.0), ({group: 1.0}, -1.0)], 0.0, INFINITE)
        board.rule([*(({group: 1.0}, 1.0) for group in each), ({together: 1.0}, -1.0)], 0.0, INFINITE)

    def _add(self, codes: tuple[str, ...], alone: str | None, own: dict[Cell, Form]) -> None:
        rows = self._rows(codes, alone)
        if not self._is_nobody(rows):
            self._enter(codes, alone, rows, own)

    def _enter(self, codes: tuple[str, ...], who: str | None, rows: Iterable[Cell], own: dict[Cell, Form]) -> int:
        column = self.table.board.column()
        self.finest[tuple(zip(self.plain, codes, strict=True)), who] = column
        for cell in rows:
            own.setdefault(cell, {})[column] = 1.0
        return column

    def _is_nobody(self, rows: Iterable[Cell]) -> bool:
        listed = self.table.table.rows
        return any(cell in self.zero or (cell not in listed and self.table.is_nobody(cell)) for cell in rows)

    def _rows(self, codes: tuple[str, ...], grouped: str | None, *, whole: bool = True) -> list[Cell]:
        """Return the rows that a column counts in: those without the overlapping dimension, and of it one code's."""
        at = dict(zip(self.plain, range(len(self.plain)), strict=True))
        found: list[Cell] = []
        for names in (*self.below, *self.shared):
            if self.grouped in names:
                if grouped is None:
                    continue
            elif not whole:
                continue
            choices = [
                [grouped or LEFT_OUT] if name == self.grouped else self.inner[at[name]][codes[at[name]]]
                for name in names
            ]
            found += [tuple(zip(names, each, strict=True)) for each in product(*choices)]
        return found
