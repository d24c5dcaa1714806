"""What every file of open data says of itself: draft or not, synthetic or not, and the notice.

Which release it is, and when that was made, only the files about the whole release say: files of figures stay what they
are from one release to the next where the figures do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pejl.release.public import PublicRelease
from pejl.text import Language, message

DRAFT = message("Draft: not approved, and may still change.")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in every file.

    Attributes:
        release: the id of the release; only in files about all of it.
        made: when the release was made, ISO 8601; only in the same.
        draft: it is not approved.
        synthetic: the persons behind the figures are invented.
        notice: the workspace's notice, by language.
        languages: of the workspace, its own first.
    """

    release: str
    made: str
    draft: bool
    synthetic: bool
    notice: Mapping[str, str | None]
    languages: tuple[Language, ...]

    def text(self, language: Language) -> str:
        """Return the notice of the workspace, after the word for a draft where it is one."""
        notice = said(self.notice, language)
        return f"{DRAFT.render(language)} {notice}" if self.draft else notice

    def as_dict(self) -> dict[str, Any]:
        """Return what the JSON files of figures say."""
        return {
            "draft": self.draft,
            "synthetic": self.synthetic,
            "notice": {language: self.text(language) for language in self.languages},
        }

    def of_release(self) -> dict[str, Any]:
        """Return what the JSON files about the whole release say."""
        return {"release": self.release, "made": self.made, **self.as_dict()}


def label_of(release: PublicRelease, *, draft: bool, made: datetime | str) -> Label:
    """Return the label of a release's files; `made` is the release's own time, never now."""
    workspace = release.workspace
    return Label(
        release.id,
        made.isoformat() if isinstance(made, datetime) else made,
        draft,
        bool(workspace["synthetic"]),
        workspace["notice"],
        tuple(workspace["languages"]),
    )


def said(text: Mapping[str, Any] | None, language: str) -> str:
    """Return a text of the workspace in `language`, or in Danish where that is missing; empty for None."""
    return "" if text is None else str(text.get(language) or text.get("da") or "")
