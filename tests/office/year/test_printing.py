"""The wheel drawn and printed: one page, tagged, and everything that is on the page in words too."""

from __future__ import annotations

import io
import re
from datetime import date
from xml.etree import ElementTree

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from tests.office.conftest import AsRole
from tests.office.year.making import committee, meeting, moved, secretariat

from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.year import demonstration
from pejl.office.year.acts import plan_discussion, plan_meeting
from pejl.office.year.drawing import NARROW, WIDE, spread, wheel_svg
from pejl.office.year.models import Committee
from pejl.office.year.quarters import Quarter
from pejl.office.year.states import MeetingKind
from pejl.office.year.wheel import year_plan

pytestmark = pytest.mark.django_db


def pages(content: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(content)]


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_both_years_stand_on_one_page_across(world: World, as_role: AsRole) -> None:
    demonstration.build(world)
    own = Committee.objects.get()
    answer = as_role(Role.AUDITOR).get(f"/office/year/{own.pk}/2014/print-2.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    [words] = pages(answer.content)
    for expected in (
        "Årshjul for Socialudvalget, 2014–2015",
        "Samskabelse og frivillig indsats",
        "Forebyggelse og tidlig indsats",
        "13. august 2014: Udvalgsmøde",
        "marts 2015: Budgetseminar",
        "24. juni 2015: Udvalgsmøde",
    ):
        assert expected in words
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert str(pdf.Root.Lang) == "da-DK"
        assert pdf.Root.MarkInfo.Marked == True  # noqa: E712 - a PDF's own truth
        box = [float(each) for each in pdf.pages[0].MediaBox]
        assert (round(box[2]), round(box[3])) == (842, 595)
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


def test_a_full_year_still_stands_on_one_page_and_says_how_much_is_left_out(world: World, as_role: AsRole) -> None:
    own, by = committee(world), secretariat(world)
    for month in range(1, 13):
        for day in (3, 10, 17, 24):
            plan_meeting(committee=own, kind=MeetingKind.MEETING, on=date(2015, month, day), by=by)
        quarter = Quarter(2015, (month - 1) // 3 + 1)
        plan_discussion(
            committee=own, title=f"En drøftelse med en lang titel, nummer {month}", theme="", quarter=quarter, by=by
        )
    answer = as_role(Role.EMPLOYEE).get(f"/office/year/{own.pk}/2015/print-1.pdf")
    [words] = pages(answer.content)
    assert "3. januar 2015: Udvalgsmøde" in words
    assert "og 1 mere" in words  # 60 lines; 15 of each of the first two quarters, 14 of the third
    assert "og 15 mere" in words


def test_the_drawing_has_a_title_a_description_and_every_mark(world: World) -> None:
    demonstration.build(world)
    plan = year_plan(Committee.objects.get(), 2015)
    svg = wheel_svg(plan, "Årshjul", "da", WIDE, today=date(2015, 3, 2), embed="page")
    root = ElementTree.fromstring(svg)
    names = {each.tag.rpartition("}")[2]: each.text for each in root if each.tag.endswith(("title", "desc"))}
    assert names["title"] == "Årshjul"
    assert (names["desc"] or "").startswith("1. kvartal: Forebyggelse og tidlig indsats; møder: 1.")
    written = texts(svg)
    assert written.count("2015") == 1
    assert [text for text in written if re.fullmatch(r"\d|[A-Z]", text)] == ["1", "2", "3", "4", "A", "B"]
    assert not re.search(r"\bstyle=", svg)


def test_the_narrow_drawing_counts_what_the_wide_one_names(world: World) -> None:
    demonstration.build(world)
    svg = wheel_svg(year_plan(Committee.objects.get(), 2014), "Årshjul", "da", NARROW, today=None, embed="page")
    written = texts(svg)
    assert [text for text in written if "tema" in text] == ["2 temaer", "1 tema", "1 tema"]


def test_marks_close_together_stand_side_by_side() -> None:
    assert spread([10, 11, 12, 40], 5) == [10, 15, 20, 40]
    assert spread([], 5) == []


def test_a_cancelled_meeting_is_printed_as_cancelled(world: World, as_role: AsRole) -> None:
    at = meeting(world)
    moved(world, at, "cancel")
    answer = as_role(Role.EMPLOYEE).get(f"/office/year/{at.committee_id}/2015/print-1.pdf")
    assert "22. april 2015: Udvalgsmøde (aflyst)" in pages(answer.content)[0]
    assert as_role(Role.EMPLOYEE).get(f"/office/year/{at.committee_id}/2015/print-3.pdf").status_code == 404
