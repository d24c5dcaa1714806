"""A plan as it stands, as plain data: what earlier versions keep, and what two people's edits are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pejl.office.accounts.actor import Actor
from pejl.office.clock import now
from pejl.office.plans.kinds import TEMPLATES, Kind, Section
from pejl.office.plans.models import Initiative, Plan, Revision

Content = dict[str, Any]
"""Keys: state; texts (by heading); initiatives (list, each with number, version and its fields)."""

FIELDS = ("title", "purpose", "change", "by_when", "who")
"""What an initiative says, beside the goals it serves and how it stands."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Two people's edits of the same thing, field by field.

    Attributes:
        merged: what one of them changed is taken from that one; where both did, the later writer's own.
        theirs: where both changed the same field, what the other one has saved.
    """

    merged: Mapping[str, Any]
    theirs: Mapping[str, Any]


def merge(*, read: Mapping[str, Any], mine: Mapping[str, Any], stands: Mapping[str, Any]) -> Merge:
    """Hold an edit against what stands now.

    Args:
        read: what whoever writes had read when they began; a field that is not known counts as changed by both.
        mine: what they send.
        stands: what stands now.
    """
    merged, theirs = {}, {}
    for name, value in mine.items():
        now_there = stands[name]
        if name in read and value == read[name]:
            merged[name] = now_there
            continue
        merged[name] = value
        if now_there != value and not (name in read and now_there == read[name]):
            theirs[name] = now_there
    return Merge(merged, theirs)


def stands(initiative: Initiative) -> dict[str, Any]:
    """Return what an initiative says now, as plain data; two queries."""
    return fields_of(initiative, list(initiative.served.values_list("goal", flat=True)))


def fields_of(initiative: Initiative, goals: list[str]) -> dict[str, Any]:
    """Return what somebody writes of an initiative, as plain data."""
    said = {name: getattr(initiative, name) for name in FIELDS}
    return {**said, "by_when": _iso(initiative.by_when), "goals": sorted(goals), "public": initiative.public}


def content_of(plan: Plan) -> Content:
    """Return the whole plan as plain data; two queries."""
    initiatives = plan.initiatives.prefetch_related("served")
    return {
        "state": plan.state,
        "texts": dict(plan.texts),
        "initiatives": [
            {
                "number": each.pk,
                "version": each.version,
                **fields_of(each, [served.goal for served in each.served.all()]),
                "status": each.status,
                "status_note": each.status_note,
                "begun_on": _iso(each.begun_on),
                "ended_on": _iso(each.ended_on),
            }
            for each in initiatives
        ],
    }


def keep(plan: Plan, act: str, by: Actor) -> Revision:
    """Keep the plan as it stands after an act. The plan is locked by whoever calls."""
    last = plan.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    return Revision.objects.create(
        plan=plan,
        number=last + 1,
        version=plan.version,
        act=act,
        content=content_of(plan),
        kept_at=now(),
        kept_by=by.number,
    )


def texts_read(plan: int, version: int) -> Mapping[str, str]:
    """Return the texts of a plan as whoever holds this version has read them; empty where nothing of it is kept."""
    found = Revision.objects.filter(plan_id=plan, version=version).select_related("plan").order_by("-number").first()
    if found is None:
        return {}
    return {section.id: found.content["texts"].get(section.id, "") for section in _sections(found)}


def _sections(revision: Revision) -> tuple[Section, ...]:
    return TEMPLATES[Kind(revision.plan.kind)].sections


def initiative_read(plan: int, number: int, version: int) -> Mapping[str, Any]:
    """Return an initiative as whoever holds this version has read it; empty where nothing of it is kept."""
    for content in Revision.objects.filter(plan_id=plan).values_list("content", flat=True).iterator():
        for each in content["initiatives"]:
            if (each["number"], each["version"]) == (number, version):
                return dict(each)
    return {}


def _iso(day: date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day
