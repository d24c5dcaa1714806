"""Pages of the office: the templates of the public site, with the office's own before them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from jinja2 import Environment
from markupsafe import Markup

from pejl.office.core.refusals import RefusedError
from pejl.office.core.roles import ROLES, Role
from pejl.office.web.menu import entries
from pejl.office.web.request import OfficeRequest
from pejl.office.web.shown import face, site_url
from pejl.site import rendering
from pejl.site.addresses import Base
from pejl.site.assets import load_assets
from pejl.site.page import Crumb
from pejl.site.policy import META_POLICY
from pejl.text import Language, Message, message

OFFICE = Path(__file__).parents[1]
OWN = OFFICE / "own"
FOLDERS = (OFFICE / "templates", *sorted(OFFICE.glob("*/templates")), rendering.TEMPLATES)


@cache
def environment(language: Language) -> Environment:
    """Return the environment of a language, with the office's templates and the site's macros."""
    made = rendering.make_environment(language, FOLDERS)
    made.filters |= {"localdate": timezone.localdate, "moment": _moment, "shortened": _shortened, "query": _query}
    made.filters["capacity"] = lambda said: ", ".join(_capacity(word).render(language) for word in said.split())
    made.globals |= {"url": lambda name, **values: reverse(name, kwargs=values), "icons": load_assets(OWN).icons}
    return made


def page(
    request: OfficeRequest,
    template: str,
    title: str | Message,
    *,
    crumbs: tuple[tuple[str | Message, str], ...] = (),
    section: str = "",
    status: int = 200,
    **values: Any,
) -> HttpResponse:
    """Return a page.

    Args:
        request: what is answered.
        template: such as `plans/plan.html`, below an app's `templates/`.
        title: the heading, and what stands first in the window's title.
        crumbs: the way here from the first page of the office: words and address of each step.
        section: the name of the menu's entry it belongs to.
        status: of the answer.
        values: what the template reads beside the standing names.
    """
    content = render(request, template, title, crumbs=crumbs, section=section, **values)
    return HttpResponse(content, status=status)


def render(
    request: OfficeRequest,
    template: str,
    title: str | Message,
    *,
    crumbs: tuple[tuple[str | Message, str], ...] = (),
    section: str = "",
    **values: Any,
) -> str:
    """Return the HTML of a page; see `page`."""
    language = request.language
    heading = _words(title, language)
    base = Base.parse(settings.PEJL_BASE_URL)
    steps = () if request.by_link or not request.account else _steps(heading, crumbs, language, request)
    standing: Mapping[str, Any] = {
        "title": heading,
        "request": request,
        "account": request.account,
        "actor": request.actor if request.account else None,
        "face": face(),
        "site_front": site_url("front", language),
        "asset": lambda name: base.url(load_assets(OWN).path(name)),
        "csp": META_POLICY,
        "menu": entries(request, section),
        "crumbs": steps,
        "demo": settings.PEJL_OFFICE_DEMO,
        "csrf": _csrf(request),
        "notes": tuple(messages.get_messages(request)) if request.account else (),
    }
    return environment(language).get_template(template).render({**standing, **values})


def refused(request: OfficeRequest, error: RefusedError | None) -> HttpResponse:
    """Return the page that says why something is not done; without `error` that nothing stands here."""
    if error is None:
        return page(request, "refused.html", message("The page does not exist"), status=404, reason=None)
    return page(request, "refused.html", message("This cannot be done"), status=error.status, reason=error.reason)


def tell(request: OfficeRequest, what: Message) -> None:
    """Say something on the next page this person sees, such as that something has been saved."""
    messages.success(request, what.render(request.language))


def _steps(
    heading: str, crumbs: tuple[tuple[str | Message, str], ...], language: Language, request: HttpRequest
) -> tuple[Crumb, ...]:
    """Return the way to a page; none on the first."""
    first = reverse("desk")
    if request.path == first:
        return ()
    way = tuple(Crumb(_words(words, language), href) for words, href in crumbs)
    return (Crumb(message("My desk").render(language), first), *way, Crumb(heading))


def _words(text: str | Message, language: Language) -> str:
    return text.render(language) if isinstance(text, Message) else text


def _csrf(request: OfficeRequest) -> Markup:
    """Return the hidden field every form of somebody signed in has."""
    if request.account is None:
        return Markup()
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request))


def _moment(at: datetime) -> str:
    """Return a moment as the audit record shows it, in the time of the place."""
    return timezone.localtime(at).strftime("%d-%m-%Y %H:%M:%S")


def _shortened(numbers: list[int], most: int = 6) -> str:
    """Return the first numbers of a list, and how many more there are."""
    shown = ", ".join(str(number) for number in numbers[:most])
    return shown if len(numbers) <= most else f"{shown} … ({len(numbers)})"


def _capacity(word: str) -> Message:
    """Return a word of an audit record's capacity as people say it."""
    other = {"link": message("private link"), "job": message("the office itself")}
    return other[word] if word in other else ROLES[Role(word)].title


def _query(chosen: Mapping[str, str], **more: object) -> str:
    """Return the end of an address that keeps what was chosen."""
    return urlencode({**chosen, **more})
