"""A stock that counts only some of the levels that transitions begin at."""

from __future__ import annotations

import pytest

from pejl.protect.whole import IndicatorTable, Numbers, Relation, protect_release

# 30 were vulnerable (20 light, 10 severe) and 100 were not; the stock does not count those who are not.
STOCK = IndicatorTable(
    "vulnerable",
    "1",
    "2020",
    "city",
    "count",
    {
        (): Numbers(30),
        (("level", "light"),): Numbers(20),
        (("level", "severe"),): Numbers(10),
        (("level", "none"),): Numbers(0),
    },
)
MOVES = IndicatorTable(
    "moves",
    "1",
    "2020>2021",
    "city",
    "transition",
    {
        (): Numbers(130),
        (("level_from", "light"),): Numbers(20),
        (("level_from", "severe"),): Numbers(10),
        (("level_from", "none"),): Numbers(100),
    },
)


@pytest.mark.parametrize(("codes", "broken"), [((), ["relation_broken"]), (("light", "severe"), [])])
def test_what_is_declared_of_some_codes_is_not_reckoned_of_others(codes: tuple[str, ...], broken: list[str]) -> None:
    relation = Relation("from_stock", "moves", "vulnerable", "level_from", "level", codes=codes)
    found = protect_release([STOCK, MOVES], relations=[relation])
    assert [each.code for each in found.findings] == broken
    assert found.proved
    assert not found.withheld
