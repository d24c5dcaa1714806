"""Every sentence of the source has its Danish; each keeps its placeholders."""

from __future__ import annotations

import string

from tools.translations import PO, as_text, collected, updated


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_sentence_has_its_danish() -> None:
    missing = [entry.id for entry in updated() if entry.id and not entry.string]
    assert missing == []


def test_the_catalogue_is_what_the_source_says_now() -> None:
    assert as_text(updated()).decode() == PO.read_text(), "run: make translations"


def test_no_sentence_is_left_that_nobody_says() -> None:
    said = {entry.id for entry in collected() if entry.id}
    assert {entry.id for entry in updated() if entry.id} == said


def test_translations_keep_their_placeholders() -> None:
    changed = [
        entry.id
        for entry in updated()
        if entry.id and entry.string and placeholders(str(entry.id)) != placeholders(str(entry.string))
    ]
    assert changed == []


def test_no_translation_is_marked_doubtful() -> None:
    assert [entry.id for entry in updated() if entry.id and entry.fuzzy] == []
