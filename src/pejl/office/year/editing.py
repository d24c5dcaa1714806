"""Pages with one form: shown, sent, refused in words, and never losing what two people wrote at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect

from pejl.office.core.refusals import ChangedMeanwhileError, NotNowError
from pejl.office.web.forms import OfficeForm
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.text import Message, message

Crumbs = tuple[tuple[str | Message, str], ...]


class VersionedForm(OfficeForm):
    """A form for something that several people may be editing.

    Attributes:
        lists: by field what a browser proposes while one writes.
    """

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **more: Any) -> None:
        self.words = {**self.words, "version": message("Version")}  # type: ignore[misc]
        super().__init__(*args, **more)
        self.lists: dict[str, list[str]] = {}

    def propose(self, field: str, values: list[str]) -> None:
        """Let a browser propose values while one writes."""
        self.lists[f"{field}-list"] = values
        self.fields[field].widget.attrs["list"] = f"{field}-list"


def edit(
    request: OfficeRequest,
    form: OfficeForm,
    save: Callable[[dict[str, Any]], str],
    *,
    title: str | Message,
    told: Message,
    crumbs: Crumbs = (),
    section: str = "year",
    send: Message | None = None,
    lead: Message | None = None,
    others: Mapping[str, Message] | None = None,
    remove: tuple[str, Message] | None = None,
) -> HttpResponse:
    """Return a page with a form; or, when it was sent and could be saved, lead on from it.

    Args:
        request: what is answered.
        form: filled with what was sent, if anything was.
        save: calls one act with the cleaned values, and returns where to go from there.
        title: the heading.
        told: what is said on the next page.
        crumbs: the way here.
        section: the entry of the menu.
        send: what the button says.
        lead: what stands above the form.
        others: what fields are called that the act saves and the form does not have.
        remove: an address and the words of a second button that takes the thing away.
    """
    theirs: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            href = save(form.cleaned_data)
        except ChangedMeanwhileError as error:
            theirs = _theirs(form, error, others or {}, request)
            sent = request.POST.copy()
            sent[form.add_prefix("version")] = str(error.version)
            form.data = sent
            form.add_refusal(error.reason)
        except NotNowError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, told)
            return HttpResponseRedirect(href)
    return page(
        request,
        "year/edit.html",
        title,
        section=section,
        crumbs=crumbs,
        form=form,
        theirs=theirs,
        lead=lead,
        send=send or message("Save"),
        remove=remove,
        lists=getattr(form, "lists", {}),
    )


def _theirs(
    form: OfficeForm, error: ChangedMeanwhileError, others: Mapping[str, Message], request: OfficeRequest
) -> list[tuple[str, str]]:
    """Return what stands now, by the words of each field; choices as the form says them."""
    found = []
    for name, value in error.theirs.items():
        if name in form.fields:
            choices = {str(key): str(words) for key, words in getattr(form.fields[name], "choices", ())}
            found.append((str(form.fields[name].label), choices.get(value, value)))
        elif name in others:
            found.append((others[name].render(request.language), value))
    return found
