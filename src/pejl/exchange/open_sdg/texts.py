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

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_\-]*\.[^\s.][^\n]{0,200}")
_NO_WORDS = re.compile(r"[A-Za-z_][A-Za-z_\-]*\.[\w\-]+")
_GROUPS_BEFORE = re.compile(r"(?:[^\W\d][\w\-]*\.)+(\S+)")
_USUAL_GROUPS = frozenset(
    {
        *("data", "meta", "custom", "sources", "titles", "global_goals", "global_targets", "global_indicators"),
        *("national_targets", "national_indicators", "metadata_fields", "graph_titles", "chart"),
    }
)
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


def key_tail(text: str) -> str:
    """Return the last part of what looks like the key of a translation, `data.female`; other texts as they are."""
    match = _GROUPS_BEFORE.fullmatch(text)
    return match.group(1) if match is not None else text


@dataclass(slots=True)
class Texts:
    """Finds words in the repository's languages; what has no Danish is counted, to be listed."""

    repository: Repository
    left_out: LeftOut
    speaks_english: bool = field(init=False)
    speaks_danish: bool = field(init=False)
    unresolved: int = field(init=False, default=0)
    _groups: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        words = self.repository.translations.values()
        self._groups = _USUAL_GROUPS.union(*words)
        of_metadata = {each for indicator in self.repository.indicators for each in indicator.translated}
        languages = {self.own, *self.repository.translations, *of_metadata}
        self.speaks_english, self.speaks_danish = "en" in languages, "da" in languages

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
        if unresolved is None:
            return otherwise
        name, source = unresolved
        said = source.partition(".")[2]
        if re.search(r"\s", said) or not said.isascii():
            return self._noted({self.own: plain(said)}, file, name)
        self._note_unresolved(file, name, source)
        return otherwise

    def word(self, text: str, file: str, name: str, groups: tuple[str, ...]) -> Local:
        """Return a word of the data, perhaps the key of a translation, in Danish and English."""
        texts = self._texts({self.own: text}, groups)
        if not texts:
            if text.strip() and self._is_key(text.strip()):
                self._note_unresolved(file, name, text.strip())
            texts = {self.own: plain(key_tail(text)) or "–"}
        return self._noted(texts, file, name)

    def _note_unresolved(self, file: str, name: str, source: str) -> None:
        self.unresolved += 1
        self.left_out.note(file, name, message("the words of a translation are not in the repository"), value=source)

    def of_key(self, key: str) -> Local | None:
        """Return what the key of a translation says in Danish and English; None where there is neither."""
        found = {language: self.resolved(key, language) for language in ("da", "en")}
        danish, english = found["da"] or found["en"], found["en"]
        if danish is None:
            return None
        return {"da": danish, "en": english} if english is not None else {"da": danish}

    def is_text(self, text: str) -> bool:
        """Tell whether a text says something itself, and is not the key of a translation."""
        return bool(text.strip()) and not self._is_key(text.strip())

    def _is_key(self, text: str) -> bool:
        if _NO_WORDS.fullmatch(text) is not None and not text.endswith("."):
            return True
        return _KEY.fullmatch(text) is not None and text.partition(".")[0] in self._groups

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
                if found is None and text == given.get(language) and not self._is_key(text.strip()):
                    found = plain(text)
                if found:
                    texts[language] = found
                    break
        if not texts and isinstance(source, str):
            others = ((each, self.resolved(source.strip(), each, groups)) for each in self.repository.translations)
            texts = dict([(language, found) for language, found in others if found][:1])
        return texts

    def _noted(self, texts: Mapping[str, str], file: str, name: str) -> Local:
        if not self.speaks_danish:
            why = message("there is no Danish in the repository; the words of the source stand in its place")
            self.left_out.note("–", "da", why)
        elif "da" not in texts:
            self.left_out.note(file, name, message("there is no Danish; the words of the source stand in its place"))
        text = texts.get("da") or texts.get("en") or next(iter(texts.values()))
        return {"da": text, "en": texts["en"]} if "en" in texts else {"da": text}


def _inside(words: Any, key: str) -> str | None:
    """Return the text under a key that may name a text in a group in a group."""
    if not isinstance(words, Mapping):
        return None
    found = words.get(key)
    if isinstance(found, str) and found.strip():
        return found
    group, dot, rest = key.partition(".")
    return _inside(words.get(group), rest) if dot else None
