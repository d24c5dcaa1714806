"""The signs of a chart: a dot is a figure, a diamond a target, and each kind of nothing has a shape of its own.

They differ in shape, not only in colour, so that a copy in black and white says the same.
"""

from __future__ import annotations

from pejl.publish.charts.drawing import AIM, FIGURE, INK, PAPER, SOFT, Sheet
from pejl.publish.charts.model import Point

Place = tuple[float, float]
CLIPPED = "clipped"
NOTHING_ORDER = ("withheld", "why_not", "no_data", "not_due", "not_collected", "no_method")


def nothing_kind(point: Point) -> str:
    """Return which sign a point without a value gets: its state, or `why_not` for answers that do not suffice."""
    return "why_not" if point.why_not else point.state


def draw_figure(sheet: Sheet, at: Place, *, estimate: bool, strong: bool) -> None:
    """Draw the dot of a figure: hollow for an estimate of the source, larger for the baseline and the latest."""
    radius = 5.5 if strong else 4.0
    sheet.circle(at, radius, PAPER if estimate else FIGURE, FIGURE, 2.0)


def draw_interval(sheet: Sheet, x: float, low: float, high: float, *, cut_low: bool, cut_high: bool) -> None:
    """Draw an interval upright from place `low` to `high`; an arrow where it goes on beyond the axis."""
    sheet.line((x, low), (x, high), FIGURE, 1.6)
    for y, cut, way in ((low, cut_low, 1), (high, cut_high, -1)):
        if cut:
            sheet.polygon([(x - 4, y - way * 6), (x + 4, y - way * 6), (x, y + way * 2)], FIGURE)
        else:
            sheet.line((x - 4, y), (x + 4, y), FIGURE, 1.6)


def draw_aim(sheet: Sheet, at: Place, *, strict: bool) -> None:
    """Draw the diamond of a target: hollow where the level itself does not count."""
    x, y = at
    shape = [(x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)]
    sheet.polygon(shape, PAPER if strict else AIM, AIM, 2.4)


def draw_side(sheet: Sheet, at: Place, side: int) -> None:
    """Draw the small triangle that says on which side of a level the goal wants to be."""
    x, y = at
    sheet.polygon([(x - 5, y - side * 4), (x + 5, y - side * 4), (x, y - side * 12)], AIM)


def draw_nothing(sheet: Sheet, at: Place, kind: str) -> None:
    """Draw the sign of a kind of nothing, about ten units wide, around a place."""
    x, y = at
    match kind:
        case "withheld":
            sheet.hatched((x - 6, y - 6), (12, 12), INK, 4.0)
        case "why_not":
            sheet.polygon([(x, y - 6), (x + 6, y + 5), (x - 6, y + 5)], PAPER, INK, 1.6)
        case "no_data":
            sheet.line((x - 5, y - 5), (x + 5, y + 5), INK, 2.0)
            sheet.line((x - 5, y + 5), (x + 5, y - 5), INK, 2.0)
        case "not_due":
            sheet.line((x - 5, y), (x + 5, y), SOFT, 2.4)
        case "not_collected":
            sheet.polygon([(x - 5, y - 5), (x + 5, y - 5), (x + 5, y + 5), (x - 5, y + 5)], PAPER, INK, 1.4, "2 2")
        case _:
            sheet.circle((x, y), 7, PAPER, INK, 1.2)
            sheet.text((x, y + 4), "?", 12, anchor="middle", bold=True)
