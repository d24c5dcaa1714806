"""What things are called in the paper's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pejl.text import Language

Record = Mapping[str, Any]


def said(text: Record, language: Language) -> str:
    """Return a text in the language, or in Danish where it is not translated."""
    return str(text[language] or text["da"])


def goal_title(goal: Record, language: Language) -> str:
    """Return a goal's title with its code before it, where it has one."""
    code = f"{goal['code']} " if goal["code"] else ""
    return f"{code}{said(goal['title'], language)}"


def group_title(group: Record, language: Language) -> str:
    """Return the title of a guidepost or vision with its number before it, where it has one."""
    number = f"{group['number']}. " if group["number"] is not None else ""
    return f"{number}{said(group['title'], language)}"
