"""The whole world: all registers of one municipality, made from a number of citizens and a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.demo.generator import care, cases, contact, homes, residence, school, staff, support, units, work
from pejl.demo.generator.draws import stream
from pejl.demo.generator.families import households
from pejl.demo.generator.population import live
from pejl.demo.generator.tables import REGISTERS, Table, frame, row_count, values

if TYPE_CHECKING:
    import pandas as pd

    from pejl.demo.generator.days import Bools
    from pejl.demo.generator.population import People


@dataclass(frozen=True, slots=True)
class World:
    """All registers.

    Attributes:
        citizens: how many live here at the end of every year.
        seed: of the random numbers.
        tables: the registers by name, with the columns of `REGISTERS`.
    """

    citizens: int
    seed: int
    tables: dict[str, Table]

    def frame(self, name: str) -> pd.DataFrame:
        """One register for pandas; persons are row numbers of `persons`, -1 where there is no number."""
        return frame(self.tables[name])

    @property
    def rows(self) -> dict[str, int]:
        """Rows of each register."""
        return {name: row_count(table) for name, table in self.tables.items()}


def _special_needs(people: People, given: support.Support, *tables: Table) -> Bools:
    """Who has, at some time, a service for citizens with special needs."""
    special = support.ever(given, people)
    for table in tables:
        person = values(table, "person")
        special[person[person >= 0]] = True
    return special


def generate(persons: int, seed: int) -> World:
    """Make the registers of a municipality.

    Args:
        persons: citizens at the end of every year, at least 100.
        seed: the same seed gives the same registers, to the last value.

    Raises:
        ValueError: fewer than 100 persons.
    """
    if persons < 100:
        raise ValueError("a municipality has at least 100 citizens")
    people = live(stream(seed, "population"), persons)
    tables: dict[str, Table] = {"persons": residence.persons_table(people)}
    tables["households"] = households(people.members, people.family, people.birth)
    risk = homes.follow(stream(seed, "homes"), people)
    open_units = units.open_units(stream(seed, "units"), persons)
    tables["units"] = units.units_table(open_units)
    tables["residence"] = residence.residence_table(stream(seed, "residence"), people, risk, tables["households"])
    tables["homelessness"] = homes.homelessness_table(stream(seed, "homelessness"), risk)
    tables["housing_assignments"] = homes.assignments_table(risk)
    tables["evictions"] = homes.evictions_table(stream(seed, "evictions"), risk, tables["households"])
    rng = stream(seed, "stays")
    tables["stays"] = care.stays_table(rng, people, risk, tables["homelessness"], open_units)
    tables["treatments"] = care.treatments_table(stream(seed, "treatments"), people)
    given = support.support(stream(seed, "support"), people, open_units)
    tables["support"] = support.support_table(given, open_units)
    tables["support_delivered"] = support.delivered_table(stream(seed, "delivered"), given, open_units)
    tables["ffb_assessments"] = support.ffb_table(stream(seed, "ffb"), given)
    special = _special_needs(people, given, tables["stays"], tables["homelessness"], tables["treatments"])
    tables["time_limits"] = cases.time_limits_table()
    tables["cases"] = cases.cases_table(stream(seed, "cases"), people, special)
    tables["complaints"] = cases.complaints_table(stream(seed, "complaints"), people, tables["cases"])
    vulnerable = school.vulnerable_pupils(people, support.ever(given, people, 0))
    tables["pupils"], stay = school.pupils(stream(seed, "pupils"), people)
    rng = stream(seed, "absence")
    tables["school_absence"] = school.absence_table(rng, people, tables["pupils"], stay, vulnerable)
    tables["grade9"] = school.grade9_table(stream(seed, "grade9"), people, vulnerable)
    rng = stream(seed, "youth")
    tables["youth_education"] = school.youth_education_table(rng, people, tables["grade9"], vulnerable)
    employed = staff.staff(stream(seed, "staff"), people, open_units, persons)
    tables["employees"] = staff.employees_table(employed, open_units)
    tables["pay_months"] = staff.pay_table(employed, open_units)
    tables["sick_absence"] = staff.sick_table(stream(seed, "sick"), employed, open_units)
    tables["contact"] = contact.contact_table(stream(seed, "contact"), people)
    rng = stream(seed, "labour")
    tables["labour"] = work.labour_table(rng, people, special, employed, tables["youth_education"])
    tables["income"] = work.income_table(stream(seed, "income"), people, tables["households"], special)
    tables["charges"] = work.charges_table(stream(seed, "charges"), people)
    return World(persons, seed, {name: tables[name] for name in REGISTERS})
