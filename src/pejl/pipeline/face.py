"""What a release says of its workspace beside the figures: whose it is, its words, its strategies.

The public pages, the open data and the committee's paper are made from a release's public folder alone, so everything
they say must be in it.
"""

from __future__ import annotations

from typing import Any

from pejl.workspace.model import Workspace
from pejl.workspace.vocabulary import Dimension, MergedCode

FORMAT = 2
"""The form of the public folder; readers refuse what they do not know."""


def face(workspace: Workspace) -> dict[str, Any]:
    """Return whose release it is, what its words mean, and what the site needs to say."""
    settings = workspace.settings
    return {
        "format": FORMAT,
        "id": settings.id,
        "title": settings.title.as_dict(),
        "municipality": settings.municipality.as_dict(),
        "own": settings.own,
        "synthetic": settings.synthetic,
        "notice": settings.notice.as_dict(),
        "languages": list(settings.languages),
        "threshold": settings.disclosure.threshold,
        "site": settings.site.model_dump(mode="json") | {"boundaries": _boundaries(workspace)},
        "units": {
            unit.id: {"label": unit.label.as_dict(), "kind": unit.kind}
            for unit in sorted(workspace.units.values(), key=lambda unit: unit.id)
        },
        "scopes": {
            scope.id: {"title": scope.title.as_dict(), "within": scope.within}
            for scope in sorted(workspace.scopes.values(), key=lambda scope: scope.id)
        },
        "dimensions": {each.id: _dimension(each) for each in workspace.dimensions.values()},
        "target_groups": [
            version.model_dump(mode="json")
            for vocabulary in workspace.vocabularies
            for version in vocabulary.target_group_versions
        ],
        "target_group_mappings": [
            mapping.model_dump(mode="json")
            for vocabulary in workspace.vocabularies
            for mapping in vocabulary.target_group_mappings
        ],
        "populations": {each.id: each.model_dump(mode="json") for each in workspace.populations.values()},
    }


def strategies(workspace: Workspace) -> list[dict[str, Any]]:
    """Return every strategy as it is declared, in time, with the place of each goal in it."""
    return [
        each.model_dump(mode="json", by_alias=True) | {"goal_parents": each.goal_parents()}
        for each in workspace.strategies
    ]


def remarks(workspace: Workspace, year: int) -> list[dict[str, Any]]:
    """Return the administration's remarks for statuses up to `year`, by goal, year and language."""
    written = sorted((item for item in workspace.remarks if item.year <= year), key=lambda item: item.key)
    return [item.model_dump(mode="json") for item in written]


def doing(workspace: Workspace) -> dict[str, Any]:
    """Return what is being done, by goal and as it was last written down; goals that nothing serves are left out."""
    if not workspace.doing:
        return {}
    last = max(workspace.doing, key=lambda each: each.day)
    day = {"day": last.day.isoformat()}
    return {work.goal: day | work.model_dump(mode="json", exclude={"goal"}) for work in last.goals}


def _dimension(dimension: Dimension) -> dict[str, Any]:
    """Return a dimension with what its labels tell: which codes overlap, and which are sums of others."""
    return {
        "title": dimension.title.as_dict(),
        "overlapping": dimension.overlapping,
        "alone": alone_codes(dimension),
        "parents": {parent: list(codes) for parent, codes in parents_of(dimension).items()},
        "codes": [
            {
                "code": code.code,
                "label": code.label.as_dict(),
                "parent": code.parent,
                "tile": list(code.tile) if code.tile is not None else None,
                "valid_from": str(code.valid_from) if code.valid_from else None,
                "valid_to": str(code.valid_to) if code.valid_to else None,
            }
            for code in dimension.codes
        ]
        + [_merged_code(merged) for merge in dimension.merges for merged in merge.codes],
    }


def _merged_code(merged: MergedCode) -> dict[str, Any]:
    """Return a code that stands for several others where too much would be withheld of them."""
    nothing = dict.fromkeys(("parent", "tile", "valid_from", "valid_to"))
    return {"code": merged.code, "label": merged.label.as_dict(), **nothing, "of": list(merged.of)}


def alone_codes(dimension: Dimension) -> list[str]:
    """Return the codes that nobody has beside another: of those in no group, and of those of whom nothing is known."""
    standing = dimension.standing
    return [] if standing is None else [code for code in (standing.unknown, standing.none) if code is not None]


def parent_codes(dimension: Dimension) -> dict[str, list[str]]:
    """Return the codes that are sums of others, with those others."""
    found: dict[str, list[str]] = {}
    for code in dimension.codes:
        if code.parent is not None:
            found.setdefault(code.parent, []).append(code.code)
    return found


def parents_of(dimension: Dimension) -> dict[str, tuple[str, ...]]:
    """Return all codes that are sums of others: those above others, and those that may stand for several."""
    found = {parent: tuple(codes) for parent, codes in parent_codes(dimension).items()}
    return found | {merged.code: tuple(merged.of) for merge in dimension.merges for merged in merge.codes}


def _boundaries(workspace: Workspace) -> Any:
    """Return the boundaries of districts as GeoJSON, where the workspace has a file of its own."""
    import json

    name = workspace.settings.site.boundaries
    return json.loads((workspace.root / name).read_bytes()) if name is not None else None
