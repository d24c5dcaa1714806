"""Response rates as AAPOR counts them (Standard Definitions, RR1 and RR2), for all or by columns of the sample."""

from __future__ import annotations

from collections.abc import Sequence

from pejl.surveys.answers.records import Answers, Drawn, ResponseRate


def response_rates(answers: Answers, sample: Drawn, by: str | Sequence[str] = ()) -> list[ResponseRate]:
    """Count what became of those drawn, without weights.

    The frame is a register, so that everybody's eligibility is known: RR1 = I / (I + P + R + NC + O), and RR2 counts
    partial answers (P) too. Those found not to belong to the population are in no denominator.

    Args:
        answers: of the wave.
        sample: the persons drawn, in the same order.
        by: a column of the sample, or several; a missing value is a group of its own, named None.

    Returns:
        One per combination of values that occurs, sorted; one with the group () where `by` is empty.

    Raises:
        ValueError: the sample has no such column, or another number of persons.
    """
    columns = (by,) if isinstance(by, str) else tuple(by)
    rows = sample.rows
    if len(rows) != answers.status.size:
        raise ValueError(f"the sample has {len(rows)} persons and the answers are of {answers.status.size}.")
    missing = [name for name in columns if name not in rows.columns]
    if missing:
        raise ValueError(f"the sample has no column '{missing[0]}'.")
    groups: dict[tuple[object, ...], dict[str, int]] = {} if columns else {(): {}}
    named = [[None if value != value else value for value in rows[name].tolist()] for name in columns]
    keys = zip(*named, strict=True) if columns else ((),) * len(rows)
    for key, status, who in zip(keys, answers.status.tolist(), answers.by.tolist(), strict=True):
        counted = groups.setdefault(tuple(key), {})
        counted[status] = counted.get(status, 0) + 1
        if who == "proxy" and status in ("complete", "partial"):
            counted["proxy"] = counted.get("proxy", 0) + 1
    return [_rate(key, groups[key]) for key in sorted(groups, key=_order)]


def _rate(group: tuple[object, ...], counted: dict[str, int]) -> ResponseRate:
    names = ("complete", "partial", "refused", "no_answer", "ineligible")
    drawn = sum(counted.get(name, 0) for name in names)
    return ResponseRate(group, drawn, *(counted.get(name, 0) for name in (*names, "proxy")))


def _order(group: tuple[object, ...]) -> list[tuple[int, float, str]]:
    """Sort numbers by size, then texts, and what is missing last."""
    return [
        (0, float(value), "") if isinstance(value, int | float) else (2 if value is None else 1, 0.0, str(value))
        for value in group
    ]
