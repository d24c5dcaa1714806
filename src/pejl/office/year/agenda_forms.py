"""Forms with which an agenda is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from pejl.office.web.forms import DateField, OfficeForm
from pejl.office.year.editing import VersionedForm
from pejl.office.year.models import Discussion
from pejl.office.year.papers import MOST_MEGABYTES, TYPES
from pejl.office.year.states import DECISIONS
from pejl.text import Message, message

Words = Mapping[str, Message | tuple[Message, Message]]


class ItemForm(VersionedForm):
    """An item of an agenda."""

    words: ClassVar[Words] = {
        "title": message("Item"),
        "proposal": (message("Recommendation"), message("What the committee is asked to do.")),
        "discussion": (message("From the wheel"), message("The discussion it belongs to, if it does.")),
    }

    title = forms.CharField(max_length=200)
    proposal = forms.CharField(required=False, max_length=10000, widget=forms.Textarea({"rows": "4"}))
    discussion = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, discussions: Iterable[Discussion], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "–"), *((str(each.pk), each.title) for each in discussions)]
        self.fields["discussion"].choices = choices  # type: ignore[attr-defined]


class DecisionForm(VersionedForm):
    """What the committee decided."""

    words: ClassVar[Words] = {
        "decision": message("Decision"),
        "decision_words": (message("In the committee's words"), message("As it stands in the minutes.")),
        "decided_on": message("Day of the decision"),
    }

    decision = forms.ChoiceField()
    decision_words = forms.CharField(required=False, max_length=10000, widget=forms.Textarea({"rows": "4"}))
    decided_on = DateField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(each.value, words.render(self.language)) for each, words in DECISIONS.items()]
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]


class FileForm(OfficeForm):
    """A paper to upload."""

    words: ClassVar[Words] = {
        "title": message("Name of the paper"),
        "file": (
            message("File"),
            message("{types}; at most {most} MB.", types=", ".join(sorted(TYPES)), most=MOST_MEGABYTES),
        ),
    }

    title = forms.CharField(max_length=200)
    file = forms.FileField(max_length=300)


class ReleasePaperForm(OfficeForm):
    """A paper of a published release."""

    words: ClassVar[Words] = {"paper": message("Published paper")}

    paper = forms.ChoiceField()

    def __init__(self, *args: Any, papers: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["paper"].choices = list(papers)  # type: ignore[attr-defined]
