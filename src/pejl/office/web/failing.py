"""What is said when something goes wrong before or beside a page: by itself, without session, database or release."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

_PAGE = """<!DOCTYPE html>
<html lang="da">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{danish}</title></head>
<body><main><h1>{danish}</h1><p>{danish_more}</p>
<div lang="en"><h2>{english}</h2><p>{english_more}</p></div></main></body>
</html>
"""
_WRONG = {
    "danish": "Noget gik galt",
    "danish_more": "Det er vores fejl. Prøv igen om lidt.",
    "english": "Something went wrong",
    "english_more": "The fault is ours. Try again in a while.",
}
_UNREADABLE = {
    "danish": "Siden kan ikke vises",
    "danish_more": "Adressen eller det, der blev sendt, kunne ikke læses.",
    "english": "The page cannot be shown",
    "english_more": "The address, or what was sent, could not be read.",
}


def failed(_: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, and nothing of what it was."""
    return HttpResponse(_PAGE.format(**_WRONG), status=500)


def unreadable(_: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was asked cannot be read, and nothing of what it was."""
    del exception
    return HttpResponse(_PAGE.format(**_UNREADABLE), status=400)
