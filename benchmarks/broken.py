"""A strategy file of 10,000 lines with 500 problems, every one of them known beforehand.

Half of the goals have nothing wrong with them. The problems are of every sort a slip of the keyboard makes: unknown
keys, unknown words, numbers and periods that are none, keys that are missing, names that lead nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

LINES, PROBLEMS, GOALS = 10_000, 500, 360

Slip = Callable[[str], str]


def _swap(pattern: str, replacement: str) -> Slip:
    return lambda goal: re.sub(pattern, replacement, goal, count=1, flags=re.MULTILINE)


SLIPS: dict[str, tuple[tuple[str, Slip], ...]] = {
    "form": (
        ("unknown_key", _swap(r"^        wording:", "        wordng:")),
        ("invalid_value", _swap(r"value: \d+", "value: 1.000,5")),
        ("invalid_value", _swap(r"direction: increase", "direction: upwards")),
        ("invalid_value", _swap(r"kind: at_least", "kind: atleast")),
        ("missing_key", _swap(r"^        scope: everywhere\n", "        note: {da: Uden, en: Without}\n")),
        ("invalid_value", _swap(r"period: 2017", "period: 2017-13")),
    ),
    "references": (
        ("broken_reference", _swap(r"population: invented_people", "population: invented_peple")),
        ("broken_reference", _swap(r"scope: everywhere", "scope: everywere")),
        ("broken_reference", _swap(r"indicator: measure_(\d+)", r"indicator: measure_\g<1>x")),
    ),
}


def break_strategy(workspace: Path, sort: str) -> Counter[str]:
    """Put one long, broken strategy file in the place of a workspace's own; return its problems by code."""
    for path in (workspace / "strategy").glob("*.yaml"):
        path.unlink()
    slips = SLIPS[sort]
    expected: Counter[str] = Counter()
    goals = []
    for number in range(GOALS):
        goal = _GOAL.format(number=number, measure=number % 23 + 1)
        for turn in range(2 if number < PROBLEMS // 2 else 0):
            code, slip = slips[(number + turn) % len(slips)]
            broken = slip(goal)
            assert broken != goal, f"the slip '{code}' leaves the goal as it is"
            goal = broken
            expected[code] += 1
        goals.append(goal)
    text = _HEAD + "".join(goals)
    text += "# the end\n" * (LINES - text.count("\n"))
    assert text.count("\n") == LINES
    assert expected.total() == PROBLEMS
    (workspace / "strategy" / "long.yaml").write_text(text, encoding="utf-8")
    return expected


_HEAD = """\
# Synthetic: invented goals, half of them with two slips each.
id: long_strategy
title:
  da: Opfundet strategi
  en: Invented strategy
status: ended
valid:
  from: 2014-01-01
  to: 2017-12-31
adopted_on: 2014-01-01
committee:
  da: Det opfundne udvalg
  en: The invented committee
sources:
  - title:
      da: Opfundet papir
      en: Invented paper
guideposts:
  - id: guidepost
    number: 1
    title:
      da: Opfundet pejlemærke
      en: Invented guidepost
    goals:
"""
_GOAL = """\
      - id: goal_{number:03}
        code: M{number}
        title:
          da: Opfundet delmål nr. {number}
          en: Invented goal no. {number}
        wording: ours
        indicator: measure_{measure:03}
        population: invented_people
        scope: everywhere
        direction: increase
        targets:
          - kind: at_least
            period: 2017
            value: 1000
            standing: adopted
            note:
              da: Opfundet.
              en: Invented.
        weight: not_known
        timetable: not_set
        sources:
          - title:
              da: Opfundet papir
              en: Invented paper
            item: "{number}"
"""
