"""Who signed up. What says who they are, and what they need, stands apart, with its day of deletion."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from pejl.office.accounts.models import Account
from pejl.office.core.privacy import Field, Kind, plain
from pejl.office.dialogue.kinds import ContactWay, Part
from pejl.office.dialogue.models.meetings import Meeting, Place
from pejl.office.dialogue.states import SignUpState
from pejl.text import message

CONTACT_UNTIL = message("30 days after the answers were given, and at the latest a year after the meeting")
NEEDS_UNTIL = message("14 days after the meeting, and at once if the sign-up is cancelled")
SENDER_UNTIL = message("when the office next tidies up, ten minutes after the first sign-up or later")
_SENDER = Field(Kind.CONTACT, message("so that nobody keeps others out by signing up again and again"), SENDER_UNTIL)
_CONTACT = Field(Kind.CONTACT, message("to tell about the place and about what became of what was said"), CONTACT_UNTIL)
_NEED = Field(Kind.NEED, message("so that everybody can take part in the meeting"), NEEDS_UNTIL)


class SignUp(models.Model):
    """That somebody takes part in a meeting, or stands in line to; without anything that says who.

    Attributes:
        position: the order of arrival; whoever lets an offer lapse gets the last number of all.
        place: the place held, or kept while an offer stands.
        offer_until: when an offer lapses.
        offers: how many offers there have been.
        reminded_at: when they were reminded, or were seen to have no e-mail to be reminded by.
        attended: whether the place was used; None before the meeting.
        account: whose it is, for somebody who signed up in the office.
        once: of the form it came with: sent twice, it is one sign-up.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sign_ups")
    part = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Part])
    state = models.CharField(max_length=20, choices=[(each.value, each.value) for each in SignUpState])
    position = models.PositiveIntegerField()
    place = models.OneToOneField(Place, on_delete=models.PROTECT, null=True, related_name="sign_up")
    signed_up_at = models.DateTimeField()
    offer_until = models.DateTimeField(null=True)
    offers = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    attended = models.BooleanField(null=True)
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    once = models.CharField(max_length=64, unique=True)
    link_nonce = models.CharField(max_length=32)
    link_digest = models.CharField(max_length=64, unique=True)

    privacy: ClassVar[Any] = {
        **plain("id", "meeting", "part", "state", "position", "place", "signed_up_at", "offer_until", "offers"),
        **plain("cancelled_at", "reminded_at", "attended"),
        "account": _CONTACT,
        "once": Field(Kind.SECRET),
        "link_nonce": Field(Kind.SECRET),
        "link_digest": Field(Kind.SECRET),
    }

    class Meta:
        """A place belongs to one; each stands at one number; an offer has an end."""

        ordering = ("meeting_id", "position")
        indexes = (models.Index(fields=["state", "offer_until"]),)
        constraints = (
            models.UniqueConstraint(fields=["meeting", "position"], name="dialogue_one_at_each_number"),
            models.UniqueConstraint(
                fields=["meeting", "account"],
                condition=~Q(state=SignUpState.CANCELLED) & Q(account__isnull=False),
                name="dialogue_account_signs_up_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in SignUpState]), name="dialogue_sign_up_state_known"
            ),
            models.CheckConstraint(
                condition=Q(part__in=[each.value for each in Part]), name="dialogue_sign_up_part_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SignUpState.PLACE, SignUpState.OFFER], place__isnull=False)
                | Q(state__in=[SignUpState.WAITING, SignUpState.CANCELLED], place__isnull=True),
                name="dialogue_place_is_held_or_offered",
            ),
            models.CheckConstraint(
                condition=Q(state=SignUpState.OFFER, offer_until__isnull=False)
                | (~Q(state=SignUpState.OFFER) & Q(offer_until__isnull=True)),
                name="dialogue_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state=SignUpState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=SignUpState.CANCELLED) & Q(cancelled_at__isnull=True)),
                name="dialogue_cancelled_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(attended__isnull=True) | Q(state=SignUpState.PLACE), name="dialogue_attended_had_a_place"
            ),
        )

    def __str__(self) -> str:
        return f"sign-up {self.pk}"


class Sender(models.Model):
    """How many signed up lately from one network; nothing leads from it to a sign-up.

    Attributes:
        mark: a keyed hash of the network's address and the day; the address itself is not kept.
        since: when its window began.
        count: how many since.
    """

    mark = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    privacy: ClassVar[Any] = {"mark": _SENDER, **plain("id", "since", "count")}

    def __str__(self) -> str:
        return f"sender {self.pk}"


class Contact(models.Model):
    """Who signed up, and how they are reached.

    Attributes:
        called: what the participant is called; a first name is enough.
        for_other: whether somebody else signed them up, and is the one to reach.
        contact_name: what that one is called.
        language: of letters.
        delete_on: from this day nothing of it is kept.
    """

    sign_up = models.OneToOneField(SignUp, on_delete=models.CASCADE, related_name="contact")
    called = models.CharField(max_length=80)
    for_other = models.BooleanField(default=False)
    contact_name = models.CharField(max_length=80, blank=True)
    way = models.CharField(max_length=10, choices=[(each.value, each.value) for each in ContactWay])
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=2, default="da")
    delete_on = models.DateField()

    privacy: ClassVar[Any] = {
        **dict.fromkeys(("called", "for_other", "contact_name", "way", "email", "phone", "language"), _CONTACT),
        **plain("id", "sign_up", "delete_on"),
    }

    class Meta:
        """The way of contact is there, and only that one."""

        constraints = (
            models.CheckConstraint(
                condition=Q(way=ContactWay.EMAIL, phone="") & ~Q(email="")
                | Q(way=ContactWay.PHONE, email="") & ~Q(phone="")
                | Q(way=ContactWay.ACCOUNT, phone="")
                | Q(way=ContactWay.NONE, email="", phone=""),
                name="dialogue_contact_by_one_way",
            ),
            models.CheckConstraint(
                condition=Q(for_other=True) | Q(contact_name=""), name="dialogue_contact_named_for_others_only"
            ),
        )

    def __str__(self) -> str:
        return f"contact of sign-up {self.sign_up_id}"


class Need(models.Model):
    """What somebody needs to take part.

    Attributes:
        interpreter: the language to interpret, sign language too; empty where none is needed.
        other: what else, in their own words.
        delete_on: from this day nothing of it is kept.
    """

    sign_up = models.OneToOneField(SignUp, on_delete=models.CASCADE, related_name="need")
    interpreter = models.CharField(max_length=60, blank=True)
    wheelchair = models.BooleanField(default=False)
    other = models.CharField(max_length=300, blank=True)
    delete_on = models.DateField()

    privacy: ClassVar[Any] = {
        **dict.fromkeys(("interpreter", "wheelchair", "other"), _NEED),
        **plain("id", "sign_up", "delete_on"),
    }

    class Meta:
        """Whoever needs nothing has no row."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(interpreter="") | Q(wheelchair=True) | ~Q(other=""), name="dialogue_need_says_something"
            ),
        )

    def __str__(self) -> str:
        return f"needs of sign-up {self.sign_up_id}"
