"""The contracts of the invented municipality's registers: what they promise, and that it is what is generated."""

from __future__ import annotations

from datetime import date

import pytest
from tests.demo.municipality.municipal_world import template

from pejl.demo.generator.names import DISTRICTS, UNIT_KINDS, unit_name
from pejl.demo.generator.tables import NATIONAL, REGISTERS
from pejl.measure.queries import build_graph
from pejl.office.loop.columns import EMPTY
from pejl.registers.contracts import check_registers
from pejl.workspace.checks import check_workspace
from pejl.workspace.problems import Problems
from pejl.workspace.registers import Register

CONTRACTS = template().registers_by_id


@pytest.fixture(params=sorted(CONTRACTS))
def contract(request: pytest.FixtureRequest) -> Register:
    return CONTRACTS[request.param]


OF_THE_OFFICE = {f"office_{file.stem}": columns for file, columns in EMPTY.items()}
"""Registers that the office writes, with their columns."""


def test_there_is_a_contract_for_each_register_generated_with_its_columns_in_their_order() -> None:
    kinds = {
        register.id: {column.name: "person" if column.type == "cpr" else column.type for column in register.columns}
        for register in CONTRACTS.values()
        if register.id not in OF_THE_OFFICE
    }
    assert {name: list(columns.items()) for name, columns in kinds.items()} == {
        name: list(columns.items()) for name, columns in REGISTERS.items()
    }


def test_there_is_a_contract_for_each_register_of_the_office_with_its_columns_in_their_order() -> None:
    columns = {name: tuple(column.name for column in CONTRACTS[name].columns) for name in OF_THE_OFFICE}
    assert columns == OF_THE_OFFICE


def test_national_registers_are_processed_where_registers_are_linked_and_nowhere_else() -> None:
    for register in CONTRACTS.values():
        assert (register.processed_at == ("linked_registers",)) == (register.id in NATIONAL)


def test_everything_is_said_in_danish_and_in_english_and_the_law_is_to_be_confirmed(contract: Register) -> None:
    texts = [contract.title, contract.purpose, contract.legal_basis, contract.delivered_by]
    texts += [column.description for column in contract.columns if column.description is not None]
    assert all(text.en for text in texts)
    assert len(texts) == 4 + len(contract.columns)  # every column is described
    assert contract.legal_basis.en is not None
    assert "own lawyers must confirm" in contract.legal_basis.en
    assert "(opfund" in contract.delivered_by.da


def test_only_the_persons_number_identifies_and_it_becomes_a_pseudonym(contract: Register) -> None:
    identifying = [column for column in contract.columns if column.personal == "identifier"]
    assert [(column.name, column.type) for column in identifying] == ([("person", "cpr")] if contract.person else [])


def test_registers_about_persons_have_a_basis_for_their_most_delicate_column(contract: Register) -> None:
    classes = {column.personal for column in contract.columns}
    basis = contract.legal_basis.en or ""
    if "criminal" in classes:
        assert "articles 6(1)(e), 10 and 89" in basis
    if classes <= {"none"}:
        assert "no data about persons" in basis


def test_sensitive_columns_rest_on_article_9(contract: Register) -> None:
    if "sensitive" in {column.personal for column in contract.columns}:
        assert "9(2)(j)" in (contract.legal_basis.en or "")


def test_what_is_named_exists(contract: Register) -> None:
    names = {column.name for column in contract.columns}
    assert {*contract.key, *(contract.spells.per if contract.spells else ())} <= names
    if contract.spells is not None:
        assert {contract.spells.from_, contract.spells.to} <= names
    for column in contract.columns:
        assert column.dimension is None or column.dimension in template().dimensions
        if column.references is not None:
            register, other = column.references.split(".")
            assert CONTRACTS[register].column(other) is not None


def test_every_register_is_read_by_some_sql() -> None:
    texts = [each.text for each in template().sql_files]
    others = {dimension.standing.relation for dimension in template().dimensions.values() if dimension.standing}
    unread = {name for name in CONTRACTS if name not in others and not any(name in text for text in texts)}
    assert unread <= {"units", "contact"}  # others refer to it; surveys say who is written to how


def test_districts_and_units_are_those_generated() -> None:
    districts = {code.code: code.label.da for code in template().dimensions["district"].codes}
    assert districts == {**DISTRICTS, "unknown": "Ukendt bydel"}
    units = {code.code: code.label.da for code in template().dimensions["unit"].codes}
    assert units == {f"u{number + 1:03d}": unit_name(number % len(UNIT_KINDS), number) for number in range(10)}


def test_every_age_is_in_exactly_one_age_group() -> None:
    bands = [code.ages for code in template().dimensions["age_group"].codes if code.ages is not None]
    for age in range(121):
        assert sum(band.from_ <= age and (band.to is None or age <= band.to) for band in bands) == 1


def test_the_template_has_no_problem_and_no_warning() -> None:
    problems = Problems()
    check_workspace(template(), problems, date(2026, 1, 1))
    check_registers(template(), problems)
    build_graph(template(), problems)
    assert [(problem.code, str(problem.location)) for problem in problems.sorted()] == []


def test_what_is_counted_in_the_municipality_reads_nothing_that_may_not_be_processed_there() -> None:
    graph = build_graph(template(), Problems())
    standing = [dimension.standing.relation for dimension in template().dimensions.values() if dimension.standing]
    for (name, _), query in graph.indicators.items():
        indicator = template().indicators_by_id[name]
        way = indicator.counting.way if indicator.counting is not None else None
        read = {*graph.registers_of(query), *standing, *([way.relation] if way is not None else [])}
        models = graph.upstream(read)
        read |= {register for model in models for register in graph.registers_of(model)}
        for register in read & CONTRACTS.keys():
            assert indicator.made_at in CONTRACTS[register].processed_at, (name, register)
