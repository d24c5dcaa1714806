"""`pejl template` and `pejl import` on the command line."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.conftest import FIGURES, MakeWorkspace
from tests.exchange.test_open_sdg import HAVNLAND
from tests.exchange.workbooks import write

import pejl
from pejl.cli.commands import cli
from pejl.cli.faults import RefusedError


def run(*arguments: object, answer: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments], input=answer)


def refused(result: Result) -> str:
    assert isinstance(result.exception, RefusedError)
    return result.exception.what.render("en")


@pytest.fixture
def filled(make_workspace: MakeWorkspace, tmp_path: Path) -> tuple[Path, Path]:
    """A workspace, and a workbook with one new figure."""
    root, book = make_workspace(), tmp_path / "figures.xlsx"
    assert run("template", "figures", root, "--to", book, "--lang", "en").exit_code == 0
    return root, write(book, {("Value", 5): 140, ("Source", 5): "count of 2018"})


NEW = FIGURES.replace(
    "homeless,2017,south,50,persons,measured,city,count of 2017,\n",
    "homeless,2017,south,50,persons,measured,city,count of 2017,\n"
    "homeless,2018,total,140,persons,measured,city,count of 2018,\n",
)


def test_changes_are_shown_and_asked_about_before_anything_is_written(filled: tuple[Path, Path]) -> None:
    root, book = filled
    said = run("import", "figures", book, root, "--lang", "en", answer="n\n")
    assert said.exit_code == 0
    assert "Citizens in homelessness, 2018" in said.output
    assert "Figures!D5" in said.output
    assert "Write these 1 changes? [y/N]: n\nNothing was written." in said.output
    assert (root / "figures/figures.csv").read_text() == FIGURES
    said = run("import", "figures", book, root, "--lang", "en", answer="y\n")
    assert said.output.endswith("Written: figures/figures.csv\n")
    assert (root / "figures/figures.csv").read_text() == NEW


def test_yes_does_not_ask_and_a_dry_run_does_not_write(filled: tuple[Path, Path]) -> None:
    root, book = filled
    assert run("import", "figures", book, root, "--dry-run", "--lang", "en").output.endswith("Nothing was written.\n")
    assert (root / "figures/figures.csv").read_text() == FIGURES
    assert run("import", "figures", book, root, "--yes", "--lang", "en").exit_code == 0
    assert (root / "figures/figures.csv").read_text() == NEW
    again = run("import", "figures", book, root, "--yes", "--lang", "en")
    assert again.output == "Nothing has changed.\n"


def test_without_an_answer_nothing_is_written(filled: tuple[Path, Path]) -> None:
    root, book = filled
    assert "nobody answered" in refused(run("import", "figures", book, root, "--lang", "en"))
    assert (root / "figures/figures.csv").read_text() == FIGURES


def test_problems_are_said_with_their_cells_and_stop_the_import(filled: tuple[Path, Path]) -> None:
    root, book = filled
    said = run("import", "figures", write(book, {("Value", 3): "many"}), root, "--yes", "--lang", "en")
    assert said.stderr.startswith("figures.xlsx: Figures!D3: problem: 'many' is not a number. ")
    assert refused(said) == "nothing was written"
    assert (root / "figures/figures.csv").read_text() == FIGURES


def test_a_workspace_with_problems_is_to_be_mended_first(make_workspace: MakeWorkspace, tmp_path: Path) -> None:
    root = make_workspace({"indicators/homeless.yaml": "id: [\n"})
    assert "the workspace itself has" in refused(run("template", "figures", root, "--to", tmp_path / "a.xlsx"))
    assert "the workspace itself has" in refused(run("import", "figures", tmp_path / "a.xlsx", root))


def test_a_file_that_is_there_is_not_written_over(make_workspace: MakeWorkspace, tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(b"mine")
    said = run("template", "targets", make_workspace(), "--to", tmp_path / "mine.xlsx")
    assert "is there already" in refused(said)
    assert (tmp_path / "mine.xlsx").read_bytes() == b"mine"


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_remarks_show_the_verdict_of_the_release(form: str, city: Path, tmp_path: Path) -> None:
    target = tmp_path / f"remarks.{form}"
    assert "name the year" in refused(run("template", "remarks", city, "--to", target, "--format", form))
    assert pejl.open(city).measure(year=2017).release is not None
    assert run("template", "remarks", city, "--to", target, "--format", form, "--lang", "en").exit_code == 0
    assert "the target is not reached" in texts(target)
    said = run("import", "remarks", target, city, "--lang", "en")
    assert said.output == "Nothing has changed.\n"


def texts(path: Path) -> str:
    if path.suffix == ".docx":
        from docx import Document

        return "\n".join(each.text for each in Document(str(path)).paragraphs)
    from openpyxl import load_workbook

    rows: Any = load_workbook(path).worksheets[1].values
    return "\n".join(str(value) for row in rows for value in row)


def test_open_sdg_becomes_a_workspace_and_says_what_is_not_as_it_was(tmp_path: Path) -> None:
    said = run("import", "open-sdg", HAVNLAND, tmp_path / "new", "--lang", "en")
    assert said.exit_code == 0
    assert "5 times, in 1 files: a decimal comma is read as one\n" in said.output
    made = "Made: 7 indicators, 22 figures, 6 goals. What is not as it was is listed in "
    assert said.output.endswith(f"{made}{tmp_path / 'new' / 'IMPORT.md'}.\n")
    assert "is there already" in refused(run("import", "open-sdg", HAVNLAND, tmp_path / "new"))


def test_help_does_not_load_what_reads_workbooks() -> None:
    import subprocess
    import sys

    code = (
        "import sys; import pejl.cli.importing, pejl.cli.template; "
        "print([name for name in ('openpyxl', 'docx', 'numpy') if name in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert printed.stdout == "[]\n"


def test_a_template_does_not_depend_on_the_clock(
    make_workspace: MakeWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_workspace()
    run("template", "figures", root, "--to", tmp_path / "one.xlsx")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    os.utime(root / "figures/figures.csv", (1, 1))
    run("template", "figures", root, "--to", tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
