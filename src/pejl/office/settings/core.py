"""What Django needs to know at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pejl.site.assets import write_served
from pejl.site.settings.core import ALLOWED_HOSTS, LOGGING, PEJL_BASE_URL, PEJL_RELEASE, PEJL_WORKSPACE
from pejl.site.settings.core import MIDDLEWARE as SITE_MIDDLEWARE

__all__ = [
    "ALLOWED_HOSTS",
    "APPEND_SLASH",
    "AUTH_USER_MODEL",
    "DEBUG",
    "DEFAULT_AUTO_FIELD",
    "INSTALLED_APPS",
    "LANGUAGES",
    "LANGUAGE_CODE",
    "LOGGING",
    "MESSAGE_STORAGE",
    "MIDDLEWARE",
    "PEJL_BASE_URL",
    "PEJL_OFFICE_DEMO",
    "PEJL_OFFICE_TODAY",
    "PEJL_RELEASE",
    "PEJL_WORKSPACE",
    "ROOT_URLCONF",
    "STATIC_ROOT",
    "TEMPLATES",
    "TIME_ZONE",
    "USE_I18N",
    "USE_TZ",
    "WSGI_APPLICATION",
]

OWN = Path(__file__).parents[1] / "own"

PEJL_OFFICE_DEMO = os.environ.get("PEJL_OFFICE_DEMO") == "1"
PEJL_OFFICE_TODAY = os.environ.get("PEJL_OFFICE_TODAY") or None

DEBUG = False
INSTALLED_APPS = [
    "django.contrib.contenttypes",  # sessions and messages ask for nothing else; no permissions are kept in tables
    "django.contrib.sessions",
    "django.contrib.messages",
    "pejl.office.audit.apps.AuditConfig",
    "pejl.office.organisation.apps.OrganisationConfig",
    "pejl.office.accounts.apps.AccountsConfig",
    "pejl.office.outbox.apps.OutboxConfig",
    "pejl.office.year.apps.YearConfig",
    "pejl.office.strategies.apps.StrategiesConfig",
    "pejl.office.plans.apps.PlansConfig",
    "pejl.office.dialogue.apps.DialogueConfig",
]
MIDDLEWARE = [
    *SITE_MIDDLEWARE,
    "pejl.office.web.middleware.OfficeOnlySessions",
    "pejl.office.web.middleware.OfficeOnlyMessages",
    "pejl.office.web.middleware.OfficeOnlyCsrf",
]
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no second cookie
APPEND_SLASH = False  # the site's one view does it, for pages that are there
ROOT_URLCONF = "pejl.office.urls"
WSGI_APPLICATION = "pejl.office.wsgi.application"
STATIC_ROOT = str(write_served(OWN))
TEMPLATES: list[dict[str, Any]] = []  # pages are rendered by `web.pages`, as those of the site are by theirs
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True  # for what Django itself says of a form; our own sentences come from pejl.text
LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
