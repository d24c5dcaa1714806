"""The addresses Django knows: everything below the base is a page of the release, by the table of addresses.

The office will stand before it, under `office/`.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.urls import re_path

from pejl.site.addresses import Base
from pejl.site.views import anything

_BASE = re.escape(Base.parse(settings.PEJL_BASE_URL).path.lstrip("/"))

urlpatterns = [re_path(rf"^{_BASE}(?P<path>.*)$", anything, name="page")]
