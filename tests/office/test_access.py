"""Every address of the office is open to exactly those it was decided for."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.office.conftest import AsRole
from tests.office.declared import DECLARED, LETTERS

from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.web.routing import ROUTES
from pejl.site.views import anything

REFUSED = "Din rolle giver ikke adgang til denne side."


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for each in resolver.url_patterns:
        found += patterns(each) if isinstance(each, URLResolver) else [each]
    return found


def addresses() -> dict[str, str]:
    """An address for every route, with values that belong to nothing."""
    made = {}
    for pattern in patterns(get_resolver()):
        if pattern.callback is not anything:
            values = dict.fromkeys(pattern.pattern.converters, 987654)
            text = {name: "intet" for name in values if "Int" not in type(pattern.pattern.converters[name]).__name__}
            made[str(pattern.name)] = reverse(str(pattern.name), kwargs={**values, **text})
    return made


def test_every_address_is_declared_and_every_declaration_has_its_address() -> None:
    assert set(addresses()) == set(ROUTES) == set(DECLARED)


def test_every_route_says_what_was_declared() -> None:
    for name, access in ROUTES.items():
        roles = {LETTERS[letter] for letter in DECLARED[name]} if DECLARED[name] not in ("link", "all") else None
        assert access.roles == roles, name
        assert access.link == (DECLARED[name] == "link"), name


@pytest.mark.parametrize("role", Role)
def test_a_role_is_let_in_where_it_was_declared_and_refused_everywhere_else(role: Role, as_role: AsRole) -> None:
    client = as_role(role)
    letter = next(letter for letter, each in LETTERS.items() if each is role)
    wrong = []
    for name, address in addresses().items():
        if DECLARED[name] in ("link", "all") or name == "sign_out":
            continue
        method = ROUTES[name].methods[0]
        answer = client.get(address) if method == "GET" else client.post(address)
        refused = answer.status_code == 403 and REFUSED in answer.content.decode()
        if refused == (letter in DECLARED[name]):
            wrong.append((name, answer.status_code))
    assert wrong == []


def test_nobody_comes_in_without_an_account(world: World) -> None:
    client = Client(headers={"host": "localhost"})
    for name, address in addresses().items():
        method = ROUTES[name].methods[0]
        answer = client.get(address) if method == "GET" else client.post(address)
        if DECLARED[name] == "link":
            assert answer.status_code == 404, name
        elif DECLARED[name] != "all":
            assert answer.status_code == 302, name
            assert re.match(r"/office/(sign-in|demo)/", answer.headers["Location"]), name


def test_what_is_not_asked_for_as_it_should_be_is_not_answered(as_role: AsRole) -> None:
    client = as_role(Role.ADMINISTRATOR)
    assert client.get("/office/accounts/1/close/").status_code == 405
    assert client.post("/office/audit/").status_code == 405
    assert client.delete("/office/").status_code == 405


def test_a_form_without_its_token_is_refused_in_words(world: World) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.post("/office/demo/", {"role": "administrator"})
    answer = client.post("/office/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "Du er blevet logget af imens" in answer.content.decode()
