"""Styles, scripts and letters: served by WhiteNoise under names with the hash of their content, kept for a year."""

from __future__ import annotations

from pejl.site.addresses import Base
from pejl.site.assets import FOLDER, write_served
from pejl.site.settings.core import PEJL_BASE_URL

FORCE_SCRIPT_NAME = None
STATIC_URL = Base.parse(PEJL_BASE_URL).url(FOLDER)
STATIC_ROOT = str(write_served())
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 60
