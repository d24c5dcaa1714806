"""Forms inside the office: meetings, what was said, chapters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from pejl.office.dialogue.acts.meetings import MeetingPlan
from pejl.office.dialogue.kinds import KINDS, OUTCOMES, PARTS, MeetingKind, Outcome, Part
from pejl.office.dialogue.models import Meeting
from pejl.office.dialogue.named import principles, strategies, target_groups
from pejl.office.dialogue.sections import Section
from pejl.office.web.forms import DateField, OfficeForm, TimeField
from pejl.text import Language, message

_LONG = forms.Textarea({"rows": "4"})
_VERSION = message("Version")
_NONE = message("None")


class MeetingForm(OfficeForm):
    """A meeting: what, when, where, for whom, and how many places of each part."""

    words = {
        "kind": message("Kind of meeting"),
        "title": (message("Title"), message("Plain words, such as: What is a good day?")),
        "on": message("Day"),
        "begins": message("From"),
        "ends": message("To"),
        "place": (message("Place"), message("A place where citizens already come.")),
        "address": message("Address"),
        "access": (
            message("How one gets there and in"),
            message("Bus, steps, lift, parking; who meets one at the door."),
        ),
        "themes": message("What it is about"),
        "strategy": message("Strategy"),
        "target_group": message("Target group"),
        "principles": message("Principles"),
        "sign_up_until": message("Last day for sign-up"),
        "release_on": (
            message("Unused places are for everybody from"),
            message("From this day places that a part has not used are offered to everybody in line."),
        ),
        "offer_days": (
            message("An offer stands for so many days"),
            message("Then the place goes to the next in line."),
        ),
        "version": _VERSION,
    }

    kind = forms.ChoiceField()
    title = forms.CharField(max_length=200)
    on = DateField()
    begins = TimeField()
    ends = TimeField()
    place = forms.CharField(max_length=200)
    address = forms.CharField(max_length=200, required=False)
    access = forms.CharField(required=False, widget=forms.Textarea({"rows": "2"}))
    themes = forms.CharField(required=False, widget=forms.Textarea({"rows": "3"}))
    strategy = forms.ChoiceField(required=False)
    target_group = forms.ChoiceField(required=False)
    principles = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple())
    sign_up_until = DateField()
    release_on = DateField(required=False)
    offer_days = forms.IntegerField(min_value=1, max_value=30, initial=3)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, language: Language, **more: Any) -> None:
        super().__init__(*args, language=language, **more)
        for part in Part:
            self.fields[f"places_{part}"] = _how_many(part, language)
        _choices(self, "kind", {kind.value: KINDS[kind].render(language) for kind in MeetingKind})
        none = {"": _NONE.render(language)}
        _choices(self, "strategy", none | strategies(language))
        _choices(self, "target_group", none | target_groups(language))
        _choices(self, "principles", principles(language))

    @property
    def plan(self) -> MeetingPlan:
        """What the form says of the meeting."""
        told = {name: self.cleaned_data[name] for name in MeetingPlan.__dataclass_fields__}
        return MeetingPlan(**{**told, "kind": MeetingKind(told["kind"]), "principles": tuple(told["principles"])})

    @property
    def places(self) -> dict[Part, int]:
        """How many places of each part."""
        return {part: self.cleaned_data[f"places_{part}"] for part in Part}

    @property
    def place_fields(self) -> list[forms.BoundField]:
        """The fields of places, in the order of parts."""
        return [self[f"places_{part}"] for part in Part]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """All other fields, in their order."""
        return [field for field in self if not field.name.startswith("places_")]


def initial_of(meeting: Meeting, places: Mapping[Part, int]) -> dict[str, object]:
    """Return what a meeting's form shows first."""
    told = {name: getattr(meeting, name) for name in MeetingPlan.__dataclass_fields__}
    return {**told, "version": meeting.version, **{f"places_{part}": places.get(part, 0) for part in Part}}


def _how_many(part: Part, language: Language) -> forms.IntegerField:
    """Return the field of how many there are of a part."""
    return forms.IntegerField(
        min_value=0,
        max_value=200,
        initial=0,
        label=PARTS[part].render(language),
        widget=forms.NumberInput({"class": "form-input"}),
    )


class CameForm(OfficeForm):
    """How many came, by the part they took."""

    def __init__(self, *args: Any, language: Language, **more: Any) -> None:
        super().__init__(*args, language=language, **more)
        for part in Part:
            self.fields[part.value] = _how_many(part, language)

    @property
    def came(self) -> dict[Part, int]:
        """How many of each part."""
        return {part: self.cleaned_data[part.value] for part in Part}


class CancelForm(OfficeForm):
    """Why a meeting is cancelled."""

    words = {"because": (message("Why"), message("Those who signed up read it on their own page."))}

    because = forms.CharField(max_length=500, widget=_LONG)


class LineForm(OfficeForm):
    """Something that was said."""

    words = {
        "part": message("Who said it"),
        "text": (
            message("What was said"),
            message("One thing at a time, in the words that were used. Nobody is named."),
        ),
        "version": _VERSION,
    }

    part = forms.ChoiceField()
    text = forms.CharField(max_length=2000, widget=_LONG)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _choices(self, "part", {part.value: PARTS[part].render(self.language) for part in Part})


