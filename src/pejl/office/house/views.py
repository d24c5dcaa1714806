"""Signing in and out, one's own desk, letters, and the audit record."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from pejl.office.accounts.models import Account
from pejl.office.audit.queries import records
from pejl.office.audit.subjects import SUBJECTS, WAYS, Subject
from pejl.office.core.roles import ROLES, Role
from pejl.office.house.desk import tasks_of
from pejl.office.house.forms import SignInForm
from pejl.office.house.signing_in import DemoAccounts, Identities, OwnPasswords
from pejl.office.outbox.queries import lines
from pejl.office.web.pages import page
from pejl.office.web.request import OfficeRequest
from pejl.office.web.routing import SESSION_ACCOUNT, SESSION_LANGUAGE
from pejl.text import LANGUAGES, message

_IDENTITIES: Identities = OwnPasswords()
_DEMO: Identities = DemoAccounts()
_PER_PAGE = 100


def desk(request: OfficeRequest) -> HttpResponse:
    """Show what is somebody's to do."""
    actor = request.actor
    roles = [ROLES[role] for role in Role if role in actor.roles]
    return page(request, "house/desk.html", message("My desk"), section="desk", tasks=tasks_of(actor), roles=roles)


def sign_in(request: OfficeRequest) -> HttpResponse:
    """Let somebody sign in by name and password."""
    form = SignInForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        account = _IDENTITIES.find(form.cleaned_data)
        if account is not None:
            return _enter(request, account)
        form.add_refusal(message("Name and password do not belong together."))
    title = message("Sign in")
    return page(request, "house/sign_in.html", title, form=form, next=_next(request, ""))


def demo(request: OfficeRequest) -> HttpResponse:
    """Let whoever tries the demonstration choose a role."""
    if not settings.PEJL_OFFICE_DEMO:
        raise Http404
    if request.method == "POST":
        account = _DEMO.find({"role": request.POST.get("role", "")})
        if account is not None:
            return _enter(request, account)
    roles = [(role.value, ROLES[role]) for role in Role]
    status = 400 if request.method == "POST" else 200
    title = message("Try the office")
    return page(request, "house/demo.html", title, status=status, roles=roles, next=_next(request, ""))


def sign_out(request: OfficeRequest) -> HttpResponse:
    """Sign out, and lead to the public pages' side of the door."""
    language = request.session.get(SESSION_LANGUAGE)
    request.session.flush()
    if language:
        request.session[SESSION_LANGUAGE] = language
    return HttpResponseRedirect(reverse("demo" if settings.PEJL_OFFICE_DEMO else "sign_in"))


def language(request: OfficeRequest) -> HttpResponse:
    """Choose the language of the office."""
    chosen = request.POST.get("language")
    if chosen in LANGUAGES:
        Account.objects.filter(pk=request.actor.number).update(language=chosen)
        request.session[SESSION_LANGUAGE] = chosen
    return HttpResponseRedirect(_next(request, reverse("desk")))


def outbox(request: OfficeRequest) -> HttpResponse:
    """Show that letters are there, are sent or wait; neither to whom nor what they say."""
    found = lines()
    request.reads(Subject.LETTER, [line.number for line in found])
    title = message("Outgoing letters")
    return page(
        request, "house/outbox.html", title, section="outbox", letters=found, mail=settings.PEJL_MAIL is not None
    )


def audit(request: OfficeRequest) -> HttpResponse:
    """Show who has read and written what."""
    subject, way, number = (request.GET.get(name, "") for name in ("subject", "way", "actor"))
    actor = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None
    found = Paginator(records(subject=subject, way=way, actor=actor), _PER_PAGE).get_page(request.GET.get("page"))
    request.reads(Subject.AUDIT, [each.pk for each in found])
    chosen = {"subject": subject, "way": way, "actor": number if actor is not None else ""}
    return page(
        request,
        "house/audit.html",
        message("Who read what"),
        section="audit",
        records=found,
        chosen=chosen,
        subjects=SUBJECTS,
        ways=WAYS,
    )


def _enter(request: OfficeRequest, account: Account) -> HttpResponse:
    """Begin a session of its own, so that no earlier one can be taken over."""
    request.session.flush()
    request.session[SESSION_ACCOUNT] = account.pk
    return HttpResponseRedirect(_next(request, reverse("desk")))


def _next(request: OfficeRequest, otherwise: str) -> str:
    """Return where somebody wanted to go, if that is a page of the office."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith(reverse("desk"))
    return wanted if safe else otherwise
