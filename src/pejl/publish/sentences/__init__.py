"""Sentences made from a release: headlines, what intervals mean, changes, verdicts, and an easy-read version."""

from pejl.publish.charts.words import alt_text
from pejl.publish.sentences.easy import easy, easy_title
from pejl.publish.sentences.figures import figure_with_unit, headline, interval_meaning
from pejl.publish.sentences.verdicts import Mark, change_sentence, is_told_by_no_number, verdict_mark, verdict_sentence

__all__ = [
    "Mark",
    "alt_text",
    "change_sentence",
    "easy",
    "easy_title",
    "figure_with_unit",
    "headline",
    "interval_meaning",
    "is_told_by_no_number",
    "verdict_mark",
    "verdict_sentence",
]
