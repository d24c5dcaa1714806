"""The annual wheel on one page: PDF/UA-1, A4 across, one year or two side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pejl.office.web.shown import face
from pejl.office.year.drawing import WIDE, describe, wheel_svg
from pejl.office.year.forms import when_words
from pejl.office.year.states import MEETING_KINDS, Agenda
from pejl.office.year.wheel import Other, PlannedMeeting, QuarterPlan, YearPlan
from pejl.publish.paper.pdf import FONTS, STANDARD, LettersMissingError
from pejl.text import Language, format_date, message

KEY = message(
    "Filled circle: meeting. Hollow: only its month is known. Square: another administration; dashed: only its "
    "quarter is known. Orange: a clash."
)
_HERE = Path(__file__).parent
_REGIONS = {"da": "dk", "en": "gb"}
MOST_LINES = 44
"""Lines below the wheel of a year that can still be read on one page; what is more is counted."""


def wheel_pdf(committee: str, plans: Sequence[YearPlan], language: Language) -> bytes:
    """Return the wheels of one year or two on one page, with what lies in each quarter in words.

    Raises:
        LettersMissingError: the typeface of papers is not installed beside the program.
    """
    import typst

    if not (FONTS / "IBMPlexSans-Regular.ttf").is_file():
        raise LettersMissingError
    compiled: Any = typst.compile  # its types ask for a literal list of standards, and know no list of pages
    found = compiled(
        (_HERE / "wheel.typ").read_bytes(),
        format="pdf",
        sys_inputs={"wheel": json.dumps(_page(committee, plans, language), ensure_ascii=False)},
        pdf_standards=[STANDARD],
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    return bytes(found)


def _page(committee: str, plans: Sequence[YearPlan], language: Language) -> dict[str, Any]:
    years = "–".join(str(plan.year) for plan in plans)
    return {
        "title": message("The annual wheel of {committee}, {year}", committee=committee, year=years).render(language),
        "notice": face()["notice"].get(language) or face()["notice"]["da"],
        "key": KEY.render(language),
        "author": committee,
        "language": language,
        "region": _REGIONS[language],
        "years": [_year(plan, language) for plan in plans],
    }


def _year(plan: YearPlan, language: Language) -> dict[str, Any]:
    title = str(plan.year)
    quarters = [
        {"title": each.quarter.words.render(language), "lines": list(_lines(each, language))} for each in plan.quarters
    ]
    left = MOST_LINES
    for quarter in quarters:
        lines = quarter["lines"]
        if len(lines) > max(left, 0):
            rest = len(lines) - max(left, 0)
            more = message("and {count} more", count=rest).render(language)
            quarter["lines"] = [*lines[: max(left, 0)], {"mark": "", "text": more, "strong": False}]
        left -= len(lines)
    return {
        "title": title,
        "alt": describe(plan, language),
        "svg": wheel_svg(plan, title, language, WIDE, today=None, embed="paper"),
        "quarters": quarters,
    }


def _lines(plan: QuarterPlan, language: Language) -> Iterator[dict[str, Any]]:
    for discussion in plan.discussions:
        yield {"mark": "", "text": discussion.title, "strong": True}
    for meeting in plan.meetings:
        yield {"mark": str(meeting.place_in_year), "text": _meeting(meeting, language), "strong": False}
    for other in plan.others:
        yield {"mark": other.letter, "text": _other(other, language), "strong": False}


def _meeting(meeting: PlannedMeeting, language: Language) -> str:
    words = f"{when_words(meeting.on, meeting.month, language)}: {MEETING_KINDS[meeting.kind].render(language)}"
    if meeting.agenda is Agenda.CANCELLED:
        words += f" ({message('cancelled').render(language)})"
    return words


def _other(other: Other, language: Language) -> str:
    day = f", {format_date(other.on, language)}" if other.on else ""
    return f"{other.administration}: {other.title}{day}"
