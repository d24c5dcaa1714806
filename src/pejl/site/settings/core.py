"""What Django needs to know at all."""

from __future__ import annotations

import os
import secrets
from typing import Any

PEJL_WORKSPACE = os.environ.get("PEJL_WORKSPACE", ".")
PEJL_RELEASE = os.environ.get("PEJL_RELEASE") or None
PEJL_BASE_URL = os.environ.get("PEJL_BASE_URL", "/")

DEBUG = False
ALLOWED_HOSTS = os.environ.get("PEJL_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SECRET_KEY = secrets.token_urlsafe(32)  # nothing is signed: there are no sessions, forms or cookies
INSTALLED_APPS: list[str] = []
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pejl.site.middleware.StaticFiles",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
]
APPEND_SLASH = False  # the one view does it, for pages that are there
ROOT_URLCONF = "pejl.site.urls"
WSGI_APPLICATION = "pejl.site.wsgi.application"
DATABASES: dict[str, Any] = {}
USE_TZ = True
USE_I18N = False  # all sentences come from pejl.text

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "WARNING"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
    },
}
"""Faults only: no log of who read what, nor of what was asked for in vain."""
