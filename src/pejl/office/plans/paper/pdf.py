"""A plan as PDF/UA-1, set by Typst: tagged, in its language, fonts embedded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pejl.office.plans.figures import Told
from pejl.office.plans.showing import GoalLine, Heading, InitiativeLine, PlanPage
from pejl.office.plans.states import WORKFLOW
from pejl.publish.paper.pdf import FONTS, STANDARD, LettersMissingError
from pejl.text import Language, Message, format_date, message

_HERE = Path(__file__).parent
_REGIONS = {"da": "dk", "en": "gb"}
SIZES = (9.5, 9.0, 8.5)
"""Sizes of the letters in points: the largest by which the plan has room on its pages."""
MOST_PAGES = 2
_WRITTEN_IN: Language = "da"
"""Plans are written in Danish, whatever the language of the paper."""

WORDS: Mapping[str, Message] = {
    "initiatives": message("Initiatives"),
    "purpose": message("Purpose"),
    "serves": message("Serves"),
    "change": message("Expected to change"),
    "by_when": message("By when"),
    "who": message("Who"),
    "status": message("How it stands"),
    "goal": message("Goal"),
    "city": message("The city as a whole"),
    "own": message("At the unit"),
    "here": message("What we do"),
    "none": message("No initiatives yet."),
    "empty": message("Nothing is written here yet."),
    "goals": message("The goals and how they go"),
}
"""What stands on the paper beside what was written."""
PAGES = message("Page {page} of {pages}", page="{page}", pages="{pages}")
LEFT_OUT = message("The other goals stand on the plan's page; there was no room for them here.")
INTERNAL = message("Internal: with the unit's own figures")


def pdf_of(plan: PlanPage, face: Mapping[str, Any], language: Language, *, internal: bool) -> bytes:
    """Return a plan as PDF/UA-1; the same plan gives the same bytes.

    Args:
        plan: what its page shows.
        face: whose release it is: title, municipality, notice.
        language: of the paper.
        internal: whether the unit's own figures are in it; then every page says that it is not to be handed on.

    Raises:
        LettersMissingError: the typeface is not there.
    """
    import typst

    if not (FONTS / "IBMPlexSans-Regular.ttf").is_file():
        raise LettersMissingError
    source = (_HERE / "plan.typ").read_bytes()
    said = told(plan, face, language, internal=internal)
    fonts: dict[str, Any] = {"font_paths": [str(FONTS)], "ignore_system_fonts": True}
    ways = [*((said, size) for size in SIZES), (_fewer(said, language), SIZES[-1])]
    for content, size in ways:
        inputs = {"plan": json.dumps({**content, "size": size}, ensure_ascii=False)}
        pages = json.loads(typst.query(source, "<pages>", field="value", one=True, sys_inputs=inputs, **fonts))
        if pages <= MOST_PAGES:
            break
    compiled: Any = typst.compile  # its types ask for a literal list of standards
    return bytes(compiled(source, format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD], **fonts))


def told(plan: PlanPage, face: Mapping[str, Any], language: Language, *, internal: bool) -> dict[str, Any]:
    """Return everything the paper says, as plain data."""

    def text(record: Mapping[str, Any] | None) -> str:
        return str((record or {}).get(language) or (record or {}).get("da") or "")

    state = message("State: {state}", state=WORKFLOW.words[plan.state])
    words = {name: words.render(language) for name, words in WORDS.items()}
    page = PAGES.render(language)  # Typst fills in which and how many
    return {
        "title": plan.title,
        "language": language,
        "region": _REGIONS[language],
        "written": {"lang": _WRITTEN_IN, "region": _REGIONS[_WRITTEN_IN]},
        "author": text(face["municipality"]),
        "notice": text(face["notice"]),
        "internal": INTERNAL.render(language) if internal else None,
        "state": ". ".join(each.render(language) for each in (state, plan.was) if each),
        "kind": plan.template.name.render(language),
        "unit": plan.unit,
        "words": {**words, "page": page},
        "sections": [{"title": title.render(language), "text": said} for title, said in plan.sections],
        "initiatives": [_initiative(each, language, text) for each in plan.initiatives],
        "figures": plan.figures,
        "left_out": None,
        "strategies": [
            {"title": text(each.title), "headings": [_heading(one, text) for one in each.headings]}
            for each in plan.strategies
        ],
    }


def _fewer(said: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Return the paper without the goals that neither the plan nor the unit's figures say anything of."""
    strategies = [
        {**each, "headings": [one for one in map(_spoken_of, each["headings"]) if one["goals"]]}
        for each in said["strategies"]
    ]
    return {
        **said,
        "strategies": [each for each in strategies if each["headings"]],
        "left_out": LEFT_OUT.render(language),
    }


def _spoken_of(heading: Mapping[str, Any]) -> dict[str, Any]:
    return {**heading, "goals": [goal for goal in heading["goals"] if goal["served"] or goal["own"]]}


def _initiative(each: InitiativeLine, language: Language, text: Any) -> dict[str, Any]:
    return {
        "title": each.title,
        "purpose": each.purpose,
        "change": each.change,
        "by_when": format_date(each.by_when, language),
        "who": each.who,
        "status": each.status_words,
        "note": each.status_note,
        "serves": [text(title) for _, title in each.serves],
    }


def _heading(heading: Heading, text: Any) -> dict[str, Any]:
    return {
        "title": text(heading.group.title) if heading.group else "",
        "goals": [_goal(line, text) for line in heading.goals],
    }


def _goal(line: GoalLine, text: Any) -> dict[str, Any]:
    card = line.card
    return {
        "title": " ".join(filter(None, (card.code, text(card.title)))),
        "city": card.verdict.development.words,
        "own": [_own(each) for each in line.own],
        "served": list(line.served),
    }


def _own(each: Told) -> str:
    within = f" ({each.low}\N{EN DASH}{each.high})" if each.low else ""
    return f"{each.period}: {each.value or each.instead}{within}"
