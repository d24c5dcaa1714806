"""Where persons stand at the as-of days of all periods: computed once and shared by all indicators."""

# SQL is written here, of quoted names and of numbers and words of our own.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date

from pejl.engines.sql_text import quoted
from pejl.measure.cube.on_days import Words, placed
from pejl.measure.cube.parts import EVERYBODY, Part
from pejl.measure.cube.plan import Plan
from pejl.measure.cube.relations import PERSON, Relations, digest
from pejl.measure.cube.standing import Packing, on_moments
from pejl.workspace.vocabulary import Dimension

NOWHERE = Packing(())
_YEARLY = ("year", "transition", "school_year")


@dataclass(frozen=True, slots=True)
class _Table:
    """The standing of everybody in some dimensions on some days."""

    name: str
    words: Words

    @property
    def packing(self) -> Packing:
        """How places are packed."""
        return self.words.packing


class Places:
    """Gives plans the standing of persons.

    `plans` are all that may be asked for: all kinds of years share one table, and each other kind of period has one,
    with the days and dimensions of all their plans.
    """

    def __init__(self, relations: Relations, plans: Iterable[Plan]) -> None:
        self._relations = relations
        dimensions: dict[str, dict[str, Dimension]] = {}
        days: dict[str, set[date]] = {}
        for plan in plans:
            if plan.standing and not plan.by_event and not relations.missing(places_of(plan.standing)):
                family = _family(plan)
                dimensions.setdefault(family, {}).update({each.id: each for each in plan.standing})
                days.setdefault(family, set()).update(each.day for each in plan.periods)
        self._tables = {
            family: _Table(
                f"_standing_{family}",
                Words(
                    Packing(tuple(found[name] for name in sorted(found))), tuple(sorted(days[family], key=_in_the_year))
                ),
            )
            for family, found in dimensions.items()
        }

    def packing(self, plan: Plan) -> Packing:
        """Return how places are packed in the column `s` of the rows of `plan`."""
        if not plan.standing:
            return NOWHERE
        return Packing(plan.standing) if plan.by_event else self._tables[_family(plan)].packing

    def beside(self, relations: Relations) -> Places:
        """Return the same for `relations` of a session beside."""
        other = copy(self)
        other._relations = relations
        return other

    def prepare(self, plan: Plan, part: Part) -> None:
        """Let the session read where the persons of `part` stand; to be done before the rows are exposed."""
        if plan.standing and not plan.by_event:
            self._show(self._tables[_family(plan)], part)

    def placed(self, plan: Plan, rows: str, part: Part) -> str:
        """Return the SELECT of `rows` with where each person stands, as `s`.

        With `by_event` the rows must be a kept relation, for they are read twice.
        """
        if not plan.standing:
            return f"SELECT *, 0 AS s FROM {rows}"
        nobody = self.packing(plan).nobody
        if plan.by_event:
            self._moments(plan, rows, part)
            found = "coalesce(t.s, 0)"
            joined = "LEFT JOIN _marks t ON t.person = f.person AND t.day = f.day"
        else:
            table = self._tables[_family(plan)]
            whens = " ".join(f"WHEN {each.number} THEN {table.words.on(each.day, 't')}" for each in plan.periods)
            found = f"coalesce(CASE f.period_no {whens} END, 0)::{table.packing.sql_type}"
            joined = f"LEFT JOIN {quoted(table.name)} t ON t.person = f.person"
        place = f"CASE WHEN f.person IS NULL THEN {nobody} ELSE {found} END" if nobody else found
        return f"SELECT f.*, {place} AS s FROM {rows} f {joined}"

    def _show(self, table: _Table, part: Part) -> None:
        relations = self._relations
        names = places_of(table.packing.dimensions)

        def sql(each: Part) -> str:
            relations.expose(names, each)
            read = {dimension.id: _relation(dimension) for dimension in table.packing.dimensions}
            single = {dimension.id: self._single(dimension) for dimension in table.packing.dimensions}
            return placed(table.words, read, single)

        def parts() -> tuple[Part, ...]:
            return relations.count_parts(names) if self._divisible(table) else (EVERYBODY,)

        declared = [dimension.model_dump(mode="json", by_alias=True) for dimension in table.packing.dimensions]
        key = digest([declared, [day.isoformat() for day in table.words.days], [relations.key(name) for name in names]])
        relations.show_kept(table.name, key, parts, sql, part)

    def _moments(self, plan: Plan, rows: str, part: Part) -> None:
        session = self._relations.session
        self._relations.expose(places_of(plan.standing), part if self._all_divisible(plan.standing) else EVERYBODY)
        wanted = f"SELECT DISTINCT person, day FROM {rows} WHERE person IS NOT NULL AND day IS NOT NULL"
        session.keep("_moments", wanted)
        read = {each.id: _relation(each) for each in plan.standing}
        session.keep("_marks", on_moments(Packing(plan.standing), "_moments", read))

    def _divisible(self, table: _Table) -> bool:
        return self._all_divisible(table.packing.dimensions)

    def _all_divisible(self, dimensions: Iterable[Dimension]) -> bool:
        """Tell whether where persons stand is read by the column by which relations are divided."""
        return all(self._person(each) == _person_column(each) for each in dimensions)

    def _person(self, dimension: Dimension) -> str | None:
        source = self._relations.sources.get(_relation(dimension))
        return source.person if source is not None else PERSON

    def _single(self, dimension: Dimension) -> bool:
        """Tell whether it is known that nobody has two places in a dimension on the same day."""
        source, standing = self._relations.sources.get(_relation(dimension)), dimension.standing
        if source is None or standing is None:
            return False
        apart = source.spells is not None and source.spells == (standing.from_, standing.to, (standing.person,))
        return apart or source.key == (standing.person,)


def places_of(dimensions: Iterable[Dimension]) -> tuple[str, ...]:
    """Return the registers and models that say where persons stand in `dimensions`."""
    return tuple(dict.fromkeys(_relation(each) for each in dimensions))


def _in_the_year(day: date) -> tuple[int, int, int]:
    """Put the ends of years beside each other, and those of school years: a plan reads few words then."""
    return day.month, day.day, day.year


def _relation(dimension: Dimension) -> str:
    assert dimension.standing is not None, "a plan has only dimensions with a standing here"
    return dimension.standing.relation


def _person_column(dimension: Dimension) -> str:
    assert dimension.standing is not None, "a plan has only dimensions with a standing here"
    return dimension.standing.person


def _family(plan: Plan) -> str:
    """Return a name for the plans whose as-of days are largely the same."""
    return "year" if plan.counting.period in _YEARLY else plan.counting.period
