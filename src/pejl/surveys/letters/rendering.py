"""Filling in letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pejl.surveys.mailing import LetterKind
from pejl.text import Language, format_date
from pejl.workspace.problems import Problems
from pejl.workspace.settings import Settings
from pejl.workspace.surveys import Letter, Survey, Wave
from pejl.workspace.validation import validate
from pejl.workspace.yaml_source import read_yaml

PLACEHOLDERS = ("token", "closes", "purpose", "municipality", "legal_basis")
"""What may stand in braces in a letter. `legal_basis` is the survey's; the others say what they are."""
IN_BRACES = re.compile(r"\{([^{}]*)\}")
MERGED = "{token}"
"""Stands in a letter where the mail system puts each person's token."""
_EXAMPLE = "example.yaml"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter, filled in."""

    subject: str
    body: str


@cache
def example_letter() -> Letter:
    """Return the letter that comes with Pejl: an example, to be completed, and confirmed by lawyers."""
    problems = Problems()
    text = (files("pejl.surveys.letters") / _EXAMPLE).read_text(encoding="utf-8")
    data = read_yaml(text, _EXAMPLE, problems)
    assert data is not None
    declared = validate(Letter, data, problems).declared
    assert declared is not None
    return declared


def rendered(
    survey: Survey, wave: Wave, settings: Settings, kind: LetterKind, language: Language, token: str = MERGED
) -> Rendered:
    """Return a letter of a survey, the example where none is declared.

    Args:
        survey: as declared.
        wave: the wave people are asked in.
        settings: of the workspace, for the name of the municipality.
        kind: the ordinary letter or the one in easy words.
        language: Danish where there is no English.
        token: of a person; as it stands, the mail system fills it in.
    """
    letter = survey.letter or example_letter()
    text = letter.body if kind == "ordinary" else letter.easy_read
    spoken: Language = "en" if language == "en" and text.en is not None else "da"
    said: dict[str, Callable[[], str]] = {
        "token": lambda: token,
        "closes": lambda: format_date(wave.closes, spoken),
        "purpose": lambda: survey.purpose.text(spoken),
        "municipality": lambda: settings.municipality.text(spoken),
        "legal_basis": lambda: survey.legal_basis.text(spoken),
    }

    def filled(words: str) -> str:
        return IN_BRACES.sub(lambda found: said[found[1]]() if found[1] in said else found[0], words)

    return Rendered(filled(letter.subject.text(spoken)), filled(text.text(spoken)).rstrip() + "\n")
