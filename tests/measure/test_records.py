"""Measurements as CSV come back as they were, whatever their dimensions are called."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from pejl.measure.measurement import Measurement
from pejl.measure.records import columns_of, to_csv
from pejl.protect.whole import Numbers, read_cells
from pejl.workspace.period import Period
from pejl.workspace.states import State

FIXED = ["unit", "value", "n", "state", "scope", "period", "place", "data", "low", "rounded", "largest_1", "source"]
NAMES = st.lists(st.sampled_from([*FIXED, "district", "sex"]), max_size=4, unique=True)


def measurement(dimensions: tuple[tuple[str, str], ...], people: int) -> Measurement:
    return Measurement(
        indicator="homeless",
        version="1",
        period=Period.parse("2020"),
        scope="city",
        dimensions=dimensions,
        value=float(people),
        n=float(people),
        numerator=float(people),
        state=State.MEASURED,
        unit="persons",
        basis=None,
        method="register",
        source="",
    )


@given(NAMES, st.data())
def test_every_row_is_read_back_with_the_dimensions_it_was_written_with(names: list[str], data: st.DataObject) -> None:
    codes = st.lists(st.sampled_from(["total", "a", "b"]), min_size=len(names), max_size=len(names)).map(tuple)
    people = data.draw(st.dictionaries(codes, st.integers(0, 99), min_size=1, max_size=6))
    rows = {
        tuple(sorted((name, code) for name, code in zip(names, each, strict=True) if code != "total")): number
        for each, number in people.items()
    }
    content = to_csv([measurement(cell, number) for cell, number in rows.items()], names, synthetic=True)
    header = next(csv.reader(io.StringIO(content.decode())))
    assert list(columns_of(header)[0]) == names
    (table,) = read_cells(content, "count")
    assert table.rows == {cell: Numbers(float(number), None, float(number)) for cell, number in rows.items()}


def test_a_table_of_somebody_else_is_read_by_the_names_of_its_columns() -> None:
    dimensions, others = columns_of(["district", "indicator", "period", "n", "value", "sex"])
    assert dimensions == {"district": 0, "sex": 5}
    assert others == {"indicator": 1, "period": 2, "n": 3, "value": 4}
