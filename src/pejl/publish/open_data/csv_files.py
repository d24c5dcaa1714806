"""CSV for machines: RFC 4180, UTF-8 without a mark, comma between fields, point before decimals, codes and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pejl.publish.open_data.columns import columns
from pejl.publish.open_data.labels import Label, said
from pejl.publish.open_data.tables import FigureTable, Vocabulary
from pejl.publish.open_data.texts import Fields, harmless
from pejl.release.public import ALL
from pejl.text import Language
from pejl.workspace.period import Period
from pejl.workspace.states import State

END = "\r\n"


def header(dimensions: Sequence[str], vocabulary: Vocabulary, *, labelled: bool) -> str:
    """Return the first line."""
    return ",".join(column.name for column in columns(dimensions, vocabulary, labelled=labelled)) + END


class FigureLines:
    """The lines of one indicator's figures; what repeats from line to line is put together once and kept.

    Args:
        table: the figures.
        label: what every line says.
        guard: what is done with every text before it is written.
    """

    def __init__(self, table: FigureTable, label: Label, guard: Callable[[str], str] = harmless) -> None:
        self._table = table
        self._words = table.vocabulary
        self._fields = Fields(",", guard)
        own = table.vocabulary.languages[0]
        marks = [_truth(label.draft), _truth(label.synthetic), label.text(own)]
        end = self._joined([said(table.definition.get("published_by"), own), *marks]).removesuffix(",") + END
        field = self._field
        self._numbers = [
            f"{','.join(numbers)},{rounded or ''},{within or ''},"
            for numbers, rounded, within in zip(table.numbers, table.roundings, table.widths, strict=True)
        ]
        told = [(cell.next_due, cell.source, cell.note) for cell in table.cells]
        ends = {each: f"{','.join(map(field, each))},{end}" for each in dict.fromkeys(told)}
        self._ends = [ends[each] for each in told]

    def file(self) -> bytes:
        """Return the indicator's own file, with words beside the codes."""
        dimensions = self._table.dimensions
        return (header(dimensions, self._words, labelled=True) + self.lines(dimensions, labelled=True)).encode()

    def lines(self, dimensions: Sequence[str], *, labelled: bool) -> str:
        """Return the lines under `dimensions`, of which the indicator need not have all."""
        table = self._table
        languages = self._words.languages if labelled else ()
        whose = self._joined([table.id, *(table.title(language) for language in languages)])
        when: dict[tuple[str, str, str], str] = {}
        parts = {part: self._part(dict(part), dimensions, languages) for part in table.parts}
        kinds: dict[tuple[str, str, str], str] = {}
        found = []
        for cell, numbers, end in zip(table.cells, self._numbers, self._ends, strict=True):
            moment = (cell.version, cell.period, cell.scope)
            kind = (cell.unit, cell.state, cell.method)
            if moment not in when:
                when[moment] = self._when(*moment, languages)
            if kind not in kinds:
                kinds[kind] = self._kind(*kind, languages)
            found.append(f"{whose}{when[moment]}{parts[cell.dimensions]}{numbers}{kinds[kind]}{end}")
        return "".join(found)

    def _field(self, text: str | None) -> str:
        return "" if text is None else self._fields[text]

    def _joined(self, texts: Iterable[str]) -> str:
        return "".join(f"{self._fields[text] if text else ''}," for text in texts)

    def _when(self, version: str, period: str, scope: str, languages: Sequence[Language]) -> str:
        time = Period.parse(period)
        told = [version, period, str(time.start), str(time.end), scope]
        return self._joined([*told, *(self._words.scope(scope, language) for language in languages)])

    def _part(self, codes: dict[str, str], dimensions: Sequence[str], languages: Sequence[Language]) -> str:
        told = []
        for dimension in dimensions:
            code = codes.get(dimension, ALL)
            told += [code, *(self._words.code(dimension, code, language) for language in languages)]
        return self._joined(told)

    def _kind(self, unit: str, state: str, method: str, languages: Sequence[Language]) -> str:
        units = [unit, *(self._words.unit(unit, language) for language in languages)]
        states = [state, *(self._words.state(state, language) for language in languages)]
        return self._joined([*units, *states, _truth(state == State.WITHHELD), method])


def _truth(told: bool) -> str:
    return "true" if told else "false"
