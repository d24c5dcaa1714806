"""Sessions, notes and tokens for the office only: pages of the public site and private links have no cookie."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from pejl.office.core.refusals import NotAllowedError
from pejl.office.web.pages import refused
from pejl.office.web.request import Readings, prepare
from pejl.site.addresses import Base
from pejl.text import message


@cache
def _office(base: str) -> str:
    return Base.parse(base).url("office/")


def is_office(request: HttpRequest) -> bool:
    """Tell whether a request is for the office, and not for the public site or a private link."""
    return request.path.startswith(_office(settings.PEJL_BASE_URL))


class OfficeOnlySessions(SessionMiddleware):
    """Sessions below the office's address."""

    def __call__(self, request: HttpRequest) -> Any:
        """Open and keep the session of whoever asks the office."""
        return super().__call__(request) if is_office(request) else self.get_response(request)


class OfficeOnlyMessages(MessageMiddleware):
    """What is said on the next page, below the office's address."""

    def __call__(self, request: HttpRequest) -> Any:
        """Find and keep what is to be said."""
        return super().__call__(request) if is_office(request) else self.get_response(request)


class OfficeOnlyCsrf(CsrfViewMiddleware):
    """Tokens below the office's address, where there is a session to keep them in."""

    def __call__(self, request: HttpRequest) -> Any:
        """Find and keep the token of the session."""
        return super().__call__(request) if is_office(request) else self.get_response(request)

    def process_view(self, request: HttpRequest, callback: Any, args: Any, kwargs: Any) -> Any:
        """Ask for the token, except where the route says that no account is needed."""
        return super().process_view(request, callback, args, kwargs) if is_office(request) else None


def sent_too_late(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was open for so long that its session has ended."""
    del reason
    asked = prepare(request, account=None, _actor=None, by_link=None, language="da", readings=Readings())
    words = message("You were signed out meanwhile. Sign in again, go back to the form and send it once more.")
    return refused(asked, NotAllowedError(words))
