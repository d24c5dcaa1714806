"""Accounts and the organisation are kept by the administrator, with every slip said in words."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.office.conftest import AsRole

from pejl.office.accounts.acts import open_account
from pejl.office.accounts.models import Account, Post
from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.core.who import JOB
from pejl.office.organisation.models import Standing, Unit


def test_an_account_is_made_and_given_a_role(world: World, as_role: AsRole) -> None:
    client = as_role(Role.ADMINISTRATOR)
    client.post("/office/accounts/new/", {"username": "kaj", "name": "Kaj", "email": ""})
    made = Account.objects.get(username="kaj")
    address = f"/office/accounts/{made.pk}/"
    refused = client.post(address, {"role": "unit_leader", "unit": "", "on": "2015-03-02"}).content.decode()
    assert "en leder leder en enhed: vælg hvilken" in refused
    unit = Unit.objects.get(code="mosevej")
    assert client.post(address, {"role": "unit_leader", "unit": unit.pk, "on": "02.03.2015"}).status_code == 302
    again = client.post(address, {"role": "unit_leader", "unit": unit.pk, "on": "2015-03-02"}).content.decode()
    assert "rollen er givet allerede" in again
    post = Post.objects.get(account=made)
    assert (post.role, post.unit_id, str(post.valid_from)) == ("unit_leader", unit.pk, "2015-03-02")
    client.post(f"/office/posts/{post.pk}/end/")
    assert not Post.objects.filter(account=made).exists()  # it had not begun before today


def test_nobody_closes_their_own_account(world: World, as_role: AsRole) -> None:
    number = world.actors[Role.ADMINISTRATOR].number
    answer = as_role(Role.ADMINISTRATOR).post(f"/office/accounts/{number}/close/")
    assert answer.status_code == 403
    assert "ens egen konto lukkes af en anden administrator" in answer.content.decode()
    assert Account.objects.get(pk=number).is_active


def test_a_name_is_looked_for_without_standing_in_an_address(world: World, as_role: AsRole) -> None:
    client = as_role(Role.ADMINISTRATOR)
    page = client.post("/office/accounts/", {"name": "revi"}).content.decode()
    assert "Rune Revisor" in page
    assert "Anders Analytiker" not in page
    assert "Ingen hedder sådan." in client.post("/office/accounts/", {"name": "qqq"}).content.decode()
    of_a_role = client.get("/office/accounts/?role=auditor").content.decode()
    assert "Rune Revisor" in of_a_role
    assert "Pia Politiker" not in of_a_role


@pytest.mark.parametrize("more", [1, 60])
def test_the_list_of_accounts_costs_the_same_however_many_there_are(
    more: int, world: World, as_role: AsRole, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_role(Role.ADMINISTRATOR)
    for number in range(more):
        open_account(username=f"k{number}", name=f"Kaj {number}", email="", by=JOB)
    with django_assert_num_queries(13):
        assert client.get("/office/accounts/").status_code == 200


def test_a_unit_is_begun_changed_and_ended(world: World, as_role: AsRole) -> None:
    client = as_role(Role.ADMINISTRATOR)
    new = {"code": "broen", "name": "Broen", "level": "unit", "parent": "", "on": "2015-03-02"}
    assert "skriv, hvilken enhed den hører under" in client.post("/office/organisation/new/", new).content.decode()
    client.post("/office/organisation/new/", {**new, "parent": world.centres[0].pk})
    unit = Unit.objects.get(code="broen")
    address = f"/office/organisation/{unit.pk}/"
    changed = {"change": "1", "name": "Broen ved åen", "parent": world.centres[1].pk, "on": "2015-04-01"}
    assert client.post(address, changed).status_code == 302
    below_itself = {"change": "1", "name": "X", "parent": unit.pk, "on": "2015-05-01"}
    assert "en enhed kan ikke høre under sig selv" in client.post(address, below_itself).content.decode()
    ended = {"end": "1", "end-on": "2015-06-01", "end-into": [Unit.objects.get(code="mosevej").pk]}
    assert client.post(address, ended).status_code == 302
    rows = Standing.objects.filter(unit=unit).order_by("valid_from").values_list("name", "valid_from", "valid_to")
    assert [(name, str(begun), str(ended)) for name, begun, ended in rows] == [
        ("Broen", "2015-03-02", "2015-04-01"),
        ("Broen ved åen", "2015-04-01", "2015-06-01"),
    ]
    assert "lagt sammen med Mosevej" in client.get(address).content.decode()
