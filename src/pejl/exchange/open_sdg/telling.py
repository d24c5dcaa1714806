"""What is told of the workspace that was made: its settings, and the paragraphs at the head of the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pejl.exchange.open_sdg.names import slug
from pejl.exchange.open_sdg.texts import Local
from pejl.exchange.open_sdg.writing import toml_text
from pejl.text import Message, message


@dataclass(frozen=True, slots=True)
class Made:
    """How much was made of the repository `name`."""

    name: str
    indicators: int
    figures: int
    goals: int


def settings(repository: str, country: Local, *, english: bool) -> str:
    """Return the settings of the workspace, as TOML; in English too where the repository speaks it."""
    other = country.get("en", country["da"])
    texts = {
        "title": (f"Verdensmålene: {country['da']}", f"The Sustainable Development Goals: {other}"),
        "municipality": (country["da"], other),
        "notice": (
            f"Indlæst fra Open SDG-lageret {repository}. Ikke udgiverens egen visning.",
            f"Read from the Open SDG repository {repository}. Not the publisher's own presentation.",
        ),
    }
    languages = ["da", "en"] if english else ["da"]
    name = slug(repository)
    lines = [f"id = {toml_text(name if name[:1].isalpha() else 'open_sdg')}"]
    lines += [
        f"{key} = {{ da = {toml_text(danish)}, en = {toml_text(foreign)} }}" for key, (danish, foreign) in texts.items()
    ]
    lines += ["own = false", f"languages = [{', '.join(map(toml_text, languages))}]"]
    return "\n".join(lines) + "\n"


def told(made: Made, directions: int, unresolved: int, without: Sequence[int]) -> list[Message]:
    """Return the paragraphs above the list.

    Args:
        made: what was made.
        directions: how many were read from the words of global targets.
        unresolved: how many times words stand in a repository that is not here.
        without: the numbers of the goals that have no sign.
    """
    paragraphs = [
        message(
            "This workspace was made from the Open SDG repository {name}: {indicators} indicators, "
            "{figures} figures, {goals} goals.",
            name=made.name,
            indicators=made.indicators,
            figures=made.figures,
            goals=made.goals,
        ),
        message(
            "An indicator with several series or units became one indicator for each. Units are taken as shares "
            "where they say percent, and otherwise as plain numbers, so that no uncertainty is computed that "
            "nobody knows."
        ),
        message(
            "For {count} goals nothing in the repository says which way they are to go; it is read from the words "
            "of the global targets. Look at them before anything is published.",
            count=directions,
        ),
    ]
    if unresolved:
        paragraphs.append(
            message(
                "{count} times words stand in another repository, often open-sdg/sdg-translations. Copy its folder "
                "'translations' into this one, beside the languages that are there, and import once more.",
                count=unresolved,
            )
        )
    if without:
        paragraphs.append(
            message("No goal could be made for: {numbers}.", numbers=", ".join(str(number) for number in without))
        )
    return paragraphs
