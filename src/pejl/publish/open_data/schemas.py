"""The JSON Schemas (2020-12) of the static JSON, published beside it.

Within a version keys are only added, never taken away or given another meaning, so readers must take no notice of keys
they do not know; the schemas therefore allow more keys than they name. Descriptions are English: one file serves all.
"""

from __future__ import annotations

from typing import Any

from pejl.workspace.states import State

VERSION = "1.1"
"""The first number changes, and the folder with it, when a key goes or means something else; the second when one comes.
"""
FOLDER = "v1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


def _maybe(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _number(description: str) -> Schema:
    return {"type": ["number", "null"], "description": description}


def _count(description: str) -> Schema:
    return {"type": "integer", "minimum": 1, "description": description}


def _truth(description: str) -> Schema:
    return {"type": "boolean", "description": description}


def _list(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "description": description}


def _object(properties: dict[str, Schema], description: str = "", optional: tuple[str, ...] = ()) -> Schema:
    found: Schema = {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }
    return {**found, "description": description} if description else found


def _map(values: Schema, description: str) -> Schema:
    return {"type": "object", "additionalProperties": values, "description": description}


def _words(description: str) -> Schema:
    return _map({"type": ["string", "null"]}, f"{description} By language: `da`, `en`.")


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_STATE = {"enum": [str(state) for state in State], "description": "What the figure is, or why there is none."}
_PERIOD = _text("`2017`, `2017-Q3`, `2016/2017`, `2017-02-06`, `2015..2017` or `2016>2017`.")
_SOURCE = _object(
    {
        "title": _words("What it is called."),
        "url": _maybe(_text("Where it stands on the web.")),
        "item": _maybe(_text("The item, page or table.")),
        "note": {"anyOf": [_words("A note."), {"type": "null"}]},
        "verified": _truth("False where it is named by others and was not read."),
    },
    "Where something was read.",
)
_OR_NOTHING = {"anyOf": [_words("Words."), {"type": "null"}]}
_BEGUN: dict[str, Schema] = {
    "$schema": _text("The address of this schema."),
    "schema_version": _text("The version of the schema, such as 1.0."),
}
_OF_RELEASE: dict[str, Schema] = {
    "release": _text("The id of the release."),
    "made": _text("When the release was made, ISO 8601."),
}
_LABEL: dict[str, Schema] = {
    "draft": _truth("The release is not approved."),
    "synthetic": _truth("The persons behind the figures are invented."),
    "notice": _words("What everybody must know of the figures; begins with the word for a draft where it is one."),
}
_WITHHELD: Schema = {
    "if": {"properties": {"state": {"const": "withheld"}}, "required": ["state"]},
    "then": {
        "properties": {name: {"type": "null"} for name in ("value", "low", "high", "n")},
        # A share of people who were rounded to none has no value, and 0 is what they were rounded to.
        "if": {"properties": {"rounded": {"type": "null"}}},
        "then": {"properties": {name: {"type": "null"} for name in ("numerator", "denominator")}},
        "else": {"properties": {name: {"const": 0} for name in ("numerator", "denominator")}},
    },
}
_POINT: Schema = {
    **_object(
        {
            "kind": _text("Only in `context`: `afterwards`, `other_scope` or `rate`."),
            "scope": _text("Only in `context`, for `other_scope`: whom the figure is about."),
            "period": _maybe(_PERIOD),
            "value": _number("Percent is 0-100. Null where there is no number."),
            "low": _number("Lower end of the 95 % interval."),
            "high": _number("Upper end."),
            "state": _STATE,
            "n": _number("Persons or answers behind it; for a rate the inhabitants."),
            "unit": _maybe(_text("The id of its unit.")),
            "next_due": _maybe(_text("The next period it is measured for.")),
            "per": {"type": "number", "description": "For a rate: per how many inhabitants."},
            "why_not": _maybe(_text("Why an estimate from a survey is not shown.")),
        },
        "A figure.",
        optional=("kind", "scope", "next_due", "per", "why_not"),
    ),
    **_WITHHELD,
}
_CELL: Schema = {
    **_object(
        {
            "definition_version": _text("The version of the definition it is counted by."),
            "period": _PERIOD,
            "scope": _text("The id of whom it is about."),
            "dimensions": _map({"type": "string"}, "Code by dimension; empty for the total."),
            "value": _number(
                "In the indicator's unit; percent is 0-100. Null where there is none, and `state` says why."
            ),
            "low": _number("Lower end of the 95 % confidence interval."),
            "high": _number("Upper end."),
            "n": _number("Persons or answers behind it."),
            "numerator": _number("What is counted."),
            "denominator": _number("What it is divided by."),
            "rounded": _maybe(
                _count(
                    "To protect people it, or the numbers of people it is worked out from, are rounded to a multiple "
                    "of this; null where they are not."
                )
            ),
            "rounded_within": _maybe(
                _count("How far a rounded number of people may be from the true one at most; null where not rounded.")
            ),
            "unit": _text("The id of its unit."),
            "state": _STATE,
            "method": _text("`register`, `survey` or `published`."),
            "next_due": _maybe(_text("The next period it is measured for.")),
            "source": _maybe(_text("Where a figure of others stands.")),
            "note": _maybe(_text("What the source says of it.")),
        },
        "A figure.",
    ),
    **_WITHHELD,
}
_FILES = _map({}, "Addresses of the same in other formats, from this document.")
_STRATEGY = _object(
    {
        "id": _text("Its id."),
        "title": _words("Its title."),
        "status": {"enum": ["draft", "adopted", "ended"], "description": "Its status."},
        "from": _maybe(_text("Its first day.")),
        "to": _maybe(_text("Its last day.")),
    }
)


def index_schema() -> Schema:
    """Return the schema of `index.json`."""
    code = _object(
        {
            "code": _text("As in the figures."),
            "label": _words("In words."),
            "parent": _maybe(_text("The code it is a part of.")),
            "valid_from": _maybe(_text("The day it begins to hold.")),
            "valid_to": _maybe(_text("The day it ceases to hold.")),
            "of": {
                **_list({"type": "string"}, "The codes it stands for where two breakdowns are crossed; else null."),
                "type": ["array", "null"],
            },
        }
    )
    indicator = _object(
        {
            "id": _text("Its id."),
            "title": _words("Its title."),
            "unit": _text("The id of its unit."),
            "scope": _text("The id of whom it is about."),
            "figures": {"type": "integer", "description": "How many figures there are, those without a number too."},
            "withheld": {"type": "integer", "description": "How many of them are withheld."},
            "first_period": _maybe(_text("The first period.")),
            "last_period": _maybe(_text("The last period.")),
            "dimensions": _list({"type": "string"}, "What it is broken down by."),
            "files": _FILES,
        }
    )
    licence = _object(
        {"id": _maybe(_text("Its SPDX id.")), "title": _words("Its name."), "url": _maybe(_text("Its text."))}
    )
    contact = _object(
        {"name": _words("Whom to ask."), "email": _maybe(_text("E-mail.")), "phone": _maybe(_text("Telephone."))}
    )
    return _document(
        "index",
        "All there is in a release, and the words for its codes.",
        {
            "workspace": _object(
                {
                    "id": _text("The id of the workspace."),
                    "title": _words("Its title."),
                    "municipality": _words("Whose strategies they are."),
                    "own": _truth("Whether the municipality itself keeps it."),
                }
            ),
            "languages": _list({"type": "string"}, "The languages of its texts, its own first."),
            "licence": {"anyOf": [licence, {"type": "null"}]},
            "contact": {"anyOf": [contact, {"type": "null"}]},
            "files": _FILES,
            "goals": _text("The address of the goals, from this document."),
            "strategies": _list(_STRATEGY, "Every strategy, drafts and ended ones too."),
            "indicators": _list(indicator, "Every indicator."),
            "units": _map(_object({"label": _words("In words."), "kind": _text("Its kind.")}), "Units by id."),
            "scopes": _map(
                _object({"title": _words("In words."), "within": _maybe(_text("The scope it lies within."))}),
                "Whom figures are about, by id.",
            ),
            "dimensions": _map(
                _object(
                    {
                        "title": _words("In words."),
                        "overlapping": _truth("A person may have several codes, so the parts do not add up."),
                        "codes": _list(code, "Its codes, in the order to show them."),
                    }
                ),
                "Ways to break figures down, by id.",
            ),
            "states": _map(_words("In words."), "What a figure is, or which kind of nothing, by id."),
        },
    )


def goals_schema() -> Schema:
    """Return the schema of `goals.json`."""
    reason = _object(
        {
            "code": _text("The code of the rule or remark."),
            "half": {"enum": ["target", "development"], "description": "The half of the verdict it belongs to."},
            "text": _words("The reason in words."),
        }
    )
    remark = _object(
        {
            "year": {"type": "integer", "description": "The year it is about."},
            "language": _text("The language it is written in."),
            "author": _maybe(_text("Who wrote it.")),
            "approved_by": _maybe(_text("Who approved it.")),
            "approved_on": _maybe(_text("When.")),
            "why": _maybe(_text("Why it went so, in Markdown.")),
            "what_now": _maybe(_text("What is done now, in Markdown.")),
        }
    )
    numbers = ("value", "low", "high", "ratio", "ratio_low", "ratio_high", "p", "p_adjusted")
    goal = _object(
        {
            "id": _text("Its id."),
            "code": _maybe(_text("As printed.")),
            "strategy": _text("The id of its strategy."),
            "group": _maybe(_text("The id of the guidepost, vision or overall goal it stands under.")),
            "title": _words("Its title."),
            "indicator": _maybe(_text("The id of its indicator.")),
            "direction": _maybe(_text("`increase`, `decrease` or `hold`.")),
            "scope": _maybe(_text("Whose figures judge it.")),
            "target_status": _text("The first half of the verdict: is the target reached?"),
            "target_status_words": _words("The same in words."),
            "development": _text("The second half: do things go the right way?"),
            "development_words": _words("The same in words."),
            "reasons": _list(reason, "The two rules that decided, then remarks of the rules."),
            "latest": _ref("point"),
            "baseline": _ref("point"),
            "target": _object(
                {
                    "kind": _text("The kind of target."),
                    "period": _maybe(_text("By when.")),
                    "value": _number("The number printed."),
                    "due": _maybe(_text("The last day of the period.")),
                    "standing": _maybe(_text("`adopted`, `proposed` or `draft`.")),
                    "level": _number("The level that reaches the target; null where it cannot be known."),
                }
            ),
            "difference": _object({name: _number("The latest figure against the baseline.") for name in numbers}),
            "context": _list(_ref("point"), "Figures that judge nothing."),
            "series": _list(_ref("point"), "The indicator's figures in the goal's scope, by time."),
            "remarks": _list(remark, "The administration's remarks."),
        }
    )
    footnote = _object(
        {
            "tests": {"type": "integer", "description": "How many pairs of figures were compared."},
            "signals": {"type": "integer", "description": "How many of them differ with certainty."},
            "expected_false_signals": {"type": "number", "description": "How many would, had nothing changed."},
            "surviving_benjamini_hochberg": _list({"type": "string"}, "The indicators that survive the correction."),
        }
    )
    return _document(
        "goals",
        "Every goal with both halves of its verdict.",
        {
            "year": {"type": "integer", "description": "The year the release was made for."},
            "footnote": footnote,
            "goals": _list(goal, "Every goal of every strategy, drafts and ended ones too."),
        },
        {"point": _POINT},
    )


def indicator_schema() -> Schema:
    """Return the schema of `indicators/<id>.json`."""
    version = _object(
        {
            "version": _text("Its name."),
            "valid_from": _maybe(_text("The day it begins to hold.")),
            "definition": _words("What is counted."),
            "numerator": _OR_NOTHING,
            "denominator": _OR_NOTHING,
            "standing": _maybe(_text("`source`: as the source says; `proposal`: ours.")),
            "sources": _list(_SOURCE, "Where the definition was read."),
        }
    )
    coarser = _object(
        {
            "definition_version": _text("The version of the definition."),
            "rounded": _maybe(_count("To a multiple of what numbers of people are rounded; null where they are not.")),
            "rounded_within": _maybe(_count("How far they may be from the true ones at most.")),
            "merged": _map(
                _map(_list({"type": "string"}, "The codes it stands for."), "By merged code."),
                "By dimension, the codes that are merged where it is crossed with another.",
            ),
            "text": _words("The same in sentences."),
        }
    )
    return _document(
        "indicator",
        "An indicator with its definition and every figure.",
        {
            "id": _text("Its id."),
            "title": _words("Its title."),
            "plain": _OR_NOTHING,
            "unit": _text("The id of its unit."),
            "scope": _text("The id of whom it is about."),
            "population": _maybe(_text("Whom it is about, more narrowly.")),
            "dimensions": _list({"type": "string"}, "What its figures are broken down by."),
            "published_by": _OR_NOTHING,
            "versions": _list(version, "The versions of its definition."),
            "breaks": _list({"type": "object"}, "The days on which comparability ends, and why."),
            "sources": _list(_SOURCE, "Where its figures were read."),
            "outside_factors": _list(_words("A factor."), "What else moves it."),
            "note": _OR_NOTHING,
            "coarser": _list(coarser, "What was done with breakdowns of which too much would be withheld."),
            "goals": _list({"type": "string"}, "The ids of the goals it judges."),
            "index": _text("The address of the index, from this document."),
            "files": _FILES,
            "figures": _list(_ref("figure"), "Every figure."),
        },
        {"figure": _CELL},
        of_release=False,
    )


def _document(
    name: str,
    description: str,
    properties: dict[str, Schema],
    definitions: dict[str, Schema] | None = None,
    *,
    of_release: bool = True,
) -> Schema:
    begun = _BEGUN | _OF_RELEASE if of_release else _BEGUN
    found = {
        "$schema": DIALECT,
        "title": f"pejl open data {VERSION}: {name}",
        **_object({**begun, **_LABEL, **properties}, description),
    }
    return {**found, "$defs": definitions} if definitions else found


SCHEMAS = {"index": index_schema, "goals": goals_schema, "indicator": indicator_schema}
