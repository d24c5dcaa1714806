"""What readers are told where a breakdown is coarser than counted: codes merged, or numbers rounded, to protect people.

The description of an indicator in a release has a list `coarser` of what was done, by version of the definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pejl.text import Language, message

Record = Mapping[str, Any]
LocalText = Mapping[str, str | None]

SHARES = frozenset({"share", "rate", "mean", "ratio"})
"""Kinds of unit whose value is worked out from numbers of people, so that these are rounded and not the value."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Codes of a dimension that stand for several where two breakdowns are crossed.

    Attributes:
        dimension: its id.
        title: of the dimension.
        groups: pairs of the label of a merged code and the labels of those it stands for.
        codes: those that each merged code stands for.
    """

    dimension: str
    title: LocalText
    groups: tuple[tuple[LocalText, tuple[LocalText, ...]], ...]
    codes: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Coarser:
    """What was done with the breakdowns of an indicator, so that fewer numbers had to be withheld.

    Attributes:
        version: of the definition it was done with.
        merged: the dimensions whose codes are merged; none where nothing is.
        base: to multiples of what numbers of people are rounded; None where they are not.
        within: how far a rounded number may be from the true one at most.
        shares: values are worked out from the rounded numbers.
    """

    version: str
    merged: tuple[Merged, ...] = ()
    base: int | None = None
    within: int | None = None
    shares: bool = False

    def lines(self, language: Language) -> tuple[str, ...]:
        """Return what readers are told of it, a few sentences for each thing that was done."""
        merged = (_merged_line(each, language) for each in self.merged)
        return (*((self.rounded_line(language),) if self.base is not None else ()), *merged)

    def rounded_line(self, language: Language) -> str:
        """Return how numbers are rounded, and how far they may be off."""
        if self.shares:
            told = message(
                "Worked out from numbers of people that are rounded to a multiple of {base}, to protect people: each "
                "of them may be up to {within} off. The figure for all is not rounded.",
                base=self.base,
                within=self.within,
            )
        else:
            told = message(
                "Rounded to a multiple of {base}, to protect people: each number may be up to {within} off. The figure "
                "for all is not rounded.",
                base=self.base,
                within=self.within,
            )
        return told.render(language)


def _merged_line(merged: Merged, language: Language) -> str:
    groups = "; ".join(
        f"{_said(label, language)} ({', '.join(_said(each, language) for each in parts)})"
        for label, parts in merged.groups
    )
    return message(
        "Shown in wider groups where two breakdowns are crossed, because too many numbers could otherwise not be "
        "shown. {dimension}: {groups}.",
        dimension=_said(merged.title, language),
        groups=groups,
    ).render(language)


def coarser_of(definition: Record, workspace: Record, versions: Iterable[str] | None = None) -> tuple[Coarser, ...]:
    """Return what was done with the breakdowns of an indicator.

    Args:
        definition: the indicator, as the release describes it.
        workspace: the words of the release.
        versions: of the definition; all if None.
    """
    wanted = None if versions is None else frozenset(versions)
    shares = (definition.get("kind") or definition["unit"]["kind"]) in SHARES
    return tuple(
        Coarser(
            each["version"],
            tuple(_merged(name, into, workspace) for name, into in each["merges"].items()),
            each["base"],
            each["within"],
            shares,
        )
        for each in definition.get("coarser", ())
        if wanted is None or each["version"] in wanted
    )


def coarser_lines(found: Iterable[Coarser], language: Language) -> tuple[str, ...]:
    """Return what readers are told of all that was done, each thing once."""
    return tuple(dict.fromkeys(line for each in found for line in each.lines(language)))


def _merged(dimension: str, into: Mapping[str, Sequence[str]], workspace: Record) -> Merged:
    declared = workspace["dimensions"][dimension]
    labels = {code["code"]: code["label"] for code in declared["codes"]}
    groups = tuple(
        (labels.get(new, {"da": new}), tuple(labels.get(old, {"da": old}) for old in olds))
        for new, olds in into.items()
    )
    return Merged(dimension, declared["title"], groups, into)


def in_order(codes: Iterable[Record]) -> Iterator[Record]:
    """Yield the codes of a dimension with every merged one before the first of those it stands for."""
    declared = list(codes)
    merged: dict[str, list[Record]] = {}
    for code in declared:
        if code.get("of"):
            merged.setdefault(code["of"][0], []).append(code)
    for code in declared:
        if not code.get("of"):
            yield from merged.get(code["code"], ())
            yield code


def is_rounded_away(rounded: int | None, value: float | None, state: str) -> bool:
    """Tell whether a share has no value because the people it is of were rounded to none."""
    return rounded is not None and value is None and state == "withheld"


def _said(text: LocalText, language: Language) -> str:
    return text.get(language) or text["da"] or ""
