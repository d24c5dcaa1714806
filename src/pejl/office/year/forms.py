"""Forms with which the year is planned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from pejl.office.web.forms import DateField, OfficeForm, TimeField
from pejl.office.year.editing import VersionedForm
from pejl.office.year.models import Meeting
from pejl.office.year.quarters import Quarter, month_words
from pejl.office.year.states import DEADLINES, MEETING_KINDS, DeadlineKind, MeetingKind
from pejl.text import Language, format_date, message

_NAME = message("Name")
_LETTERS = (message("Short name"), message("Such as SUD."))
_THEME = (
    message("Theme"),
    message("The same theme in the same quarter of another wheel is shown as a clash. Empty if it has none."),
)


class CommitteeForm(OfficeForm):
    """A new committee."""

    words = {
        "code": (message("Code"), message("Lower-case letters, digits and hyphens.")),
        "name": _NAME,
        "short_name": _LETTERS,
    }

    code = forms.SlugField(max_length=60)
    name = forms.CharField(max_length=200)
    short_name = forms.CharField(max_length=30, required=False)


class RulesForm(VersionedForm):
    """A committee's name, and its deadlines."""

    words = {
        "name": _NAME,
        "short_name": _LETTERS,
        **{
            kind.value: (words, message("Working days before the meeting. Empty if there is no such deadline."))
            for kind, words in DEADLINES.items()
        },
    }

    name = forms.CharField(max_length=200)
    short_name = forms.CharField(max_length=30, required=False)
    draft_ready = forms.IntegerField(min_value=1, max_value=120, required=False)
    agenda_closes = forms.IntegerField(min_value=1, max_value=120, required=False)
    agenda_public = forms.IntegerField(min_value=1, max_value=120, required=False)

    def days(self) -> dict[DeadlineKind, int]:
        """Return the deadlines that are given."""
        return {kind: self.cleaned_data[kind.value] for kind in DeadlineKind if self.cleaned_data[kind.value]}


class MonthField(forms.DateField):
    """A month: a browser's own list of months, or typed as 2015-03 or 03-2015."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            input_formats=("%Y-%m", "%m-%Y", "%m.%Y", "%m/%Y"),
            widget=forms.DateInput({"type": "month"}, "%Y-%m"),
            **more,
        )


class MeetingForm(VersionedForm):
    """A meeting."""

    words = {
        "kind": message("Kind of meeting"),
        "on": (message("Day"), message("Leave it empty while only the month is known.")),
        "month": (message("Month"), message("Only where the day is not known yet; such as 2015-03.")),
        "starts_at": message("Begins at"),
        "place": message("Place"),
        "note": message("Note"),
    }

    kind = forms.ChoiceField()
    on = DateField(required=False)
    month = MonthField(required=False)
    starts_at = TimeField(required=False)
    place = forms.CharField(max_length=200, required=False)
    note = forms.CharField(required=False, max_length=5000, widget=forms.Textarea({"rows": "3"}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(kind.value, words.render(self.language)) for kind, words in MEETING_KINDS.items()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what the acts take."""
        given = {name: self.cleaned_data[name] for name in ("on", "month", "starts_at", "place", "note")}
        return {"kind": MeetingKind(self.cleaned_data["kind"]), **given}


class DiscussionForm(VersionedForm):
    """Something to discuss."""

    words = {
        "title": message("What is discussed"),
        "theme": _THEME,
        "quarter": message("Quarter"),
        "meeting": (message("Meeting"), message("Only when it is settled.")),
        "note": message("Note"),
    }

    title = forms.CharField(max_length=200)
    theme = forms.CharField(max_length=200, required=False)
    quarter = forms.ChoiceField()
    meeting = forms.ChoiceField(required=False)
    note = forms.CharField(required=False, max_length=5000, widget=forms.Textarea({"rows": "3"}))

    def __init__(self, *args: Any, year: int, meetings: Iterable[Meeting], themes: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["quarter"].choices = quarter_choices(year, self.language)  # type: ignore[attr-defined]
        self.fields["meeting"].choices = meeting_choices(meetings, self.language)  # type: ignore[attr-defined]
        self.propose("theme", themes)

    def chosen_quarter(self) -> Quarter:
        """Return the quarter that was chosen."""
        return parse_quarter(self.cleaned_data["quarter"])


class OtherWheelForm(OfficeForm):
    """Another administration."""

    words = {
        "name": message("Name of the administration"),
        "short_name": (message("Short name"), message("Such as BUF.")),
    }

    name = forms.CharField(max_length=200)
    short_name = forms.CharField(max_length=30, required=False)


class OtherForm(VersionedForm):
    """Something in another administration's wheel."""

    words = {
        "title": message("What is discussed or held"),
        "theme": _THEME,
        "on": (message("Day"), message("Leave it empty while only the quarter is known.")),
        "quarter": (message("Quarter"), message("Only where the day is not known.")),
    }

    title = forms.CharField(max_length=200)
    theme = forms.CharField(max_length=200, required=False)
    on = DateField(required=False)
    quarter = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, year: int, themes: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["quarter"].choices = [("", "–"), *quarter_choices(year, self.language)]  # type: ignore[attr-defined]
        self.propose("theme", themes)

    def values(self) -> dict[str, Any]:
        """Return what the acts take."""
        given = self.cleaned_data
        quarter = parse_quarter(given["quarter"]) if given["quarter"] else None
        return {"title": given["title"], "theme": given["theme"], "on": given["on"], "quarter": quarter}


def quarter_choices(year: int, language: Language) -> list[tuple[str, str]]:
    """Return the quarters of the years around one, for a list to choose from."""
    years = range(year - 1, year + 3)
    return [(f"{each}-{n}", Quarter(each, n).words.render(language)) for each in years for n in range(1, 5)]


def parse_quarter(text: str) -> Quarter:
    """Return the quarter of a choice such as 2015-2."""
    year, number = text.split("-")
    return Quarter(int(year), int(number))


def meeting_choices(meetings: Iterable[Meeting], language: Language) -> list[tuple[str, str]]:
    """Return meetings for a list to choose from."""
    return [("", "–"), *((str(each.pk), meeting_words(each, language)) for each in meetings)]


def meeting_words(meeting: Meeting, language: Language) -> str:
    """Return what a meeting is called: its kind and its day, or its month."""
    return (
        f"{MEETING_KINDS[MeetingKind(meeting.kind)].render(language)}, {when_words(meeting.on, meeting.when, language)}"
    )


def when_words(on: date | None, month: date, language: Language) -> str:
    """Return a day, or a month where the day is not known, in words."""
    return format_date(on, language) if on is not None else month_words(month, language)
