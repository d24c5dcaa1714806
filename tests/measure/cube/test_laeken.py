"""The rate of poverty from a register of incomes: threshold, rate and rates by region equal those of laeken."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.measure.cube.worlds import ENGINE, LABEL, code

from pejl.measure.cube import Counter, Source, register_measurements
from pejl.measure.queries import build_graph
from pejl.registers.intake import take_in
from pejl.workspace.loading import load_workspace
from pejl.workspace.problems import Problems, Severity

REFS = Path(__file__).parents[2] / "data" / "refs" / "laeken"
LAEKEN: dict[str, Any] = json.loads((REFS / "laeken_reference.json").read_text(encoding="utf-8"))["results"]
REGIONS = {part["stratum"]: part["value"] for part in LAEKEN["arpr_by_region"]["byStratum"]}

SETTINGS = """\
id = "austria"
title = { da = "Fattigdom", en = "Poverty" }
municipality = { da = "Opdigtet", en = "Invented" }
own = true
notice = { da = "Opdigtede personer.", en = "Invented persons." }
years = { first = 2006, last = 2006 }
"""
THRESHOLD = """\
-- 60 per cent of the weighted median: the least income up to which half of all weights lie
WITH incomes AS (
  SELECT s.income, sum(s.weight) AS weight FROM silc s GROUP BY s.income
),
below AS (
  SELECT i.income, sum(i.weight) OVER (ORDER BY i.income ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS weight
  FROM incomes i
),
everybody AS (
  SELECT sum(s.weight) AS weight FROM silc s
)
SELECT CAST(0.6 AS double) * min(b.income) AS threshold
FROM below b CROSS JOIN everybody e
WHERE b.weight >= CAST(0.5 AS double) * e.weight
"""
POOR = """\
SELECT s.person, '2006' AS period, s.region,
  CASE WHEN s.income < t.threshold THEN s.weight ELSE 0.0 END AS numerator, s.weight AS denominator
FROM silc s CROSS JOIN threshold t
"""
COLUMNS = [
    {"name": "person", "source_name": "rb030", "type": "integer", "personal": "pseudonym", "required": True},
    {"name": "region", "source_name": "db040", "type": "text", "personal": "indirect", "dimension": "region"},
    {"name": "income", "source_name": "eqIncome", "type": "number", "personal": "ordinary", "min": 0},
    {"name": "weight", "source_name": "rb050", "type": "number", "personal": "none"},
]
REGISTER = {
    "id": "silc",
    "title": LABEL,
    "purpose": LABEL,
    "legal_basis": LABEL,
    "delivered_by": LABEL,
    "processed_at": ["municipality"],
    "data": {"format": "csv", "path": "data/silc.csv", "delimiter": ",", "decimal": "."},
    "person": "person",
    "key": ["person"],
    "columns": COLUMNS,
}
POVERTY = {
    "id": "poverty",
    "title": LABEL,
    "unit": "percent",
    "kind": "ratio",
    "scope": "all",
    "source": "registers",
    "published_by": LABEL,
    "counting": {"unit": "person", "row": ["person", "period"], "per": 100, "sets": [{"by": ["region"]}]},
    "versions": [{"version": "1", "definition": LABEL}],
}
WORDS = {
    "units": [{"id": "percent", "label": LABEL, "kind": "share"}],
    "scopes": [{"id": "all", "title": LABEL}],
    "dimensions": [{"id": "region", "title": LABEL, "codes": [code(name) for name in REGIONS]}],
}


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_threshold_rate_and_rates_by_region(parts: int, tmp_path: Path) -> None:
    root = tmp_path / "austria"
    files = {
        "pejl.toml": SETTINGS,
        "vocabulary/words.yaml": json.dumps(WORDS),
        "registers/silc.yaml": json.dumps(REGISTER),
        "indicators/poverty.yaml": json.dumps(POVERTY),
        "indicators/poverty.sql": POOR,
        "models/threshold.sql": THRESHOLD,
    }
    for file, text in files.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    (root / "data").mkdir()
    shutil.copy(REFS / "eusilc_income.csv", root / "data" / "silc.csv")
    workspace, _ = load_workspace(root)
    problems = Problems()
    graph = build_graph(workspace, problems)
    assert [each.code for each in problems.sorted() if each.severity is Severity.PROBLEM] == []
    with ENGINE.session(memory=None, threads=2, scratch=tmp_path / "scratch") as session:
        taken = take_in(workspace, workspace.registers[0], session, tmp_path / "registers", None)
        assert (taken.rows, taken.usable, taken.findings) == (14827, True, ())
        source = Source(taken.files, taken.columns, "person", taken.rows, taken.sha256, ("person",))
        counter = Counter(workspace, graph, {"silc": source}, session, tmp_path / "kept", ENGINE.version, parts=parts)
        (counted,) = counter.count(workspace.indicators)
        kept = next(iter((tmp_path / "kept").rglob("*.parquet")))
        session.relation("kept", [kept])
        assert session.fetch("SELECT threshold FROM kept")[0][0] == pytest.approx(LAEKEN["arpt"], rel=1e-9)
    assert counted.reason is None
    found = {item.dimensions: item for item in register_measurements(workspace, workspace.indicators[0], counted, None)}
    assert found[()].value == pytest.approx(LAEKEN["arpr"]["value"], rel=1e-9)
    assert found[()].n == 14827
    rates = {name: found[(("region", name),)].value for name in REGIONS}
    assert rates == pytest.approx(REGIONS, rel=1e-9)
    assert all(item.basis == "standard_error" for item in found.values())
