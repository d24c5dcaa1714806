"""Every stored field is classified, and the database refuses who without when."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from pejl.office.core.privacy import Field, Kind

OWN = [model for model in apps.get_models() if model.__module__.startswith("pejl.")]


def label(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", OWN, ids=label)
def test_every_field_says_what_it_tells_of_people(model: type[models.Model]) -> None:
    classified: dict[str, Field] = model.privacy  # type: ignore[attr-defined] # what every model of ours has
    assert set(classified) == {field.name for field in model._meta.get_fields() if field.concrete}
    for name, field in classified.items():
        asked = field.kind in (Kind.CONTACT, Kind.NEED)
        assert (field.purpose is not None) == asked, name
        assert (field.until is not None) == asked, name


@pytest.mark.parametrize("model", OWN, ids=label)
def test_who_and_when_stand_together_or_not_at_all(model: type[models.Model]) -> None:
    names = {field.name for field in model._meta.get_fields() if field.concrete}
    pairs = [(name, f"{name[:-3]}_at") for name in names if name.endswith("_by") and f"{name[:-3]}_at" in names]
    for who, when in pairs:
        if not (model._meta.get_field(who).null or model._meta.get_field(when).null):
            continue
        conditions = [
            str(each.condition) for each in model._meta.constraints if isinstance(each, models.CheckConstraint)
        ]
        assert any(f"{who}__isnull" in text and f"{when}__isnull" in text for text in conditions), (who, when)
