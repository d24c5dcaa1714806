"""`pejl.toml`: whose workspace this is, its languages, and what it says on its face."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pejl.workspace.base import Declared, Identifier, LocalText, Many

Lang = Literal["da", "en"]


class Settings(Declared):
    """The settings of a workspace.

    `notice` is shown wherever the workspace is shown. `own` is false where the workspace describes a
    municipality without being that municipality's own. `population` names the series of inhabitants that rates
    are computed with.
    """

    id: Identifier
    title: LocalText
    municipality: LocalText
    own: bool
    notice: LocalText
    languages: Many[Lang] = Field(default=("da", "en"), min_length=1)
    population: Identifier | None = None
