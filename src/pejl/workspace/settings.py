"""`pejl.toml`: whose workspace this is, its languages, what it says on its face, and how registers are counted here."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pejl.text import message
from pejl.workspace.base import Declared, Identifier, LocalText, Many, Words
from pejl.workspace.problems import DeclarationError
from pejl.workspace.registers import Place

Lang = Literal["da", "en"]


class Years(Declared):
    """The first and the last year that registers are counted for."""

    first: int = Field(ge=1800, le=2199)
    last: int = Field(ge=1800, le=2199)

    @model_validator(mode="after")
    def _in_order(self) -> Years:
        if self.last < self.first:
            raise DeclarationError(
                message("the last year lies before the first"), message("Correct one of them."), key="last"
            )
        return self


class EngineSettings(Declared):
    """What counts the registers, and how much of the machine it may use; memory as in 4GB."""

    name: Identifier = "duckdb"
    memory: Words | None = None
    threads: int | None = Field(default=None, ge=1)


class Disclosure(Declared):
    """What readers may see of small groups.

    `threshold` is the least number of persons, or of persons without the trait, that a published number may show.
    `ways` is by how many dimensions at once figures counted from registers are published; the house has all of them.
    `named_units`: figures of single named units are published too. Where more than `most_lost` percent of an
    indicator's rows would be withheld, codes are merged as their dimensions declare; with `rounding` the figures may be
    rounded to fives instead, if that tells more.
    """

    threshold: int = Field(default=5, ge=1)
    ways: int = Field(default=2, ge=0, le=2)
    named_units: bool = False
    most_lost: int = Field(default=30, ge=0, le=100)
    rounding: bool = False


class Hearing(Declared):
    """A way for citizens to be heard: what it is, how to do it, and where to read more."""

    title: LocalText
    text: LocalText
    url: Words | None = None


class Contact(Declared):
    """Whom readers turn to, in writing and by telephone; both are asked for by the law on accessible web sites."""

    name: LocalText
    email: Words | None = None
    phone: Words | None = None


class Licence(Declared):
    """What others may do with the open data; `id` is its SPDX id, such as CC-BY-4.0."""

    title: LocalText
    id: Words | None = None
    url: Words | None = None


class SiteSettings(Declared):
    """What the public site needs beside the release.

    `address` is where the site will be found, for feeds and data catalogues. `accessibility_statement` is the address
    of the statement made in the state's own tool. `boundaries` is a GeoJSON file of districts, by path in the
    workspace, whose features have the `code`. Without a `licence` none is stated.
    """

    address: Words | None = None
    contact: Contact | None = None
    accessibility_statement: Words | None = None
    hearings: Many[Hearing] = ()
    boundaries: Words | None = None
    licence: Licence | None = None


class Settings(Declared):
    """The settings of a workspace.

    `notice` is shown wherever the workspace is shown. `own` is false where the workspace describes a
    municipality without being that municipality's own. `synthetic`: the persons in its registers are invented.
    `population` names the series of inhabitants that rates are computed with. `place` is where the workspace is run:
    registers that may not be processed there are not read. `pseudonym_key` is the file with the key that turns CPR
    numbers into pseudonyms; it lies outside the workspace.
    """

    id: Identifier
    title: LocalText
    municipality: LocalText
    own: bool
    synthetic: bool = False
    notice: LocalText
    languages: Many[Lang] = Field(default=("da", "en"), min_length=1)
    population: Identifier | None = None
    place: Place = "municipality"
    years: Years | None = None
    pseudonym_key: Words | None = None
    engine: EngineSettings = EngineSettings()
    disclosure: Disclosure = Disclosure()
    site: SiteSettings = SiteSettings()
