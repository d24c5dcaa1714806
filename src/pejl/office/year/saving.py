"""Saving what several people may be editing: nobody overwrites what they have not seen."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F

from pejl.office.core.refusals import ChangedMeanwhileError
from pejl.text import message


def save_version(row: Any, version: int, **values: Any) -> None:
    """Save values of a row that has a `version`, and let the row know them.

    Args:
        row: of a model with a field `version`.
        version: of the row that whoever saves has seen.
        values: by field what is saved.

    Raises:
        ChangedMeanwhileError: the row is of another version by now; `theirs` says what differs.
    """
    rows = type(row)._default_manager.filter(pk=row.pk)
    if not rows.filter(version=version).update(version=F("version") + 1, **values):
        now = rows.get()
        theirs = {name: shown(now, name) for name, value in values.items() if getattr(now, name) != value}
        reason = message(
            "Somebody else has saved this since you began to write. Nothing is lost: see below what stands now."
        )
        raise ChangedMeanwhileError(reason, theirs, now.version)
    for name, value in values.items():
        setattr(row, name, value)
    row.version = version + 1


def shown(row: models.Model, name: str) -> str:
    """Return what stands in a field, in words."""
    value = getattr(row, name)
    return "–" if value in (None, "") else str(value)
