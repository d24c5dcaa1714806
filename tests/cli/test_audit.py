"""`pejl audit` and `pejl release withdraw`: what a person reads, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from tests.release_of_cells import make_release

from pejl.cli.commands import cli

HOLDS = {"homeless": {"2020": {"total": 60, "a": None, "b": 40, "c": None}}}
LEAKS = {"homeless": {"2020": {"total": 43, "a": None, "b": 40}}}


def test_a_release_that_holds_says_so_and_promises_no_more(tmp_path: Path) -> None:
    make_release(tmp_path, HOLDS)
    result = CliRunner().invoke(cli, ["audit", str(tmp_path), "--lang", "en"])
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "Release 2020-r1: 2 withheld numbers in 1 tables.",
        "Checked against recomputation: none of the withheld numbers below 5 can be recomputed from what is published "
        "here and in everything else in the ledger (other releases: 0).",
        "The check rests on what an outsider can know from published tables and definitions. It does not promise that "
        "nobody can be recognised by someone who knows them.",
    ]


def test_a_release_that_leaks_names_the_row_and_fails(tmp_path: Path) -> None:
    make_release(tmp_path, LEAKS)
    result = CliRunner().invoke(cli, ["audit", str(tmp_path), "--lang", "en"])
    assert result.exit_code == 1
    assert "Can be recomputed: 'homeless', 2020, district=a: the count is exactly 3" in result.output
    assert "Checked against" not in result.output


def test_the_audit_as_data(tmp_path: Path) -> None:
    make_release(tmp_path, LEAKS)
    result = CliRunner().invoke(cli, ["audit", str(tmp_path), "--format", "json"])
    found = json.loads(result.output)
    assert (found["release"], found["proved"], found["tables"], found["contradictory"]) == ("2020-r1", False, 1, [])
    assert (found["rule"], found["solver"]["name"], found["solver"]["tolerance"]) == ({"threshold": 5}, "HiGHS", 1e-6)
    assert found["numbers"] == [
        {
            "indicator": "homeless",
            "version": "1",
            "period": "2020",
            "scope": "city",
            "cell": {"district": "a"},
            "number": "numerator",
            "low": 3.0,
            "high": 3.0,
            "outcome": "found",
            "withheld_by": None,
        }
    ]


def test_taking_a_row_back_says_what_to_do_next(tmp_path: Path) -> None:
    make_release(tmp_path, {"homeless": {"2020": {"total": 60, "a": 40, "b": 20}}})
    arguments = ["withdraw", str(tmp_path), "2020-r1", "homeless:2020:district=a", "--lang", "en"]
    result = CliRunner().invoke(cli, ["release", *arguments])
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "Taken back from release 2020-r1: 1 cells.",
        f"Make the next release with: pejl measure {tmp_path}",
    ]
