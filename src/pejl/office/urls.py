"""The addresses of site and office: the office before, the site's one view for everything else."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from pejl.office.dialogue.urls import public_urlpatterns as dialogue_public
from pejl.office.dialogue.urls import urlpatterns as dialogue
from pejl.office.house.urls import urlpatterns as house
from pejl.office.plans.urls import public_urlpatterns as plans_public
from pejl.office.plans.urls import urlpatterns as plans
from pejl.office.strategies.urls import urlpatterns as strategies
from pejl.office.web.failing import failed, unreadable
from pejl.office.year.urls import public_urlpatterns as year_public
from pejl.office.year.urls import urlpatterns as year
from pejl.site.addresses import Base
from pejl.site.urls import urlpatterns as site

_BASE = Base.parse(settings.PEJL_BASE_URL).path.lstrip("/")

office = [*house, *year, *strategies, *plans, *dialogue]
"""Everything below `office/`."""

public = [*year_public, *plans_public, *dialogue_public]
"""What whoever comes by, or holds a private link, asks for beside the public pages."""

urlpatterns = [path(f"{_BASE}office/", include(office)), path(_BASE, include(public)), *site]

handler400 = unreadable
handler403 = unreadable
handler404 = unreadable
handler500 = failed
