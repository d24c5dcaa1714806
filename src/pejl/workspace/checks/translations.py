"""Texts that stand in one language only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pejl.text import message
from pejl.workspace.base import Declared, LocalText
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems


def check_translations(workspace: Workspace, problems: Problems) -> None:
    """Warn of every text without English, where the workspace speaks English."""
    if "en" not in workspace.settings.languages:
        return
    roots = (workspace.settings, *workspace.vocabularies, *workspace.strategies, *workspace.indicators)
    for root in roots:
        for text in _texts(root):
            if text.en is None:
                problems.add(
                    "missing_translation",
                    text.location(),
                    message("the text has no English"),
                    message("Add 'en'; until then the Danish text is shown."),
                    value=text.da,
                    warning=True,
                )


@cache
def _field_names(model: type[Declared]) -> tuple[str, ...]:
    return tuple(model.model_fields)


def _texts(root: Declared) -> Iterator[LocalText]:
    waiting: list[object] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, LocalText):
            yield item
        elif isinstance(item, Declared):
            waiting.extend(getattr(item, name) for name in _field_names(type(item)))
        elif isinstance(item, tuple):
            waiting.extend(item)
