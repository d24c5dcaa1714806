"""Messages and their translations (gettext, one catalogue per language)."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DOMAIN = "pejl"
LOCALE_DIR = Path(__file__).with_name("locale")


class CatalogueMissingError(RuntimeError):
    """The compiled catalogue of a language is not there: the installation is incomplete."""


@cache
def _translations(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    try:
        return gettext.translation(DOMAIN, LOCALE_DIR, languages=[language])
    except FileNotFoundError as error:
        raise CatalogueMissingError(
            f"no compiled messages for '{language}': run `make translations` or install pejl again"
        ) from error


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with named values, translated only when shown.

    `id` is the English template in `str.format` syntax. A value may itself be a `Message`.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict)

    def render(self, language: Language) -> str:
        """Return the sentence in `language`."""
        template = _translations(language).gettext(self.id) if self.id else ""
        values = {
            name: value.render(language) if isinstance(value, Message) else value for name, value in self.values.items()
        }
        return template.format(**values) if values else template.replace("{{", "{").replace("}}", "}")


def message(template: str, /, **values: object) -> Message:
    """Return a translatable message; the literal given here is what the catalogue collects."""
    return Message(template, values)
