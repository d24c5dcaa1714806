"""The one view of Django: it hands out what the publication has at a path."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from pejl.site.live import Live
from pejl.site.publication import TYPES


@cache
def live() -> Live:
    """Return the site that is served."""
    return Live(Path(settings.PEJL_WORKSPACE), settings.PEJL_BASE_URL, settings.PEJL_RELEASE)


@require_safe
def anything(_: HttpRequest, path: str) -> HttpResponse:
    """Return the page or file at `path`; where nothing stands, the page that says so."""
    site = live()
    found = site.read(path)
    if found is not None:
        return HttpResponse(found.content, content_type=found.type)
    if not path.endswith("/") and site.has(path + "/"):
        return HttpResponsePermanentRedirect(site.base.url(path + "/"))
    astray = site.read("404.html")
    assert astray is not None, "every publication has the page"
    return HttpResponse(astray.content, content_type=TYPES[".html"], status=404)
