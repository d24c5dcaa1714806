"""Headers and the one cookie: that of whoever has signed in, sent to the office only."""

from __future__ import annotations

import os
from pathlib import Path

from pejl.office.place import secret_key
from pejl.site.addresses import Base
from pejl.site.settings.core import PEJL_BASE_URL, PEJL_WORKSPACE
from pejl.site.settings.security import (
    CONTENT_SECURITY_POLICY,
    SECURE_CONTENT_TYPE_NOSNIFF,
    SECURE_CROSS_ORIGIN_OPENER_POLICY,
    SECURE_HSTS_SECONDS,
    SECURE_PROXY_SSL_HEADER,
    SECURE_REFERRER_POLICY,
    SECURE_SSL_REDIRECT,
    X_FRAME_OPTIONS,
)

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "CSRF_FAILURE_VIEW",
    "CSRF_USE_SESSIONS",
    "SECRET_KEY",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_REFERRER_POLICY",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_AGE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_PATH",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_SECURE",
    "X_FRAME_OPTIONS",
]

SECRET_KEY = os.environ.get("PEJL_OFFICE_SECRET") or secret_key(Path(PEJL_WORKSPACE))
SESSION_COOKIE_NAME = "pejl_office"
SESSION_COOKIE_PATH = Base.parse(PEJL_BASE_URL).url("office/")
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = os.environ.get("PEJL_HTTPS") == "1"
CSRF_USE_SESSIONS = True  # no second cookie
CSRF_FAILURE_VIEW = "pejl.office.web.middleware.sent_too_late"
