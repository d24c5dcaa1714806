"""Make the generated parts of the reference: from the models, the rules, the commands and a run of the program.

    python -m tools.reference            write what is generated into docs/
    python -m tools.reference --check    change nothing; list the pages that are not what would be made now

A page in docs/ holds its generated parts between two comments, `<!-- generated: NAME -->` and `<!-- end -->`; the
rest of it is written by hand. What the code only names is explained in docs/reference/words.yaml.
"""

from __future__ import annotations

import inspect
import re
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tools import office_pages
from tools.command_pages import commands
from tools.language_pages import models
from tools.markdown import Lines, code, docstring, one_line, table
from tools.printed import cells, manifest, printed_json, release_files
from tools.problem_codes import problem_sentences, problems
from tools.wording import DOCS, ROOT, WORDS

import pejl
import pejl.judge
import pejl.protect
import pejl.surveys
import pejl.surveys.instruments
from pejl.judge.comparison import Comparison
from pejl.judge.funnel_plot import Funnel
from pejl.judge.progress_measure import Progress
from pejl.judge.rules import DEVELOPMENT_RULES, TARGET_RULES, Rule
from pejl.judge.spc import ControlChart
from pejl.judge.statuses import DEVELOPMENT_WORDS, SIGN_WORDS, TARGET_WORDS
from pejl.measure.queries.reference import reference_markdown
from pejl.pipeline import (
    CheckResult,
    GoalsJudged,
    IndicatorCounted,
    IndicatorDone,
    IndicatorStarted,
    RegisterDone,
    RegisterStarted,
    RunFinished,
    RunResult,
    RunStarted,
    StepDone,
)
from pejl.publish.words import DEVELOPMENT_SYMBOLS, NO_SYMBOL, REASON_WORDS, REMARKS, STATE_WORDS, TARGET_SYMBOLS
from pejl.release import Release, ReleaseError
from pejl.text import LANGUAGES, Message
from pejl.workspace.figures import OPTIONAL, REQUIRED
from pejl.workspace.folder import WorkspaceNotFoundError
from pejl.workspace.period import Period
from pejl.workspace.problems import Location, Problem

