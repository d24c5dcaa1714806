"""Units begin, change, merge, split and end; what was stays readable on its day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from pejl.office.accounts.world import World
from pejl.office.core.refusals import NotNowError
from pejl.office.core.roles import Role
from pejl.office.core.who import JOB
from pejl.office.organisation.acts import change_unit, close_unit, merge_units, open_unit, split_unit
from pejl.office.organisation.kinds import Level
from pejl.office.organisation.models import Unit
from pejl.office.organisation.queries import tree
from pejl.office.organisation.tree import Node, Tree

BEFORE, ON, AFTER = date(2014, 12, 31), date(2015, 1, 1), date(2015, 6, 1)


def names(on: date) -> list[tuple[int, str]]:
    return [(depth, node.name) for depth, node in tree(on).rows()]


def test_the_tree_is_read_in_one_query(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = names(ON)
    assert found == [
        (0, "Socialforvaltningen"),
        (1, "Center Nord"),
        (2, "Havnehuset"),
        (2, "Lindegården"),
        (1, "Center Syd"),
        (2, "Mosevej"),
    ]
    assert names(date(2013, 12, 31)) == []


def test_a_unit_moves_and_gets_another_name_from_a_day(world: World) -> None:
    unit = Unit.objects.get(code="havnehuset")
    change_unit(unit=unit, name="Havnehuset ved broen", parent=world.centres[1], on=ON, by=JOB)
    assert tree(BEFORE).name(unit.pk) == "Havnehuset"
    assert tree(ON).name(unit.pk) == "Havnehuset ved broen"
    assert [node.name for node in tree(ON).above(unit.pk)] == ["Center Syd", "Socialforvaltningen"]
    assert [node.name for node in tree(BEFORE).above(unit.pk)] == ["Center Nord", "Socialforvaltningen"]


def test_units_merge_and_split_and_it_can_be_followed(world: World) -> None:
    harbour, linden, moor = (Unit.objects.get(code=code) for code in ("havnehuset", "lindegaarden", "mosevej"))
    merge_units(units=[harbour, linden], into=linden, on=ON, by=JOB)
    assert tree(ON).get(harbour.pk) is None
    assert tree(BEFORE).get(harbour.pk) is not None
    parts = [
        open_unit(code=code, name=code, level=Level.UNIT, parent=world.centres[0], on=ON, by=JOB)
        for code in ("nordfloej", "sydfloej")
    ]
    split_unit(unit=linden, into=parts, on=AFTER, by=JOB)
    assert tree(BEFORE).heirs(harbour.pk) == {harbour.pk}
    assert tree(ON).heirs(harbour.pk) == {linden.pk}
    assert tree(AFTER).heirs(harbour.pk) == {part.pk for part in parts}
    assert tree(AFTER).heirs(moor.pk) == {moor.pk}
    assert tree(BEFORE).inherited([linden.pk]) == frozenset()
    assert tree(ON).inherited([linden.pk, moor.pk]) == {harbour.pk}
    assert tree(AFTER).inherited([parts[0].pk]) == {harbour.pk, linden.pk}


def test_where_a_unit_was_closed_the_one_above_carries_on(world: World) -> None:
    harbour = Unit.objects.get(code="havnehuset")
    change_unit(unit=harbour, name="Havnehuset ved broen", parent=world.centres[1], on=ON, by=JOB)
    close_unit(unit=harbour, on=AFTER, by=JOB)
    here = tree(AFTER)
    assert here.heirs(harbour.pk) == {world.centres[1].pk}
    assert here.name(harbour.pk) == "Havnehuset ved broen"
    assert (here.endings[harbour.pk].on, here.endings[harbour.pk].after) == (AFTER, frozenset())
    assert here.get(harbour.pk) is None
    assert here.heirs(987654) == frozenset()


def test_what_cannot_be_is_refused(world: World) -> None:
    centre, moor = world.centres[1], Unit.objects.get(code="mosevej")
    with pytest.raises(NotNowError, match="below itself"):
        change_unit(unit=centre, name="Center Syd", parent=moor, on=ON, by=JOB)
    with pytest.raises(NotNowError, match="other units stand below"):
        close_unit(unit=centre, on=ON, by=JOB)
    with pytest.raises(NotNowError, match="does not exist on"):
        close_unit(unit=moor, on=date(2013, 1, 1), by=JOB)
    close_unit(unit=moor, on=AFTER, by=JOB)
    with pytest.raises(NotNowError, match="later change"):
        change_unit(unit=moor, name="Mosen", parent=centre, on=ON, by=JOB)


def test_a_leader_reaches_everything_below(world: World) -> None:
    harbour, linden = (Unit.objects.get(code=code).pk for code in ("havnehuset", "lindegaarden"))
    assert world.actors[Role.CENTRE_LEADER].led == {world.centres[0].pk, harbour, linden}
    assert world.actors[Role.UNIT_LEADER].led == {harbour}
    assert world.actors[Role.EMPLOYEE].led == frozenset()
    assert world.actors[Role.EMPLOYEE].own == {harbour}
    assert world.actors[Role.SECRETARIAT].own == frozenset()


@given(st.lists(st.integers(0, 100), max_size=40))
def test_what_is_within_a_unit_is_what_has_it_above(choices: list[int]) -> None:
    nodes = [Node(0, "u0", "top", Level.ADMINISTRATION, None)]
    for number, choice in enumerate(choices, start=1):
        nodes.append(Node(number, f"u{number}", f"unit {number}", Level.UNIT, choice % number))
    made = Tree(tuple(nodes))
    for node in nodes:
        below = {other.unit for other in nodes if node in made.above(other.unit)}
        assert made.within(node.unit) == below | {node.unit}
    assert [node.unit for _, node in made.rows()].count(0) == 1
    assert len(made.rows()) == len(nodes)
