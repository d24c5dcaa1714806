"""The public sign-up is not flooded, and nobody is known by their address."""

from __future__ import annotations

import logging
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from pytest_django import Settings
from tests.office.dialogue.meetings import DAY, at, invited, joins

from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.dialogue import crowding
from pejl.office.dialogue.acts.jobs import tidy
from pejl.office.dialogue.acts.meetings import close
from pejl.office.dialogue.crowding import TooManyError, mark_of
from pejl.office.dialogue.kinds import Part
from pejl.office.dialogue.models import Meeting, Sender, SignUp
from pejl.office.settings.senders import proxies, signups
from pejl.office.web.senders import network_of

HOME = "203.0.113.7"


def sent(meeting: Meeting, number: int, address: str = HOME, **headers: str) -> tuple[int, str]:
    """Somebody signs up on the public page; the status of the answer, and the page."""
    form = {"whom": "self", "part": "user", "called": f"P{number}", "way": "none", "once": f"form {number}"}
    client = Client(headers={"host": "localhost", **headers}, REMOTE_ADDR=address)
    answer = client.post(f"/dialog/{meeting.slug}/tilmeld/", form)
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db
def test_one_more_than_the_limit_is_refused_in_plain_words_and_others_are_not(world: World, settings: Settings) -> None:
    settings.PEJL_OFFICE_SIGNUPS = 3
    meeting = invited(world, {Part.USER: 9})
    assert [sent(meeting, number)[0] for number in range(4)] == [302, 302, 302, 429]
    status, page = sent(meeting, 4)
    assert (status, SignUp.objects.count()) == (429, 3)
    assert 'value="P4"' in page, "what was written is kept"
    assert "Sekretariatet, 12 34 56 78 · strategi@example.dk" in page
    assert sent(meeting, 5, "203.0.113.8")[0] == 302
    assert sent(meeting, 1)[0] == 302, "a form that is sent again is the same sign-up"
    assert sorted(Sender.objects.values_list("count", flat=True)) == [1, 3]


@pytest.mark.django_db
def test_no_address_is_kept_or_told(world: World, caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    settings.PEJL_OFFICE_SIGNUPS = 1
    caplog.set_level(logging.DEBUG)
    meeting = invited(world, {Part.USER: 9})
    for number in range(2):
        assert HOME not in sent(meeting, number)[1]
    kept = Sender.objects.values().get()
    assert len(kept["mark"]) == 64
    assert HOME not in str(kept) + caplog.text
    day = at()
    assert mark_of(HOME, day) == mark_of(HOME, day + timedelta(hours=3)) != mark_of(HOME, day + timedelta(days=1))
    settings.SECRET_KEY = "another"
    assert mark_of(HOME, day) != kept["mark"]


@pytest.mark.django_db
def test_the_window_is_over_after_ten_minutes_and_its_count_deleted(world: World, settings: Settings) -> None:
    settings.PEJL_OFFICE_SIGNUPS = 2
    for minute in (0, 9):
        crowding.count("home", at(DAY, 9, minute))
    with pytest.raises(TooManyError):
        crowding.count("home", at(DAY, 9, 9))
    assert tidy(at(DAY, 9, 9)).senders == 0
    crowding.count("home", at(DAY, 9, 10))
    assert list(Sender.objects.values_list("since", "count")) == [(at(DAY, 9, 10), 1)]
    assert tidy(at(DAY, 9, 20)).senders == 1
    assert Sender.objects.count() == 0


@pytest.mark.django_db
def test_a_sign_up_that_is_refused_is_not_counted_and_the_secretariat_is_not_limited(
    world: World, settings: Settings
) -> None:
    settings.PEJL_OFFICE_SIGNUPS = 1
    meeting = invited(world, {Part.USER: 9})
    close(meeting=meeting, by=world.actors[Role.SECRETARIAT])
    assert sent(meeting, 1)[0] == 200
    assert (SignUp.objects.count(), Sender.objects.count()) == (0, 0)
    joins(invited(world, {Part.USER: 1}))
    person = {"called": "Alma", "whom": "self", "part": "user", "way": "none"}
    client = Client(headers={"host": "localhost"})
    client.post("/office/demo/", {"role": Role.SECRETARIAT.value})
    for number in range(2):
        told = {**person, "once": f"by telephone {number}"}
        assert client.post(f"/office/dialogue/meetings/{meeting.pk}/sign-ups/new/", told).status_code == 302
    assert Sender.objects.count() == 0


@pytest.mark.django_db
def test_without_a_limit_nothing_is_counted(world: World, settings: Settings) -> None:
    settings.PEJL_OFFICE_SIGNUPS = 0
    meeting = invited(world, {Part.USER: 1})
    assert [sent(meeting, number)[0] for number in range(3)] == [302] * 3
    assert Sender.objects.count() == 0


@pytest.mark.parametrize(
    ("remote", "forwarded", "network"),
    [
        (HOME, "", HOME),
        (HOME, "198.51.100.1", HOME),  # whoever is no proxy is not believed
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),  # what stands before is anybody's claim
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3", "10.0.0.3"),
        ("::ffff:203.0.113.7", "", HOME),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("10.0.0.1", "[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("", "198.51.100.1", ""),
    ],
)
def test_only_a_declared_proxy_is_believed(remote: str, forwarded: str, network: str, settings: Settings) -> None:
    settings.PEJL_OFFICE_PROXIES = (ip_network("10.0.0.0/8"),)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert network_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)) == network


def test_a_proxy_on_a_socket_is_believed_where_it_is_declared(settings: Settings) -> None:
    settings.PEJL_OFFICE_SOCKET = True
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "192.0.2.9, 198.51.100.1"}, REMOTE_ADDR="")
    assert network_of(request) == "198.51.100.1"


def test_settings_say_what_is_wrong_with_them() -> None:
    assert (signups("0"), signups("30")) == (0, 30)
    assert proxies(" 127.0.0.1, unix,10.0.0.0/8 ") == ((ip_network("127.0.0.1"), ip_network("10.0.0.0/8")), True)
    assert proxies("") == ((), False)
    for wrong in ("-1", "many"):
        with pytest.raises(ImproperlyConfigured, match="give a number"):
            signups(wrong)
    with pytest.raises(ImproperlyConfigured, match=r"has '10\.0\.0\.1/8'"):
        proxies("10.0.0.1/8")