PART = re.compile(r"(<!-- generated: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


# Figures, states, periods


def columns(which: str) -> Lines:
    """Yield the table of columns of a figures file."""
    names = REQUIRED if which == "required" else OPTIONAL
    yield from table(("column", "meaning"), ((code(name), WORDS["columns"][name]) for name in names))


def states() -> Lines:
    """Yield the table of states."""
    rows = (
        (code(state), "yes" if state.has_value else "no", *both(words), WORDS["states"][state])
        for state, words in STATE_WORDS.items()
    )
    yield from table(("state", "number", "in English", "på dansk", "meaning"), rows)


def both(words: Message) -> tuple[str, str]:
    """Return a message in English and in Danish, its values shown as names."""
    english, danish = (re.sub(r"{(\w+)}", r"‹\1›", Message(words.id).render(language)) for language in LANGUAGES[::-1])
    return english, danish


EXAMPLES = ("2017", "2017-Q3", "2016/2017", "2017-02-06", "2015..2017", "2016>2017")


def periods() -> Lines:
    """Yield the table of kinds of period, by example."""
    found = [Period.parse(text) for text in EXAMPLES]
    rows = (
        (code(one), str(one.kind).replace("_", " "), str(one.start), str(one.end), one.label("en"), one.label("da"))
        for one in found
    )
    yield from table(("written", "kind", "first day", "last day", "in English", "på dansk"), rows)


# Verdicts


def rules(which: str) -> Lines:
    """Yield a table of rules in their order."""
    chosen: tuple[Rule[Any], ...] = TARGET_RULES if which == "target" else DEVELOPMENT_RULES
    rows = (
        (str(place), code(rule.code), code(rule.status), *both(rule.when)) for place, rule in enumerate(chosen, start=1)
    )
    yield from table(("", "rule", "verdict", "holds where", "på dansk"), rows)


def verdict_words(which: str) -> Lines:
    """Yield the words of one half of a verdict."""
    if which == "signs":
        signs = ((code(status), *both(words)) for status, words in SIGN_WORDS.items())
        yield from table(("development", "in English", "på dansk"), signs)
        return
    words: Mapping[Any, Message] = TARGET_WORDS if which == "target" else DEVELOPMENT_WORDS
    symbols: Mapping[Any, str] = TARGET_SYMBOLS if which == "target" else DEVELOPMENT_SYMBOLS
    rows = ((code(status), symbols.get(status, NO_SYMBOL), *both(text)) for status, text in words.items())
    yield from table(("verdict", "sign", "in English", "på dansk"), rows)


def remarks() -> Lines:
    """Yield the remarks that may stand beside a verdict."""
    yield from table(
        ("remark", "in English", "på dansk"), ((code(name), *both(REASON_WORDS[name])) for name in REMARKS)
    )


def release_errors() -> Lines:
    """Yield the codes of `ReleaseError`."""
    yield from table(("code", "meaning"), ((code(key), text) for key, text in WORDS["release_errors"].items()))


# Python


RESULTS = (CheckResult, Problem, Location, RunResult, Release)
ERRORS = (pejl.NoReleaseError, pejl.WorkspaceProblemsError, WorkspaceNotFoundError, ReleaseError)
EVENTS = (
    RunStarted,
    RegisterStarted,
    RegisterDone,
    IndicatorStarted,
    StepDone,
    IndicatorCounted,
    IndicatorDone,
    GoalsJudged,
    RunFinished,
)
JUDGED = (Comparison, ControlChart, Funnel, Progress)


def python(which: str) -> Lines:
    """Yield signatures and docstrings: of the verbs, of what they give, of the engines."""
    if which == "verbs":
        yield from _described("pejl.open", pejl.open)
        for name, verb in vars(pejl.OpenWorkspace).items():
            if not name.startswith("_"):
                yield from _described(f"OpenWorkspace.{name}", verb)
    elif which == "judge":
        for name in sorted(pejl.judge.__all__):
            yield from _described(f"pejl.judge.{name}", getattr(pejl.judge, name))
        for one in JUDGED:
            yield from _described(one.__name__, one, signature=False)
    elif which == "surveys":
        yield from _surveys()
    elif which == "protect":
        for name in sorted(pejl.protect.__all__):
            thing = getattr(pejl.protect, name)
            yield from _described(f"pejl.protect.{name}", thing, signature=not inspect.isclass(thing))
    else:
        for thing in {"results": RESULTS, "errors": ERRORS, "events": EVENTS}[which]:
            yield from _described(thing.__name__, thing, signature=is_dataclass(thing))


def _surveys() -> Lines:
    for name in sorted(pejl.surveys.__all__):
        thing = getattr(pejl.surveys, name)
        yield from _described(f"pejl.surveys.{name}", thing, signature=not inspect.isclass(thing))
    module = pejl.surveys.instruments
    for name, thing in vars(module).items():
        if isinstance(thing, types.FunctionType) and thing.__module__ == module.__name__ and name[0] != "_":
            yield from _described(f"pejl.surveys.instruments.{name}", thing)


def _described(name: str, thing: Callable[..., Any], *, signature: bool = True) -> Lines:
    yield f"### {name}"
    yield ""
    if signature:
        yield from ("```python", f"{name.rpartition('.')[2]}{_signature(thing)}", "```", "")
    yield from docstring(inspect.getdoc(thing) or "")
    if inspect.isclass(thing):
        for own, part in vars(thing).items():
            if isinstance(part, property | cached_property | types.FunctionType) and not own.startswith("_"):
                shown = f"{own}{_signature(part)}" if isinstance(part, types.FunctionType) else own
                yield f"- `{shown}`: {one_line((inspect.getdoc(part) or '').partition('.')[0])}."
        yield ""


def _signature(thing: Callable[..., Any]) -> str:
    found = inspect.signature(thing)
    shown = ["*" if one.kind is one.KEYWORD_ONLY else "" for one in found.parameters.values()]
    parts = [_parameter_text(one) for one in found.parameters.values() if one.name != "self"]
    if "*" in shown:
        parts.insert(len(parts) - shown.count("*"), "*")
    returned = "" if found.return_annotation in (None, "None", inspect.Signature.empty) else found.return_annotation
    end = f" -> {returned}" if returned else ""
    line = f"({', '.join(parts)}){end}"
    return line if len(line) <= 90 else "(\n" + "".join(f"    {part},\n" for part in parts) + f"){end}"


def _parameter_text(parameter: inspect.Parameter) -> str:
    default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
    return f"{parameter.name}: {parameter.annotation}{default}"


# SQL


def sql() -> Lines:
    """Yield the portable subset: what an indicator's SQL gives, clauses, expressions, functions, calendars."""
    yield from reference_markdown().splitlines()


# Pages


PARTS: dict[str, Callable[..., Lines]] = {
    "models": models,
    "columns": columns,
    "states": states,
    "periods": periods,
    "rules": rules,
    "verdict words": verdict_words,
    "remarks": remarks,
    "problems": problems,
    "problem sentences": problem_sentences,
    "sql": sql,
    "release errors": release_errors,
    "commands": commands,
    "json": printed_json,
    "release files": release_files,
    "manifest": manifest,
    "cells": cells,
    "python": python,
    "office roles": office_pages.roles,
    "office access": office_pages.access,
    "office settings": office_pages.environment,
}


def generated(name: str) -> str:
    """Return the text of one generated part: a name, and after a comma which of several."""
    part, _, which = name.partition(", ")
    text = "\n".join(PARTS[part](which) if which else PARTS[part]())
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def page(text: str) -> str:
    """Return a page with its generated parts made anew."""
    return PART.sub(lambda match: f"{match[1]}\n{generated(match[2])}\n\n{match[3]}", text)


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every page that is not what would be made now, with what would."""
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        now = page(text)
        if now != text:
            yield path, now


def main() -> None:
    """Write the pages, or with --check list those that differ."""
    differing = list(pages())
    for path, now in differing:
        print(path.relative_to(ROOT))
        if "--check" not in sys.argv[1:]:
            path.write_text(now, encoding="utf-8")
    if differing and "--check" in sys.argv[1:]:
        sys.exit("not what would be made now: run python -m tools.reference")


if __name__ == "__main__":
    main()
