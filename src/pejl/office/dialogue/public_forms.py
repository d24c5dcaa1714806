"""Forms on the public pages: signing up, and what somebody needs. They ask for little, and never for a CPR number."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from pejl.office.dialogue.acts.signing_up import Needs, Person
from pejl.office.dialogue.kept_out import NO_CPR, resembles_cpr
from pejl.office.dialogue.kinds import PARTS_CHOSEN, ContactWay, Part
from pejl.office.dialogue.models import Need
from pejl.office.dialogue.queries import Room
from pejl.office.web.forms import OfficeForm
from pejl.text import Message, message

Words = Mapping[str, Message | tuple[Message, Message]]

_DIGITS = 8
"""So many a telephone number has at least."""

_TOO_SHORT = message("Write a telephone number of at least eight digits, or choose another way.")

_NEEDS_WORDS: Words = {
    "interpreter": (
        message("Interpreter: which language?"),
        message("Sign language too. Leave it empty if you need none."),
    ),
    "wheelchair": message("Room for a wheelchair"),
    "other": (message("Anything else"), message("Such as a companion, a quiet place, or food you cannot eat.")),
}


class _NoNumbers(OfficeForm):
    """A form that kindly refuses what looks like a CPR number in any of its texts."""

    def clean(self) -> dict[str, Any]:
        """Look through every text."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(told.items()):
            if isinstance(value, str) and resembles_cpr(value):
                self.add_refusal(NO_CPR, name)
        return told


class NeedsForm(_NoNumbers):
    """What somebody needs to take part."""

    words: ClassVar[Words] = _NEEDS_WORDS

    interpreter = forms.CharField(max_length=60, required=False)
    wheelchair = forms.BooleanField(required=False)
    other = forms.CharField(max_length=300, required=False)

    @property
    def needs(self) -> Needs:
        """What the form says."""
        told = self.cleaned_data
        return Needs(told["interpreter"].strip(), told["wheelchair"], told["other"].strip())


class SignUpForm(NeedsForm):
    """Who signs up, and how they are reached."""

    words: ClassVar[Words] = {
        **_NEEDS_WORDS,
        "whom": message("Whom do you sign up?"),
        "part": message("Who is it that comes?"),
        "called": (
            message("What may we call the one who comes?"),
            message("A first name is enough. It need not be the real one."),
        ),
        "contact_name": (message("What may we call you?"), message("Only if you sign up somebody else.")),
        "way": message("How may we reach you?"),
        "email": message("E-mail"),
        "phone": message("Telephone"),
        "once": message("Form"),
    }
    field_order = ("whom", "part", "called", "contact_name", "way", "email", "phone")

    whom = forms.ChoiceField(widget=forms.RadioSelect(), initial="self")
    part = forms.ChoiceField(widget=forms.RadioSelect())
    called = forms.CharField(max_length=80, widget=forms.TextInput({"autocomplete": "given-name"}))
    contact_name = forms.CharField(max_length=80, required=False)
    way = forms.ChoiceField(widget=forms.RadioSelect())
    email = forms.EmailField(required=False, widget=forms.EmailInput({"autocomplete": "email"}))
    phone = forms.CharField(max_length=30, required=False, widget=forms.TextInput({"autocomplete": "tel"}))
    once = forms.CharField(max_length=64, widget=forms.HiddenInput())

    def __init__(self, *args: Any, rooms: Mapping[Part, Room], **more: Any) -> None:
        more["initial"] = {"once": secrets.token_hex(16), **more.get("initial", {})}
        super().__init__(*args, **more)
        self._choose("whom", {"self": message("Myself"), "other": message("Somebody else, whom I help")})
        self._choose(
            "way",
            {
                ContactWay.EMAIL: message("By e-mail"),
                ContactWay.PHONE: message("By telephone"),
                ContactWay.NONE: message("Not at all: I keep the address of my own page, and look there"),
            },
        )
        free = message("there are places")
        full = message("all places are taken; you will stand in line")
        self._choose(
            "part",
            {
                part: message("{part} ({room})", part=PARTS_CHOSEN[part], room=free if room.open else full)
                for part, room in rooms.items()
            },
        )
        if len(rooms) == 1:
            self.initial["part"] = next(iter(rooms)).value

    def _choose(self, name: str, choices: Mapping[Any, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(code), words.render(self.language)) for code, words in choices.items()]

    def clean(self) -> dict[str, Any]:
        """Ask for the way of contact that was chosen, and keep no other."""
        told = super().clean()
        way = told.get("way")
        if way == ContactWay.EMAIL and not told.get("email") and "email" not in self.errors:
            self.add_refusal(message("Write the e-mail address, or choose another way."), "email")
        phone = told.get("phone") or ""
        if way == ContactWay.PHONE and "phone" not in self.errors and len(re.sub(r"\D", "", phone)) < _DIGITS:
            self.add_refusal(_TOO_SHORT, "phone")
        if way != ContactWay.EMAIL:
            self._leave_out("email", told)
        if way != ContactWay.PHONE:
            self._leave_out("phone", told)
        if told.get("whom") != "other":
            self._leave_out("contact_name", told)
        return told

    def _leave_out(self, name: str, told: dict[str, Any]) -> None:
        """Drop what was typed in a field that was not chosen; a number that must not be kept is still refused."""
        if not any(each == NO_CPR.render(self.language) for each in self.errors.get(name, ())):
            self.errors.pop(name, None)
        told[name] = ""

    @property
    def person(self) -> Person:
        """Who signs up."""
        told = self.cleaned_data
        return Person(
            called=told["called"].strip(),
            way=ContactWay(told["way"]),
            email=told["email"],
            phone=told["phone"],
            for_other=told["whom"] == "other",
            contact_name=told["contact_name"].strip(),
            language=self.language,
        )

    @property
    def part_chosen(self) -> Part:
        """The part that was chosen."""
        return Part(self.cleaned_data["part"])

    @property
    def need_fields(self) -> list[forms.BoundField]:
        """The fields of needs, which stand together with what they are asked for."""
        return [self[name] for name in _NEEDS_WORDS]


def needs_of(need: Need | None) -> dict[str, object]:
    """Return what the form of needs shows first."""
    return {} if need is None else {name: getattr(need, name) for name in _NEEDS_WORDS}
