"""A public folder written by hand: a town of two districts, three strategies, four goals, two indicators.

    old_plan     2014-2017, ended      guidepost g1: old_homeless
    plan         2018-2021, in force   overall goal: fewer_vulnerable; visions v1: sign_homeless; v2: sign_lonely
    plan_draft   its draft             draft_homeless

`homeless` has 200, 180, 150 in 2017, 2018, 2019 (a break in 2018), and is broken down by district; `lonely` was asked
in 2019. `write` writes it; what it is given is laid over the release before that, so that a test changes one thing.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pejl.release.public import PublicRelease

Record = dict[str, Any]

CELLS = """\
indicator,version,period,scope,district,value,low,high,n,numerator,denominator,state,unit,basis,method,next_due,source,note
homeless,1,2018,city,total,180,155,208,180,180,,measured,persons,poisson,register,,,
homeless,1,2018,city,north,150,127,176,150,150,,measured,persons,poisson,register,,,
homeless,1,2018,city,south,,,,,,,withheld,persons,,register,,,
homeless,1,2018,city,unknown,,,,,,,no_data,persons,,register,,,
homeless,1,2019,city,total,150,127,176,150,150,,measured,persons,poisson,register,,,
homeless,1,2019,city,north,120,99,143,120,120,,measured,persons,poisson,register,,,
homeless,1,2019,city,south,30,20,43,30,30,,measured,persons,poisson,register,,,
"""


def both(text: str) -> dict[str, str | None]:
    """Return a text in both languages, the English one told by its sign."""
    return {"da": text, "en": f"{text} (en)"}


def goal(name: str, title: str, **more: Any) -> Record:
    """Return a declared goal: a direction without a number, unless more is said."""
    target: Record = {
        **{"kind": "direction", "period": None, "value": None, "strict": False, "change": None},
        **{"relative_change": None, "standing": "adopted", "set_on": None, "to_be_set_by": None},
        **{"owed_by": None, "sources": [], "note": None},
    }
    plain: Record = {
        **{"id": name, "code": None, "title": both(title), "plain": None, "wording": "printed", "indicator": None},
        **{"source": None, "state": None, "unit": None, "owed_by": None, "due": None, "population": None},
        **{"scope": "city", "direction": "decrease", "tolerance": None, "baseline": None, "targets": [target]},
        **{"weight": None, "kind_of_data": None, "timetable": None, "continues": [], "rewords": [], "replaces": []},
        **{"headings": [], "sources": [], "note": None},
    }
    targets = [target | each for each in more.pop("targets", [{}])]
    return plain | more | {"targets": targets}


def strategy(name: str, title: str, first: str, last: str, **more: Any) -> Record:
    """Return a declared strategy with nothing in it, unless more is said."""
    return {
        **{"id": name, "title": both(title), "short_title": None, "wording": "printed", "status": "adopted"},
        **{"valid": {"from": first, "to": last}, "adopted_on": first, "adopted_by": None, "in_force_until": None},
        **{"committee": both("Udvalget"), "sources": [], "draft_of": [], "elaborates": [], "replaces": []},
        **{"summary": None, "plain": None, "target_group_version": None, "overall_goal": None, "city_goals": []},
        **{"principles": [], "themes": [], "guideposts": [], "visions": [], "sub_goals": [], "announced_signs": None},
        **{"process": [], "meeting_formats": [], "chapter_template": None, "annual_wheel": []},
        **{"outside_factors": [], "note": None, "goal_parents": {}},
        **more,
    }


def point(period: str | None, value: float | None, state: str = "measured", **more: Any) -> Record:
    """Return a point of a status, with an interval of a tenth to each side where there is a value."""
    low, high = (value * 0.9, value * 1.1) if value is not None else (None, None)
    return {
        **{"period": period, "value": value, "low": low, "high": high, "state": state, "n": value},
        **{"unit": "persons", "next_due": None, "why_not": None},
        **more,
    }


def judged(name: str, title: str, plan: str, group: str, verdict: tuple[str, str], **more: Any) -> Record:
    """Return a judged goal; `verdict` has both halves, and the rules are those that give them."""
    target_status, development = verdict
    rules = {"reached": "reached", "not_reached": "not_reached", "direction_only": "target_is_direction"}
    ways = {"right_way": "change_right", "no_clear_change": "interval_holds_zero", "unknown": "no_figure"}
    reasons = [
        {"code": rules.get(target_status, "target_not_set"), "half": "target", "latest": None, "baseline": None},
        {"code": ways[development], "half": "development", "latest": None, "baseline": None, "state": "no_method"},
    ]
    target: Record = {
        **{"kind": "direction", "period": None, "value": None, "due": None, "standing": "adopted", "strict": False},
        **{"change": None, "relative_change": None, "level": None},
    }
    difference = dict.fromkeys(
        ("value", "low", "high", "ratio", "ratio_low", "ratio_high", "p", "p_adjusted", "method"), None
    )
    return {
        **{"id": name, "code": None, "strategy": plan, "group": group, "title": both(title), "wording": "printed"},
        **{"indicator": None, "asked": None, "direction": "decrease", "scope": "city"},
        **{"target_status": target_status, "development": development, "reasons": reasons},
        **{"latest": point("2019", None, "no_method"), "baseline": point(None, None, "no_data")},
        **{"difference": difference, "context": [], "series": []},
        **more,
        "target": target | more.get("target", {}),
    }


LEVEL = {"kind": "at_most", "period": "2021", "value": 160.0, "due": "2021-12-31", "level": 160.0}
CHANGE = {
    **{"kind": "relative_change", "period": "2021", "value": -20.0, "due": "2021-12-31"},
    **{"relative_change": -20.0, "level": 160.0},
}


def _workspace() -> Record:
    codes = [("north", "Nord"), ("south", "Syd"), ("unknown", "Ukendt")]
    return {
        **{"format": 2, "id": "town", "title": both("Byens strategi"), "municipality": both("Byen"), "own": True},
        **{"synthetic": False, "notice": both("Opdigtet."), "languages": ["da", "en"], "threshold": 5},
        "site": {
            **{"address": None, "contact": None, "accessibility_statement": None, "boundaries": None},
            "hearings": [{"title": both("Møde"), "text": both("Kom."), "url": None}],
        },
        "units": {
            "persons": {"label": both("personer"), "kind": "count"},
            "percent": {"label": both("procent"), "kind": "share"},
        },
        "scopes": {
            "city": {"title": both("Byen"), "within": None},
            "administration": {"title": both("Forvaltningen"), "within": "city"},
        },
        "dimensions": {
            "district": {
                **{"title": both("Bydel"), "overlapping": False, "alone": ["unknown"], "parents": {}},
                "codes": [{"code": code, "label": both(label), "parent": None, "tile": None} for code, label in codes],
            },
            "age": {"title": both("Alder"), "overlapping": False, "alone": [], "parents": {}, "codes": []},
        },
        "target_groups": [
            {
                **{"id": "groups", "title": both("Målgrupper"), "valid_from": "2014-01-01", "sources": []},
                "groups": [
                    {"id": "adults", "title": both("Voksne"), "aliases": [], "note": None},
                    {"id": "young", "title": both("Unge"), "aliases": [], "note": None},
                ],
            }
        ],
        "target_group_mappings": [],
        "populations": {
            "everybody": {
                **{"id": "everybody", "title": both("Alle"), "aliases": [], "target_groups": ["adults"]},
                "versions": [
                    {
                        **{"version": "1", "valid_from": None, "definition": both("Alle.")},
                        **{"standing": "proposal", "sources": []},
                    }
                ],
            }
        },
    }


def _strategies() -> list[Record]:
    old = goal("old_homeless", "Færre i hjemløshed", code="1A", indicator="homeless", population="everybody")
    new = goal(
        "sign_homeless",
        "Færre i hjemløshed",
        indicator="homeless",
        population="everybody",
        continues=["old_homeless"],
        targets=[{"kind": "relative_change", "period": "2021", "relative_change": "-20", "set_on": "2018-01-10"}],
        weight="2",
        kind_of_data="not_known",
        timetable=both("Hvert år"),
        headings=[{"heading": "h1", "why": both("Fordi.")}],
    )
    lonely = goal("sign_lonely", "Færre er ensomme", source="none", state="no_method", owed_by=both("Forvaltningen"))
    fewer = goal("fewer_vulnerable", "Færre udsatte", targets=[{"kind": "not_set", "to_be_set_by": "2020-05-01"}])
    drafted = goal("draft_homeless", "Færre hjemløse", indicator="homeless", population="everybody")
    vision = {"headings": [{"id": "h1", "title": both("Egen bolig")}], "reason": both("Fordi alle skal bo.")}
    return [
        strategy(
            "old_plan", "Gammel plan", "2014-01-01", "2017-12-31", status="ended",
            guideposts=[{"id": "g1", "number": 1, "title": both("Flere har en bolig"), "goals": [old]}],
            meeting_formats=[
                {
                    **{"id": "m", "kind": "dialogue_meeting", "title": both("Dialogmøder"), "participants_from": 10},
                    **{"participants_to": 15, "participants": [both("borgere")], "place": None, "purpose": []},
                }
            ],
        ),
        strategy(
            "plan_draft", "Udkast", "2018-01-01", "2021-12-31", status="draft", adopted_on=None,
            draft_of=[{"strategy": "plan", "note": None}],
            guideposts=[{"id": "d1", "number": 1, "title": both("Bolig"), "goals": [drafted]}],
        ),
        strategy(
            "plan", "Ny plan", "2018-01-01", "2021-12-31",
            replaces=[{"strategy": "old_plan", "note": both("Den gamle.")}],
            overall_goal={
                **{"id": "overall", "title": both("Et bedre liv"), "part_of": None, "operationalisation": fewer},
                **{"sub_goals": [], "outcomes": [both("Fri"), both("Mere selv"), both("Stabilt")]},
            },
            visions=[
                {"id": "v1", "number": 1, "title": both("Et hjem"), "signs": [new], **vision},
                {"id": "v2", "number": 2, "title": both("Sammen"), "signs": [lonely], **vision, "headings": []},
            ],
        ),
    ]  # fmt: skip


def _goals() -> list[Record]:
    series = [point("2017", 200.0), point("2018", 180.0), point("2019", 150.0)]
    difference = {"value": -50.0, "low": -86.0, "high": -14.0}
    rate = {"kind": "rate", **point("2019", 75.0, unit="per_1000_inhabitants"), "per": 1000}
    new = judged(
        "sign_homeless", "Færre i hjemløshed", "plan", "v1", ("reached", "right_way"),
        indicator="homeless", latest=series[2], baseline=series[0], series=series, target=CHANGE, context=[rate],
    )  # fmt: skip
    new["difference"] |= difference
    return [
        judged(
            "old_homeless", "Færre i hjemløshed", "old_plan", "g1", ("not_reached", "no_clear_change"), code="1A",
            indicator="homeless", latest=series[0], series=series, target=LEVEL,
        ),
        judged("draft_homeless", "Færre hjemløse", "plan_draft", "d1", ("direction_only", "unknown")),
        judged("fewer_vulnerable", "Færre udsatte", "plan", "overall", ("not_set", "unknown")),
        new,
        judged("sign_lonely", "Færre er ensomme", "plan", "v2", ("direction_only", "unknown")),
    ]  # fmt: skip


def _total(period: str, value: float | None, state: str = "measured", **more: Any) -> Record:
    return {
        **{"version": "1", "scope": "city", "unit": "persons", "method": "register", "numerator": value},
        **{"denominator": None, "source": "", "note": "", "response_rate": None, "dimensions": []},
        **point(period, value, state),
        **more,
    }


def _indicator(name: str, title: str, totals: list[Record], **more: Any) -> Record:
    version: Record = {
        **{"version": "1", "valid_from": None, "definition": both("Tæl."), "numerator": both("Mennesker")},
        **{"denominator": None, "standing": "proposal", "sources": []},
    }
    return {
        **{"id": name, "title": both(title), "plain": None, "kind": None, "population": "everybody"},
        "unit": {"id": "persons", "label": both("personer"), "kind": "count"},
        "scope": {"id": "city", "title": both("Byen")},
        **{"dimensions": ["district", "age"], "source": "registers", "made_at": "municipality", "variant_of": None},
        **{"published_by": both("Byen"), "versions": [version], "breaks": [], "rhythm": None, "rate_per": 1000},
        **{"sources": [], "outside_factors": [both("Huslejen")], "note": None, "counted_here": True, "totals": totals},
        **more,
    }


def content() -> Record:
    """Return everything the public folder holds, by file; a test may change it."""
    homeless = [
        _total("2017", 200.0),
        _total("2018", 180.0),
        _total("2019", 150.0),
        _total("2019", 40.0, scope="administration"),
    ]
    asked: Record = {"unit": "percent", "method": "survey", "n": 250.0, "response_rate": 44.0}
    lonely = [_total("2018", None, "not_due", next_due="2019"), _total("2019", 31.0, **asked)]
    return {
        "workspace.json": _workspace(),
        "strategies.json": _strategies(),
        "status.json": {
            **{"workspace": "town", "release": "2019-r1", "year": 2019, "strategies": []},
            "footnote": {"tests": 40, "signals": 9, "expected_false_signals": 2.0, "surviving_benjamini_hochberg": []},
            "goals": _goals(),
        },
        "remarks.json": [
            {
                **{"goal": "sign_homeless", "year": 2018, "language": "da", "author": "Centret"},
                **{"approved_by": None, "approved_on": None, "why": "Der blev **bygget**.", "what_now": ""},
            },
            {
                **{"goal": "sign_homeless", "year": 2019, "language": "da", "author": "Centret"},
                **{"approved_by": "Direktionen", "approved_on": "2020-03-02", "why": "Godt."},
                "what_now": "- mere\n- bedre",
            },
            {
                **{"goal": "sign_homeless", "year": 2019, "language": "en", "author": "The centre"},
                **{"approved_by": "Direktionen", "approved_on": "2020-03-02", "why": "Good.", "what_now": ""},
            },
        ],
        "indicators/homeless.json": _indicator(
            "homeless", "Mennesker i hjemløshed", homeless,
            breaks=[{"at": "2018", "note": both("Talt anderledes.")}],
        ),
        "indicators/lonely.json": _indicator(
            "lonely", "Åben ensomhed", lonely, source="survey", dimensions=[], variant_of="homeless",
            unit={"id": "percent", "label": both("procent"), "kind": "share"},
        ),
        "cells/homeless.csv": CELLS,
        "cells/lonely.csv": CELLS.splitlines()[0] + "\n",
    }  # fmt: skip


def write(folder: Path, change: Callable[[Record], None] | None = None, release: str = "2019-r1") -> PublicRelease:
    """Write the public folder, changed by `change`, and return it as a release."""
    files = copy.deepcopy(content())
    if change is not None:
        change(files)
    for name, held in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(held if isinstance(held, str) else json.dumps(held, ensure_ascii=False), encoding="utf-8")
    return PublicRelease(folder, release)
