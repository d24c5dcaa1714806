"""Make the generated parts of docs/reference/open-data.md: files, columns, and the keys of the static JSON.

    python -m tools.open_data_pages            write them into the page
    python -m tools.open_data_pages --check    change nothing; say whether the page is what would be made now

A part stands between two comments, `<!-- open data: NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from tools.markdown import Lines, table
from tools.wording import DOCS

from pejl.publish.open_data.columns import columns
from pejl.publish.open_data.readme import FILES
from pejl.publish.open_data.schemas import SCHEMAS, Schema
from pejl.publish.open_data.tables import Vocabulary

PAGE = DOCS / "reference" / "open-data.md"
PART = re.compile(r"(<!-- open data: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)
_NAMES = {"index": "v1/index.json", "goals": "v1/goals.json", "indicator": "v1/indicators/<id>.json"}


def files() -> Lines:
    """Yield a table of what lies in the folder."""
    yield from table(("file", "what it is"), ((f"`{name}`", words.render("en")) for name, words in FILES))


def column_table() -> Lines:
    """Yield a table of the columns of the CSV for programs and of Parquet."""
    words = Vocabulary({"languages": ["da", "en"], "dimensions": {}})
    told = columns(["<dimension>"], words, labelled=True)
    rows = ((f"`{each.name}`", each.type, each.meaning.render("en")) for each in told)
    yield from table(("column", "type", "meaning"), rows)


def keys() -> Lines:
    """Yield a table of keys for every document of the static JSON."""
    for name, schema in SCHEMAS.items():
        told = schema()
        yield f"### {_NAMES[name]}"
        yield ""
        yield from table(("key", "value", "meaning"), _rows(told, told.get("$defs", {}), ""))


def _rows(schema: Schema, definitions: dict[str, Schema], before: str) -> Iterator[tuple[str, str, str]]:
    for name, each in schema.get("properties", {}).items():
        inner, mark = _inside(each, definitions)
        always = "" if name in schema.get("required", ()) else "; not always there"
        yield f"`{before}{name}`", _kind(each) + always, _described(each, definitions)
        yield from _rows(inner, definitions, f"{before}{name}{mark}.")


def _inside(schema: Schema, definitions: dict[str, Schema]) -> tuple[Schema, str]:
    """Return the object a key holds, with the mark of a list or of ids in front of it."""
    if "$ref" in schema:
        return definitions[schema["$ref"].rpartition("/")[2]], ""
    if "anyOf" in schema:
        return _inside(schema["anyOf"][0], definitions)
    if schema.get("type") == "array":
        return _inside(schema["items"], definitions)[0], "[]"
    values: Any = schema.get("additionalProperties")
    if isinstance(values, dict) and "properties" in values:
        return values, ".<id>"
    return schema, ""


def _kind(schema: Schema) -> str:
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in schema["enum"])
    if "$ref" in schema:
        return "object"
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    told: list[str] = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    names = {"string": "text", "boolean": "true or false", "array": "list", "integer": "whole number"}
    return " or ".join(names.get(each, each) for each in told)


def _described(schema: Schema, definitions: dict[str, Schema]) -> str:
    found: str = schema.get("description", "")
    if not found and "$ref" in schema:
        found = definitions[schema["$ref"].rpartition("/")[2]].get("description", "")
    if not found and "anyOf" in schema:
        found = _described(schema["anyOf"][0], definitions)
    return found


PARTS: dict[str, Callable[[], Lines]] = {"files": files, "columns": column_table, "keys": keys}


def page(text: str) -> str:
    """Return the page with its generated parts made anew."""

    def made(match: re.Match[str]) -> str:
        told = "\n".join(PARTS[match[2]]()).strip("\n")
        return f"{match[1]}\n{told}\n\n{match[3]}"

    return PART.sub(made, text)


def main() -> None:
    """Write the page, or with --check say whether it differs."""
    text = PAGE.read_text(encoding="utf-8")
    now = page(text)
    if now != text and "--check" in sys.argv[1:]:
        sys.exit("not what would be made now: run python -m tools.open_data_pages")
    PAGE.write_text(now, encoding="utf-8")


if __name__ == "__main__":
    main()
