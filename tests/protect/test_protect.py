"""What protect and audit promise, on tables small enough to see through."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pejl.protect import Table, audit, protect

FEW = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def table(rows: dict[str, int], **arguments: Any) -> Table:
    """A table from `{"row col": n}`."""
    names = ["a", "b", "c"][: len(next(iter(rows)).split())]
    return Table(
        pd.DataFrame([(*key.split(), n) for key, n in rows.items()], columns=[*names, "n"]), names, **arguments
    )


def grid(counts: np.ndarray[Any, Any]) -> Table:
    codes = [" ".join(f"{'xyz'[at]}{code}" for at, code in enumerate(place)) for place in np.ndindex(counts.shape)]
    return table(dict(zip(codes, counts.ravel().tolist(), strict=True)))


def status(cells: pd.DataFrame, *codes: str) -> str:
    row = cells
    for name, code in zip(cells.columns, codes, strict=False):
        row = row[row[name] == code]
    assert len(row) == 1
    return str(row["status"].iloc[0])


def test_the_full_cube_with_parents_and_totals() -> None:
    tree = {"a": {"north": ["d1", "d2"], "city": ["north", "d3"]}}
    cells = protect([table({"d1 m": 9, "d2 m": 8, "d3 k": 7}, hierarchies=tree)]).cells
    assert list(cells.columns) == ["a", "b", "n", "status"]
    assert cells["a"].unique().tolist() == ["Total", "city", "d3", "north", "d1", "d2"]
    assert len(cells) == 6 * 3
    assert cells.set_index(["a", "b"]).loc[("north", "Total"), "n"] == 17
    assert cells.set_index(["a", "b"]).loc[("d1", "k"), "n"] == 0
    assert status(cells, "d1", "k") == "shown"


def test_zeros_are_shown_and_never_used_to_hide_others() -> None:
    found = protect([grid(np.array([[2, 0, 9], [0, 0, 7], [8, 6, 0]]))])
    assert (found.cells.loc[found.cells["n"] == 0, "status"] == "shown").all()
    assert found.proved


def test_a_parent_of_one_child_is_withheld_with_it() -> None:
    found = protect([table({"d1": 3, "d2": 9, "d3": 8}, hierarchies={"a": {"only": ["d1"]}})])
    assert status(found.cells, "only") == status(found.cells, "d1") == "primary"
    assert found.proved


def test_a_cell_that_two_tables_share_is_one_cell() -> None:
    by_b = pd.DataFrame({"a": ["x", "x", "y", "y"], "b": ["p", "q", "p", "q"], "n": [2, 9, 8, 7]})
    by_c = pd.DataFrame({"a": ["x", "y"], "c": ["r", "r"], "n": [11, 15]})
    found = protect([Table(by_b, ["a", "b"]), Table(by_c, ["a", "c"])])
    assert list(found.cells.columns) == ["a", "b", "c", "n", "status"]
    assert not found.cells.duplicated(["a", "b", "c"]).any()
    assert found.proved
    assert audit(found.cells).proved


def test_what_was_shown_stays_shown_and_is_known() -> None:
    before = protect([table({"d1": 12, "d2": 30, "d3": 40})]).cells
    assert (before["status"] == "shown").all()
    finer = table({"d1 m": 2, "d1 k": 10, "d2 m": 10, "d2 k": 20, "d3 m": 20, "d3 k": 20})
    found = protect([finer], published_before=[before])
    assert found.proved
    for code in ("d1", "d2", "d3"):
        assert status(found.cells, code, "Total") == "shown"


def test_a_cell_withheld_before_stays_protected() -> None:
    before = protect([table({"d1": 2, "d2": 6, "d3": 9, "d4": 9})]).cells
    hidden = set(before.loc[before["status"] != "shown", "a"])
    assert len(hidden) == 2
    found = protect([table({"d1": 2, "d2": 6, "d3": 9, "d4": 9})], published_before=[before])
    assert set(found.cells.loc[found.cells["status"] != "shown", "a"]) == hidden
    assert found.proved


def test_a_small_count_shown_before_cannot_be_proved() -> None:
    before = protect([table({"d1": 2, "d2": 6, "d3": 9})], threshold=1).cells
    found = protect([table({"d1": 2, "d2": 6, "d3": 9})], published_before=[before])
    assert status(found.cells, "d1") == "shown"
    assert not found.proved
    assert found.audit[["low", "high", "holds"]].to_numpy().tolist() == [[2.0, 2.0, False]]


def test_nothing_small_is_proved_with_an_empty_audit() -> None:
    found = protect([table({"d1": 12, "d2": 30})])
    assert found.proved
    assert len(found.audit) == 0


def test_inner_tables_given_as_whole_floats_keep_their_codes() -> None:
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0], "n": [9.0, 8.0, 7.0]})
    assert protect([Table(frame, ["a"])]).cells["a"].tolist() == ["Total", "1", "2", "3"]


small = st.sampled_from([0, 1, 2, 3, 4, 5, 6])


@st.composite
def counts(draw: st.DrawFn) -> np.ndarray[Any, Any]:
    shape = draw(st.sampled_from([(2, 2), (2, 3), (3, 3), (2, 2, 2), (4,)]))
    values = draw(st.lists(small, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    return np.array(values).reshape(shape)


def full(inner: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """All cells of the cube, totals first."""
    for axis in range(inner.ndim):
        inner = np.concatenate((inner.sum(axis=axis, keepdims=True), inner), axis=axis)
    return inner


def exhaustive(truth: np.ndarray[Any, Any], shown: np.ndarray[Any, Any], most: int) -> tuple[Any, Any]:
    """Least and greatest count of each cell over all whole tables that agree with what is shown, none above `most`."""
    cells = full(truth)
    inner_shown = shown[tuple(slice(1, None) for _ in truth.shape)]
    unknown = [tuple(each) for each in np.argwhere(~inner_shown)]
    tables = np.array(list(product(range(most + 1), repeat=len(unknown))), dtype=np.int64).reshape(-1, len(unknown))
    many = np.broadcast_to(truth, (len(tables), *truth.shape)).copy()
    for at, place in enumerate(unknown):
        many[(slice(None), *place)] = tables[:, at]
    for axis in range(1, truth.ndim + 1):
        many = np.concatenate((many.sum(axis=axis, keepdims=True), many), axis=axis)
    agree = (many[:, shown] == cells[shown]).all(axis=1)
    return many[agree].min(axis=0, initial=10**6), many[agree].max(axis=0, initial=0)


@FEW
@given(counts())
def test_an_exhaustive_attacker_never_contradicts_the_audit(truth: np.ndarray[Any, Any]) -> None:
    found = protect([grid(truth)])
    cells = full(truth)
    shown = (found.cells["status"] == "shown").to_numpy().reshape(cells.shape)
    assert found.cells["n"].to_numpy().tolist() == cells.ravel().tolist()
    assert found.proved
    inner = shown[tuple(slice(1, None) for _ in truth.shape)]
    # Shifts move at most 4 people, so counts up to 6 + 4 are enough to look at; more cells take too long.
    most = 10
    if inner.all() or (~inner).sum() > 5:
        return
    low, high = exhaustive(truth, shown, most)
    names = list("abc")[: truth.ndim]
    codes = {tuple(row): at for at, row in enumerate(found.cells[names].to_numpy().tolist())}
    for *code, least, greatest, required_low, required_high, holds in found.audit.itertuples(index=False):
        at = codes[tuple(code)]
        assert least <= low.ravel()[at] <= high.ravel()[at] <= greatest
        assert holds
        assert low.ravel()[at] <= required_low
        assert high.ravel()[at] >= required_high


def fewest(cells: pd.DataFrame, most: int) -> int:
    """The fewest secondary cells that hold, found by trying all sets smaller than `most`."""
    free = cells.index[(cells["status"] != "primary") & (cells["n"] > 0)].tolist()
    for size in range(most):
        for chosen in combinations(free, size):
            tried = cells.assign(status=cells["status"].where(cells["status"] == "primary", "shown"))
            tried.loc[list(chosen), "status"] = "secondary"
            if audit(tried).proved:
                return size
    return most


def test_the_optimum_of_brute_force_is_rarely_missed_by_more_than_a_fifth() -> None:
    random = np.random.default_rng(5)
    missed = tried = 0
    while tried < 20:
        truth = random.poisson(random.gamma(1.2, 6, size=(3, 3)))
        cells = protect([grid(truth)]).cells
        ours = int((cells["status"] == "secondary").sum())
        if not 1 <= ours <= 4:
            continue
        tried += 1
        missed += ours > 1.2 * fewest(cells, ours)
    assert missed <= 2


@pytest.mark.parametrize("seed", range(4))
def test_audit_from_shown_cells_alone_finds_the_same(seed: int) -> None:
    random = np.random.default_rng(seed)
    found = protect([grid(random.poisson(random.gamma(0.8, 9, size=(4, 4, 3))))])
    stranger = found.cells.assign(n=found.cells["n"].where(found.cells["status"] == "shown"))
    stranger.attrs.clear()
    seen = audit(stranger).audit
    names = ["a", "b", "c"]
    both = found.audit.merge(seen, on=names, suffixes=("", "_seen"))
    assert len(both) == len(found.audit)
    assert (both["low"] == both["low_seen"]).all()
    assert (both["high"] == both["high_seen"]).all()
