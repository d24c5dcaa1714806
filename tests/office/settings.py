"""The office's settings as the tests have them: a key and a workspace of their own, and quick passwords."""

from __future__ import annotations

import os
import tempfile

os.environ["PEJL_WORKSPACE"] = tempfile.gettempdir()  # every test says which it means
os.environ["PEJL_OFFICE_SECRET"] = "of the tests alone"
os.environ["PEJL_OFFICE_DEMO"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread that asks the database
os.environ.pop("PEJL_BASE_URL", None)
os.environ.setdefault("PEJL_OFFICE_DATABASE", "sqlite://:memory:")

from pejl.office.settings import *  # noqa: F403 - Django reads settings as names of this module

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
