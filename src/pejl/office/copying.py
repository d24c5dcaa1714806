"""A copy of everything the office keeps, rows and papers, and the office made anew from one; for either database."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from pejl.office.accounts.models import Account
from pejl.office.core.refusals import CopyRefusedError
from pejl.office.year import papers
from pejl.text import message

ROWS = "rows.json"
PAPERS = "papers/"

LEFT_OUT = frozenset({"sessions", "contenttypes"})
"""Apps whose rows are made anew by themselves."""


def kept_models() -> list[type[models.Model]]:
    """Return every model whose rows a copy holds, each after those it points at."""
    kept = [model for model in apps.get_models() if model._meta.app_label not in LEFT_OUT]
    return list(serializers.sort_dependencies([(None, kept)]))


class _Exact(DjangoJSONEncoder):
    """Writes moments whole; Django's own encoder cuts them to thousandths of a second."""

    def default(self, o: Any) -> Any:
        """Return what JSON has for a value."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def as_json(rows: Sequence[models.Model]) -> str:
    """Return rows as JSON, from which the very same rows are made."""
    return str(serializers.serialize("json", rows, cls=_Exact))


def write_copy(path: Path) -> int:
    """Write a copy that only its owner can read, and return the number of rows.

    Raises:
        CopyRefusedError: there is a file of this name already.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CopyRefusedError(message("there is a file '{name}' already; give another name", name=path.name)) from None
    with os.fdopen(handle, "wb") as file, transaction.atomic():
        rows = [row for model in kept_models() for row in model._default_manager.order_by("pk")]
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(zipfile.ZipInfo(ROWS), as_json(rows), zipfile.ZIP_DEFLATED)
            for digest, content in papers.every():
                packed.writestr(zipfile.ZipInfo(PAPERS + digest), content, zipfile.ZIP_DEFLATED)
    return len(rows)


def read_copy(path: Path) -> int:
    """Make the office anew from a copy, all of it or nothing, and return the number of rows.

    Raises:
        CopyRefusedError: the office is not empty, or the file is no copy.
    """
    if Account.objects.exists():
        raise CopyRefusedError(message("the office is not empty; a copy is read into an empty one"))
    try:
        with zipfile.ZipFile(path) as packed, transaction.atomic():
            count = _read_rows(packed.read(ROWS).decode())
            for name in packed.namelist():
                if name.startswith(PAPERS) and papers.keep(packed.read(name)) != name.removeprefix(PAPERS):
                    raise CopyRefusedError(message("a paper in '{name}' is no longer what it was", name=path.name))
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, serializers.base.DeserializationError) as error:
        raise CopyRefusedError(message("'{name}' is no copy of an office", name=path.name)) from error
    return count


def _read_rows(text: str) -> int:
    count = 0
    with connection.constraint_checks_disabled():
        for row in serializers.deserialize("json", text):
            row.save(force_insert=True)  # a record that is append-only cannot be asked to update first
            count += 1
    connection.check_constraints()
    _go_on_counting()
    return count


def _go_on_counting() -> None:
    """Let new rows be numbered after those that were read."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


def empty_tables() -> None:
    """Make the tables, for a copy to be read into."""
    call_command("migrate", verbosity=0, interactive=False, stdout=io.StringIO())
