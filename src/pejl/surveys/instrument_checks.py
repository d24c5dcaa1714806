"""Is an instrument whole? Ids unique, a rule that fits the questions, cut-offs and bands that say something."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from pejl.surveys.answers.scoring import attainable, scale, score_range, scored_items
from pejl.text import Message, message
from pejl.workspace.base import Declared
from pejl.workspace.checks.ids import unique
from pejl.workspace.instruments import CutOff, Instrument, Item, ScoreBand
from pejl.workspace.problems import Problems

ONE_ITEM = ("item", "top_box")
Problem = tuple[Declared, str, str, Message, Message]
"""Owner, key, code, what is wrong, how to mend it."""


def check_instrument(instrument: Instrument, problems: Problems) -> None:
    """Note everything in one instrument that does not fit together."""
    unique(problems, ((str(each.id), each) for each in instrument.items), "id")
    unique(problems, ((str(each.id), each) for each in instrument.cut_offs), "id")
    unique(problems, ((str(each.id), each) for each in instrument.bands), "id")
    for item in instrument.items:
        unique(problems, ((str(each.code), each) for each in item.answers), "code")
    found = [each for item in instrument.items for each in _item(item)]
    found += _score(instrument)
    if not found:
        found += _lines(instrument)
    for owner, key, code, what, mend in found:
        problems.add(code, owner.location(key), what, mend, value=getattr(owner, key, None))


def _item(item: Item) -> Iterable[Problem]:
    low, high = scale(item)
    if item.kind != "text" and low >= high:
        what = message("the question has fewer than two answers that count")
        mend = message("Give it two answers without 'missing', or a 'highest' above 'lowest'.")
        yield item, "answers" if item.kind == "choice" else "highest", "too_few_answers", what, mend
    if item.kind != "choice" and item.answers:
        what = message("'answers' belong to a question of the kind choice")
        yield item, "answers", "answers_unused", what, message("Remove them, or write 'kind: choice'.")


def _score(instrument: Instrument) -> Iterable[Problem]:
    score, items = instrument.score, scored_items(instrument)
    rule = score.rule
    if rule == "none":
        if instrument.cut_offs or instrument.bands:
            what = message("without a score there is nothing to cut off")
            mend = message("Give 'score' a rule, or remove 'cut_offs' and 'bands'.")
            yield score, "rule", "no_score", what, mend
        return
    if not items:
        yield (
            score,
            "rule",
            "no_score",
            message("there is no score of free texts"),
            message("Write 'rule: none'."),
        )
    elif rule in ONE_ITEM and len(items) != 1:
        what = message("the rule '{rule}' is for one question, and there are {count}", rule=rule, count=len(items))
        yield score, "rule", "one_item_rule", what, message("Write 'rule: sum' or 'rule: mean'.")
    if score.factor < 1:
        what = message("'{key}' is outside what is allowed: '{value}'", key="factor", value=score.factor)
        yield score, "factor", "out_of_range", what, message("Write a whole number from 1.")
    yield from _least(instrument)
    yield from _boxes(instrument)


def _least(instrument: Instrument) -> Iterable[Problem]:
    score, count = instrument.score, len(scored_items(instrument))
    if score.least_answered is None:
        return
    if score.least_answered > count:
        what = message(
            "'least_answered' is {least}, and there are {count} questions", least=score.least_answered, count=count
        )
        yield score, "least_answered", "least_answered", what, message("Write at most as many as there are.")
    elif score.rule != "mean" and score.least_answered < count:
        what = message("the rule '{rule}' needs all answers: nothing is filled in", rule=score.rule)
        yield score, "least_answered", "least_answered", what, message("Remove it, or write 'rule: mean'.")


def _boxes(instrument: Instrument) -> Iterable[Problem]:
    score, items = instrument.score, scored_items(instrument)
    if score.rule != "top_box":
        if score.boxes:
            what = message("'boxes' belong to the rule top_box")
            yield score, "boxes", "boxes_unused", what, message("Remove them, or write 'rule: top_box'.")
        return
    if len(items) != 1:
        return
    (item,) = items
    if item.kind == "choice":
        codes = {answer.code for answer in item.answers if not answer.missing}
    else:
        low, high = scale(item)
        codes = set(range(low, high + 1))
    unknown = [code for code in score.boxes if code not in codes]
    if unknown:
        what = message("'boxes' names {code}, which is no answer that counts", code=unknown[0])
        yield score, "boxes", "box_unknown", what, message("Name codes of the question's answers.")
    elif not score.boxes or set(score.boxes) == codes:
        what = message("'boxes' must name some answers and not all")
        yield score, "boxes", "boxes_say_nothing", what, message("Name the codes of the answers that count.")


def _lines(instrument: Instrument) -> Iterable[Problem]:
    if instrument.score.rule == "none":
        return
    low, high = score_range(instrument)
    for cut_off in instrument.cut_offs:
        yield from _cut_off(cut_off, low, high)
    wrong = [each for band in instrument.bands for each in _band(band, low, high)]
    yield from wrong
    if wrong or not instrument.bands:
        return
    bands = sorted(instrument.bands, key=lambda band: (band.lowest, band.highest))
    overlap = [(one, other) for one, other in itertools.pairwise(bands) if other.lowest <= one.highest]
    for one, other in overlap:
        what = message("the band '{one}' overlaps '{other}'", one=other.id, other=one.id)
        yield other, "lowest", "bands_overlap", what, message("Let one begin above the end of the other.")
    if not overlap:
        yield from _gaps(instrument)


def _cut_off(cut_off: CutOff, low: float, high: float) -> Iterable[Problem]:
    key = "at_least" if cut_off.at_least is not None else "at_most"
    line = float(getattr(cut_off, key))
    says_something = low < line <= high if key == "at_least" else low <= line < high
    if not says_something:
        what = message(
            "everybody or nobody is past this cut-off: scores go from {low} to {high}", low=f"{low:g}", high=f"{high:g}"
        )
        yield cut_off, key, "cut_off_says_nothing", what, message("Correct the cut-off.")


def _band(band: ScoreBand, low: float, high: float) -> Iterable[Problem]:
    if band.highest < band.lowest:
        what = message("the band ends below its beginning")
        yield band, "highest", "band_backwards", what, message("Correct one of the two scores.")
    elif band.lowest < low or band.highest > high:
        what = message("the band goes beyond the scores, {low} to {high}", low=f"{low:g}", high=f"{high:g}")
        yield (
            band,
            "lowest" if band.lowest < low else "highest",
            "band_beyond_scores",
            what,
            message("Correct the band."),
        )


def _gaps(instrument: Instrument) -> Iterable[Problem]:
    """Note scores that can occur and are in no band; of many at once the lowest."""
    found = attainable(instrument)
    if found is None:
        return
    for score in found:
        if not any(band.lowest <= score <= band.highest for band in instrument.bands):
            what = message("the score {score} can occur and is in no band", score=f"{float(score):g}")
            yield instrument, "bands", "bands_gap", what, message("Widen a band, or add one.")
            return
