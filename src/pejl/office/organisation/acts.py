"""Changing the organisation. What was, stays: a change ends what stood and begins what stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.refusals import NotNowError
from pejl.office.core.who import Who
from pejl.office.organisation.kinds import Change, Level
from pejl.office.organisation.models import Standing, Succession, Unit
from pejl.office.organisation.queries import tree
from pejl.text import message


@transaction.atomic
def open_unit(*, code: str, name: str, level: Level, parent: Unit | None, on: date, by: Who) -> Unit:
    """Begin a new unit.

    Raises:
        NotNowError: what it is to stand below does not exist on the day.
    """
    if parent is not None:
        _existing(parent, on)
    unit = Unit.objects.create(code=code)
    Standing.objects.create(unit=unit, name=name, level=level, parent=parent, valid_from=on)
    wrote(by, Subject.ORGANISATION, unit.pk, "open_unit")
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, name: str, parent: Unit | None, on: date, by: Who) -> Standing:
    """Give a unit another name or another place from a day.

    Raises:
        NotNowError: it does not exist on the day, a later change stands already, or it would stand below itself.
    """
    now = _existing(unit, on)
    if parent is not None:
        _existing(parent, on)
        if parent.pk in tree(on).within(unit.pk):
            raise NotNowError(message("a unit cannot stand below itself"))
    if now.valid_to is not None:
        raise NotNowError(message("a later change of this unit is already entered; change that one first"))
    if now.valid_from == on:
        now.name, now.parent = name, parent
        now.save()
        after = now
    else:
        now.valid_to = on
        now.save()
        after = Standing.objects.create(unit=unit, name=name, level=now.level, parent=parent, valid_from=on)
    wrote(by, Subject.ORGANISATION, unit.pk, "change_unit")
    return after


@transaction.atomic
def close_unit(*, unit: Unit, on: date, by: Who) -> None:
    """End a unit from a day.

    Raises:
        NotNowError: it does not exist on the day, or other units stand below it.
    """
    now = _existing(unit, on)
    if tree(on).children(unit.pk):
        raise NotNowError(message("other units stand below this one; move or close them first"))
    now.valid_to = on
    now.save()
    wrote(by, Subject.ORGANISATION, unit.pk, "close_unit")


@transaction.atomic
def merge_units(*, units: Sequence[Unit], into: Unit, on: date, by: Who) -> None:
    """Let units go on as one of them, or as another, from a day.

    Raises:
        NotNowError: one of them does not exist on the day, or has units below it.
    """
    _existing(into, on)
    for unit in units:
        if unit.pk != into.pk:
            close_unit(unit=unit, on=on, by=by)
            Succession.objects.create(before=unit, after=into, change=Change.MERGE, on=on)
    wrote(by, Subject.ORGANISATION, [unit.pk for unit in units], "merge_units")


@transaction.atomic
def split_unit(*, unit: Unit, into: Sequence[Unit], on: date, by: Who) -> None:
    """Let a unit go on as several others from a day.

    Raises:
        NotNowError: one of them does not exist on the day, or units stand below the one that ends.
    """
    for part in into:
        _existing(part, on)
        Succession.objects.create(before=unit, after=part, change=Change.SPLIT, on=on)
    close_unit(unit=unit, on=on, by=by)


def _existing(unit: Unit, on: date) -> Standing:
    standing = (
        Standing.objects.select_for_update()
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), unit=unit, valid_from__lte=on)
        .first()
    )
    if standing is None:
        raise NotNowError(message("unit {code} does not exist on {day}", code=unit.code, day=on))
    return standing
