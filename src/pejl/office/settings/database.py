"""Where what is written in the office is kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url

from pejl.office.place import database_file
from pejl.site.settings.core import PEJL_WORKSPACE

__all__ = ["DATABASES"]

_GIVEN = os.environ.get("PEJL_OFFICE_DATABASE")


def _sqlite() -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(database_file(Path(PEJL_WORKSPACE))),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # whoever writes waits in line; nobody is told that the file is locked
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


DATABASES: dict[str, Any] = {
    "default": dict(dj_database_url.parse(_GIVEN, conn_max_age=60, conn_health_checks=True)) if _GIVEN else _sqlite()
}
