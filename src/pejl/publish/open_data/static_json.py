"""Static JSON: an index, the goals, and a document per indicator, under a versioned address (`v1/`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pejl.publish.coarser import Coarser, coarser_of, in_order
from pejl.publish.open_data.described import Described
from pejl.publish.open_data.json_texts import Dumped, dumped, readable, with_lines
from pejl.publish.open_data.labels import Label
from pejl.publish.open_data.schemas import VERSION
from pejl.publish.open_data.tables import FigureTable
from pejl.publish.words import STATE_WORDS, development_words, reason_words, rule_words, target_words
from pejl.release.public import PublicCell, PublicRelease

_OF_DEFINITION = ("id", "title", "plain", "scope", "population", "published_by", "breaks", "sources", "outside_factors")
_OF_VERSION = ("version", "valid_from", "definition", "numerator", "denominator", "standing", "sources")
_OF_GOAL = ("id", "code", "strategy", "group", "title", "indicator", "direction", "scope")
_OF_CODE = ("code", "label", "parent", "valid_from", "valid_to", "of")
_OF_REMARK = ("year", "language", "author", "approved_by", "approved_on", "why", "what_now")
_NUMBERS_OF_GOAL = ("latest", "baseline", "target", "difference", "context", "series")


def indicator_json(table: FigureTable, label: Label, goals: Iterable[str], files: Mapping[str, Any]) -> bytes:
    """Return an indicator's document: what it is, then one figure on each line.

    Args:
        table: its figures.
        label: what every file says.
        goals: the ids of the goals it judges.
        files: addresses of the same in other formats, from the document.
    """
    definition = table.definition
    told = {name: definition.get(name) for name in _OF_DEFINITION}
    head = {
        **_begun("../schema/indicator.json", label.as_dict()),
        **told,
        "unit": definition["unit"]["id"],
        "scope": definition["scope"]["id"],
        "dimensions": list(table.dimensions),
        "versions": [{name: each.get(name) for name in _OF_VERSION} for each in definition.get("versions", ())],
        "note": definition.get("note"),
        "coarser": [_coarser(each, label) for each in coarser_of(definition, table.vocabulary.workspace)],
        "goals": list(goals),
        "index": "../index.json",
        "files": dict(files),
    }
    return with_lines(head, "figures", _figures(table))


def _coarser(done: Coarser, label: Label) -> dict[str, Any]:
    """Return what was done with breakdowns of a version, in words and with the codes they are about."""
    return {
        "definition_version": done.version,
        "rounded": done.base,
        "rounded_within": done.within,
        "merged": {each.dimension: {new: list(olds) for new, olds in each.codes.items()} for each in done.merged},
        "text": {language: " ".join(done.lines(language)) for language in label.languages},
    }


def _figures(table: FigureTable) -> list[str]:
    text = Dumped()
    keys: dict[tuple[str, str, str], str] = {}
    parts: dict[tuple[tuple[str, str], ...], str] = {}

    def of(cell: PublicCell, numbers: tuple[str, ...], rounded: str | None, within: str | None) -> str:
        key = (cell.version, cell.period, cell.scope)
        if key not in keys:
            keys[key] = (
                f'"definition_version":{text[cell.version]},"period":{text[cell.period]},"scope":{text[cell.scope]}'
            )
        if cell.dimensions not in parts:
            parts[cell.dimensions] = dumped(dict(cell.dimensions))
        value, low, high, n, numerator, denominator = (each or "null" for each in numbers)
        return (
            f'{{{keys[key]},"dimensions":{parts[cell.dimensions]},"value":{value},"low":{low},"high":{high},"n":{n},'
            f'"numerator":{numerator},"denominator":{denominator},'
            f'"rounded":{rounded or "null"},"rounded_within":{within or "null"},'
            f'"unit":{text[cell.unit]},"state":"{cell.state}",'
            f'"method":{text[cell.method]},"next_due":{text[cell.next_due]},"source":{text[cell.source]},'
            f'"note":{text[cell.note]}}}'
        )

    return [of(*each) for each in zip(table.cells, table.numbers, table.roundings, table.widths, strict=True)]


def goals_json(release: PublicRelease, label: Label) -> bytes:
    """Return every goal with both halves of its verdict, in codes and in words, and its remarks."""
    remarks: dict[str, list[dict[str, Any]]] = {}
    for remark in release.remarks:
        remarks.setdefault(remark["goal"], []).append({name: remark.get(name) for name in _OF_REMARK})
    languages = label.languages
    told = []
    for goal in release.status["goals"]:
        reasons = [
            {**each, "text": {lang: rule_words(each, lang) or reason_words(each, lang) for lang in languages}}
            for each in goal["reasons"]
        ]
        told.append(
            {name: goal.get(name) for name in _OF_GOAL}
            | {
                "target_status": goal["target_status"],
                "target_status_words": {language: target_words(goal, language) for language in languages},
                "development": goal["development"],
                "development_words": {language: development_words(goal, language) for language in languages},
                "reasons": reasons,
            }
            | {name: goal[name] for name in _NUMBERS_OF_GOAL}
            | {"remarks": remarks.get(goal["id"], [])}
        )
    head = {
        **_begun("schema/goals.json", label.of_release()),
        "year": release.status["year"],
        "footnote": release.status["footnote"],
    }
    return with_lines(head, "goals", [dumped(each) for each in told])


def index_json(
    release: PublicRelease,
    described: Sequence[Described],
    label: Label,
    files: Mapping[str, Any],
    files_of: Mapping[str, Mapping[str, Any]],
) -> bytes:
    """Return the index of a release.

    Args:
        release: whose figures they are.
        described: every indicator.
        label: what every file says.
        files: addresses of the files with everything, from the index.
        files_of: those of each indicator, by its id.
    """
    workspace = release.workspace
    site = workspace.get("site") or {}
    return readable(
        {
            **_begun("schema/index.json", label.of_release()),
            "workspace": {name: workspace[name] for name in ("id", "title", "municipality", "own")},
            "languages": list(label.languages),
            "licence": licence_of(workspace),
            "contact": site.get("contact"),
            "files": dict(files),
            "goals": "goals.json",
            "strategies": [_strategy(each) for each in release.status["strategies"]],
            "indicators": [_summary(each, files_of[each.id]) for each in described],
            "units": workspace["units"],
            "scopes": workspace["scopes"],
            "dimensions": {
                name: {
                    "title": each["title"],
                    "overlapping": each["overlapping"],
                    "codes": [{key: code.get(key) for key in _OF_CODE} for code in in_order(each["codes"])],
                }
                for name, each in workspace["dimensions"].items()
            },
            "states": {
                str(state): {language: words.render(language) for language in label.languages}
                for state, words in STATE_WORDS.items()
            },
        }
    )


def licence_of(workspace: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the licence that the workspace declares, or None: nothing is assumed."""
    licence = (workspace.get("site") or {}).get("licence")
    if not licence:
        return None
    return {"id": licence.get("id"), "title": licence["title"], "url": licence.get("url")}


def _begun(schema: str, label: Mapping[str, Any]) -> dict[str, Any]:
    return {"$schema": schema, "schema_version": VERSION, **label}


def _strategy(strategy: Mapping[str, Any]) -> dict[str, Any]:
    return {name: strategy[name] for name in ("id", "title", "status", "from", "to")}


def _summary(described: Described, files: Mapping[str, Any]) -> dict[str, Any]:
    definition, extent = described.definition, described.extent
    first, last = extent.periods or (None, None)
    return {
        "id": described.id,
        "title": definition["title"],
        "unit": definition["unit"]["id"],
        "scope": definition["scope"]["id"],
        "figures": extent.figures,
        "withheld": extent.withheld,
        "first_period": first,
        "last_period": last,
        "dimensions": list(described.dimensions),
        "files": dict(files),
    }
