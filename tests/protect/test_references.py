"""Against outcomes that others published: sdcTable, SSB's GaussSuppression, tau-ARGUS."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pejl.protect import Table, audit, protect

ROOT = Path(__file__).parents[2]
COPIED = ROOT / "tests" / "data" / "refs" / "sdc"
REFS = Path(os.environ.get("PEJL_REFS") or ROOT.parent / "shared" / "refs") / "sdc"

needs_refs = pytest.mark.skipif(
    not (REFS / "test_instances.json").is_file(),
    reason="the published outcomes of sdcTable and SSB may not be copied; set PEJL_REFS to the folder that holds them",
)


def case(name: str) -> dict[str, Any]:
    cases = json.loads((REFS / "test_instances.json").read_text(encoding="utf-8"))["cases"]
    found: dict[str, Any] = next(each for each in cases if each["id"] == name)
    return found


def hidden(cells: pd.DataFrame, *columns: str) -> set[str]:
    return {"|".join(row) for row in cells.loc[cells["status"] != "shown", list(columns)].itertuples(index=False)}


@needs_refs
@pytest.mark.parametrize(("more", "limits"), [([], "lp_intervals_before"), (["x|b"], "lp_intervals_after_adding_x|b")])
def test_the_attackers_intervals_of_sdctable_to_the_unit(more: list[str], limits: str) -> None:
    told = case("attacker_4x4")
    rows = [(row, column, n) for row, cells in told["table_inner"].items() for column, n in cells.items()]
    cells = protect([Table(pd.DataFrame(rows, columns=["r", "c", "n"]), ["r", "c"])]).cells
    withheld = (cells["r"] + "|" + cells["c"]).isin([*told["suppressed"], *more])
    cells["status"] = withheld.map({True: "withheld", False: "shown"})
    cells["n"] = cells["n"].where(~withheld)
    found = audit(cells)
    intervals = {
        f"{r}|{c}": [low, high] for r, c, low, high in found.audit[["r", "c", "low", "high"]].itertuples(index=False)
    }
    assert intervals == told[limits]
    assert found.proved is bool(more)


@needs_refs
@pytest.mark.parametrize("threshold", [3, 5])
def test_optimal_pattern_of_region_by_gender(threshold: int) -> None:
    counts = case("microdata1_region_x_gender")["counts"]
    rows = [(region, gender, n) for region, genders in counts.items() for gender, n in genders.items()]
    table = Table(pd.DataFrame(rows, columns=["region", "gender", "n"]), ["region", "gender"])
    found = protect([table], threshold=threshold)
    assert hidden(found.cells, "region", "gender") == {"A|female", "A|male", "C|female", "C|male"}
    assert found.proved


@needs_refs
def test_linked_tables_need_one_cell_more_than_each_alone() -> None:
    told = case("linked_tables_region")
    frame = pd.DataFrame({"region": told["region"], "n": told["n"]})
    tables = []
    for grouping in ("county", "group"):
        tree: dict[str, list[str]] = {}
        for parent, child in zip(told[grouping], told["region"], strict=True):
            tree.setdefault(parent, []).append(child)
        tables.append(Table(frame, ["region"], {"region": tree}))
    for table in tables:
        assert hidden(protect([table], threshold=4).cells, "region") == {"A", "B", "K", "L", "M"}
    linked = protect(tables, threshold=4)
    assert hidden(linked.cells, "region") == {"A", "B", "K", "L", "M", "N"}
    assert linked.proved
    assert audit(linked.cells, threshold=4).proved


@needs_refs
def test_ssb_z1_withholds_the_same_six_cells_as_gausssuppression() -> None:
    table = Table(pd.read_csv(REFS / "ssb_z1.csv"), ["region", "hovedint"], count="ant")
    found = protect([table], threshold=4)
    expected = {f"{region}|{kind}" for region in "BDH" for kind in ("annet", "arbeid")}
    assert hidden(found.cells, "region", "hovedint") == expected
    assert found.proved


@needs_refs
def test_ssb_z2_two_groupings_of_regions_hold_at_no_more_than_ssbs_28_cells() -> None:
    frame = pd.read_csv(REFS / "ssb_z2.csv")
    frame["region"] = "R" + frame["region"]
    tables = []
    for grouping in ("fylke", "kostragr"):
        tree = {f"{grouping}{code}": sorted(set(rows["region"])) for code, rows in frame.groupby(grouping)}
        tables.append(Table(frame, ["region", "hovedint"], {"region": tree}, count="ant"))
    found = protect(tables)
    counts = found.cells["status"].value_counts()
    assert found.proved
    assert len(found.cells) == 100
    assert counts["primary"] == 11
    assert counts["secondary"] <= 17
    assert audit(found.cells).proved


def s385() -> Table:
    frame = pd.read_csv(COPIED / "s385_inner.csv")
    return Table(frame, ["district", "target", "age"])


def test_s385_holds_with_at_most_41_secondary_cells_and_every_margin_shown() -> None:
    found = protect([s385()])
    counts = found.cells["status"].value_counts()
    assert len(found.cells) == 385
    assert counts["primary"] == 62
    assert counts["secondary"] <= 41
    assert found.proved
    assert found.audit["holds"].all()
    totals = found.cells[(found.cells[["district", "target", "age"]] == "Total").sum(axis=1) >= 2]
    assert (totals["status"] == "shown").all()


def test_s385_is_the_same_every_time_and_whatever_the_order_of_rows() -> None:
    frame = pd.read_csv(COPIED / "s385_inner.csv")
    mixed = frame.sample(frac=1, random_state=1)
    first, second = (protect([Table(each, ["district", "target", "age"])]) for each in (frame, mixed))
    pd.testing.assert_frame_equal(first.cells, second.cells)
    pd.testing.assert_frame_equal(first.audit, second.audit)


@pytest.mark.parametrize(
    ("file", "narrow"), [("s385_gauss_R.csv", 2), ("s385_tau_OPT.csv", 9), ("s385_tau_MOD.csv", 14)]
)
def test_patterns_of_the_peers_leave_intervals_narrower_than_required(file: str, narrow: int) -> None:
    pattern = pd.read_csv(COPIED / file)
    if "suppressed" in pattern:
        withheld = pattern["suppressed"]
    else:
        pattern, withheld = pattern.rename(columns={"freq": "n"}), pattern["status"].isin(["U", "M"])
    cells = pattern[["district", "target", "age", "n"]].assign(status=withheld.map({True: "withheld", False: "shown"}))
    found = audit(cells, [s385()])
    assert len(found.audit) == 62
    assert not found.proved
    assert (~found.audit["holds"]).sum() == narrow
