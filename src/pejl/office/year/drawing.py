"""The annual wheel as a drawing: months outside, quarters with what is discussed inside, a mark for every meeting."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pejl.office.year.quarters import month_short
from pejl.office.year.states import Agenda
from pejl.office.year.wheel import PlannedMeeting, QuarterPlan, YearPlan
from pejl.publish.charts.drawing import AIM, FIGURE, GRID, INK, PAPER, SOFT, Embed, Sheet, wrap
from pejl.text import Language, Message, message

_TINTS = ("#e6eef6", "#f4f7fb")
_RING = "#d5e1ed"
_FULL = 360.0

_MOST_LINES = 7
"""Lines of titles that have room in a quarter."""


@dataclass(frozen=True, slots=True)
class Size:
    """Lengths of a drawing, in the units of its view box.

    Attributes:
        half: half its width and height.
        centre: radius of the circle with the year.
        quarters: outer radius of the quarters.
        months: outer radius of the months.
        meetings: radius on which meetings stand.
        others: radius on which other administrations' marks stand.
        mark: radius of a mark.
        letters: size of letters.
        themes: whether the titles of what is discussed are written into the quarters.
    """

    half: float
    centre: float
    quarters: float
    months: float
    meetings: float
    others: float
    mark: float
    letters: float
    themes: bool


WIDE = Size(366, 78, 272, 305, 321, 350, 13, 15.5, themes=True)
NARROW = Size(172, 38, 104, 127, 139, 160, 10, 12, themes=False)


def wheel_svg(plan: YearPlan, title: str, language: Language, size: Size, *, today: date | None, embed: Embed) -> str:
    """Return a year's wheel as SVG with a title and a description.

    Args:
        plan: the year.
        title: of the drawing.
        language: of its words.
        size: `WIDE`, or `NARROW` for narrow screens: without the titles of what is discussed.
        today: a hand points at it if it lies in the year; None for paper.
        embed: `page` or `paper`.
    """
    sheet = Sheet(2 * size.half)
    for quarter in plan.quarters:
        _draw_quarter(sheet, quarter, language, size)
    _draw_centre(sheet, plan.year, size)
    if today is not None and today.year == plan.year:
        _hand(sheet, _angle(today), size)
    _draw_meetings(sheet, plan, size)
    _draw_others(sheet, plan, size)
    prefix = "wheel-wide" if size.themes else "wheel-narrow"
    return sheet.close(2 * size.half, title, describe(plan, language), f"{prefix}-{plan.year}", embed, "wheel")


def describe(plan: YearPlan, language: Language) -> str:
    """Return in a few sentences what the wheel shows, for those who do not see it."""
    return " ".join(_told(each).render(language) for each in plan.quarters)


def _told(plan: QuarterPlan) -> Message:
    titles = "; ".join(each.title for each in plan.discussions)
    meetings = len([each for each in plan.meetings if each.agenda is not Agenda.CANCELLED])
    if not titles:
        return message(
            "Quarter {number}: nothing to discuss is planned; meetings: {meetings}.",
            number=plan.quarter.number,
            meetings=meetings,
        )
    return message(
        "Quarter {number}: {titles}; meetings: {meetings}.",
        number=plan.quarter.number,
        titles=titles,
        meetings=meetings,
    )


def _draw_quarter(sheet: Sheet, plan: QuarterPlan, language: Language, size: Size) -> None:
    first = (plan.quarter.number - 1) * 90.0
    sheet.polygon(
        _sector(size, first, first + 90, size.centre, size.quarters), _TINTS[plan.quarter.number % 2], PAPER, 3
    )
    for month, start in zip(plan.quarter.months, (first, first + 30, first + 60), strict=True):
        sheet.polygon(_sector(size, start, start + 30, size.quarters + 1, size.months), _RING, PAPER, 2)
        x, y = _at(size, start + 15, (size.quarters + size.months) / 2)
        sheet.text((x, y + size.letters * 0.35), month_short(month, language), size.letters, anchor="middle")
    _write_quarter(sheet, plan, language, size, first + 45)


def _write_quarter(sheet: Sheet, plan: QuarterPlan, language: Language, size: Size, angle: float) -> None:
    """Write the quarter's name and what is discussed into its sector, line by line around the middle of it."""
    heading = message("Quarter {number}", number=plan.quarter.number).render(language)
    blocks = _titles(plan, language, size) if size.themes else list(_counted(plan, language))
    step, between = size.letters * 1.25, size.letters * 0.4
    x, y = _at(size, angle, size.centre + (size.quarters - size.centre) * 0.53)
    y -= (step * sum(len(block) for block in blocks) + between * len(blocks)) / 2 - size.letters * 0.35
    sheet.text((x, y), heading, size.letters, anchor="middle", bold=True)
    for block in blocks:
        y += between
        for line in block:
            y += step
            sheet.text((x, y), line, size.letters, anchor="middle")


