from __future__ import annotations

import pydoc
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import pejl
from pejl.pipeline import Event, GoalsJudged, IndicatorDone, RunFinished, RunStarted
from pejl.release import ReleaseError
from pejl.workspace.folder import WorkspaceNotFoundError


def test_the_verbs_in_python(city: Path) -> None:
    opened = pejl.open(city)
    assert opened.check().ok
    with pytest.raises(pejl.NoReleaseError, match="run pejl measure"):
        opened.status()
    result = opened.measure()
    assert result.new
    assert result.release is not None
    assert result.release.id == "2024-r1"
    status = opened.status("grundlagspapir_2014_2017")
    assert {goal["strategy"] for goal in status["goals"]} == {"grundlagspapir_2014_2017"}
    assert opened.status(release_id="2024-r1")["release"] == "2024-r1"
    assert opened.explain("homeless", "2013")["figures"][0]["value"] == 1581
    assert opened.diff("social_strategy_2018_2022_draft", "social_strategy_2018_2022")["counts"]["unchanged"] == 9
    assert len(opened.targets()) == 56
    assert opened.declared().id == "copenhagen"


def test_a_run_tells_what_it_does_in_typed_events(city: Path) -> None:
    events: list[Event] = []
    pejl.open(city).measure(listener=events.append)
    assert events[0] == RunStarted(12)
    assert sum(isinstance(event, IndicatorDone) for event in events) == 12
    assert events[-2] == GoalsJudged(56, 1)
    assert events[-1] == RunFinished("2024-r1", new=True)


def test_only_some_indicators_are_measured_anew(city: Path) -> None:
    opened = pejl.open(city)
    assert opened.measure(only=["homeless"]).refused is not None
    opened.measure()
    file = city / "figures" / "published.csv"
    file.write_text(file.read_text().replace("homeless,2017,total,1482", "homeless,2017,total,1400"))
    events: list[Event] = []
    opened.measure(only=["homeless"], listener=events.append)
    done = {event.indicator: event.reused for event in events if isinstance(event, IndicatorDone)}
    assert done.pop("homeless") is False
    assert set(done.values()) == {True}


def test_what_is_not_there_is_said(city: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceNotFoundError, match="there is no such folder"):
        pejl.open(tmp_path / "nowhere").check()
    with pytest.raises(ReleaseError, match="there is no release"):
        pejl.open(city).status(release_id="1999-r1")
    with pytest.raises(KeyError):
        pejl.open(city).diff("nope", "social_strategy_2018_2022")
    (city / "strategy" / "bad.yaml").write_text("id: x\n")
    with pytest.raises(pejl.WorkspaceProblemsError, match="run pejl check"):
        pejl.open(city).declared()


def test_deadlines_are_looked_at_on_the_day_asked_for(city: Path) -> None:
    codes = {problem.code for problem in pejl.open(city).check(date(2015, 4, 1)).problems}
    assert "number_not_set" not in codes
    codes = {problem.code for problem in pejl.open(city).check(date(2015, 6, 1)).problems}
    assert "number_not_set" in codes


def test_help_is_worth_reading() -> None:
    text = pydoc.plain(pydoc.render_doc(pejl))
    for words in ("city.check()", "workspace", "release", "control_chart", "open(folder"):
        assert words in text
    for verb in ("check", "measure", "release", "status", "declared", "explain", "diff", "targets"):
        assert getattr(pejl.OpenWorkspace, verb).__doc__


def test_importing_pejl_loads_nothing_heavy() -> None:
    code = (
        "import sys, pejl, pejl.judge, pejl.protect, pejl.surveys;"
        "print([m for m in ('numpy', 'scipy', 'pandas', 'pydantic', 'yaml', 'rich') if m in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_a_status_is_shown_without_the_loader_of_workspaces(city: Path) -> None:
    pejl.open(city).measure()
    code = (
        "import sys, pejl; pejl.open(sys.argv[1]).status();"
        "print([m for m in ('numpy', 'scipy', 'pydantic', 'yaml') if m in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(city)], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