class AnswerForm(OfficeForm):
    """What is done with what was said."""

    words = {
        "outcome": message("What we do with it"),
        "answer": (
            message("The answer"),
            message("What we do, and why or why not. Plain words; participants read it."),
        ),
        "version": _VERSION,
    }

    outcome = forms.ChoiceField(widget=forms.RadioSelect())
    answer = forms.CharField(max_length=2000, widget=_LONG)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _choices(self, "outcome", {each.value: OUTCOMES[each].render(self.language) for each in Outcome})


class GatherForm(OfficeForm):
    """Which theme a line belongs to."""

    words = {"theme": message("Theme")}

    theme = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, themes: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        _choices(self, "theme", {"": _NONE.render(self.language), **{str(pk): title for pk, title in themes.items()}})


class ThemeForm(OfficeForm):
    """A new theme."""

    words = {
        "title": message("Theme"),
        "strategy": message("Strategy"),
        "target_group": message("Target group"),
    }

    title = forms.CharField(max_length=200)
    strategy = forms.ChoiceField(required=False)
    target_group = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        none = {"": _NONE.render(self.language)}
        _choices(self, "strategy", none | strategies(self.language))
        _choices(self, "target_group", none | target_groups(self.language))


class ChapterForm(ThemeForm):
    """A new chapter; its sections begin as the strategy's template has them."""

    words = {**ThemeForm.words, "title": message("Title of the chapter")}


class OnwardForm(OfficeForm):
    """Where a theme goes on: a section of a chapter, as `3/principle_quality`."""

    words = {"section": message("Section of a chapter")}

    section = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, sections: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        _choices(self, "section", {"": _NONE.render(self.language), **sections})


class GoalForm(OfficeForm):
    """A goal a theme goes on to."""

    words = {"goal": message("Goal")}

    goal = forms.ChoiceField()

    def __init__(self, *args: Any, goals: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        _choices(self, "goal", goals)


class PlanForm(OfficeForm):
    """A plan a theme goes on into."""

    words = {
        "called": (message("Plan"), message("What it is called, for those who cannot see it themselves.")),
        "plan": message("Number of the plan in the office"),
    }

    called = forms.CharField(max_length=200)
    plan = forms.IntegerField(required=False, min_value=1)


class VersionForm(OfficeForm):
    """A chapter, section by section, as it is written."""

    words = {
        "note": message("What is new in this version"),
        "based_on": _VERSION,
    }

    note = forms.CharField(max_length=300, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, sections: tuple[Section, ...], indicators: Mapping[str, str], **more: Any) -> None:
        self.sections = sections
        super().__init__(*args, **more)
        for section in sections:
            field = forms.CharField(required=False, widget=forms.Textarea({"rows": "10", "class": "form-input"}))
            field.label, field.initial = section.title, section.text
            field.help_text = message("An empty line between paragraphs.").render(self.language)
            self.fields[f"text_{section.id}"] = field
            if section.kind == "facts":
                chosen = forms.MultipleChoiceField(
                    required=False, widget=forms.CheckboxSelectMultiple({"class": "form-checkbox"})
                )
                chosen.choices = list(indicators.items())
                chosen.label = message("Figures shown in this section").render(self.language)
                chosen.initial = list(section.indicators)
                self.fields[f"indicators_{section.id}"] = chosen

    @property
    def written(self) -> tuple[Section, ...]:
        """The sections as they were written."""
        told = self.cleaned_data
        return tuple(
            Section(
                each.id,
                each.title,
                each.kind,
                tuple(told.get(f"indicators_{each.id}", each.indicators)),
                told[f"text_{each.id}"].replace("\r\n", "\n"),
            )
            for each in self.sections
        )


class CommentForm(OfficeForm):
    """A comment on a paragraph."""

    words = {
        "text": message("Comment"),
        "section": message("Section"),
        "paragraph": message("Paragraph"),
    }

    text = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": "3"}))
    section = forms.CharField(widget=forms.HiddenInput())
    paragraph = forms.CharField(widget=forms.HiddenInput())


class LetterForm(OfficeForm):
    """To whom the invitation is sent."""

    words = {
        "addresses": (
            message("E-mail addresses"),
            message("One on each line: organisations, places, people who asked to be told. They get one letter each."),
        ),
    }

    addresses = forms.CharField(max_length=20000, widget=forms.Textarea({"rows": "6", "autocomplete": "off"}))

    def clean_addresses(self) -> list[str]:
        """Return the addresses, each once."""
        field = forms.EmailField()
        found = dict.fromkeys(each.strip() for each in self.cleaned_data["addresses"].splitlines() if each.strip())
        return [field.clean(each) for each in found]


def send_again(form: OfficeForm, name: str, version: int) -> None:
    """Let a form that met somebody else's saving be sent again, on what stands now.

    Args:
        form: that was sent.
        name: of its hidden field with the version.
        version: of what stands now.
    """
    assert isinstance(form.data, QueryDict), "forms of pages are sent by browsers"
    data = form.data.copy()
    data[form.add_prefix(name)] = str(version)
    form.data = data


def _choices(form: forms.Form, name: str, choices: Mapping[str, str]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices.items())
