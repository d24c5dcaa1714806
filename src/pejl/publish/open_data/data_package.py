"""The Frictionless data package: every CSV file with its table schema, its size and its hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from pejl.publish.open_data.columns import Column, columns
from pejl.publish.open_data.described import Described
from pejl.publish.open_data.excel_files import DELIMITER, headings, words_for_nothing
from pejl.publish.open_data.folders import Written
from pejl.publish.open_data.json_texts import dumped, with_lines
from pejl.publish.open_data.labels import Label, said
from pejl.publish.open_data.static_json import licence_of
from pejl.publish.open_data.tables import Vocabulary
from pejl.text import Language, Message, message

Json = dict[str, Any]
MISSING = ""


class Resources:
    """Describes files of CSV, each as a text of JSON.

    Hundreds of indicators have the same dimensions; what is said of their columns is put together once.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = vocabulary
        self._language = vocabulary.languages[0]
        self._schemas: dict[tuple[tuple[str, ...], str], str] = {}

    def figures(self, indicator: Described, file: Written) -> str:
        """Return the resource of an indicator's CSV for machines."""
        schema = self._once(indicator.dimensions, "labelled")
        about = indicator.coarser(self._language)
        return _resource(indicator.id, indicator.title(self._language), file, ",", schema, about=about)

    def all_figures(self, name: str, dimensions: Sequence[str], file: Written) -> str:
        """Return the resource of the CSV with every figure."""
        title = message("Every figure of every indicator").render(self._language)
        return _resource(name, title, file, ",", self._once(dimensions, "codes"))

    def excel(self, name: str, title: str, dimensions: Sequence[str], file: Written, about: str = "") -> str:
        """Return the resource of a CSV for Danish Excel, in which words stand where a number is missing."""
        schema = self._once(dimensions, "excel")
        return _resource(name, title, file, DELIMITER, schema, encoding="utf-8-sig", about=about)

    def codes(self, name: str, heads: Sequence[str], title: str, file: Written) -> str:
        """Return the resource of a list of codes."""
        fields: list[Json] = [
            {"name": head, "type": "date" if head.startswith("valid_") else "string"} for head in heads
        ]
        fields[0] = {**fields[0], "constraints": {"required": True, "unique": True}}
        schema = {"fields": fields, "primaryKey": ["code"], "missingValues": [MISSING]}
        return _resource(name, title, file, ",", dumped(schema))

    def _once(self, dimensions: Sequence[str], kind: str) -> str:
        key = (tuple(dimensions), kind)
        if key not in self._schemas:
            self._schemas[key] = dumped(
                _excel_schema(dimensions, self._words)
                if kind == "excel"
                else _schema(columns(dimensions, self._words, labelled=kind == "labelled"), self._language)
            )
        return self._schemas[key]


def data_package(workspace: Mapping[str, Any], label: Label, resources: Iterable[str], base_url: str | None) -> bytes:
    """Return `datapackage.json`; `base_url` is the address of the folder where it is known."""
    language = label.languages[0]
    licence = licence_of(workspace)
    found: Json = {
        "profile": "tabular-data-package",
        "name": workspace["id"].replace("_", "-"),
        "title": said(workspace["title"], language),
        "description": label.text(language),
        "version": label.release,
        "created": label.made,
    }
    if base_url:
        found["homepage"] = base_url
    if licence is not None:
        told: Json = {"title": said(licence["title"], language)}
        told |= {"name": licence["id"]} if licence["id"] else {}
        told |= {"path": licence["url"]} if licence["url"] else {}
        found["licenses"] = [told]
    if workspace["own"]:
        found["contributors"] = [{"title": said(workspace["municipality"], language), "role": "publisher"}]
    return with_lines({**found, "pejl": label.of_release()}, "resources", list(resources))


def _resource(
    name: str, title: str, file: Written, delimiter: str, schema: str, *, encoding: str = "utf-8", about: str = ""
) -> str:
    told = {
        "name": name,
        "profile": "tabular-data-resource",
        "title": title,
        **({"description": about} if about else {}),
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": encoding,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "dialect": _dialect(delimiter),
    }
    return f'{dumped(told)[:-1]},"schema":{schema}}}'


def _dialect(delimiter: str) -> Json:
    return {"delimiter": delimiter, "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}


def _excel_schema(dimensions: Sequence[str], vocabulary: Vocabulary) -> Json:
    fields: list[Json] = []
    for heading in headings(dimensions, vocabulary):
        number: Json = {"decimalChar": ","} if heading.type == "number" else {}
        fields.append({"name": heading.title, "type": heading.type, **number, "constraints": {"required": False}})
    return {"fields": fields, "missingValues": [MISSING, *words_for_nothing()]}


def _schema(told: Sequence[Column], language: Language) -> Json:
    return {
        "fields": [_field(column, language) for column in told],
        "missingValues": [MISSING],
        "primaryKey": [column.name for column in told if column.key],
        "foreignKeys": [
            {"fields": [column.name], "reference": {"resource": f"codes-{column.codes}", "fields": ["code"]}}
            for column in told
            if column.codes is not None
        ],
    }


def _field(column: Column, language: Language) -> Json:
    found: Json = {
        "name": column.name,
        "type": column.type,
        "title": _said(column.title, language),
        "description": _said(column.meaning, language),
    }
    return {**found, "constraints": {"required": True}} if column.filled else found


def _said(words: Message, language: Language) -> str:
    return words.render(language) if words.values else _rendered(words.id, language)


@cache
def _rendered(template: str, language: Language) -> str:
    """Return words without values, which hundreds of files share."""
    return Message(template).render(language)
