"""Answers: read from files, scored as the instrument declares, and counted."""

from pejl.surveys.answers.reading import read_answers
from pejl.surveys.answers.records import BY, MODES, STATUSES, Answers, Drawn, ResponseRate
from pejl.surveys.answers.response import response_rates
from pejl.surveys.answers.scoring import in_band, past_cut_off, score_range, scores

__all__ = [
    "BY",
    "MODES",
    "STATUSES",
    "Answers",
    "Drawn",
    "ResponseRate",
    "in_band",
    "past_cut_off",
    "read_answers",
    "response_rates",
    "score_range",
    "scores",
]
