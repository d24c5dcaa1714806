"""The same table in pandas, polars and pyarrow gives the same estimates, whatever its types."""

from __future__ import annotations

import dataclasses
import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from tests.surveys.references import pa, pd, pl

from pejl.surveys import Design, Estimate, estimate

COLUMNS: dict[str, list[Any]] = {
    "a.b": ["x", "y", None, "x", "y", "x"],
    "flag": [True, False, None, True, True, False],
    "whole": [3, 1, None, 2, 5, 9],
    "number": [1.5, float("nan"), 2.5, 0.5, 1.0, -2.0],
    "day": [dt.date(2017, 1, day) for day in (2, 1, 2, 1, 2, 1)],
    "weight": [1.0, 2.0, 1.0, 2.0, 1.0, 2.0],
    "far": [10**12, 5, 10**12, 5, 5, 10**12],
}
MAKERS: dict[str, Callable[[], Any]] = {
    "pandas": lambda: pd.DataFrame(COLUMNS),
    "pandas_nullable": lambda: pd.DataFrame(COLUMNS).astype({"a.b": "string", "flag": "boolean", "whole": "Int64"}),
    "pandas_categorical": lambda: pd.DataFrame(COLUMNS).astype({"a.b": "category"}),
    "pandas_other_index": lambda: pd.DataFrame(COLUMNS, index=[7, 7, 1, 0, 2, 2]),
    "polars": lambda: pl.DataFrame(COLUMNS, strict=False),
    "polars_categorical": lambda: pl.DataFrame(COLUMNS, strict=False).with_columns(pl.col("a.b").cast(pl.Categorical)),
    "polars_enum": lambda: pl.DataFrame(COLUMNS, strict=False).with_columns(pl.col("a.b").cast(pl.Enum(["y", "x"]))),
    "pyarrow": lambda: pa.table(COLUMNS),
    "pyarrow_dictionary": lambda: pa.table({**COLUMNS, "a.b": pa.array(COLUMNS["a.b"]).dictionary_encode()}),
    "pyarrow_chunks": lambda: pa.concat_tables([pa.table(COLUMNS).slice(0, 2), pa.table(COLUMNS).slice(2)]),
}
ASKED: tuple[dict[str, Any], ...] = (
    {"mean": "whole"},
    {"mean": "flag"},
    {"mean": "number", "by": "a.b"},
    {"total": "whole", "by": "day"},
    {"share": ("a.b", "x"), "by": "flag"},
    {"share": ("flag", True)},
    {"share": ("whole", 5)},
    {"ratio": ("number", "whole")},
    {"mean": "weight", "by": "far"},
    {"mean": "weight", "by": "whole"},
    {"mean": "weight", "by": "number"},
)


def numbers(found: Estimate) -> str:
    """Everything but the domain, as text, so that NaN equals NaN; pandas writes 1.0 where a whole number is missing."""
    return repr(dataclasses.replace(found, domain=None))


@pytest.mark.parametrize("asked", ASKED, ids=str)
@pytest.mark.parametrize("maker", MAKERS)
def test_every_kind_of_table_gives_the_same(maker: str, asked: dict[str, Any]) -> None:
    design = Design("weight", "day", psu="far", lone_psu="certainty")
    wanted = estimate(pd.DataFrame(COLUMNS), design, **asked)
    found = estimate(MAKERS[maker](), design, **asked)
    assert [each.domain for each in found] == [each.domain for each in wanted]
    assert [numbers(each) for each in found] == [numbers(each) for each in wanted]


def test_levels_are_the_values_of_the_table() -> None:
    for maker in MAKERS.values():
        found = estimate(maker(), Design("weight"), mean="weight", by="whole")
        assert [each.domain for each in found] == [1, 2, 3, 5, 9]


def test_values_of_several_types_have_an_order() -> None:
    frame = pd.DataFrame({"by": ["b", 1, "a", 2], "y": [1.0, 2.0, 3.0, 4.0]})
    assert [each.domain for each in estimate(frame, Design(), mean="y", by="by")] == [1, 2, "a", "b"]


def test_a_table_is_not_changed() -> None:
    frame = pd.DataFrame(COLUMNS)
    before = frame.copy(deep=True)
    estimate(frame, Design("weight", psu="far"), mean="number", by="a.b")
    pd.testing.assert_frame_equal(frame, before)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(ValueError, match=r"give the collected table, frame\.collect\(\)"):
        estimate(pl.DataFrame(COLUMNS, strict=False).lazy(), Design(), mean="whole")
    with pytest.raises(ValueError, match="cannot be grouped"):
        estimate(pd.DataFrame({"y": [1.0, 2.0], "by": [[1], [2]]}), Design(), mean="y", by="by")
    for nested in (pl.DataFrame, pa.table):
        with pytest.raises(ValueError, match="cannot be grouped"):
            estimate(nested({"y": [1.0, 2.0], "by": [{"a": 1}, {"a": 2}]}), Design(), mean="y", by="by")


@pytest.mark.parametrize("maker", MAKERS)
def test_texts_and_dates_are_not_numbers(maker: str) -> None:
    for name in ("a.b", "day"):
        with pytest.raises(ValueError, match="does not hold numbers"):
            estimate(MAKERS[maker](), Design(), mean=name)


def test_numbers_written_as_text_are_not_numbers() -> None:
    for column in (["1", "2"], ["1", None], pd.array(["1", "2"], dtype=object), pd.to_datetime(["2017", "2018"])):
        with pytest.raises(ValueError, match="does not hold numbers"):
            estimate(pd.DataFrame({"y": column}), Design(), mean="y")
    mixed = pd.DataFrame({"y": pd.array([1, None, 2.5, True], dtype=object)})
    with pytest.raises(ValueError, match="does not hold numbers"):
        estimate(mixed, Design(), mean="y")
    assert estimate(mixed.head(3), Design(), mean="y")[0].value == 1.75


def test_importing_surveys_loads_nothing_heavy() -> None:
    heavy = ("numpy", "scipy", "pandas", "polars", "pyarrow")
    code = f"import sys, pejl.surveys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
