"""Templates as the secretariat meets them: what Excel and Word say of themselves, and what is to be done."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from tests.conftest import FIGURES, INDICATOR, STRATEGY, MakeWorkspace
from tests.exchange.workbooks import LANGUAGE, figures_book, targets_book, write

import pejl
from pejl.exchange.figures_import import figures_plan
from pejl.exchange.figures_template import figures_template
from pejl.exchange.importing import planned
from pejl.exchange.remarks_sheet import goals_of
from pejl.exchange.remarks_word import remarks_document

ENDED = STRATEGY.replace("status: adopted\nvalid", "status: ended\nvalid")
_LATER = ENDED.partition("      - id: homes_kept")[0]
for _was, _is in (
    ("id: plan", "id: later"),
    ("2014-01-01", "2018-01-01"),
    ("2017-12-31", "2021-12-31"),
    ("2014-01-15", "2018-01-15"),
    ("id: fewer_homeless", "id: later_homeless"),
    ("id: homes\n", "id: later_homes\n"),
    ("period: 2017", "period: 2021"),
):
    _LATER = _LATER.replace(_was, _is)
"""A strategy of 2018-2021 that is over, with one goal."""


def test_a_cell_that_takes_no_other_value_says_what_it_takes(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    told = {}
    for path in (figures_book(root), targets_book(root)):
        for rule in load_workbook(path).worksheets[1].data_validations.dataValidation:
            assert bool(rule.showErrorMessage) == bool(rule.error)
            told[rule.type] = rule.error
    assert told == {
        None: None,
        "list": "Choose one from the list, or leave the cell empty.",
        "decimal": "Write the number, or leave the cell empty.",
        "date": "Write day, month and year: 31-12-2017.",
    }


def test_a_workbook_in_which_nothing_is_to_be_written_says_so(make_workspace: MakeWorkspace) -> None:
    def guide(root: Path) -> list[object]:
        book = load_workbook(io.BytesIO(figures_template(pejl.open(root).declared(), LANGUAGE)))
        return [row[0] for row in book.worksheets[0].values]

    nothing = "Nothing is to be written here: all figures of this workspace are counted from registers or asked for."
    assert nothing not in guide(make_workspace())
    goal = STRATEGY.replace("        indicator: homeless\n", "        source: none\n        state: no_method\n")
    root = make_workspace({"indicators/homeless.yaml": None, "figures/figures.csv": None, "strategy/plan.yaml": goal})
    assert guide(root)[2] == nothing


def test_remarks_are_written_on_what_the_status_tells_of_where_no_strategy_speaks_of_the_year(
    make_workspace: MakeWorkspace,
) -> None:
    def goals(text: str, year: int) -> list[str]:
        root = make_workspace({"strategy/plan.yaml": text, "strategy/later.yaml": _LATER})
        return [goal.id for _, goal in goals_of(pejl.open(root).declared(), year)]

    assert goals(STRATEGY, 2016) == ["fewer_homeless", "homes_kept"]
    assert goals(ENDED, 2019) == ["later_homeless"]
    assert goals(ENDED, 2025) == ["later_homeless"]  # both are over: of the latest
    assert goals(STRATEGY, 2025) == ["fewer_homeless", "homes_kept"]  # of the one still in force


def test_the_word_document_is_a_page_that_danes_print(make_workspace: MakeWorkspace) -> None:
    workspace = pejl.open(make_workspace()).declared()
    document: Any = Document(io.BytesIO(remarks_document(workspace, "da", 2017, {"fewer_homeless": "målet er nået"})))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    modes = {
        each.get(qn("w:name")): each.get(qn("w:val")) for each in document.settings.element.iter(qn("w:compatSetting"))
    }
    assert modes["compatibilityMode"] == "15"
    heading = next(at for at, each in enumerate(document.paragraphs) if each.style.name == "Heading 2")
    kept = [each.paragraph_format.keep_with_next for each in document.paragraphs[heading + 1 : heading + 3]]
    assert kept == [True, True]  # verdict and author stay with the first words that are written
    assert document.styles["Heading 2"].font.name == document.styles["Normal"].font.name == "Calibri"


def test_what_is_said_of_a_figure_is_said_in_danish_numbers_and_units(make_workspace: MakeWorkspace) -> None:
    lines = FIGURES.replace("persons", "percent").replace("200", "20").replace("180", "18").replace("150", "15")
    root = make_workspace(
        {
            "indicators/homeless.yaml": INDICATOR.replace("unit: persons", "unit: percent"),
            "figures/figures.csv": lines,
            "strategy/plan.yaml": None,
        }
    )
    book = write(figures_book(root), {("Value", 5): 0.583, ("Source", 5): "s", ("Value", 8): 250, ("Source", 8): "s"})
    said = [
        (problem.what.render("da"), problem.mend.render("da"))
        for problem in planned(book, root, "da", figures_plan).problems
    ]
    assert said == [
        ("0,583 læses som 0,583 procent", "Skriv 58,3, hvis det er det, der menes."),
        ("en værdi i enheden 'procent' er højst 100", "Ret tallet."),
    ]