def _titles(plan: QuarterPlan, language: Language, size: Size) -> list[tuple[str, ...]]:
    """Return the titles of what is discussed, each in lines; what does not fit is counted."""
    blocks: list[tuple[str, ...]] = []
    for place, each in enumerate(plan.discussions):
        wrapped = wrap(each.title, 148, size.letters)
        if sum(map(len, blocks)) + len(wrapped) > _MOST_LINES:
            rest = message("and {count} more", count=len(plan.discussions) - place)
            return [*blocks, (rest.render(language),)]
        blocks.append(wrapped)
    return blocks


def _counted(plan: QuarterPlan, language: Language) -> Iterator[tuple[str, ...]]:
    count = len(plan.discussions)
    if count:
        words = message("1 theme") if count == 1 else message("{count} themes", count=count)
        yield (words.render(language),)


def _draw_centre(sheet: Sheet, year: int, size: Size) -> None:
    sheet.circle((size.half, size.half), size.centre - 2, FIGURE)
    letters = size.letters * 2.1
    sheet.text((size.half, size.half + letters * 0.35), str(year), letters, anchor="middle", bold=True, colour=PAPER)


def _hand(sheet: Sheet, angle: float, size: Size) -> None:
    sheet.line(_at(size, angle, size.quarters * 0.88), _at(size, angle, size.months), AIM, 3)


def _draw_meetings(sheet: Sheet, plan: YearPlan, size: Size) -> None:
    clashing = {id(clash.own) for clash in plan.clashes}
    angles = spread([_angle(each.on) if each.on else _angle(each.month) + 15 for each in plan.meetings], _apart(size))
    for meeting, angle in zip(plan.meetings, angles, strict=True):
        at = _at(size, angle, size.meetings)
        if id(meeting) in clashing:
            sheet.circle(at, size.mark + 4, PAPER, AIM, 3)
        _mark(sheet, meeting, at, size)


def _mark(sheet: Sheet, meeting: PlannedMeeting, at: tuple[float, float], size: Size) -> None:
    """Draw a meeting: filled where its day is known, hollow where only its month is, grey where it is cancelled."""
    cancelled = meeting.agenda is Agenda.CANCELLED
    known = meeting.on is not None and not cancelled
    sheet.circle(at, size.mark, FIGURE if known else GRID if cancelled else PAPER, PAPER if known else FIGURE, 2)
    where = (at[0], at[1] + size.letters * 0.32)
    letters = size.letters * 0.88
    sheet.text(where, str(meeting.place_in_year), letters, anchor="middle", bold=True, colour=PAPER if known else INK)


def _draw_others(sheet: Sheet, plan: YearPlan, size: Size) -> None:
    clashing = {clash.other.number for clash in plan.clashes}
    others = sorted(plan.others, key=lambda other: _other_angle(other.on, other.quarter.months[1]))
    angles = spread([_other_angle(each.on, each.quarter.months[1]) for each in others], _apart(size))
    for other, angle in zip(others, angles, strict=True):
        x, y = _at(size, angle, size.others)
        half = size.mark * 0.85
        colour, width = (AIM, 3.0) if other.number in clashing else (SOFT, 1.5)
        sheet.rect((x - half, y - half), (2 * half, 2 * half), PAPER, colour, width, "" if other.on else "4 2")
        sheet.text((x, y + size.letters * 0.32), other.letter, size.letters * 0.88, anchor="middle")


def _other_angle(on: date | None, middle: date) -> float:
    return _angle(on) if on else _angle(middle) + 15


def _apart(size: Size) -> float:
    """Return how many degrees lie between two marks that stand side by side."""
    return math.degrees(2.1 * size.mark / size.meetings)


def spread(angles: Sequence[float], apart: float) -> list[float]:
    """Return angles, in rising order, moved on where they are closer than `apart` to the one before."""
    found: list[float] = []
    for angle in angles:
        found.append(max(angle, found[-1] + apart) if found else angle)
    return found


def _angle(day: date) -> float:
    """Return where a day stands on the wheel, in degrees from the top, clockwise: every month takes 30."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    length = (following - day.replace(day=1)).days
    return (day.month - 1) * _FULL / 12 + (day.day - 1) / length * _FULL / 12


def _at(size: Size, angle: float, radius: float) -> tuple[float, float]:
    turned = math.radians(angle)
    return size.half + radius * math.sin(turned), size.half - radius * math.cos(turned)


def _sector(size: Size, start: float, end: float, inner: float, outer: float) -> list[tuple[float, float]]:
    steps = [start + (end - start) * place / 24 for place in range(25)]
    return [*(_at(size, angle, outer) for angle in steps), *(_at(size, angle, inner) for angle in reversed(steps))]
