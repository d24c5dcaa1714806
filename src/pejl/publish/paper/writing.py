"""The papers as files: PDF and Word beside each other, named after release, strategy and language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pejl.publish.paper.apart import FORMS, made, made_apart
from pejl.publish.paper.contents import paper_of
from pejl.publish.paper.model import Paper, Picture
from pejl.release.public import PublicRelease
from pejl.text import Language, Message, message

Record = Mapping[str, Any]
_LONG = 100
"""A paper with more charts than this is set in a process of its own; to start one takes a fifth of a second."""


class UnknownStrategyError(Exception):
    """The release has no such strategy."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.render("en"))
        self.what = what


def papers_of(release: PublicRelease, strategy: str | None = None) -> tuple[str, ...]:
    """Return the ids of the strategies that get a paper.

    That is the one asked for; else those adopted and with goals; else, where none is in force, the latest with goals
    that is no draft, or nothing.

    Raises:
        UnknownStrategyError: the one asked for is not in the release.
    """
    known = [item["id"] for item in release.strategies]
    if strategy is not None:
        if strategy not in known:
            what = message("there is no strategy '{id}'; there are: {known}", id=strategy, known=", ".join(known))
            raise UnknownStrategyError(what)
        return (strategy,)
    with_goals = {goal["strategy"] for goal in release.status["goals"]}
    candidates = [item for item in release.strategies if item["id"] in with_goals and item["status"] != "draft"]
    in_force = [item["id"] for item in candidates if item["status"] == "adopted"]
    if in_force:
        return tuple(in_force)
    latest = sorted(candidates, key=lambda item: str((item["valid"] or {}).get("from") or ""))
    return (latest[-1]["id"],) if latest else ()


def paper_names(release: PublicRelease, language: Language, *, strategy: str | None = None) -> list[tuple[str, str]]:
    """Return pairs (strategy, name without its ending) of the papers that `write_paper` writes.

    The paper of a release that has only one is `status-2025-da`, every other one `status-2025-social-strategy-da`. The
    release is not in the name, so that a link to the paper leads to the one that holds.

    Raises:
        UnknownStrategyError: the strategy asked for is not in the release.
    """
    year, usual = release.status["year"], papers_of(release)
    return [
        (paper, f"status-{year}-{language}" if usual == (paper,) else f"status-{year}-{_slug(paper)}-{language}")
        for paper in (papers_of(release, strategy) if strategy is not None else usual)
    ]


def _slug(strategy: str) -> str:
    return strategy.replace("_", "-")


def write_paper(
    release: PublicRelease,
    folder: Path,
    language: Language,
    draft: bool,
    *,
    strategy: str | None = None,
    before: Path | None = None,
) -> list[Path]:
    """Write the papers of a release into `folder`, as PDF/UA-1 and as Word; return the files.

    The same release gives the same bytes.

    Args:
        release: what is published.
        folder: it is made if it is not there.
        language: of the papers.
        draft: whether the release has not been approved; then every page says so.
        strategy: only this one.
        before: a folder with papers that were made before; their charts are taken over where they are the same.

    Raises:
        UnknownStrategyError: the strategy asked for is not in the release.
        LettersMissingError: the typeface of the paper is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for strategy_id, name in paper_names(release, language, strategy=strategy):
        paper = paper_of(release, strategy_id, language, draft=draft)
        earlier = before / f"{name}.docx" if before is not None else None
        for form in FORMS:
            path = folder / f"{name}.{form}"
            path.write_bytes(made_apart(form, paper, earlier) if _is_long(paper) else made(form, paper, earlier))
            written.append(path)
    return written


def _is_long(paper: Paper) -> bool:
    """Tell whether setting it takes memory by the hundreds of megabytes, most of which Typst keeps for next time."""
    return sum(isinstance(block, Picture) for block in paper.blocks) > _LONG
