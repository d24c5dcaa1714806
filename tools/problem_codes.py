"""The codes of problems and their words, read from the source: every place that notes one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tools.markdown import Lines, code, table
from tools.wording import WORDS

SOURCE = Path(__file__).parents[1] / "src" / "pejl"
Found = tuple[str, str, str]
"""Severity, what is wrong, how to mend it."""

NOTING = {"add", "_problem", "_refuse", "_note"}
ELSEWHERE = {
    "bad_period": ("workspace/period.py", "PeriodError", "_PERIOD_FORMS"),
    "contradiction": ("workspace/checks/targets.py", "contradiction", "mend"),
    "contradictory": ("workspace/*.py", "DeclarationError", ""),
    "invalid_value": ("workspace/validation.py", "", ""),
}
"""Codes whose words are made in another place: the file, what they are given to (nothing: pairs), the common mend."""

AREAS = {
    "The folder and its files": ("folder.py", "files.py", "loading.py"),
    "The form of a file": ("yaml_source.py", "toml_source.py"),
    "Keys and values": ("validation.py", "base.py", "period.py"),
    "Figures": ("workspace/figures.py", "checks/figures.py"),
    "Remarks": ("workspace/remarks.py",),
    "What does not fit together": ("checks/",),
}


def problem_codes() -> dict[str, tuple[str, list[Found]]]:
    """Return for each code the file it is noted in first, and what is said."""
    found: dict[str, tuple[str, list[Found]]] = {}
    for path in sorted((SOURCE / "workspace").rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        module = _Module(path)
        for key, severity, words in module.noted():
            said = found.setdefault(key, (name, []))[1]
            what, mend = [*words, "", ""][:2]
            if what and (severity, what, mend) not in said:
                said.append((severity, what, mend))
    for key, (pattern, function, common) in ELSEWHERE.items():
        pairs = [pair for path in sorted(SOURCE.glob(pattern)) for pair in _Module(path).pairs(function, common)]
        found[key] = (found[key][0], [("problem", *pair) for pair in dict.fromkeys(pairs)])
    return found


class _Module:
    """A module of the source, and the words its names and functions stand for."""

    def __init__(self, path: Path) -> None:
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.names: dict[str, list[str]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.names.setdefault(node.targets[0].id, []).extend(_messages(node.value))
            elif isinstance(node, ast.FunctionDef):
                returned = (part for part in ast.walk(node) if isinstance(part, ast.Return))
                self.names[node.name] = [text for part in returned for text in _messages(part)]

    def words(self, node: ast.AST) -> str:
        """Return the words an expression stands for; several with "or" between them."""
        if isinstance(node, ast.Name):
            return " Or: ".join(dict.fromkeys(self.names.get(node.id, ())))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "did_you_mean":
                otherwise = self.words(node.args[-1])
                return "Did you mean ‹word›?" + (f" Or: {otherwise}" if otherwise else "")
            if node.func.id != "message":
                return " Or: ".join(self.names.get(node.func.id, ()))
        return next(_messages(node), "")

    def noted(self) -> Iterator[tuple[str, str, list[str]]]:
        """Yield code, severity and words of every problem noted."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in NOTING:
                warning = next((ast.unparse(word.value) for word in node.keywords if word.arg == "warning"), "False")
                severity = {"False": "problem", "True": "warning"}.get(warning, "problem or warning")
                for key in _constants(node.args[0]) if node.args else ():
                    yield key, severity, [words for part in node.args[1:] if (words := self.words(part))]
            elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and next(_messages(node.elts[1]), ""):
                for key in _constants(node.elts[0]):
                    yield key, "problem", [self.words(part) for part in node.elts[1:]]

    def pairs(self, function: str, common: str) -> Iterator[tuple[str, str]]:
        """Yield what and mend, given to `function` or, without one, standing together in a pair."""
        mend = " Or: ".join(self.names.get(common, ()))
        for node in ast.walk(self.tree):
            words: list[str] = []
            if function and isinstance(node, ast.Call) and ast.unparse(node.func) == function:
                words = [text for part in node.args if (text := self.words(part))]
            elif not function and isinstance(node, ast.Tuple) and len(node.elts) == 2:
                words = [self.words(part) for part in node.elts]
            if words and words[0]:
                yield words[0], [*words, mend][1]


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[a-z_0-9]{3,}", node.value):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def _messages(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "message":
            yield str(ast.literal_eval(part.args[0]))


def problems() -> Lines:
    """Yield a table of problem codes for each area."""
    left = problem_codes()
    for area, files in AREAS.items():
        yield f"## {area}"
        yield ""
        rows: list[tuple[str, ...]] = []
        for key in [key for key, (file, _) in left.items() if any(part in file for part in files)]:
            for place, (severity, what, mend) in enumerate(left.pop(key)[1]):
                words = tuple(re.sub(r"{(\w+)}", r"‹\1›", text) for text in (what, mend))
                rows.append((code(key) if place == 0 else "", severity, *words))
        yield from table(("code", "", "what is wrong", "how to mend it"), rows)
    assert not left, f"no area holds {sorted(left)}"


def problem_sentences() -> Lines:
    """Yield a table for each area whose codes stand for many problems of one kind: one sentence each."""
    for area, sentences in WORDS["problem_sentences"].items():
        yield f"## {area}"
        yield ""
        yield from table(("code", "what it stands for"), [(code(key), text) for key, text in sentences.items()])


COUNTING_ROOMS = ("registers", "surveys", "measure", "pipeline")


def counting_codes() -> set[str]:
    """Return the codes noted where registers are read and counted, as far as they are written out."""
    found = set()
    for room in COUNTING_ROOMS:
        for path in sorted((SOURCE / room).rglob("*.py")):
            found |= {key for key, _, _ in _Module(path).noted()}
    return found - problem_codes().keys()


def counting_literals() -> set[str]:
    """Return every word in the source of those rooms that could be a code."""
    paths = (path for room in COUNTING_ROOMS for path in (SOURCE / room).rglob("*.py"))
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    return {key for tree in trees for node in ast.walk(tree) if isinstance(node, ast.expr) for key in _constants(node)}
