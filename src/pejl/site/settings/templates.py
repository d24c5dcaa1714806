"""Jinja2 through Django's own backend, with the environment that freezing uses too."""

from __future__ import annotations

from typing import Any

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "pages",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "pejl.site.rendering.django_environment"},
    }
]
