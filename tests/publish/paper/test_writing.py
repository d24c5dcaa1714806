"""The papers as files: which there are, their names, and the command that writes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.publish.charts.worlds import copenhagen, lilleby
from tests.publish.paper.papers import pages_of

from pejl.cli.commands import cli
from pejl.cli.faults import RefusedError
from pejl.publish.paper import UnknownStrategyError, paper_names, paper_of, papers_of, write_paper


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    first = write_paper(lilleby(), tmp_path / "one", "da", True)
    second = write_paper(lilleby(), tmp_path / "two", "da", True)
    assert [path.name for path in first] == ["status-2023-da.pdf", "status-2023-da.docx"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_paper_is_made_of_what_is_in_force_or_else_of_the_latest() -> None:
    assert papers_of(lilleby()) == ("plan",)
    assert papers_of(copenhagen()) == ("social_strategy_2018_2022",)
    assert papers_of(copenhagen(), "grundlagspapir_2014_2017") == ("grundlagspapir_2014_2017",)
    with pytest.raises(UnknownStrategyError, match="nothing_such"):
        papers_of(lilleby(), "nothing_such")
    with pytest.raises(KeyError):
        paper_of(lilleby(), "nothing_such", "da", draft=True)


def test_a_paper_is_named_after_year_and_language_and_after_its_strategy_where_it_is_not_the_usual_one() -> None:
    assert paper_names(lilleby(), "en") == [("plan", "status-2023-en")]
    assert paper_names(copenhagen(), "da") == [("social_strategy_2018_2022", "status-2024-da")]
    assert paper_names(copenhagen(), "da", strategy="social_strategy_2018_2022") == paper_names(copenhagen(), "da")
    assert paper_names(copenhagen(), "da", strategy="social_strategy_2015") == [
        ("social_strategy_2015", "status-2024-social-strategy-2015-da")
    ]


def test_the_command_writes_the_papers_and_names_them(tmp_path: Path) -> None:
    root = copenhagen().folder.parents[2]
    done = CliRunner().invoke(cli, ["paper", str(root), "--to", str(tmp_path), "--lang", "en"])
    names = ["status-2024-en.pdf", "status-2024-en.docx"]
    assert done.output.splitlines() == [f"{tmp_path / name} written" for name in names]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    assert "DRAFT" in pages_of((tmp_path / names[0]).read_bytes())[0]


def test_the_command_refuses_a_strategy_that_is_not_there(tmp_path: Path) -> None:
    root = copenhagen().folder.parents[2]
    done = CliRunner().invoke(cli, ["paper", str(root), "--to", str(tmp_path), "--strategy", "nothing_such"])
    assert isinstance(done.exception, RefusedError)
    assert list(tmp_path.iterdir()) == []
