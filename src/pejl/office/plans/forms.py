"""Forms for plans: short texts with a limit that is said kindly, and a few initiatives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django import forms

from pejl.office.organisation.tree import Node
from pejl.office.plans.goals import Goals, Record
from pejl.office.plans.initiative_acts import Said, Standing
from pejl.office.plans.kinds import ROOM, STATUSES, TEMPLATES, Kind, Status
from pejl.office.web.forms import DateField, OfficeForm
from pejl.text import Language, message

LINE = 80
SHORT = 200
_PERSON_NUMBER = re.compile(r"(?<!\d)[0-3]\d[01]\d{3}[ -]?\d{4}(?!\d)")
_VERSION = message("Version")


class Text(forms.CharField):
    """A text with a limit; a line break counts as one character, however a browser sends it."""

    def __init__(self, limit: int, *, rows: int = 0, required: bool = True) -> None:
        widget = forms.Textarea({"rows": str(rows)}) if rows else forms.TextInput()
        super().__init__(required=required, widget=widget)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        """Return the text with plain line breaks."""
        return str(super().to_python(value)).replace("\r\n", "\n").strip()


class PlanForm(OfficeForm):
    """A form with short texts: what is too long, or names a person by number, is said by the field; nothing is lost."""

    def clean(self) -> dict[str, Any]:
        """Hold each text against its limit."""
        for name, field in self.fields.items():
            text = self.cleaned_data.get(name)
            if isinstance(field, Text) and isinstance(text, str):
                self._check(name, text, field.limit)
        return self.cleaned_data

    def _check(self, name: str, text: str, limit: int) -> None:
        if len(text) > limit:
            over = message(
                "There is room for {limit} characters, so that the plan stays on one page; take {over} away.",
                limit=limit,
                over=len(text) - limit,
            )
            self.add_refusal(over, name)
        if _PERSON_NUMBER.search(text):
            self.add_refusal(
                message("This looks like a civil registration number; many read a plan, so leave it out."), name
            )


@cache
def texts_form(kind: Kind) -> type[PlanForm]:
    """Return the form of a kind of plan: one field for each of its headings."""
    sections = TEMPLATES[kind].sections
    fields: dict[str, Any] = {section.id: Text(ROOM, rows=5, required=False) for section in sections}
    words = {section.id: (section.title, section.hint) for section in sections}
    version = forms.IntegerField(widget=forms.HiddenInput())
    return type("TextsForm", (PlanForm,), {**fields, "version": version, "words": {**words, "version": _VERSION}})


class BeginForm(OfficeForm):
    """Which plan is begun."""

    words = {
        "kind": message("What kind of plan"),
        "unit": message("Unit"),
        "year": message("Year"),
        "area": (message("Area"), message("For an area action plan: what the area is called.")),
        "group": (message("Target group"), message("For a target-group plan.")),
    }

    kind = forms.ChoiceField(widget=forms.RadioSelect())
    unit = forms.ChoiceField()
    year = forms.TypedChoiceField(coerce=int)
    area = forms.CharField(max_length=LINE, required=False)
    group = forms.ChoiceField(required=False)

    def __init__(
        self, *args: Any, units: Sequence[Node], years: Sequence[int], groups: dict[str, Record], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        levels = {node.level for node in units}
        kinds = [kind for kind in Kind if TEMPLATES[kind].levels & levels]
        _choose(self, "kind", [(kind.value, TEMPLATES[kind].name.render(self.language)) for kind in kinds])
        _choose(self, "unit", [(str(node.unit), node.name) for node in units])
        _choose(self, "year", [(str(year), str(year)) for year in years])
        named = [(name, _said(title, self.language)) for name, title in groups.items()]
        _choose(self, "group", [("", "–"), *named])

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind is about, and for nothing else."""
        given = self.cleaned_data
        about = TEMPLATES[Kind(given["kind"])].about if given.get("kind") else ""
        if about == "area" and not given.get("area"):
            self.add_refusal(message("say which area it is about"), "area")
        if about == "target_group" and not given.get("group"):
            self.add_refusal(message("say which target group it is about"), "group")
        given["about"] = {"area": given.get("area"), "target_group": given.get("group")}.get(about) or ""
        return given


