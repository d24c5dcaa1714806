"""The matrix of access, printed from the routes themselves."""

from __future__ import annotations

from pejl.office.core.roles import ROLES, Role
from pejl.office.web.routing import ROUTES, Access
from pejl.text import Language, message

YES = "●"


def matrix(language: Language) -> list[list[str]]:
    """Return the table: a heading, then a row for each route, with a mark for each role that may ask."""
    from pejl.office import urls  # noqa: F401 - the routes are known once the addresses are

    heading = [message("Address").render(language), *(ROLES[role].title.render(language) for role in Role)]
    heading += [message("Without an account").render(language), message("Reads").render(language)]
    return [heading, *(_row(access, language) for access in sorted(ROUTES.values(), key=lambda access: access.name))]


def _row(access: Access, language: Language) -> list[str]:
    marks = [YES if access.roles is not None and role in access.roles else "" for role in Role]
    without = ""
    if access.link:
        without = message("by a private link").render(language)
    elif access.roles is None:
        without = message("everybody").render(language)
    return [access.name, *marks, without, ", ".join(sorted(access.reads))]
