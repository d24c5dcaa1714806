"""Every effect that the table declares is in the registers, counted by other code than the generator's."""

from __future__ import annotations

import math
from functools import cache

import pytest
from tests.demo.generator.measured import CITIZENS, MEASURES, Frames, share
from tests.demo.generator.worlds import frame

from pejl.demo.generator import EFFECTS, generate
from pejl.demo.generator.effects import level

SIGNS = {"up": 1, "down": -1, "none": 0}
CHANGING = [name for name, effect in EFFECTS.items() if effect.direction != "none"]


def z_value(effect: str, frames: Frames = frame) -> float:
    """The change from 2020 to 2025 in standard errors, in the direction declared."""
    (before, first), (after, second) = MEASURES[effect](frames, 2020), MEASURES[effect](frames, 2025)
    return (after - before) / math.hypot(first, second) * (SIGNS[EFFECTS[effect].direction] or 1)


def found(frames: Frames) -> set[str]:
    """The changes that are beyond chance."""
    return {name for name in CHANGING if z_value(name, frames) > 1.96}


def test_every_effect_is_measured_here() -> None:
    assert set(MEASURES) == set(EFFECTS)


@pytest.mark.parametrize("effect", EFFECTS)
def test_an_effect_has_its_levels_before_and_after(effect: str) -> None:
    declared = EFFECTS[effect]
    for year, wanted in ((2018, declared.before), (2020, declared.before), (2025, declared.after)):
        value, error = MEASURES[effect](frame, year)
        assert abs(value - wanted) < 3.3 * error, (effect, year, value, wanted)


def test_the_demo_shows_the_changes_that_are_marked_visible_beyond_chance() -> None:
    visible = {name for name, effect in EFFECTS.items() if effect.visible}
    assert visible <= found(frame)
    assert len(visible) >= len(CHANGING) / 2


def test_at_least_half_of_the_changes_are_beyond_chance_with_another_seed_too() -> None:
    assert len(found(cache(generate(CITIZENS, 1).frame))) >= len(CHANGING) / 2


@pytest.mark.parametrize("effect", [name for name, effect in EFFECTS.items() if effect.direction == "none"])
def test_what_does_not_change_does_not_change_beyond_chance(effect: str) -> None:
    assert abs(z_value(effect)) < 2.6


def test_variant_a_flatters_vulnerable_pupils_because_they_miss_tests() -> None:
    table = frame("grade9")
    helped = frame("support")
    helped = helped[helped.target_group == "children_young"].person
    took = table.all_tests_danish & table.all_tests_maths
    passed = took & (table.mean_danish >= 2) & (table.mean_maths >= 2)
    weak, recent = table.person.isin(helped), table.school_year.astype(str) >= "2015/2016"
    lead_a = share(passed[took & ~weak & recent])[0] - share(passed[took & weak & recent])[0]
    lead_b = share(passed[~weak & recent])[0] - share(passed[weak & recent])[0]
    assert share(took[weak & recent])[0] < share(took[~weak & recent])[0] - 15
    assert lead_b > lead_a + 10


def test_levels_change_by_equal_steps_between_2020_and_2025() -> None:
    assert [level("homes_kept", year) for year in (2014, 2020, 2021, 2025, 2030)] == [85, 85, 87, 95, 95]


def test_directions_agree_with_levels() -> None:
    for effect in EFFECTS.values():
        step = effect.after - effect.before
        assert (step > 0) - (step < 0) == SIGNS[effect.direction]
        assert (effect.wanted is None) == (effect.direction == "none")
