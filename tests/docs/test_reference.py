"""The reference is complete, and is what the program says now."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from tools import command_pages, language_pages, printed, problem_codes, reference, wording

from pejl.cli.faults import FAULT_EXIT, INTERRUPTED_EXIT, PROBLEMS_EXIT
from pejl.judge.rules import DEVELOPMENT_RULES, TARGET_RULES, Rule
from pejl.judge.statuses import Development, TargetStatus
from pejl.measure.measurement import Measurement
from pejl.measure.records import to_csv
from pejl.text import LANGUAGES
from pejl.workspace.figures import MAX_PROBLEMS, OPTIONAL, REQUIRED, TOTALS
from pejl.workspace.files import MAX_DEFINITION_BYTES, MAX_FIGURES_BYTES
from pejl.workspace.loading import OWN_FOLDERS
from pejl.workspace.period import Period
from pejl.workspace.states import State
from pejl.workspace.yaml_source import MAX_DEPTH

REFERENCE = wording.DOCS / "reference"
WORDS = wording.WORDS
GENERATED = sorted(path for path in wording.DOCS.rglob("*.md") if "<!-- generated: " in path.read_text())


def page(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.stem)
def test_a_page_is_what_would_be_made_now(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert reference.page(text) == text, "run: python -m tools.reference"


def test_every_key_has_its_sentence_and_every_sentence_its_key() -> None:
    common = WORDS["keys"]["any"]
    used = set()
    for model in language_pages.every_model():
        keys, own = language_pages.keys_of(model), WORDS["keys"].get(model.__name__, {})
        assert set(own) <= set(keys), f"{model.__name__}: {set(own) - set(keys)} is no key"
        used |= {key for key in keys if key not in own}
    assert used == set(common)
    assert set(WORDS["keys"]) - {"any"} <= {model.__name__ for model in language_pages.every_model()}


def test_every_model_and_key_stands_in_the_language() -> None:
    text = page("workspace-language")
    for model in language_pages.every_model():
        section = text.partition(f"### {model.__name__}\n")[2].partition("\n### ")[0]
        missing = [key for key in language_pages.keys_of(model) if f"| `{key}` |" not in section]
        assert section, f"{model.__name__} is not documented"
        assert missing == [], model.__name__


def test_every_column_and_state_has_its_sentence() -> None:
    assert set(WORDS["columns"]) == {*REQUIRED, *OPTIONAL}
    assert set(WORDS["states"]) == set(State)


def test_every_command_and_option_stands_in_the_command_line() -> None:
    text = page("command-line")
    for name, command in command_pages.every_command().items():
        section = text.partition(f"## pejl {name}\n")[2].partition("\n## ")[0]
        assert section, f"pejl {name} is not documented"
        for parameter in command.params:
            for option in parameter.opts if isinstance(parameter, click.Option) else ():
                assert f"`{option}`" in section, f"pejl {name} {option} is not documented"


def test_every_exit_code_stands_in_the_command_line() -> None:
    for number in (0, PROBLEMS_EXIT, click.UsageError.exit_code, FAULT_EXIT, INTERRUPTED_EXIT):
        assert f"\n| {number} | " in page("command-line")


@pytest.mark.parametrize("rule", [*TARGET_RULES, *DEVELOPMENT_RULES], ids=lambda rule: rule.code)
def test_every_rule_stands_in_the_table_in_both_languages(rule: object) -> None:
    assert isinstance(rule, Rule)
    row = next(line for line in page("verdicts").splitlines() if f"`{rule.code}` | `{rule.status}`" in line)
    for language in LANGUAGES:
        assert rule.when.render(language) in row


def test_rules_stand_in_their_order() -> None:
    found = re.findall(r"^\| (\d+) \| `(\w+)` ", page("verdicts"), re.MULTILINE)
    wanted = [(str(place), rule.code) for place, rule in enumerate(TARGET_RULES, start=1)]
    wanted += [(str(place), rule.code) for place, rule in enumerate(DEVELOPMENT_RULES, start=1)]
    assert found == wanted


def test_every_verdict_has_its_words() -> None:
    for status in (*TargetStatus, *Development):
        assert f"\n| `{status}` | " in page("verdicts")


def test_every_problem_code_is_documented() -> None:
    noted = re.compile(r'(?:\.add|_problem|_refuse|reason =)\(?\s*"(\w+)"')
    source = "\n".join(path.read_text() for path in (problem_codes.SOURCE / "workspace").rglob("*.py"))
    codes = set(noted.findall(source))
    assert len(codes) > 40
    assert sorted(code for code in codes if f"\n| `{code}` | " not in page("problems")) == []


def test_every_problem_says_what_is_wrong() -> None:
    silent = [code for code, (_, said) in problem_codes.problem_codes().items() if not said]
    assert silent == []


def test_every_release_error_is_documented() -> None:
    source = "\n".join(path.read_text() for path in (problem_codes.SOURCE / "release").rglob("*.py"))
    assert set(re.findall(r'ReleaseError\(\s*"(\w+)"', source)) == set(WORDS["release_errors"])


@pytest.mark.parametrize("command", WORDS["json"])
def test_every_key_of_the_json_has_its_sentence(command: str) -> None:
    for place, words in WORDS["json"][command].items():
        things = printed.things_at(command, place)
        seen = {key for thing in things for key in thing}
        assert seen, f"nothing at {place or 'the root'} of {command}"
        assert seen - {"rules"} <= set(words), f"{command} {place}: {seen - set(words)} is not documented"
        assert set(words) - seen <= {"period", "next_due"}, f"{command} {place}: {set(words) - seen} is not printed"


def test_every_part_of_a_release_has_its_sentence() -> None:
    assert set(printed.printed()["manifest"]) == set(WORDS["manifest"])
    year = Period.parse("2017")
    rounded = Measurement("late", "1", year, (), "city", "persons", State.MEASURED, "register", 10.0, rounded=(5, 9))
    assert to_csv([rounded], [], synthetic=True).decode().partition("\n")[0].split(",") == list(WORDS["cells"])


def test_numbers_named_in_the_reference_are_those_of_the_program() -> None:
    language, figures = (" ".join(page(name).split()) for name in ("workspace-language", "figures"))
    assert f"more than {MAX_DEPTH} levels" in language
    assert f"at most {MAX_DEFINITION_BYTES // 10**6} MB" in language
    assert f"at most {MAX_FIGURES_BYTES // 10**6} MB" in figures
    assert f"After {MAX_PROBLEMS:,} problems" in figures
    assert [word for word in sorted(TOTALS - {""}) if f"`{word}`" not in figures] == []
    assert [name for name in sorted(OWN_FOLDERS) if f"`{name}/" not in language] == []


def test_every_code_of_counting_has_its_sentence_and_every_sentence_its_code() -> None:
    sentences = {key for area in WORDS["problem_sentences"].values() for key in area}
    assert problem_codes.counting_codes() <= sentences
    assert sentences <= problem_codes.counting_literals()
