"""Forms with which a strategy's way is noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from pejl.office.strategies.states import STEPS, StepKind
from pejl.office.web.forms import DateField, OfficeForm
from pejl.office.year.editing import VersionedForm
from pejl.office.year.forms import MonthField, meeting_choices
from pejl.office.year.models import Meeting
from pejl.text import Language, message

_MEETING = message("Meeting")
_TITLE = message("Name of the strategy")
EXACTLY, BY_THEN = "exactly", "by_then"


class WayForm(VersionedForm):
    """A strategy on its way."""

    words = {
        "title": _TITLE,
        "strategy": (message("In the workspace"), message("The strategy as it is declared there, if it is.")),
        "note": message("Note"),
    }

    title = forms.CharField(max_length=200)
    strategy = forms.ChoiceField(required=False)
    note = forms.CharField(required=False, max_length=5000, widget=forms.Textarea({"rows": "3"}))

    def __init__(self, *args: Any, strategies: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["strategy"].choices = [("", "–"), *strategies]  # type: ignore[attr-defined]


class PlanForm(VersionedForm):
    """When a step is to be taken."""

    words = {
        "meeting": (_MEETING, message("Its day is taken over, if no other is given below.")),
        "on": (message("Day"), message("Leave it empty while only the month is known.")),
        "month": (message("Month"), message("Only where the day is not known yet; such as 2015-03.")),
    }

    meeting = forms.ChoiceField(required=False)
    on = DateField(required=False)
    month = MonthField(required=False)

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting"].choices = meeting_choices(meetings, self.language)  # type: ignore[attr-defined]


class NoteForm(VersionedForm):
    """What happened."""

    words = {
        "on": message("Day"),
        "exactly": message("How well the day is known"),
        "meeting": _MEETING,
        "decided_by": message("Who decided"),
        "decision": (message("What was decided"), message("In the words of whoever decided.")),
    }

    on = DateField()
    exactly = forms.ChoiceField()
    meeting = forms.ChoiceField(required=False)
    decided_by = forms.CharField(max_length=200, required=False)
    decision = forms.CharField(required=False, max_length=10000, widget=forms.Textarea({"rows": "4"}))

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **more: Any) -> None:
        super().__init__(*args, **more)
        known = {
            EXACTLY: message("it was on this day"),
            BY_THEN: message("it had happened by this day; the day itself is not known"),
        }
        self.fields["exactly"].choices = [(each, words.render(self.language)) for each, words in known.items()]  # type: ignore[attr-defined]
        self.fields["meeting"].choices = meeting_choices(meetings, self.language)  # type: ignore[attr-defined]


class WhyForm(VersionedForm):
    """A reason."""

    words = {"why": message("Why")}

    why = forms.CharField(max_length=5000, widget=forms.Textarea({"rows": "4"}))


class DraftForm(OfficeForm):
    """A draft to keep: a file, a pasted text, or a strategy of the workspace."""

    words = {
        "title": message("Name of the draft"),
        "step": (message("Written for"), message("The step it is to be discussed at, if any.")),
        "file": (
            message("File"),
            message("A strategy as the workspace declares it (.yaml), or plain text (.txt, .md)."),
        ),
        "text": (message("Or the text itself"), message("Paragraphs with an empty line between them.")),
        "strategy": message("Or a strategy of the workspace, as it stands now"),
    }

    title = forms.CharField(max_length=200)
    step = forms.ChoiceField(required=False)
    file = forms.FileField(required=False, max_length=300)
    text = forms.CharField(required=False, max_length=1_000_000, widget=forms.Textarea({"rows": "8"}))
    strategy = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, strategies: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["step"].choices = [("", "–"), *step_choices(self.language)]  # type: ignore[attr-defined]
        self.fields["strategy"].choices = [("", "–"), *strategies]  # type: ignore[attr-defined]


def step_choices(language: Language) -> list[tuple[str, str]]:
    """Return the steps of a way for a list to choose from."""
    return [(kind.value, words.render(language)) for kind, words in STEPS.items()]


def named(strategies: Iterable[Mapping[str, Any]], language: Language) -> list[tuple[str, str]]:
    """Return the strategies of a release for a list to choose from."""
    return [(each["id"], each["title"].get(language) or each["title"]["da"]) for each in strategies]


def step_of(text: str) -> StepKind | None:
    """Return the step of a choice; None for no step."""
    return StepKind(text) if text else None
