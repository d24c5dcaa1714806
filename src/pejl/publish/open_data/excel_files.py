"""CSV that a Danish Excel opens right by itself: UTF-8 with a byte order mark, semicolons, decimal commas.

It is in Danish, for people who read and calculate; nothing in it is blank. Where there is no number there stand words,
so that a withheld figure can neither be taken for zero nor be summed without being noticed. Codes stand together in one
column at the end, so that it can be joined with the other files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pejl.publish.coarser import is_rounded_away
from pejl.publish.open_data.csv_files import END
from pejl.publish.open_data.labels import Label, said
from pejl.publish.open_data.tables import METHOD_WORDS, FigureTable, Vocabulary
from pejl.publish.open_data.texts import Fields, harmless_in_excel
from pejl.publish.words import STATE_WORDS, WHY_NOT_WORDS, state_words
from pejl.release.public import ALL, PublicCell
from pejl.text import Language, Message, message
from pejl.workspace.period import Period
from pejl.workspace.states import State

BYTE_ORDER_MARK = "\ufeff"
DELIMITER = ";"
LANGUAGE: Language = "da"
NOT_SHOWN = message("not shown")
NOT_STATED = message("not stated")
NONE = message("none")
YES, NO = message("yes"), message("no")
_ROUNDED_AWAY = WHY_NOT_WORDS["rounded_away"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the file: its Danish head, and whether its fields are numbers, whole numbers, days or text."""

    title: str
    type: str = "string"


def headings(dimensions: Iterable[str], vocabulary: Vocabulary) -> list[Heading]:
    """Return the columns in their order; no two have the same title."""
    before = [message("Indicator"), message("Definition"), message("Period")]
    days = [message("First day"), message("Last day")]
    numbers = [message("Value"), message("Lower limit (95 %)"), message("Upper limit (95 %)")]
    numbers += [message("Persons behind"), message("Numerator"), message("Denominator")]
    after = [message("Unit"), message("State"), message("Not shown"), message("Counted how")]
    after += [message("Measured next"), message("Source"), message("Note"), message("Published by")]
    after += [message("Indicator's id"), message("Codes"), message("Draft"), message("Synthetic")]
    after += [message("Please note")]
    told = [
        *_headings(before, "string"),
        *_headings(days, "date"),
        *_headings([message("Who it is about")], "string"),
        *(Heading(vocabulary.dimension(dimension, LANGUAGE)) for dimension in dimensions),
        *_headings(numbers, "number"),
        *_headings([message("Rounded to"), message("At most off by")], "integer"),
        *_headings(after, "string"),
    ]
    return _told_apart(told)


