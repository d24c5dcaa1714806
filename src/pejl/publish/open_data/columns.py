"""The columns of the CSV and Parquet files: names, types, and what they mean, for files, schemas and documentation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pejl.publish.open_data.tables import Vocabulary
from pejl.text import Language, Message, message

TYPES = {"string": "VARCHAR", "number": "DOUBLE", "integer": "INTEGER", "date": "DATE", "boolean": "BOOLEAN"}
"""The types of a table schema, and as they are called in Parquet's writer."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file of figures.

    Attributes:
        name: in the file for machines.
        type: string, number, integer, date or boolean.
        title: what stands at its head in the file for Danish Excel.
        meaning: a sentence.
        codes: the list of codes its values stand in, or None.
        filled: it is never empty.
        words: it holds words in this language for the column before it.
    """

    name: str
    type: str
    title: Message
    meaning: Message
    codes: str | None = None
    filled: bool = True
    words: Language | None = None
    key: bool = field(default=False)


_LANGUAGE_NAMES: dict[Language, Message] = {"da": message("in Danish"), "en": message("in English")}
_INDICATOR = Column(
    "indicator", "string", message("Indicator"), message("What is measured."), codes="indicators", key=True
)
_WHEN = (
    Column(
        "definition_version",
        "string",
        message("Definition"),
        message("The version of the definition the figure is counted by."),
        key=True,
    ),
    Column(
        "period",
        "string",
        message("Period"),
        message(
            "2017, 2017-Q3, 2016/2017 (a school year), 2017-02-06 (a day of counting), 2015..2017 (years together) or "
            "2016>2017 (from one year to another)."
        ),
        key=True,
    ),
    Column("period_start", "date", message("First day"), message("The first day of the period.")),
    Column("period_end", "date", message("Last day"), message("The last day of the period.")),
)
_SCOPE = Column(
    "scope", "string", message("Who it is about"), message("Whom the figure is about."), codes="scopes", key=True
)
_NUMBERS = (
    Column(
        "value",
        "number",
        message("Value"),
        message("The figure, in its unit; percent is 0-100. Empty where there is none, and `state` says why."),
        filled=False,
    ),
    Column(
        "low", "number", message("Lower limit"), message("The lower end of the 95 % confidence interval."), filled=False
    ),
    Column(
        "high",
        "number",
        message("Upper limit"),
        message("The upper end of the 95 % confidence interval."),
        filled=False,
    ),
    Column("n", "number", message("Persons behind"), message("How many persons or answers are behind."), filled=False),
    Column("numerator", "number", message("Numerator"), message("What is counted."), filled=False),
    Column("denominator", "number", message("Denominator"), message("What it is divided by."), filled=False),
    Column(
        "rounded",
        "integer",
        message("Rounded to"),
        message(
            "To protect people the figure, or the numbers of people it is worked out from, are rounded to a multiple "
            "of this; empty where they are not."
        ),
        filled=False,
    ),
    Column(
        "rounded_within",
        "integer",
        message("At most off by"),
        message("How far a rounded number of people may be from the true one at most; empty where it is not rounded."),
        filled=False,
    ),
)
_UNIT = Column("unit", "string", message("Unit"), message("What the figure counts."), codes="units")
_STATE = Column(
    "state", "string", message("State"), message("What the figure is, or why there is none."), codes="states"
)
_ABOUT = (
    Column(
        "withheld",
        "boolean",
        message("Not shown"),
        message("There is a figure, but it is not shown, to protect people's anonymity."),
    ),
    Column(
        "method", "string", message("Counted how"), message("`register`, `survey` or `published` (a figure of others).")
    ),
    Column(
        "next_due", "string", message("Measured next"), message("The next period it is measured for."), filled=False
    ),
    Column("source", "string", message("Source"), message("Where a figure of others stands."), filled=False),
    Column("note", "string", message("Note"), message("What the source says of it."), filled=False),
    Column(
        "published_by",
        "string",
        message("Published by"),
        message("Who counts and answers for the figure."),
        filled=False,
    ),
)
LABELS = (
    Column("draft", "boolean", message("Draft"), message("The release is not approved.")),
    Column("synthetic", "boolean", message("Synthetic"), message("The persons behind the figures are invented.")),
    Column("notice", "string", message("Please note"), message("What everybody must know of the figures.")),
)
RESERVED = frozenset(
    {column.name for column in (_INDICATOR, *_WHEN, _SCOPE, *_NUMBERS, _UNIT, _STATE, *_ABOUT, *LABELS)} | {"measure"}
)
"""Names of other columns, and of the axis of JSON-stat that no dimension has."""


def column_of_dimension(dimension: str) -> str:
    """Return the name of a dimension's column: its own, or with `by_` before it where another column could have it."""
    taken = dimension in RESERVED or dimension.startswith("by_") or dimension.endswith(("_da", "_en"))
    return f"by_{dimension}" if taken else dimension


def columns(dimensions: Iterable[str], vocabulary: Vocabulary, *, labelled: bool) -> list[Column]:
    """Return the columns of a file of figures in their order.

    Args:
        dimensions: those it has columns for.
        vocabulary: the words of the release.
        labelled: with words beside the codes; else codes only.
    """
    languages = vocabulary.languages if labelled else ()
    own = vocabulary.languages[0]

    def with_words(column: Column) -> list[Column]:
        return [column, *(_words(column, language) for language in languages)]

    by = [
        each
        for dimension in dimensions
        for each in with_words(
            Column(
                column_of_dimension(dimension),
                "string",
                Message("{title}", {"title": vocabulary.dimension(dimension, own)}),
                message("Which part the figure is about; `total` is all of them together."),
                codes=f"dimension-{dimension}",
                key=True,
            )
        )
    ]
    return [
        *with_words(_INDICATOR),
        *_WHEN,
        *with_words(_SCOPE),
        *by,
        *_NUMBERS,
        *with_words(_UNIT),
        *with_words(_STATE),
        *_ABOUT,
        *LABELS,
    ]


def _words(column: Column, language: Language) -> Column:
    title = Message("{column}, {language}", {"column": column.title, "language": _LANGUAGE_NAMES[language]})
    return Column(f"{column.name}_{language}", "string", title, message("The same in words."), words=language)
