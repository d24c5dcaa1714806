"""A copy of the office holds everything, and makes it anew."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from pejl.office.accounts.acts import open_account
from pejl.office.accounts.models import Account
from pejl.office.accounts.world import World
from pejl.office.audit import guards
from pejl.office.audit.models import AuditRecord
from pejl.office.copying import as_json, kept_models, read_copy, write_copy
from pejl.office.core.refusals import CopyRefusedError
from pejl.office.core.roles import Role
from pejl.office.core.who import JOB
from pejl.office.demonstration import BUILDERS
from pejl.office.year import papers


def everything() -> str:
    rows = [row for model in kept_models() for row in model._default_manager.order_by("pk")]
    return as_json(rows)


@pytest.mark.django_db(transaction=True)
def test_the_office_is_the_same_after_it_was_made_anew_from_a_copy(
    world: World, tmp_path: Path, settings: Settings, office_workspace: Path
) -> None:
    settings.PEJL_WORKSPACE = str(shutil.copytree(office_workspace, tmp_path / "town"))
    for builder in BUILDERS:
        builder(world)
    before = everything()
    paper = papers.keep(b"%PDF-1.7 et bilag")
    rows = write_copy(tmp_path / "office.copy")
    shutil.rmtree(Path(settings.PEJL_WORKSPACE) / "office" / "papers")
    assert papers.read(paper) is None
    assert (tmp_path / "office.copy").stat().st_mode & 0o777 == 0o600
    guards.remove(connection)
    call_command("flush", verbosity=0, interactive=False)
    guards.install(connection)
    assert read_copy(tmp_path / "office.copy") == rows >= 50
    assert everything() == before
    assert papers.read(paper) == b"%PDF-1.7 et bilag"
    last = AuditRecord.objects.order_by("-pk").values_list("pk", flat=True)[0]
    record = AuditRecord.objects.create(
        at=datetime(2015, 3, 2, 12, 0, 0, 123456, UTC), capacity="job", way="read", subject="plan", act="exact"
    )
    assert '"at": "2015-03-02T12:00:00.123456+00:00"' in as_json([record])
    made = open_account(username="ny", name="Ny", email="", by=JOB)
    assert AuditRecord.objects.get(act="open_account", which=[made.pk]).pk > last


def test_a_copy_is_read_into_an_empty_office_only(world: World, tmp_path: Path) -> None:
    write_copy(tmp_path / "office.copy")
    with pytest.raises(CopyRefusedError, match="not empty"):
        read_copy(tmp_path / "office.copy")
    with pytest.raises(CopyRefusedError, match="already"):
        write_copy(tmp_path / "office.copy")
    assert Account.objects.count() == len(Role)


def packed(**files: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("_", "."), content)
    return whole.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"no copy", packed(), packed(rows_json=b"[{]"), packed(rows_json=b'[{"model": "no.such"}]')],
)
def test_what_is_no_copy_changes_nothing(content: bytes, db: None, tmp_path: Path) -> None:
    (tmp_path / "office.copy").write_bytes(content)
    with pytest.raises(CopyRefusedError, match="is no copy"):
        read_copy(tmp_path / "office.copy")
    assert not Account.objects.exists()