def excel_header(dimensions: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the byte order mark and the first line."""
    fields = Fields(DELIMITER, harmless_in_excel)
    titles = [fields[heading.title] for heading in headings(dimensions, vocabulary)]
    return BYTE_ORDER_MARK + DELIMITER.join(titles) + END


def words_for_nothing() -> list[str]:
    """Return the words that may stand where a number is missing, for readers that know what is missing."""
    without = [words.render(LANGUAGE) for state, words in STATE_WORDS.items() if not state.has_value]
    others = (NOT_SHOWN, NOT_STATED, NONE, _ROUNDED_AWAY)
    return [*(words.render(LANGUAGE) for words in others), *without]


class ExcelLines:
    """The lines of one indicator's figures; what repeats from line to line is put together once and kept."""

    def __init__(self, table: FigureTable, label: Label) -> None:
        self._table = table
        self._words = table.vocabulary
        self._fields = Fields(DELIMITER, harmless_in_excel)
        self._none, self._not_stated = NONE.render(LANGUAGE), NOT_STATED.render(LANGUAGE)
        self._not_shown = NOT_SHOWN.render(LANGUAGE)
        publisher = said(table.definition.get("published_by"), LANGUAGE) or self._not_stated
        marks = [_yes(label.draft), _yes(label.synthetic), label.text(LANGUAGE)]
        end = self._joined(marks).removesuffix(DELIMITER) + END
        whose = self._joined([publisher, table.id])
        about = dict.fromkeys((cell.scope, cell.dimensions) for cell in table.cells)
        codes = {each: self._codes(*each) + end for each in about}
        kinds: dict[tuple[str, ...], str] = {}
        field = self._fields
        self._figures = []
        away = _ROUNDED_AWAY.render(LANGUAGE)
        for cell, numbers, rounded, within in zip(
            table.cells, table.numbers, table.roundings, table.widths, strict=True
        ):
            why = away if is_rounded_away(cell.rounded, cell.value, cell.state) else ""
            kind = (cell.unit, cell.state, cell.method, cell.next_due or "", cell.period, cell.note or "", why)
            if kind not in kinds:
                kinds[kind] = self._kind(cell, why)
            self._figures.append(
                f"{self._numbers(cell.state, numbers, why)}{field[rounded or self._none]};"
                f"{field[within or self._none]};{kinds[kind]}"
                f"{field[cell.source or publisher]};{field[cell.note or self._none]};{whose}"
                f"{codes[cell.scope, cell.dimensions]}"
            )

    def file(self) -> bytes:
        """Return the indicator's own file."""
        dimensions = self._table.dimensions
        return (excel_header(dimensions, self._words) + self.lines(dimensions)).encode()

    def lines(self, dimensions: Sequence[str]) -> str:
        """Return the lines under `dimensions`, of which the indicator need not have all."""
        table = self._table
        when: dict[tuple[str, str, str], str] = {}
        parts = {part: self._part(dict(part), dimensions) for part in table.parts}
        found = []
        for cell, figure in zip(table.cells, self._figures, strict=True):
            moment = (cell.version, cell.period, cell.scope)
            if moment not in when:
                when[moment] = self._when(*moment)
            found.append(f"{when[moment]}{parts[cell.dimensions]}{figure}")
        return "".join(found)

    def _numbers(self, state: str, numbers: tuple[str, ...], why: str) -> str:
        if "" not in numbers:
            return f"{DELIMITER.join(numbers).replace('.', ',')};"
        if state == State.WITHHELD:
            return f"{self._not_shown};" * len(numbers)
        value, *others = numbers
        shown = value.replace(".", ",") or why or self._words.state(state, LANGUAGE)
        return f"{shown};{DELIMITER.join([each or self._not_stated for each in others]).replace('.', ',')};"

    def _joined(self, texts: Iterable[str]) -> str:
        return "".join(f"{self._fields[text]};" for text in texts)

    def _when(self, version: str, period: str, scope: str) -> str:
        time = Period.parse(period)
        told = [self._table.title(LANGUAGE), version, time.label(LANGUAGE), str(time.start), str(time.end)]
        return self._joined([*told, self._words.scope(scope, LANGUAGE)])

    def _part(self, codes: dict[str, str], dimensions: Sequence[str]) -> str:
        return self._joined(self._words.code(each, codes.get(each, ALL), LANGUAGE) for each in dimensions)

    def _codes(self, scope: str, dimensions: tuple[tuple[str, str], ...]) -> str:
        return self._joined([" ".join(f"{name}={code}" for name, code in (("scope", scope), *dimensions))])

    def _kind(self, cell: PublicCell, why: str) -> str:
        record = {
            "state": cell.state,
            "period": cell.period,
            "next_due": cell.next_due,
            "note": cell.note if cell.note in WHY_NOT_WORDS else None,
            "method": cell.method,
        }
        method = METHOD_WORDS.get(cell.method)
        return self._joined(
            [
                self._words.unit(cell.unit, LANGUAGE),
                why or state_words(record, LANGUAGE),
                _yes(cell.state == State.WITHHELD),
                method.render(LANGUAGE) if method else cell.method,
                Period.parse(cell.next_due).label(LANGUAGE) if cell.next_due else self._none,
            ]
        )


def _yes(told: bool) -> str:
    return (YES if told else NO).render(LANGUAGE)


def _headings(titles: Iterable[Message], type_: str) -> list[Heading]:
    return [Heading(title.render(LANGUAGE), type_) for title in titles]


def _told_apart(told: list[Heading]) -> list[Heading]:
    """Return the headings with a number after those that stand there already, as titles of dimensions may."""
    seen: dict[str, int] = {}
    found = []
    for heading in told:
        key = heading.title.casefold()
        seen[key] = seen.get(key, 0) + 1
        found.append(heading if seen[key] == 1 else Heading(f"{heading.title} ({seen[key]})", heading.type))
    return found
