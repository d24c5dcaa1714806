"""Routes with their access: whoever is not named in a route is refused, and every reading is recorded.

A route is the one place that says who may ask for an address. Nothing is reachable without one, and the printed
matrix of access is read from them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Concatenate, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from pejl.office.accounts.models import Account
from pejl.office.accounts.queries import actor_of
from pejl.office.audit.acts import record
from pejl.office.audit.subjects import Subject, Way
from pejl.office.clock import today
from pejl.office.core.refusals import NotAllowedError, RefusedError
from pejl.office.core.roles import Role
from pejl.office.core.who import JOB
from pejl.office.web.pages import refused
from pejl.office.web.request import OfficeRequest, Readings, prepare
from pejl.text import Language, message

SESSION_ACCOUNT = "account"
SESSION_LANGUAGE = "language"


class View(Protocol):
    """What answers a request; it saves nothing itself, but calls one act."""

    def __call__(self, request: OfficeRequest, /, **values: Any) -> HttpResponse:
        """Return the answer."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask for an address.

    Attributes:
        name: of the route.
        roles: whoever has one of them; None where no account is asked for.
        link: a private link in the address is asked for instead of an account.
        methods: what may be asked.
        reads: what it shows of anything personal or internal; the view must say which, or nothing is answered.
    """

    name: str
    roles: frozenset[Role] | None
    link: bool
    methods: tuple[str, ...]
    reads: frozenset[Subject]


ROUTES: dict[str, Access] = {}
"""Every route by its name, as `route` was given it."""


def route(
    pattern: str,
    view: Callable[Concatenate[OfficeRequest, ...], HttpResponse],
    name: str,
    *,
    roles: Iterable[Role] | None = None,
    link: bool = False,
    everybody: bool = False,
    methods: tuple[str, ...] = ("GET",),
    reads: Iterable[Subject] = (),
    language: Language | None = None,
) -> URLPattern:
    """Return an address with its view and its access.

    Args:
        pattern: as Django's `path` has it.
        view: gets the request and the values of the pattern.
        name: unique in the office, such as `plan_show`.
        roles: who may ask; exactly one of `roles`, `link` and `everybody` is given.
        link: whoever holds the private link that the pattern contains; the view checks the link.
        everybody: whoever comes by.
        methods: `GET` stands for HEAD too.
        reads: what the view shows of anything personal or internal. It calls `request.reads` for each of them.
        language: of an address that belongs to one language; without it the reader's.
    """
    assert (roles is not None) + link + everybody == 1, f"{name}: say who may ask"
    access = Access(name, frozenset(roles) if roles is not None else None, link, methods, frozenset(reads))
    assert ROUTES.setdefault(name, access) == access, f"two routes are called {name}"
    wrapped = _guarded(view, access, language)
    return path(pattern, csrf_exempt(_same_origin(wrapped)) if link or everybody else wrapped, name=name)


def _guarded(
    view: Callable[Concatenate[OfficeRequest, ...], HttpResponse], access: Access, language: Language | None
) -> Callable[..., HttpResponse]:
    @functools.wraps(view)
    def answer(plain: HttpRequest, **values: Any) -> HttpResponse:
        request = _known(plain, access, language)
        with translation.override(request.language):
            response = _answer(request, **values)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Content-Language"] = request.language
        return response

    def _answer(request: OfficeRequest, **values: Any) -> HttpResponse:
        asked = "GET" if request.method == "HEAD" else request.method
        if asked not in access.methods:
            return HttpResponseNotAllowed(access.methods)
        if access.roles is not None and request.account is None:
            return _to_sign_in(request)
        try:
            if access.roles is not None and not request.actor.has(*access.roles):
                raise NotAllowedError(message("Your role does not give access to this page."))
            with transaction.atomic():
                response = view(request, **values)
                _record(request, access, response)
            return response
        except RefusedError as error:
            _record_refusal(request, access)
            return refused(request, error)
        except Http404:
            return refused(request, None)

    return answer


def _known(request: HttpRequest, access: Access, language: Language | None) -> OfficeRequest:
    """Return the request with what is known of whoever asks."""
    account = None
    if access.roles is not None:
        number = request.session.get(SESSION_ACCOUNT)
        account = Account.objects.filter(pk=number, is_active=True).first() if number else None
    if language is None:
        chosen = (account.language if account else None) or _session_language(request, access)
        language = "en" if chosen == "en" else "da"
    actor = actor_of(account, today()) if account is not None else None
    return prepare(request, account=account, _actor=actor, by_link=None, language=language, readings=Readings())


def _session_language(request: HttpRequest, access: Access) -> str | None:
    return None if access.link else request.session.get(SESSION_LANGUAGE)


def _record(request: OfficeRequest, access: Access, response: HttpResponse) -> None:
    """Write the readings; a page that was to read something and did not say what is a fault of ours."""
    seen = request.readings.seen
    assert set(seen) <= access.reads, f"{access.name} reads {set(seen) - access.reads} and does not declare it"
    if response.status_code == 200 and request.method in ("GET", "HEAD"):
        assert set(seen) == access.reads, f"{access.name} declares {access.reads - set(seen)} and does not record it"
    by = request.by_link or (request.actor if request.account else JOB)
    for subject in sorted(seen):
        record(by, Way.READ, subject, seen[subject], access.name)


def _record_refusal(request: OfficeRequest, access: Access) -> None:
    by = request.by_link or (request.actor if request.account else JOB)
    for subject in sorted(access.reads):
        record(by, Way.REFUSED, subject, (), access.name)


def _to_sign_in(request: OfficeRequest) -> HttpResponse:
    """Lead to where one signs in, and back from there to a page that can be asked for again."""
    wanted = {"next": request.path} if request.method in ("GET", "HEAD") else {}
    door = reverse("demo" if settings.PEJL_OFFICE_DEMO else "sign_in")
    return HttpResponseRedirect(door + ("?" + urlencode(wanted) if wanted else ""))


def _same_origin(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse what another site's page sends: routes without an account have no session to keep a token in."""

    @functools.wraps(view)
    def answer(request: HttpRequest, **values: Any) -> HttpResponse:
        origin = request.headers.get("Origin")
        if request.method == "POST" and origin not in (None, "null", f"{request.scheme}://{request.get_host()}"):
            return HttpResponse(status=403)
        return view(request, **values)

    return answer
