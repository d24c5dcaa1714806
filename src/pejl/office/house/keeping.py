"""Pages on which accounts and the organisation are kept."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.accounts import acts as account_acts
from pejl.office.accounts.models import Account, Post
from pejl.office.accounts.queries import accounts as all_accounts
from pejl.office.accounts.queries import current
from pejl.office.audit.subjects import Subject
from pejl.office.clock import today
from pejl.office.core.refusals import NotNowError, RefusedError
from pejl.office.core.roles import ROLES, Role
from pejl.office.house.forms import AccountForm, ChangeUnitForm, EndUnitForm, PostForm, UnitForm
from pejl.office.organisation import acts as unit_acts
from pejl.office.organisation.kinds import CHANGES, LEVELS, Level
from pejl.office.organisation.models import Succession, Unit
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.text import Message, message

_PER_PAGE = 50
ACCOUNTS = message("Accounts")
ORGANISATION = message("Organisation")


def accounts(request: OfficeRequest) -> HttpResponse:
    """Show accounts with the roles they have today, a page at a time.

    A name that is looked for is sent in a form, so that it stands in no address.
    """
    wanted = request.POST.get("name", "").strip()
    role = request.GET.get("role", "")
    chosen = all_accounts(today(), name=wanted, role=role)
    shown = Paginator(chosen, _PER_PAGE).get_page(request.GET.get("page"))
    request.reads(Subject.ACCOUNT, [each.pk for each in shown])
    return page(
        request,
        "house/accounts.html",
        ACCOUNTS,
        section="accounts",
        accounts=shown,
        wanted=wanted,
        role=role,
        roles=ROLES,
        tree=request.actor.tree,
    )


def account_new(request: OfficeRequest) -> HttpResponse:
    """Let somebody sign in from now on."""
    form = AccountForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        if Account.objects.filter(username=form.cleaned_data["username"]).exists():
            form.add_refusal(message("there is an account of this name already"), "username")
        else:
            made = account_acts.open_account(**form.cleaned_data, by=request.actor)
            tell(request, message("The account is made. Without a role it sees nothing."))
            return HttpResponseRedirect(reverse("account", kwargs={"account": made.pk}))
    title = message("New account")
    return page(
        request,
        "house/form.html",
        title,
        section="accounts",
        crumbs=_to("accounts"),
        form=form,
        send=message("Make the account"),
    )


def account(request: OfficeRequest, account: int) -> HttpResponse:
    """Show an account, its roles past and present, and give it another."""
    found = get_object_or_404(Account, pk=account)
    form = PostForm(request.POST or None, language=request.language, tree=request.actor.tree, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        unit = get_object_or_404(Unit, pk=int(given["unit"])) if given["unit"] else None
        try:
            account_acts.give_post(account=found, role=Role(given["role"]), unit=unit, on=given["on"], by=request.actor)
        except NotNowError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("The role is given."))
            return HttpResponseRedirect(request.path)
    request.reads(Subject.ACCOUNT, found.pk)
    posts = list(found.posts.order_by("-valid_from", "-pk"))
    present = set(found.posts.filter(current(today())).values_list("pk", flat=True))
    return page(
        request,
        "house/account.html",
        found.name,
        section="accounts",
        crumbs=_to("accounts"),
        found=found,
        posts=posts,
        present=present,
        form=form,
        roles=ROLES,
        tree=request.actor.tree,
    )


def post_end(request: OfficeRequest, post: int) -> HttpResponse:
    """Take a role back from today."""
    found = get_object_or_404(Post, pk=post)
    account_acts.end_post(post=found, on=today(), by=request.actor)
    tell(request, message("The role is taken back."))
    return HttpResponseRedirect(reverse("account", kwargs={"account": found.account_id}))


def account_close(request: OfficeRequest, account: int) -> HttpResponse:
    """Close an account."""
    found = get_object_or_404(Account, pk=account)
    account_acts.close_account(account=found, on=today(), by=request.actor)
    tell(request, message("The account is closed."))
    return HttpResponseRedirect(reverse("account", kwargs={"account": found.pk}))


def organisation(request: OfficeRequest) -> HttpResponse:
    """Show the organisation as it is today."""
    found = request.actor.tree
    request.reads(Subject.ORGANISATION, [node.unit for node in found.nodes])
    may_change = request.actor.has(Role.ADMINISTRATOR)
    return page(
        request,
        "house/organisation.html",
        ORGANISATION,
        section="organisation",
        rows=found.rows(),
        levels=LEVELS,
        may_change=may_change,
    )


def unit_new(request: OfficeRequest) -> HttpResponse:
    """Begin a new unit."""
    form = UnitForm(request.POST or None, language=request.language, tree=request.actor.tree, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        parent = get_object_or_404(Unit, pk=int(given["parent"])) if given["parent"] else None
        level = Level(given["level"])
        if Unit.objects.filter(code=given["code"]).exists():
            form.add_refusal(message("there is a unit of this code already"), "code")
        elif (parent is None) != (level is Level.ADMINISTRATION):
            form.add_refusal(message("say below which unit it stands"), "parent")
        else:
            try:
                unit_acts.open_unit(
                    code=given["code"], name=given["name"], level=level, parent=parent, on=given["on"], by=request.actor
                )
            except NotNowError as error:
                form.add_refusal(error.reason)
            else:
                tell(request, message("The unit is entered."))
                return HttpResponseRedirect(reverse("organisation"))
    title = message("New unit")
    return page(
        request,
        "house/form.html",
        title,
        section="organisation",
        crumbs=_to("organisation"),
        form=form,
        send=message("Save"),
    )


def unit(request: OfficeRequest, unit: int) -> HttpResponse:
    """Show what a unit has been, and change what it is from a day."""
    found = get_object_or_404(Unit, pk=unit)
    here = request.actor.tree
    node = here.get(found.pk)
    standings = list(found.standings.order_by("valid_from"))
    initial = {"on": today(), "name": node.name if node else "", "parent": node.parent if node else None}
    sent = request.POST if request.method == "POST" else None
    change = ChangeUnitForm(
        sent if sent and "change" in sent else None, language=request.language, tree=here, initial=initial
    )
    end = EndUnitForm(
        sent if sent and "end" in sent else None, language=request.language, tree=here, initial=initial, prefix="end"
    )
    for form, act in ((change, _change), (end, _end)):
        if form.is_bound and form.is_valid():
            try:
                act(request, found, form.cleaned_data)
            except RefusedError as error:
                form.add_refusal(error.reason)
            else:
                tell(request, message("The change is entered."))
                return HttpResponseRedirect(request.path)
    request.reads(Subject.ORGANISATION, found.pk)
    successions = Succession.objects.filter(before=found).order_by("on")
    return page(
        request,
        "house/unit.html",
        standings[-1].name if standings else found.code,
        section="organisation",
        crumbs=_to("organisation"),
        found=found,
        node=node,
        standings=standings,
        successions=list(successions),
        tree=here,
        change=change,
        end=end,
        changes=CHANGES,
    )


def _change(request: OfficeRequest, found: Unit, given: dict[str, object]) -> None:
    parent = get_object_or_404(Unit, pk=int(str(given["parent"]))) if given["parent"] else None
    unit_acts.change_unit(unit=found, name=given["name"], parent=parent, on=given["on"], by=request.actor)  # type: ignore[arg-type]


def _end(request: OfficeRequest, found: Unit, given: dict[str, object]) -> None:
    into = list(Unit.objects.filter(pk__in=given["into"]))  # type: ignore[misc]
    on = given["on"]
    if not into:
        unit_acts.close_unit(unit=found, on=on, by=request.actor)  # type: ignore[arg-type]
    elif len(into) == 1:
        unit_acts.merge_units(units=[found], into=into[0], on=on, by=request.actor)  # type: ignore[arg-type]
    else:
        unit_acts.split_unit(unit=found, into=into, on=on, by=request.actor)  # type: ignore[arg-type]


def _to(name: str) -> tuple[tuple[str | Message, str], ...]:
    words = {"accounts": ACCOUNTS, "organisation": ORGANISATION}[name]
    return ((words, reverse(name)),)
