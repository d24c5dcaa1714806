"""What a letter must say, looked for by its placeholders and words.

Words are looked for, not understood: a letter that passes may still say it badly, and somebody who knows the law must
read it. Sources of what is looked for: GDPR articles 12-14 (who is responsible, purpose, legal basis, contact) and the
rule that answering is voluntary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pejl.surveys.letters.rendering import IN_BRACES, PLACEHOLDERS
from pejl.text import Language, Message, message
from pejl.workspace.base import LocalText
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Location, Problems, did_you_mean
from pejl.workspace.surveys import Letter, Survey

NEEDED = ("token", "closes", "purpose", "municipality")


class _Demand(NamedTuple):
    """Something a letter must say, and words by which one can see that it does, in Danish and in English."""

    what: Message
    da: str
    en: str


_CONTACT = r"[\w.+-]+@[\w-]+\.[\w.-]+|(?<!\d)(?:\+45\s?)?(?:\d{8}|\d\d(?: \d\d){3})(?!\d)|https?://|\bwww\."

DEMANDS = (
    _Demand(
        message("that answering is voluntary"),
        r"frivillig|bestemmer selv|selv bestemme|vælger selv",
        r"voluntary|up to you|you decide|you choose|your choice",
    ),
    _Demand(
        message("that one may say no"),
        r"sige? nej|nej tak|behøver ikke|lade være|ikke at svare|ikke at deltage|ikke vil være med|ikke har lyst",
        r"say no|do not have to|don't have to|need not|not to answer|not to take part|do not want to|decline",
    ),
    _Demand(message("who is responsible"), r"ansvar", r"responsib|controller"),
    _Demand(
        message("the legal basis"),
        r"\{legal_basis\}|§|retsgrundlag|hjemmel|\blov|artikel",
        r"\{legal_basis\}|legal basis|article|section|\bact\b|\blaw\b",
    ),
    _Demand(message("whom to ask: a telephone number, a mail or a web address"), _CONTACT, _CONTACT),
)


def check_letters(workspace: Workspace, problems: Problems) -> None:
    """Note every survey's letter that leaves out something people must be told; see `DEMANDS`."""
    for survey in workspace.surveys:
        if survey.letter is not None:
            _check(survey.letter, problems)
        elif survey.reaching is not None:
            _note_missing(survey, problems)


def _note_missing(survey: Survey, problems: Problems) -> None:
    problems.add(
        "letter_missing",
        survey.location("reaching"),
        message("people are written to, but the survey '{id}' has no letter", id=survey.id),
        message("Print the example with 'pejl survey letter', complete it, and declare it under 'letter'."),
        warning=True,
    )


def _check(letter: Letter, problems: Problems) -> None:
    for key in ("subject", "body", "easy_read"):
        text: LocalText = getattr(letter, key)
        for language, words in _texts(text):
            place = text.location(language)
            _check_braces(words, place, problems)
            if key == "subject":
                _check_subject(words, place, problems)
            else:
                _check_said(words, language, place, problems)


def _texts(text: LocalText) -> Iterator[tuple[Language, str]]:
    yield "da", text.da
    if text.en is not None:
        yield "en", text.en


def _check_braces(words: str, place: Location, problems: Problems) -> None:
    for found in dict.fromkeys(IN_BRACES.findall(words)):
        if found not in PLACEHOLDERS:
            problems.add(
                "letter_placeholder_unknown",
                place,
                message("nothing can be filled in for '{{{name}}}'", name=found),
                did_you_mean(found, PLACEHOLDERS, message("There are: {names}.", names=", ".join(PLACEHOLDERS))),
                value=found,
            )


def _check_subject(words: str, place: Location, problems: Problems) -> None:
    if "{token}" in words:
        problems.add(
            "letter_token_in_subject",
            place,
            message("the token stands in the subject, where others may see it"),
            message("Move it into the letter."),
        )


def _check_said(words: str, language: Language, place: Location, problems: Problems) -> None:
    for name in NEEDED:
        if f"{{{name}}}" not in words:
            problems.add(
                "letter_placeholder_missing",
                place,
                message("the letter does not say '{{{name}}}'", name=name),
                message("Write it where it is to be filled in."),
                value=name,
            )
    for demand in DEMANDS:
        if not re.search(getattr(demand, language), words, re.IGNORECASE):
            problems.add(
                "letter_incomplete",
                place,
                message("the letter does not say {what}", what=demand.what),
                message("Say it in plain words; 'pejl survey letter' prints an example."),
            )
