"""Letters are written with what they tell of, sent once, and forgotten."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import path
from pytest_django import Settings
from tests.office.conftest import AsRole

from pejl.office.accounts.world import World
from pejl.office.audit.subjects import Subject
from pejl.office.core.links import digest, new_nonce, token
from pejl.office.core.roles import Role
from pejl.office.outbox.acts import PrivateLink, Sent, delete_old, send_due, take_back, text_of, write
from pejl.office.outbox.models import Letter
from pejl.site.views import anything
from pejl.text import message

NOW = datetime(2015, 3, 2, 12, tzinfo=UTC)
urlpatterns = [path("min/<str:token>/", anything, name="mine")]


def letter(
    key: str = "reminder:1", address: str = "nogen@example.dk", link: PrivateLink | None = None
) -> Letter | None:
    return write(
        key=key,
        address=address,
        language="da",
        subject=message("Outgoing letters"),
        body=message("Sign in"),
        about=Subject.DIALOGUE,
        about_number=3,
        due_at=NOW,
        link=link,
    )


@pytest.fixture
def mailing(settings: Settings) -> Settings:
    settings.PEJL_MAIL = "smtp://localhost"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PEJL_OFFICE_ADDRESS = "https://example.dk"
    return settings


def test_a_letter_goes_once_when_it_is_due(db: None, mailing: Settings) -> None:
    letter()
    assert send_due(NOW - timedelta(seconds=1)) == Sent()
    assert send_due(NOW) == Sent(sent=1)
    assert send_due(NOW + timedelta(days=1)) == Sent()
    assert [(each.to, each.subject, each.body) for each in mail.outbox] == [
        (["nogen@example.dk"], "Udgående breve", "Log ind")
    ]


def test_the_same_letter_is_written_once_and_none_without_an_address(db: None) -> None:
    assert letter() == letter()
    assert letter("reminder:2", address="") is None
    assert Letter.objects.count() == 1


def test_a_letter_that_was_taken_back_does_not_go(db: None, mailing: Settings) -> None:
    letter()
    letter("offer:1")
    assert take_back(about=Subject.DIALOGUE, about_number=3, at=NOW, keys="reminder") == 1
    assert send_due(NOW) == Sent(sent=1)
    assert Letter.objects.get(key="reminder:1").address == ""


def test_without_a_mail_server_letters_wait(db: None, settings: Settings) -> None:
    settings.PEJL_MAIL = None
    letter()
    assert send_due(NOW) == Sent(waiting=1)
    assert Letter.objects.get().sent_at is None


def test_a_letter_that_fails_is_tried_again_ten_times(
    db: None, mailing: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(mail.EmailMessage, "send", fail)
    letter()
    for _ in range(10):
        assert send_due(NOW) == Sent(failed=1)
    assert send_due(NOW) == Sent()


def test_the_private_link_is_made_when_the_letter_is_read(db: None, mailing: Settings) -> None:
    mailing.ROOT_URLCONF = __name__
    nonce = new_nonce()
    made = letter(link=PrivateLink("mine", "sign_up", 12, nonce))
    assert made is not None
    made.body = "Se {link}"
    word = token("sign_up", 12, nonce)
    assert text_of(made) == f"Se https://example.dk/min/{word}/"
    assert word not in str(Letter.objects.values())


def test_a_link_is_made_of_its_kind_its_row_and_its_nonce() -> None:
    words = {token("sign_up", 1, "a"), token("sign_up", 2, "a"), token("sign_up", 1, "b"), token("feed", 1, "a")}
    assert len(words) == len({digest(word) for word in words}) == 4
    assert {len(word) for word in words} == {27}  # 160 bits, six to a letter


def test_letters_are_forgotten_a_month_after_they_went(db: None, mailing: Settings) -> None:
    letter()
    letter("later")
    Letter.objects.filter(key="later").update(due_at=NOW + timedelta(days=60))
    send_due(NOW)
    assert delete_old(NOW + timedelta(days=30)) == 0
    assert delete_old(NOW + timedelta(days=30, seconds=1)) == 1
    assert [each.key for each in Letter.objects.all()] == ["later"]


def test_whoever_keeps_the_office_sees_neither_address_nor_text(world: World, as_role: AsRole) -> None:
    letter()
    page = as_role(Role.ADMINISTRATOR).get("/office/letters/").content.decode()
    assert "Venter" in page
    assert "nogen@example.dk" not in page
