"""What is new: against an earlier release, and within the year where there is none."""

from __future__ import annotations

from pathlib import Path

from tests.site.pages.town import Record, both, write

from pejl.release.public import PublicRelease
from pejl.site.pages.changes import ChangesPage, select
from pejl.site.pages.contents import Contents


def earlier(files: Record) -> None:
    """Make the release of 2018: without the figure of 2019, with another one for 2017, another verdict, no draft."""
    files["status.json"]["year"] = 2018
    totals = files["indicators/homeless.json"]["totals"]
    totals[0] |= {"value": 210.0}
    del totals[2:]
    files["indicators/homeless.json"]["breaks"] = []
    files["indicators/lonely.json"]["totals"] = []
    goals = files["status.json"]["goals"]
    next(goal for goal in goals if goal["id"] == "sign_homeless")["target_status"] = "not_reached"
    files["status.json"]["goals"] = [goal for goal in goals if goal["strategy"] != "plan_draft"]
    files["strategies.json"] = [each for each in files["strategies.json"] if each["id"] != "plan_draft"]


def compared(tmp_path: Path) -> ChangesPage:
    now, before = write(tmp_path / "now"), write(tmp_path / "before", earlier, "2018-r1")
    return select(Contents(now), before, "en")


def test_without_an_earlier_release_the_figures_of_the_year_are_new(town: PublicRelease) -> None:
    shown = select(Contents(town), None, "da")
    assert shown.since is None
    assert [(new.indicator, new.now.value, new.before and new.before.value) for new in shown.figures] == [
        ("homeless", "150", "180"),
        ("homeless", "40", None),
        ("lonely", "31\N{NO-BREAK SPACE}%", None),
    ]
    assert (shown.corrected, shown.verdicts, shown.strategies) == ((), (), ())


def test_a_figure_about_others_says_so(town: PublicRelease) -> None:
    assert [new.scope for new in select(Contents(town), None, "da").figures] == [None, both("Forvaltningen"), None]


def test_figures_that_were_not_there_are_new(tmp_path: Path) -> None:
    shown = compared(tmp_path)
    assert shown.since == 2018
    assert [(new.indicator, new.now.period) for new in shown.figures] == [
        ("lonely", "2019"),
        ("homeless", "2019"),
        ("homeless", "2019"),
    ]


def test_a_figure_that_was_another_is_a_correction_with_the_old_value(tmp_path: Path) -> None:
    found = [(each.indicator, each.new.period, each.old.value, each.new.value) for each in compared(tmp_path).corrected]
    assert found == [("homeless", "2017", "210", "200")]


def test_a_goal_judged_otherwise_shows_both_verdicts(tmp_path: Path) -> None:
    found = [(each.goal, each.old.target.code, each.new.target.code) for each in compared(tmp_path).verdicts]
    assert found == [("sign_homeless", "not_reached", "reached")]


def test_a_break_that_was_not_declared_before_is_new(tmp_path: Path) -> None:
    assert [(each.indicator, each.when) for each in compared(tmp_path).breaks] == [("homeless", "2018")]


def test_new_strategies_and_goals_are_counted(tmp_path: Path) -> None:
    shown = compared(tmp_path)
    assert [name for name, _ in shown.strategies] == ["plan_draft"]
    assert shown.goals == 1


def test_a_release_against_itself_has_nothing_new(tmp_path: Path) -> None:
    assert select(Contents(write(tmp_path / "a")), write(tmp_path / "b"), "en").nothing
