"""What the reference says of the office: roles, who may ask for what, states and what may follow them."""

from __future__ import annotations

import os

from tools.markdown import Lines, code, table


def _ready() -> None:
    """Set Django up, as the tests do; it holds nothing and asks no database here."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.office.settings")
        django.setup()


def access() -> Lines:
    """Yield the matrix of access."""
    _ready()
    from pejl.office.access import matrix

    heading, *rows = matrix("en")
    yield from table(heading, [[code(row[0]), *row[1:]] for row in rows])


def roles() -> Lines:
    """Yield each role with what it is for, in both languages."""
    from pejl.office.core.roles import ROLES

    rows = [
        [code(role), words.title.render("en"), words.title.render("da"), words.description.render("en")]
        for role, words in ROLES.items()
    ]
    yield from table(["role", "in English", "på dansk", "what for"], rows)


def environment() -> Lines:
    """Yield the settings of site and office, as they stand in the settings' own text."""
    import pejl.office.settings as office
    import pejl.site.settings as site

    for module in (site, office):
        yield "```text"
        yield from (line for line in (module.__doc__ or "").splitlines() if line.startswith("    "))
        yield "```"
        yield ""