class InitiativeForm(PlanForm):
    """An initiative."""

    words = {
        "title": (message("What do you want to do?"), message("A few words that say it.")),
        "purpose": (message("What is it for?"), message("For the citizens, or for you who work here.")),
        "goals": (message("Which goals does it serve?"), message("One is enough; several may be chosen.")),
        "change": (message("What do you expect to change?"), message("So that you can see afterwards whether it did.")),
        "by_when": message("By when"),
        "who": (message("Who sees to it?"), message("A role or a function, not a name. It is seen inside only.")),
        "public": (
            message("The title may be named publicly"),
            message("Then the public page of the goal may tell that this is being done."),
        ),
        "version": _VERSION,
    }

    title = Text(LINE)
    purpose = Text(SHORT, rows=3)
    goals = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple())
    change = Text(SHORT, rows=3)
    by_when = DateField()
    who = Text(LINE)
    public = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, goals: Goals, **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "goals", list(_goal_choices(goals, self.language)))

    def said(self) -> Said:
        """Return what was written."""
        given = self.cleaned_data
        return Said(
            given["title"],
            given["purpose"],
            given["change"],
            given["by_when"],
            given["who"],
            tuple(given["goals"]),
            given["public"],
        )


class StandingForm(PlanForm):
    """How an initiative stands."""

    words = {
        "status": message("How does it stand?"),
        "note": (message("What have you learnt?"), message("What did not work is as worth telling as what did.")),
    }

    status = forms.ChoiceField(widget=forms.RadioSelect())
    note = Text(SHORT, rows=2, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "status", [(status.value, words.render(self.language)) for status, words in STATUSES.items()])

    def standing(self) -> Standing:
        """Return what was said."""
        return Standing(Status(self.cleaned_data["status"]), self.cleaned_data["note"])


class FollowUpForm(PlanForm):
    """The plan as a whole, once a year."""

    words = {
        "text": (
            message("How did it go?"),
            message("A few lines: what went well, what did you learn, what do you take with you?"),
        )
    }

    text = Text(2 * ROOM, rows=6)


class NoteForm(PlanForm):
    """A note on a plan."""

    words = {"text": (message("Note"), message("At any time, about anything that belongs to the plan."))}

    text = Text(ROOM, rows=3)


class ReasonForm(PlanForm):
    """Why a plan is sent back."""

    words = {"reason": (message("Why?"), message("So that the one who wrote it knows what to do."))}

    reason = Text(ROOM, rows=4)


class TalkForm(PlanForm):
    """What was agreed."""

    words = {"agreed": (message("What did you agree on?"), message("A few lines are enough."))}

    agreed = Text(ROOM, rows=3, required=False)


class PutBeforeForm(OfficeForm):
    """On which agenda a plan stands."""

    words = {"item": (message("Item of the agenda"), message("The committee's members can read the plan from now on."))}

    item = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        none = message("It stands on no agenda here").render(self.language)
        _choose(self, "item", [("", none), *items])


def _choose(form: forms.Form, field: str, choices: Sequence[Any]) -> None:
    form.fields[field].choices = choices  # type: ignore[attr-defined]


def _goal_choices(found: Goals, language: Language) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Yield the goals under their own headings, as a list to choose from has them."""
    for strategy in found.strategies:
        for section in strategy.sections:
            heading = section.group.title if section.group else strategy.title
            goals = [
                (card.id, " ".join(filter(None, (card.code, _said(card.title, language))))) for card in section.cards
            ]
            yield _said(heading, language), goals


def _said(text: Record, language: Language) -> str:
    return str(text.get(language) or text.get("da") or text.get("en") or "")
