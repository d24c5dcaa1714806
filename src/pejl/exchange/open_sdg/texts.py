"""Words of a repository: keys of translations resolved, tags taken off, in Danish and English as far as it goes."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pejl.exchange.open_sdg.left_out import LeftOut
from pejl.exchange.open_sdg.source import Repository
from pejl.text import message

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\.[^\s.][^\n]{0,200}")
_NO_WORDS = re.compile(r"[A-Za-z_]+\.[A-Za-z0-9_\-]+")
_TAG = re.compile(r"<[^<>]{0,500}>")
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/tr|/h[1-6])[^<>]{0,100}>", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+")
MAX_TEXT = 20_000

Written = Mapping[str, Mapping[str, Any]]
"""The metadata of one indicator by language."""

Local = dict[str, str]
"""A text as declarations write it: `da`, and `en` where there is English."""


def plain(text: str) -> str:
    """Return a text without tags, entities and line breaks, as one line."""
    bare = html.unescape(_TAG.sub(" ", _BREAK.sub(" ", text)))
    return " ".join(_UNSEEN.sub(" ", bare).split())[:MAX_TEXT]


@dataclass(slots=True)
class Texts:
    """Finds words in the repository's languages; what has no Danish is counted, to be listed."""

    repository: Repository
    left_out: LeftOut
    speaks_english: bool = field(init=False)

    def __post_init__(self) -> None:
        languages = {self.repository.language[:2].lower(), *self.repository.translations}
        self.speaks_english = "en" in languages

    def resolved(self, text: str, language: str, groups: tuple[str, ...] = ()) -> str | None:
        """Return what `text`, perhaps the key of a translation, says in `language`; None where nothing does."""
        words = self.repository.translations.get(language, {})
        for group in groups:
            found = words.get(group, {})
            if isinstance(found, Mapping) and isinstance(found.get(text), str) and found[text].strip():
                return self._again(found[text], language)
        if _KEY.fullmatch(text):
            group, _, key = text.partition(".")
            found = _inside(words.get(group), key)
            if found is not None:
                return self._again(found, language)
        return None

    def _again(self, text: str, language: str) -> str:
        """Follow a translation that is itself a key, once."""
        group, _, key = text.partition(".")
        found = _inside(self.repository.translations.get(language, {}).get(group), key)
        return plain(found if found is not None else text)

    def local(
        self,
        written: Written,
        file: str,
        fields: Sequence[str],
        *,
        groups: tuple[str, ...] = (),
        otherwise: Local | None = None,
    ) -> Local | None:
        """Return what the first field that says anything says, in Danish and English as far as there is.

        Args:
            written: the metadata by language; the repository's own under its language.
            file: for the list.
            fields: their names, the best first.
            groups: of translations in which the text itself may be a key.
            otherwise: the words where nothing is said, or only the key of a translation that is not here.
        """
        unresolved: tuple[str, str] | None = None
        for name in fields:
            texts = self._texts({language: meta.get(name) for language, meta in written.items()}, groups)
            if texts:
                return self._noted(texts, file, name)
            source = written.get(self.own, {}).get(name)
            if isinstance(source, str) and source.strip() and unresolved is None:
                unresolved = name, source.strip()
        if unresolved is not None:
            why = message("the words of a translation are not in the repository")
            self.left_out.note(file, unresolved[0], why, value=unresolved[1])
        return otherwise

    def word(self, text: str, file: str, name: str, groups: tuple[str, ...]) -> Local:
        """Return a word of the data, perhaps the key of a translation, in Danish and English."""
        texts = self._texts({self.own: text}, groups) or {self.own: plain(text.rpartition(".")[2] or text) or "–"}
        return self._noted(texts, file, name)

    @property
    def own(self) -> str:
        """The repository's own language."""
        return self.repository.language[:2].lower()

    def _texts(self, given: Mapping[str, object], groups: tuple[str, ...]) -> dict[str, str]:
        texts: dict[str, str] = {}
        source = given.get(self.own)
        for language in ("da", "en", self.own):
            for text in (given.get(language), source):
                if not isinstance(text, str) or not text.strip():
                    continue
                found = self.resolved(text.strip(), language, groups)
                if found is None and text == given.get(language) and not _is_key(text.strip()):
                    found = plain(text)
                if found:
                    texts[language] = found
                    break
        return texts

    def _noted(self, texts: Mapping[str, str], file: str, name: str) -> Local:
        if "da" not in texts:
            self.left_out.note(file, name, message("there is no Danish; the words of the source stand in its place"))
        text = texts.get("da") or texts.get("en") or texts[self.own]
        return {"da": text, "en": texts["en"]} if "en" in texts else {"da": text}


def _is_key(text: str) -> bool:
    return _NO_WORDS.fullmatch(text) is not None and not text.endswith(".")


def _inside(words: Any, key: str) -> str | None:
    """Return the text under a key that may name a text in a group in a group."""
    if not isinstance(words, Mapping):
        return None
    found = words.get(key)
    if isinstance(found, str) and found.strip():
        return found
    group, dot, rest = key.partition(".")
    return _inside(words.get(group), rest) if dot else None
