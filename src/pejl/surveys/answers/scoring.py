"""Scores by declaration: what an instrument's `score`, `cut_offs` and `bands` make of answers.

Nothing is filled in: where too few items are answered there is no score. A refused answer is told by person (row, from
1) and item (from 1), never by what was answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from pejl.surveys.answers.records import Answers
from pejl.workspace.instruments import Instrument, Item

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pejl.surveys.frames import FloatArray

    Given: TypeAlias = NDArray[Any] | Sequence[Any]

MOST_ATTAINABLE = 20_000
"""More different scores than this are not listed."""


def scores(instrument: Instrument, answers: Answers | Mapping[str, Given]) -> FloatArray:
    """Return each person's score by the rule the instrument declares.

    Args:
        instrument: its `score` says the rule; a free text is in no score.
        answers: of a wave; or one array per item id, each of shape (persons,), as coded, a missing answer NaN or None.
            Of a wave's answers, those given by somebody else, or by nobody knows whom, have no score where the
            instrument is `self_report`.

    Returns:
        Scores, shape (persons,), NaN where too few items are answered: all are needed, or `least_answered` for a mean.

    Raises:
        ValueError: the rule is `none`, an item is not there, an answer is outside its scale.
    """
    import numpy as np

    if isinstance(answers, Answers):
        columns = [answers.of(instrument.id, item.id) for item in scored_items(instrument)]
        found = score_table(instrument, table_of(columns))
        return np.where(answers.by == "self", found, np.nan) if instrument.self_report else found
    missing = [item.id for item in scored_items(instrument) if item.id not in answers]
    if missing:
        raise ValueError(f"{instrument.id} has the item '{missing[0]}', which was not given; give them all.")
    return score_table(instrument, table_of([answers[item.id] for item in scored_items(instrument)]))


def score_table(instrument: Instrument, table: FloatArray) -> FloatArray:
    """Return the scores of `table`, shape (persons, items), items in the order of the instrument, texts left out.

    Raises:
        ValueError: as for `scores`; another number of items.
    """
    import numpy as np

    items = scored_items(instrument)
    if table.shape[1] != len(items):
        raise ValueError(f"{instrument.id} has {len(items)} items and {table.shape[1]} were given; give them all.")
    rule, factor = instrument.score.rule, float(instrument.score.factor)
    if rule == "none":
        raise ValueError(f"{instrument.id} has no score: its rule is 'none'.")
    answered = _answered(items, table)
    if rule == "sum":
        return np.asarray(answered.sum(axis=1) * factor)
    if rule == "mean":
        return means(answered, needed(instrument)) * factor
    if len(items) != 1:
        raise ValueError(f"the rule '{rule}' is for one item, and {instrument.id} has {len(items)}.")
    if rule == "item":
        return np.asarray(answered[:, 0] * factor)
    return in_boxes(answered[:, 0], instrument.score.boxes)


def scored_items(instrument: Instrument) -> tuple[Item, ...]:
    """Return the items that can be in a score: all but free texts."""
    return tuple(item for item in instrument.items if item.kind != "text")


def needed(instrument: Instrument) -> int:
    """Return how many items must be answered for a score; only a mean can do with fewer than all."""
    items = len(scored_items(instrument))
    least = instrument.score.least_answered
    return items if least is None or instrument.score.rule != "mean" else min(least, items)


def scale(item: Item) -> tuple[int, int]:
    """Return the lowest and the highest answer that counts."""
    if item.kind == "choice":
        codes = [answer.code for answer in item.answers if not answer.missing]
        return (min(codes), max(codes)) if codes else (0, 0)
    return item.lowest or 0, item.highest or 0


def score_range(instrument: Instrument) -> tuple[float, float]:
    """Return the lowest and the highest score there is; 0 and 1 for top boxes.

    Raises:
        ValueError: the rule is `none`.
    """
    score = instrument.score
    if score.rule == "none":
        raise ValueError(f"{instrument.id} has no score: its rule is 'none'.")
    if score.rule == "top_box":
        return 0.0, 1.0
    ends = [scale(item) for item in scored_items(instrument)]
    low, high = [low for low, _ in ends], [high for _, high in ends]
    if score.rule == "mean":
        least = needed(instrument)
        return sum(sorted(low)[:least]) / least * score.factor, sum(sorted(high)[-least:]) / least * score.factor
    return float(sum(low) * score.factor), float(sum(high) * score.factor)


def attainable(instrument: Instrument) -> tuple[Fraction, ...] | None:
    """Return every score there can be, sorted; None where there is no score, or too many to list."""
    items, score = scored_items(instrument), instrument.score
    if score.rule == "none":
        return None
    if score.rule == "top_box":
        return Fraction(0), Fraction(1)
    sums: list[set[int]] = [{0}, *(set() for _ in items)]
    for item in items:
        values = _values(item)
        if sum(map(len, sums)) * len(values) > MOST_ATTAINABLE:
            return None
        for count in range(len(items), 0, -1):
            sums[count] |= {total + value for total in sums[count - 1] for value in values}
    counts = range(needed(instrument), len(items) + 1)
    if score.rule == "mean":
        return tuple(sorted({Fraction(total * score.factor, count) for count in counts for total in sums[count]}))
    return tuple(sorted({Fraction(total * score.factor) for total in sums[len(items)]}))


def past_cut_off(instrument: Instrument, cut_off: str, values: FloatArray) -> FloatArray:
    """Return 1 for a score on the counted side of a declared cut-off, 0 on the other, NaN without a score.

    Raises:
        ValueError: there is no such cut-off, a score is outside its range.
    """
    import numpy as np

    declared = next((each for each in instrument.cut_offs if each.id == cut_off), None)
    if declared is None:
        raise ValueError(f"{instrument.id} has no cut-off '{cut_off}'.")
    checked = _checked_scores(instrument, values)
    if declared.at_least is not None:
        passed = checked >= float(declared.at_least)
    else:
        assert declared.at_most is not None
        passed = checked <= float(declared.at_most)
    return np.where(np.isnan(checked), np.nan, passed.astype(np.float64))


def in_band(instrument: Instrument, band: str, values: FloatArray) -> FloatArray:
    """Return 1 for a score in a declared band, 0 outside it, NaN without a score.

    Raises:
        ValueError: there is no such band, a score is outside its range.
    """
    import numpy as np

    declared = next((each for each in instrument.bands if each.id == band), None)
    if declared is None:
        raise ValueError(f"{instrument.id} has no band '{band}'.")
    checked = _checked_scores(instrument, values)
    inside = (checked >= float(declared.lowest)) & (checked <= float(declared.highest))
    return np.where(np.isnan(checked), np.nan, inside.astype(np.float64))


def means(table: FloatArray, least: int) -> FloatArray:
    """Return the mean of the items answered, shape (persons,), NaN where fewer than `least` were."""
    import numpy as np

    answered = (~np.isnan(table)).sum(axis=1)
    found = np.nan_to_num(table).sum(axis=1) / np.maximum(answered, 1)
    return np.where((answered >= least) & (answered > 0), found, np.nan)


def in_boxes(item: FloatArray, boxes: Sequence[int]) -> FloatArray:
    """Return 1 for an answer among `boxes`, 0 for another, NaN without one."""
    import numpy as np

    return np.where(np.isnan(item), np.nan, np.isin(item, list(boxes)).astype(np.float64))


def table_of(answers: Given) -> FloatArray:
    """Return answers, an array of shape (persons, items) or one array per item, as a table of persons by items.

    Raises:
        ValueError: not numbers, or not of one length.
    """
    import numpy as np

    if isinstance(answers, np.ndarray):
        table = floats(answers)
    else:
        items = [item_of(each) for each in answers]
        if len({item.size for item in items}) != 1:
            raise ValueError(
                "the items have different numbers of answers; give one answer, or a missing one, per person."
            )
        table = np.column_stack(items)
    if table.ndim != 2:
        raise ValueError("answers is not a table of persons by items; give one column per item.")
    return table


def item_of(answers: Any) -> FloatArray:
    """Return the answers to one item as floats.

    Raises:
        ValueError: not numbers, or not a list.
    """
    item = floats(answers)
    if item.ndim != 1:
        raise ValueError("answers to one item are not a list; give one answer per person.")
    return item


def floats(answers: Any) -> FloatArray:
    """Return answers as floats.

    Raises:
        ValueError: something else than numbers.
    """
    import numpy as np

    try:
        return np.asarray(answers, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(
            "answers are not numbers; give the codes of the answers, and None where one is missing."
        ) from None


def check_scale(table: FloatArray, lowest: float, highest: float, *, whole: bool, item: int = 1) -> None:
    """Refuse an answer, or (not `whole`) a score, outside the scale or between two of its steps.

    Args:
        table: shape (persons, items).
        lowest: lowest there is.
        highest: highest there is.
        whole: only whole numbers are allowed.
        item: number of the first item of the table, for the sentence.

    Raises:
        ValueError: names the place, never the value.
    """
    import numpy as np

    bad: NDArray[np.bool_] = (table < lowest) | (table > highest)
    if whole:
        bad |= ~np.isnan(table) & (table != np.round(table))
    _refuse(bad, f"{lowest:g}-{highest:g}", "answer" if whole else "score", item)


def _answered(items: Sequence[Item], table: FloatArray) -> FloatArray:
    """Return the answers that count, NaN for those that say "not answered"; refuse any outside the scale."""
    import numpy as np

    answered = table.astype(np.float64, copy=True)
    for place, item in enumerate(items):
        column = answered[:, place]
        if item.kind == "choice":
            column[np.isin(column, [answer.code for answer in item.answers if answer.missing])] = np.nan
            known = np.isin(column, [answer.code for answer in item.answers]) | np.isnan(column)
            _refuse(~known[:, None], "-".join(map(str, scale(item))), "answer", place + 1)
        else:
            check_scale(column[:, None], *scale(item), whole=True, item=place + 1)
    return answered


def _checked_scores(instrument: Instrument, values: FloatArray) -> FloatArray:
    checked = item_of(values)
    check_scale(checked[:, None], *score_range(instrument), whole=False)
    return checked


def _refuse(bad: NDArray[np.bool_], allowed: str, kind: str, first_item: int) -> None:
    import numpy as np

    places = np.argwhere(bad)
    if places.size:
        row, item = int(places[0][0]) + 1, int(places[0][1]) + first_item
        raise ValueError(
            f"the {kind} in row {row}, item {item} is outside the scale {allowed} ({len(places)} such in all); "
            "correct it, or leave it missing."
        )


def _values(item: Item) -> list[int]:
    if item.kind == "choice":
        return [answer.code for answer in item.answers if not answer.missing]
    low, high = scale(item)
    return list(range(low, high + 1))
