"""Whom a goal or an indicator is about, as defined in versions."""

from __future__ import annotations

from dataclasses import dataclass

from pejl.site.pages.contents import Contents
from pejl.site.pages.wording import Record


@dataclass(frozen=True, slots=True)
class Version:
    """A dated definition.

    Attributes:
        version: its name, such as a year.
        valid_from: the day it begins to hold; None for always.
        definition: Danish and English.
        proposed: whether it is a proposal, not the source's own words.
        sources: where it was read.
    """

    version: str
    valid_from: str | None
    definition: Record
    proposed: bool
    sources: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """Whom something is about.

    Attributes:
        title: Danish and English.
        versions: its definitions, the newest first.
        target_groups: pairs of id and title of the target groups it consists of.
    """

    title: Record
    versions: tuple[Version, ...]
    target_groups: tuple[tuple[str, Record], ...]


def population(contents: Contents, name: str | None) -> Population | None:
    """Return a population by its id; None where there is none such."""
    declared = contents.release.workspace["populations"].get(name) if name is not None else None
    if declared is None:
        return None
    groups = contents.target_groups
    return Population(
        title=declared["title"],
        versions=versions(declared),
        target_groups=tuple((each, groups[each]["title"]) for each in declared["target_groups"] if each in groups),
    )


def versions(declared: Record) -> tuple[Version, ...]:
    """Return the versions of a definition, the newest first."""
    return tuple(
        Version(
            each["version"],
            each["valid_from"],
            each["definition"],
            each["standing"] == "proposal",
            tuple(each["sources"]),
        )
        for each in reversed(declared["versions"])
    )
