"""Who may come in, and what is seen of them."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from pytest_django import Settings
from tests.office.conftest import AsRole

from pejl.office.accounts.acts import close_account
from pejl.office.accounts.models import Account
from pejl.office.accounts.world import World
from pejl.office.core.roles import ROLES, Role
from pejl.office.core.who import JOB


def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(world: World) -> None:
    client = Client(headers={"host": "localhost"})
    answer = client.get("/office/accounts/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/office/demo/?next=%2Foffice%2Faccounts%2F")


@pytest.mark.parametrize("role", Role)
def test_in_a_demonstration_every_role_can_be_tried(role: Role, as_role: AsRole) -> None:
    answer = as_role(role).get("/office/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert ROLES[role].title.render("da") in page
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_whoever_wanted_to_go_somewhere_comes_there(world: World) -> None:
    client = Client(headers={"host": "localhost"})
    wanted = {"role": "administrator", "next": "/office/accounts/"}
    assert client.post("/office/demo/", wanted).headers["Location"] == "/office/accounts/"
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/office/", "/strategier/"):
        assert client.post("/office/demo/", {**wanted, "next": elsewhere}).headers["Location"] == "/office/"


def test_where_people_are_real_no_role_can_be_tried(world: World, settings: Settings) -> None:
    settings.PEJL_OFFICE_DEMO = False
    client = Client(headers={"host": "localhost"})
    assert client.get("/office/demo/").status_code == 404
    assert client.post("/office/demo/", {"role": "secretariat"}).status_code == 404
    assert client.get("/office/").status_code == 302


def test_an_unknown_role_is_nobody(world: World) -> None:
    client = Client(headers={"host": "localhost"})
    assert client.post("/office/demo/", {"role": "mayor"}).status_code == 400
    assert client.get("/office/").status_code == 302


def test_another_sites_page_cannot_sign_anybody_in(world: World) -> None:
    client = Client(headers={"host": "localhost"})
    asked = client.post("/office/demo/", {"role": "auditor"}, headers={"origin": "https://elsewhere.example"})
    assert asked.status_code == 403


def test_a_password_opens_only_its_own_account(world: World, settings: Settings) -> None:
    settings.PEJL_OFFICE_DEMO = False
    number = world.actors[Role.ANALYST].number
    Account.objects.filter(pk=number).update(password=make_password("en lang sætning"))
    client = Client(headers={"host": "localhost"})
    wrong = client.post("/office/sign-in/", {"username": "demo-analyst", "password": "en anden"})
    assert "Navn og adgangskode hører ikke sammen" in wrong.content.decode()
    right = {"username": "demo-analyst", "password": "en lang sætning", "next": "https://elsewhere.example/"}
    answer = client.post("/office/sign-in/", right)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/office/")
    cookie = client.cookies["pejl_office"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/office/", True, "Lax")


def test_a_closed_account_is_out_at_once(world: World, as_role: AsRole) -> None:
    client = as_role(Role.ANALYST)
    assert client.get("/office/").status_code == 200
    account = Account.objects.get(pk=world.actors[Role.ANALYST].number)
    close_account(account=account, on=world.day, by=JOB)
    assert client.get("/office/").status_code == 302


def test_without_a_role_nothing_is_seen(world: World, as_role: AsRole) -> None:
    client = as_role(Role.ANALYST)
    Account.objects.get(pk=world.actors[Role.ANALYST].number).posts.all().delete()
    assert client.get("/office/").status_code == 403


def test_the_public_pages_have_no_cookie_and_lead_nobody_in(world: World) -> None:
    client = Client(headers={"host": "localhost"})
    answer = client.get("/")
    assert answer.status_code == 200
    assert not client.cookies
    assert "Vary" not in answer.headers or "Cookie" not in answer.headers["Vary"]
