"""Every reading and writing of something personal or internal is recorded, and the record cannot be changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from tests.office.conftest import AsRole

from pejl.office.accounts.acts import open_account
from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.audit.subjects import SUBJECTS, WAYS, Subject, Way
from pejl.office.core.roles import Role
from pejl.office.core.who import JOB, LinkHolder
from pejl.office.web.request import OfficeRequest
from pejl.office.web.routing import ROUTES, Access, _guarded


def last() -> tuple[object, ...]:
    row = AuditRecord.objects.order_by("-pk").first()
    assert row is not None
    return row.actor, row.capacity, row.way, row.subject, row.which, row.act


def test_a_reading_is_recorded_with_what_was_read(world: World, as_role: AsRole) -> None:
    number = world.actors[Role.ADMINISTRATOR].number
    as_role(Role.ADMINISTRATOR).get(f"/office/accounts/{number}/")
    assert last() == (number, "administrator", "read", "account", [number], "account")


def test_an_act_is_recorded_with_whoever_did_it(world: World) -> None:
    by = world.actors[Role.ADMINISTRATOR]
    made = open_account(username="ny", name="Ny", email="", by=by)
    assert last() == (by.number, "administrator", "wrote", "account", [made.pk], "open_account")
    made = open_account(username="nyere", name="Nyere", email="", by=LinkHolder(7))
    assert last() == (7, "link", "wrote", "account", [made.pk], "open_account")
    made = open_account(username="nyest", name="Nyest", email="", by=JOB)
    assert last() == (None, "job", "wrote", "account", [made.pk], "open_account")


def test_what_is_undone_leaves_no_record(world: World) -> None:
    before = AuditRecord.objects.count()

    @transaction.atomic
    def goes_wrong() -> None:
        open_account(username="ny", name="Ny", email="", by=JOB)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        goes_wrong()
    assert AuditRecord.objects.count() == before


def test_a_refusal_is_recorded(world: World, as_role: AsRole) -> None:
    as_role(Role.EMPLOYEE).get("/office/accounts/")
    number = world.actors[Role.EMPLOYEE].number
    assert last() == (number, "employee", "refused", "account", [], "accounts")


@pytest.mark.parametrize("statement", ["UPDATE audit_auditrecord SET act = 'x'", "DELETE FROM audit_auditrecord"])
def test_the_database_refuses_to_change_the_record(statement: str, world: World) -> None:
    before = AuditRecord.objects.count()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditRecord.objects.count() == before > 0


def test_the_record_points_at_nothing() -> None:
    assert not any(field.is_relation for field in AuditRecord._meta.get_fields())


def test_a_page_that_does_not_say_what_it_reads_is_not_answered(world: World) -> None:
    def silent(_: OfficeRequest) -> HttpResponse:
        return HttpResponse("noget om nogen")

    access = Access("silent", None, False, ("GET",), frozenset({Subject.PLAN}))
    request = RequestFactory().get("/office/")
    request.session = {}  # type: ignore[assignment]
    with pytest.raises(AssertionError, match="does not record it"):
        _guarded(silent, access, "da")(request)


def test_a_page_that_reads_what_it_did_not_declare_is_not_answered(world: World) -> None:
    def talkative(request: OfficeRequest) -> HttpResponse:
        request.reads(Subject.LINE, 1)
        return HttpResponse("noget")

    access = Access("talkative", None, False, ("GET",), frozenset())
    request = RequestFactory().get("/office/")
    request.session = {}  # type: ignore[assignment]
    with pytest.raises(AssertionError, match="does not declare it"):
        _guarded(talkative, access, "da")(request)


def test_the_auditor_can_narrow_the_record(world: World, as_role: AsRole) -> None:
    client = as_role(Role.AUDITOR)
    page = client.get("/office/audit/?subject=organisation&way=wrote").content.decode()
    assert page.count("<td>open_unit</td>") == 6
    assert "<td>open_account</td>" not in page
    assert "<td>open_account</td>" in client.get("/office/audit/?subject=account").content.decode()
    assert client.get("/office/audit/?actor=nogen&page=nul").status_code == 200


def test_every_kind_and_way_has_its_words() -> None:
    assert set(SUBJECTS) == set(Subject)
    assert set(WAYS) == set(Way)
    assert {subject for access in ROUTES.values() for subject in access.reads} <= set(Subject)
