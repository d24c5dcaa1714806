"""How a figure was counted from registers, as things to print: what reads what, rows at each step, SQL as run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pejl.text import Language, format_number, message

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.tree import Tree

Record = Mapping[str, Any]


def counted_lines(indicator: str, account: Record, language: Language) -> Iterator[RenderableType]:
    """Yield the graph from registers to the indicator, the rows at each step, and each step's SQL."""
    from rich.syntax import Syntax
    from rich.text import Text

    yield _heading(message("How it was counted ({engine})", engine=account["engine"]).render(language))
    yield _graph(indicator, account, language)
    yield Text("")
    yield _steps(account, language)
    for step in account["steps"]:
        yield Text(step["name"], style="bold")
        yield Syntax(step["sql"], "sql", theme="ansi_dark", background_color="default", word_wrap=True)
        yield Text("")


def _heading(words: str) -> RenderableType:
    from rich.text import Text

    return Text(words, style="bold")


def _graph(indicator: str, account: Record, language: Language) -> Tree:
    """Return a tree: the indicator, what it reads, and what that reads; each thing's own branch once."""
    from rich.tree import Tree

    queries = {query["name"]: query for query in account["graph"]}
    registers = {register["id"]: register for register in account["registers"]}
    shown: set[str] = set()

    def label(name: str) -> str:
        if name in registers:
            found = registers[name]
            rows = format_number(found["rows"], language)
            words = message("register {name}: {rows} rows", name=name, rows=rows).render(language)
            return f"{words} (sha256 {found['sha256'][:12]}…)"
        if name in queries:
            return f"{name} ({queries[name]['file']})"
        return message("calendar {name}", name=name).render(language)

    def grow(tree: Tree, name: str) -> None:
        for read in queries.get(name, {"reads": ()})["reads"]:
            branch = tree.add(label(read) + (" ↑" if read in shown and read in queries else ""))
            if read not in shown:
                shown.add(read)
                grow(branch, read)

    root = Tree(label(indicator))
    grow(root, indicator)
    for each in account["breakdowns"]:
        known = each["relation"] in shown
        words = message(
            "broken down by {dimension}: {relation}", dimension=each["dimension"], relation=label(each["relation"])
        )
        branch = root.add(words.render(language) + (" ↑" if known and each["relation"] in queries else ""))
        if not known:
            shown.add(each["relation"])
            grow(branch, each["relation"])
    return root


def _steps(account: Record, language: Language) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    table.add_column(message("Step").render(language))
    table.add_column(message("Rows").render(language), justify="right")
    for step in account["steps"]:
        table.add_row(step["name"], format_number(step["rows"], language))
    return table
