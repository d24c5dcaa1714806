"""Headers that keep a reader's browser from doing anything but show the page."""

from __future__ import annotations

import os
from typing import Any

from pejl.site.policy import HEADER_POLICY

_HTTPS = os.environ.get("PEJL_HTTPS") == "1"

CONTENT_SECURITY_POLICY: dict[str, Any] = {"DIRECTIVES": HEADER_POLICY}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
