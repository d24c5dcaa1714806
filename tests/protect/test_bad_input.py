"""What cannot be is refused with one sentence: dimension, code and mend, never a count."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pejl.protect import Table, audit, protect

GOOD = pd.DataFrame({"a": ["d1", "d2", "d3"], "b": ["m", "m", "k"], "n": [7777, 8888, 3]})


def refused(*words: str, **changes: Any) -> None:
    arguments: dict[str, Any] = {"frame": GOOD, "dimensions": ["a", "b"], **changes}
    with pytest.raises(ValueError, match=r"[a-z]+") as caught:
        Table(**arguments)
    says(str(caught.value), *words)


def says(sentence: str, *words: str) -> None:
    for word in words:
        assert word in sentence
    assert "\n" not in sentence
    for count in ("7777", "8888", "9999", "-4", "2.5"):
        assert count not in sentence


def changed(column: str, values: list[Any]) -> pd.DataFrame:
    return GOOD.assign(**{column: values})


def test_frames_that_cannot_be() -> None:
    refused("column 'z' is missing", dimensions=["a", "z"])
    refused("column 'antal' is missing", count="antal")
    refused("dimension 'a' is given twice", dimensions=["a", "a"])
    refused("list", dimensions="a")
    refused("'n'", "rename", dimensions=["a", "n"])
    refused("no rows", frame=GOOD.head(0))
    refused("a 'd1', b 'm'", "two rows", "add them up", frame=pd.concat([GOOD, GOOD.head(1)]))
    refused("dimension 'b'", "'Total' is reserved", frame=changed("b", ["m", "Total", "k"]))
    refused("dimension 'b'", "row 2 has no code", frame=changed("b", ["m", None, "k"]))


@pytest.mark.parametrize("bad", [-4, 2.5, float("nan"), float("inf"), None, "7777"])
def test_counts_that_cannot_be(bad: object) -> None:
    refused("a 'd2', b 'm'", "whole number", frame=changed("n", [7777, bad, 3]))


def test_hierarchies_that_cannot_be() -> None:
    def tree(parents: dict[str, list[str]], name: str = "a") -> dict[str, dict[str, list[str]]]:
        return {name: parents}

    refused("'z'", "no dimension", hierarchies=tree({"p": ["d1"]}, "z"))
    refused("dimension 'a'", "'d1'", "'p'", "'q'", hierarchies=tree({"p": ["d1"], "q": ["d1"]}))
    refused("dimension 'a'", "'d1' is named twice", hierarchies=tree({"p": ["d1", "d1"]}))
    refused("dimension 'a'", "below itself", hierarchies=tree({"p": ["q"], "q": ["p"]}))
    refused("dimension 'a'", "'d9' under 'p'", "spelling", hierarchies=tree({"p": ["d1", "d9"]}))
    refused("dimension 'a'", "'d1' is a parent", hierarchies=tree({"d1": ["d2"]}))
    refused("dimension 'a'", "'p' has no children", hierarchies=tree({"p": []}))
    refused("dimension 'a'", "'Total' is reserved", hierarchies=tree({"Total": ["d1"]}))


def protection_refused(*words: str, **arguments: Any) -> None:
    with pytest.raises(ValueError, match=r"[a-z]+") as caught:
        protect(**{"tables": [Table(GOOD, ["a", "b"])], **arguments})
    says(str(caught.value), *words)


def test_calls_that_cannot_be() -> None:
    protection_refused("at least one Table", tables=[])
    protection_refused("list", tables=Table(GOOD, ["a", "b"]))
    protection_refused("threshold", threshold=0)
    protection_refused("threshold", threshold=2.5)


def test_tables_that_disagree_about_a_cell() -> None:
    other = Table(changed("n", [9999, 8888, 3]), ["a"])
    protection_refused("a 'd1'", "name the counts differently", tables=[Table(GOOD, ["a", "b"]), other])


def test_counts_of_different_names_are_different_cells() -> None:
    other = Table(changed("n", [9999, 8888, 3]).rename(columns={"n": "women"}), ["a"], count="women")
    cells = protect([Table(GOOD, ["a"]), other]).cells
    assert cells["counted"].value_counts().to_dict() == {"n": 4, "women": 4}


def test_published_before_that_contradicts_the_tables() -> None:
    before = protect([Table(changed("n", [9999, 8888, 3]), ["a", "b"])]).cells
    protection_refused("a 'd1'", "published_before", published_before=[before])
    protection_refused("published_before", "'n'", published_before=[before.drop(columns="n")])
    protection_refused("published_before", "status", published_before=[before.assign(status="?")])
    partial = before[(before["a"] != "d1") | (before["b"] != "m")]
    protection_refused("published_before", "a 'd1', b 'm'", "lacks", published_before=[partial])


def test_cells_that_contradict_each_other() -> None:
    cells = pd.DataFrame({"a": ["Total", "d1", "d2"], "n": [7777, 8888, None]})
    with pytest.raises(ValueError, match="contradict") as caught:
        audit(cells)
    says(str(caught.value))
