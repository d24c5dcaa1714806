"""Pages that show every component once, so that the foundation can be tested without the pages of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import Markup

from pejl.release.public import PublicRelease
from pejl.site.page import Here, Page, PageKind

TEMPLATES = Path(__file__).with_name("specimen")
DRAWING = Markup(
    '<svg viewBox="0 0 600 200" role="img" aria-labelledby="drawing-title" xmlns="http://www.w3.org/2000/svg">'
    '<title id="drawing-title">A line</title><path d="M0 200L600 0" stroke="#454545" stroke-width="3"/></svg>'
)


def front(here: Here) -> Page:
    goals = here.release.status["goals"]
    rows = [
        [{"text": here.say(goal["title"]), "href": here.url("goal", goal=goal["id"])}, "150", "160", "●", "▲"]
        for goal in goals[:8]
    ]
    values = {"goals": goals[:7], "rows": rows, "drawing": DRAWING}
    return Page("front.html", here.say(here.release.workspace["title"]), "One plain sentence.", (), "front", values)


def goal(here: Here, goal: str) -> Page:
    found = next(each for each in here.release.status["goals"] if each["id"] == goal)
    crumbs = (here.crumb("Goals", "front"),)
    return Page("goal.html", here.say(found["title"]), "", crumbs, "front", {"goal": found, "before": "fewer_homeless"})


def every_goal(release: PublicRelease) -> Iterable[Mapping[str, str]]:
    return ({"goal": each["id"]} for each in release.status["goals"])


KINDS = (PageKind("front", front), PageKind("goal", goal, every_goal))
