"""The words strategies and indicators share: units, scopes, dimensions, cubes, target groups, populations."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from pejl.text import message
from pejl.workspace.base import Day, Declared, Identifier, LocalText, Many, SourceRef, Words
from pejl.workspace.problems import DeclarationError

MeasureKind = Literal["count", "share", "rate", "mean", "ratio", "transition"]


class Unit(Declared):
    """What a number counts. `kind` decides how its uncertainty is computed; percent is 0-100."""

    id: Identifier
    label: LocalText
    kind: MeasureKind
    aliases: Many[Words] = ()


class Scope(Declared):
    """Whom a figure or a goal is about; a figure of one scope does not judge a goal of another."""

    id: Identifier
    title: LocalText
    aliases: Many[Words] = ()
    within: Identifier | None = None


class _Dated(Declared):
    """What holds from one day to another."""

    valid_from: Day | None = None
    valid_to: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from:
            raise DeclarationError(
                message("'valid_to' lies before 'valid_from'"),
                message("Correct one of the two days."),
                key="valid_to",
            )
        return self


class AgeBand(Declared):
    """Whole years of age, both included; without `to`, all above."""

    from_: int = Field(alias="from", ge=0)
    to: int | None = None


class Code(_Dated):
    """One value of a dimension, valid for a time, under several spellings; `ages` where it is an age group.

    `tile` is its place (column, row) on a map of equal squares, where the codes are parts of a town.
    """

    code: Words
    label: LocalText
    aliases: Many[Words] = ()
    parent: Words | None = None
    ages: AgeBand | None = None
    tile: tuple[int, int] | None = Field(default=None, strict=False)


class Standing(Declared):
    """Where a person's place in a dimension is read: a register or a model, on the day a figure is about.

    The relation has a `person`, and either the `column` that holds the code or `born`, the day of birth, from which
    the code's `ages` decide. With `from` and `to` its rows are spells, both days included, an empty `to` open; without,
    they hold always. `unknown` is the declared code of those of whom nothing is known; `none` in an overlapping
    dimension the code of those who are in none of its groups.
    """

    relation: Identifier
    person: Identifier = "person"
    column: Identifier | None = None
    born: Identifier | None = None
    from_: Identifier | None = Field(default=None, alias="from")
    to: Identifier | None = None
    unknown: Words | None = None
    none: Words | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Standing:
        if (self.column is None) == (self.born is None):
            raise DeclarationError(
                message("a standing is read from either 'column' or 'born'"), message("Keep one of them.")
            )
        return self


class MergedCode(Declared):
    """A wider code: the sum of others."""

    code: Words
    label: LocalText
    of: Many[Words] = Field(min_length=2)


class Merge(Declared):
    """A coarser way to break figures down, taken where too much would be withheld; codes not named stay as they are."""

    id: Identifier
    title: LocalText
    codes: Many[MergedCode] = Field(min_length=1)


class Dimension(Declared):
    """A way to break figures down.

    `overlapping`: its codes may share people, so they do not sum. `named_units`: its codes are single units of the
    organisation, whose figures stay in the house unless the workspace's `disclosure.named_units` says otherwise.
    `merges` are tried in their order where too much of a table would be withheld.
    """

    id: Identifier
    title: LocalText
    codes: Many[Code]
    overlapping: bool = False
    named_units: bool = False
    merges: Many[Merge] = ()
    standing: Standing | None = None

    @model_validator(mode="after")
    def _merges_are_apart(self) -> Self:
        seen = {code.code for code in self.codes}
        for merge in self.merges:
            taken: set[str] = set()
            for merged in merge.codes:
                if merged.code in seen:
                    raise DeclarationError(
                        message("the code '{code}' stands in the dimension already", code=merged.code),
                        message("Give the merged code a name of its own."),
                        key="merges",
                    )
                both = sorted(taken.intersection(merged.of))
                if both:
                    raise DeclarationError(
                        message("the code '{code}' is in two merged codes of '{merge}'", code=both[0], merge=merge.id),
                        message("Let each code be in one of them at most."),
                        key="merges",
                    )
                seen.add(merged.code)
                taken.update(merged.of)
        if self.merges and self.overlapping:
            raise DeclarationError(
                message("codes that may share people cannot be merged by adding them up"),
                message("Remove 'merges', or 'overlapping' if nobody has two of the codes."),
                key="merges",
            )
        return self


class Cube(Declared):
    """Breakdowns that many indicators share: every combination of up to `ways` of its dimensions."""

    id: Identifier
    title: LocalText
    dimensions: Many[Identifier] = Field(min_length=1)
    ways: int = Field(default=1, ge=1, le=3)


class TargetGroup(Declared):
    """People the strategy is for; one person may belong to several groups."""

    id: Identifier
    title: LocalText
    aliases: Many[Words] = ()
    note: LocalText | None = None


class TargetGroupVersion(_Dated):
    """The target groups as one document divides them, with the time it held."""

    id: Identifier
    title: LocalText
    valid_from: Day
    sources: Many[SourceRef] = ()
    groups: Many[TargetGroup]


class TargetGroupMapping(Declared):
    """How a group of one version relates to groups of another: the same, wider, narrower, or in part."""

    group: Identifier
    to: Many[Identifier]
    relation: Literal["same", "wider", "narrower", "overlaps"]
    standing: Literal["source", "ours"]
    note: LocalText | None = None


class PopulationVersion(Declared):
    """One dated definition of a population; `standing` tells the city's words from a proposal of ours."""

    version: Words
    valid_from: Day | None = None
    definition: LocalText
    standing: Literal["source", "proposal"]
    sources: Many[SourceRef] = ()


class Population(Declared):
    """Whom a goal or an indicator is about, such as citizens with special needs; defined in versions."""

    id: Identifier
    title: LocalText
    aliases: Many[Words] = ()
    target_groups: Many[Identifier] = ()
    versions: Many[PopulationVersion] = Field(min_length=1)


class Vocabulary(Declared):
    """One file of `vocabulary/`; any of the lists may stand in any file."""

    units: Many[Unit] = ()
    scopes: Many[Scope] = ()
    dimensions: Many[Dimension] = ()
    target_group_versions: Many[TargetGroupVersion] = ()
    target_group_mappings: Many[TargetGroupMapping] = ()
    populations: Many[Population] = ()
    cubes: Many[Cube] = ()
