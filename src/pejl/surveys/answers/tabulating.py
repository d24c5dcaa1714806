"""From rows to one place per person drawn: what became of everybody, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pejl.surveys.answers.layouts import Asked
from pejl.surveys.answers.records import Answers, Status
from pejl.surveys.answers.scoring import needed, scored_items


@dataclass(slots=True)
class Row:
    """What one row of a file says; `answers` by `instrument.item`, only those given."""

    line: int
    submitted: bool = False
    mode: str = ""
    by: str = ""
    outcome: str = ""
    answers: dict[str, float] = field(default_factory=dict)


def tabulate(
    wave: tuple[str, str],
    tokens: Mapping[str, int],
    rows: Mapping[str, Row],
    items: Sequence[Asked],
    asked: Sequence[Asked],
    aside: int,
) -> Answers:
    """Return the answers of all drawn.

    Args:
        wave: id of the survey, and the wave's period.
        tokens: place of each person in the sample, by token.
        rows: the row of each person who has one, by token.
        items: of the survey's instruments.
        asked: those of them that were asked in the wave.
        aside: number of rows that are not used.
    """
    import numpy as np

    persons = len(tokens)
    found = {each.name: np.full(persons, np.nan) for each in items}
    status = np.full(persons, "no_answer", dtype="<U10")
    mode, by = np.full(persons, "", dtype="<U11"), np.full(persons, "", dtype="<U5")
    line = np.zeros(persons, dtype=np.int64)
    uncounted = {
        each.name: {answer.code for answer in each.item.answers if answer.missing}
        for each in items
        if each.item.kind == "choice"
    }
    for token, row in rows.items():
        place = tokens[token]
        line[place], status[place] = row.line, _status(row, asked)
        if row.outcome or not row.answers:
            continue  # whoever refuses, later too, is not counted with what was answered
        mode[place], by[place] = row.mode, row.by
        for name, value in row.answers.items():
            if value not in uncounted.get(name, ()):
                found[name][place] = value
    return Answers(*wave, found, status, mode, by, line, aside)


def _status(row: Row, asked: Sequence[Asked]) -> Status:
    """Return what became of a person.

    Complete is a questionnaire that was handed in with enough answers for the score of every instrument asked; that
    somebody does not know is an answer here. Handed in without one answer is a refusal.
    """
    if row.outcome == "ineligible":
        return "ineligible"
    if row.outcome == "refused":
        return "refused"
    if not row.answers:
        return "refused" if row.submitted else "no_answer"
    if not row.submitted:
        return "partial"
    for instrument in {each.instrument.id: each.instrument for each in asked}.values():
        if instrument.score.rule == "none":
            continue
        given = sum(f"{instrument.id}.{item.id}" in row.answers for item in scored_items(instrument))
        if given < needed(instrument):
            return "partial"
    return "complete"
