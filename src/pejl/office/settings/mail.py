"""Where letters are handed over."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

__all__ = [
    "DEFAULT_FROM_EMAIL",
    "EMAIL_BACKEND",
    "EMAIL_HOST",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_HOST_USER",
    "EMAIL_PORT",
    "EMAIL_TIMEOUT",
    "EMAIL_USE_SSL",
    "EMAIL_USE_TLS",
    "PEJL_MAIL",
    "PEJL_OFFICE_ADDRESS",
]

PEJL_MAIL = os.environ.get("PEJL_MAIL") or None
PEJL_OFFICE_ADDRESS = os.environ.get("PEJL_OFFICE_ADDRESS", "").rstrip("/")

_PARTS = urlsplit(PEJL_MAIL or "smtp://localhost:25")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _PARTS.hostname or "localhost"
EMAIL_PORT = _PARTS.port or (465 if _PARTS.scheme == "smtps" else 587)
EMAIL_HOST_USER = unquote(_PARTS.username or "")
EMAIL_HOST_PASSWORD = unquote(_PARTS.password or "")
EMAIL_USE_SSL = _PARTS.scheme == "smtps"
EMAIL_USE_TLS = _PARTS.scheme == "smtp" and bool(EMAIL_HOST_USER)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("PEJL_MAIL_FROM", "ingen-svar@localhost")
