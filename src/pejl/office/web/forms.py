"""Forms as the design system has them: a label and a hint in words, errors by the field and above the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from pejl.text import Language, Message

DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y")
"""Every way Danes write a date, and the one browsers send."""


class OfficeForm(forms.Form):
    """A form in the language of the page.

    Attributes:
        words: by field its label, or its label and a hint.
    """

    words: ClassVar[Mapping[str, Message | tuple[Message, Message]]] = {}
    use_required_attribute = False  # errors are said in words, by the field and above the form

    def __init__(self, data: Any = None, files: Any = None, *, language: Language, **more: Any) -> None:
        super().__init__(data, files, label_suffix="", **more)
        self.language = language
        for name, field in self.fields.items():
            said = self.words[name]
            label, hint = said if isinstance(said, tuple) else (said, None)
            field.label = label.render(language)
            field.help_text = hint.render(language) if hint else ""
            _dress(field)

    def add_refusal(self, reason: Message, field: str | None = None) -> None:
        """Say above the form, or by a field, why an act was refused."""
        self.add_error(field, reason.render(self.language))


class DateField(forms.DateField):
    """A day: a browser's own calendar, and typed as Danes write dates where there is none."""

    def __init__(self, **more: Any) -> None:
        super().__init__(input_formats=DATE_FORMATS, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **more)


class TimeField(forms.TimeField):
    """A time of day."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            input_formats=("%H:%M", "%H.%M", "%H:%M:%S"), widget=forms.TimeInput({"type": "time"}, "%H:%M"), **more
        )


_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "form-checkbox"),
    (forms.CheckboxInput, "form-checkbox"),
    (forms.RadioSelect, "form-radio"),
    (forms.Select, "form-select"),
)


def _dress(field: forms.Field) -> None:
    """Give a field's widget the design system's classes."""
    kind = next((name for widget, name in _CLASSES if isinstance(field.widget, widget)), "form-input")
    field.widget.attrs.setdefault("class", kind)
    if field.required:
        field.widget.attrs.setdefault("aria-required", "true")
