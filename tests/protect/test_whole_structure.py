"""Which finest tables stand behind published breakdowns."""

from __future__ import annotations

import pytest

from pejl.protect.whole.structure import cliques, shared
from pejl.protect.whole.tables import Groupings, cell_of, cell_text


@pytest.mark.parametrize(
    ("breakdowns", "finest"),
    [
        ([], []),
        (["a", "b", "c"], ["a", "b", "c"]),
        (["ab", "b", "c"], ["ab", "c"]),
        (["ab", "bc"], ["ab", "bc"]),  # a chain: each pair says all there is to say
        (["ab", "bc", "ac"], ["abc"]),  # a ring: the people behind it have a place in all three
        (["ab", "bc", "cd", "ad"], ["abd", "bcd"]),  # a ring of four needs one chord
    ],
)
def test_finest_tables_are_the_cliques_of_the_graph_made_chordal(breakdowns: list[str], finest: list[str]) -> None:
    assert cliques(tuple(each) for each in breakdowns) == [tuple(each) for each in finest]


def test_what_finest_tables_have_in_common_is_in_both() -> None:
    assert shared([("a", "b", "d"), ("b", "c", "d"), ("e",)]) == {("b", "d")}


def test_codes_that_overlap_are_sums_of_combinations_and_parents_of_their_leaves() -> None:
    groupings = Groupings(
        {"group": frozenset({"none"})}, {"place": {"city": ("north", "south"), "north": ("n1", "n2")}}
    )
    assert groupings.inner("group", ["young", "ill", "none"]) == {
        "young": ("young", "young+ill"),
        "ill": ("ill", "young+ill"),
        "none": ("none",),
    }
    assert groupings.inner("place", ["city", "n1"]) == {"city": ("n1", "n2", "south"), "n1": ("n1",)}
    assert groupings.inner("sex", ["f"]) == {"f": ("f",)}
    assert groupings.is_plain("sex", ["f"])
    assert not groupings.is_plain("place", ["city"])


@pytest.mark.parametrize("cell", [(), (("district", "north"),), (("district", "north"), ("sex", "f"))])
def test_a_cell_is_written_and_read_back(cell: tuple[tuple[str, str], ...]) -> None:
    assert cell_of(cell_text(cell)) == cell


@pytest.mark.parametrize("text", ["", "north", "district=", "=north"])
def test_what_is_no_cell_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a cell is"):
        cell_of(text)
