"""What was counted, as plain data: so that it need not be counted again."""

from __future__ import annotations

from typing import Any

from pejl.measure.cube.values import Cell, Counted, Step
from pejl.text import Message


def to_record(counted: Counted) -> dict[str, Any]:
    """Return what was counted as plain data; one without a result gives its reason in English."""
    return {
        "indicator": counted.indicator,
        "cells": [_plain(cell) for cell in counted.cells],
        "patterns": [_plain(cell) for cell in counted.patterns],
        "steps": [[step.name, step.rows, step.sql] for step in counted.steps],
        "code": counted.code,
        "reason": counted.reason.render("en") if counted.reason is not None else None,
    }


def from_record(record: dict[str, Any]) -> Counted:
    """Return what `to_record` made `record` of."""
    return Counted(
        indicator=record["indicator"],
        cells=tuple(_cell(each) for each in record["cells"]),
        patterns=tuple(_cell(each) for each in record["patterns"]),
        steps=tuple(Step(name, rows, sql) for name, rows, sql in record["steps"]),
        code=record["code"],
        reason=Message("{reason}", {"reason": record["reason"]}) if record["reason"] is not None else None,
    )


def _plain(cell: Cell) -> list[Any]:
    pairs = [list(pair) for pair in cell.dimensions]
    return [cell.period, pairs, cell.numerator, cell.denominator, cell.n, cell.rows, cell.se, cell.largest]


def _cell(record: list[Any]) -> Cell:
    period, pairs, numerator, denominator, n, rows, se, largest = record
    dimensions = tuple((dimension, code) for dimension, code in pairs)
    known = tuple(largest) if largest is not None else None
    return Cell(period, dimensions, numerator, denominator, n, rows, se, known)
