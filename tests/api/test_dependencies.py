"""What runs here with every tool of the developers beside it runs where only the dependencies are."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from pejl.pipeline import run
from pejl.publish.open_data import keys as open_data_keys
from pejl.site import keys as site_keys

ROOT = Path(__file__).parents[2]
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


INSTALLED = {plain(name) for name in LOCKED.findall((ROOT / "lock" / "run.txt").read_text())} | {"pejl"}
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = {plain(re.split(r"[\[<>=~! ]", each)[0]) for each in DECLARED["optional-dependencies"]["postgresql"]}
"""What is imported only where somebody has asked for it by the name of an extra."""


def for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def modules(node: ast.AST) -> Iterator[str]:
    """Yield the packages that are imported when the code runs, wherever in it."""
    if isinstance(node, ast.Import):
        yield from (each.name.partition(".")[0] for each in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module is not None:
        yield node.module.partition(".")[0]
    for child in ast.iter_child_nodes(node):
        if not for_types_only(child):
            yield from modules(child)


def versions(node: ast.AST) -> Iterator[str]:
    """Yield the names of distributions whose version is asked for."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and ast.unparse(each.func).endswith("version") and each.args:
            (first, *_) = each.args
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_nothing_is_imported_that_an_installation_does_not_have() -> None:
    distributions = packages_distributions()
    found: dict[str, Path] = {}
    for path in sorted((ROOT / "src" / "pejl").rglob("*.py")):
        for name in modules(ast.parse(path.read_bytes())):
            if name not in sys.stdlib_module_names and name != "pejl":
                found.setdefault(name, path.relative_to(ROOT))
    assert {"duckdb", "django", "typst", "docx"} <= set(found), "imports are found at all"
    missing = {
        name: str(path)
        for name, path in found.items()
        if not (INSTALLED | EXTRAS) & {plain(each) for each in distributions.get(name, ())}
    }
    assert missing == {}


def test_no_version_is_asked_for_of_what_an_installation_does_not_have() -> None:
    asked = {*run._SOFTWARE, *open_data_keys._MADE_WITH, *site_keys._MADE_WITH}
    for path in (ROOT / "src" / "pejl").rglob("*.py"):
        asked |= set(versions(ast.parse(path.read_bytes())))
    assert {"duckdb", "highspy", "typst"} <= asked
    assert {plain(name) for name in asked} - INSTALLED == set()
