"""A sample that cannot be drawn or sent, and why."""

from __future__ import annotations

from pejl.text import Message


class SurveyRefusedError(Exception):
    """Nothing was drawn or written; `what` says why, without anything of any person; `code` is stable."""

    def __init__(self, code: str, what: Message) -> None:
        super().__init__(what.render("en"))
        self.code = code
        self.what = what
