"""Headings no sign belongs to, and texts that stand in one language only: both are warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.workspace.conftest import Check, WriteStrategy

NEXT = "strategy/next.yaml"
WORDS = "vocabulary/words.yaml"
MEND = "Add 'en'; until then the Danish text is shown."
VISIONS = """\
visions:
  - id: v1
    number: 1
    title: {da: Et selvstændigt liv, en: An independent life}
    reason: {da: Fordi, en: Because}
    headings:
      - {id: mastering, title: {da: Mestring, en: Mastering}}
      - {id: home, title: {da: Bolig, en: A home}}
    signs:
      - id: s1
        title: {da: Flere mestrer, en: More master}
        source: none
        state: no_data
        scope: city
        direction: increase
        targets: [{kind: direction, standing: draft}]
        headings: [{heading: mastering, why: {da: Det står der, en: It says so}}]
  - id: v2
    number: 2
    title: {da: Et værdigt liv, en: A dignified life}
    reason: {da: Fordi, en: Because}
    headings:
      - {id: care, title: {da: Omsorg, en: Care}}
"""


def test_a_heading_without_a_sign_is_a_warning_at_the_heading(check: Check, strategy: WriteStrategy) -> None:
    found = check({NEXT: strategy("next", more=VISIONS)})
    mend = "Link a sign to it, or leave it: then nobody measures whether it happens."
    assert found.lines == [
        f"{found.place(NEXT, 'id: |home,')} warning: no sign of success belongs to the heading 'Bolig'. {mend}",
        f"{found.place(NEXT, 'id: |care')} warning: no sign of success belongs to the heading 'Omsorg'. {mend}",
    ]


def test_a_text_without_english_is_a_warning_where_it_begins(check: Check) -> None:
    found = check(swap={WORDS: ("      da: Hele byen\n      en: The whole city\n", "      da: Hele byen\n")})
    assert found.lines == [f"{found.place(WORDS, 'da: Hele byen')} warning: the text has no English. {MEND}"]
    assert found.problems[0].value == "Hele byen"


@pytest.mark.parametrize("file", ["pejl.toml", WORDS, "strategy/plan.yaml", "indicators/homeless.yaml"])
def test_texts_of_every_file_are_looked_at(check: Check, file: str) -> None:
    swap = {
        "pejl.toml": (', en = "An invented municipality."', ""),
        WORDS: ("          en: All who live in the municipality.\n", ""),
        "strategy/plan.yaml": ("          en: Fewer citizens in homelessness\n", ""),
        "indicators/homeless.yaml": ("      en: Number of citizens in homelessness in week 6.\n", ""),
    }[file]
    found = check(swap={file: swap})
    assert [(each.location.file, each.code, str(each.severity)) for each in found.problems] == [
        (file, "missing_translation", "warning")
    ]


def test_a_workspace_in_danish_alone_needs_no_english(check: Check) -> None:
    swaps = {
        "pejl.toml": ('languages = ["da", "en"]', 'languages = ["da"]'),
        WORDS: ("      da: Hele byen\n      en: The whole city\n", "      da: Hele byen\n"),
    }
    assert check(swap=swaps).lines == []


def test_every_missing_translation_is_counted(check: Check, strategy: WriteStrategy) -> None:
    text = strategy("next", ("one", ""), ("two", ""), more=VISIONS.replace(", en: Because", ""))
    lacking = text.replace(", en: one", "").replace(", en: two", "")
    found = check({NEXT: lacking})
    assert [each.value for each in found.problems if each.code == "missing_translation"] == [
        "Fordi",
        "Fordi",
        "one",
        "two",
    ]
