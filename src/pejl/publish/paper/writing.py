"""The papers as files: PDF and Word beside each other, named after release, strategy and language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pejl.publish.paper.contents import paper_of
from pejl.publish.paper.pdf import pdf_of
from pejl.publish.paper.word import word_of
from pejl.release.public import PublicRelease
from pejl.text import Language, Message, message

Record = Mapping[str, Any]


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

    With one paper the strategy is not in the name: `status-2025-r1-da`, else `status-2025-r1-social-strategy-da`.

    Raises:
        UnknownStrategyError: the strategy asked for is not in the release.
    """
    papers = papers_of(release, strategy)
    several = len(papers) > 1
    return [
        (
            paper,
            f"status-{release.id}-{paper.replace('_', '-')}-{language}"
            if several
            else f"status-{release.id}-{language}",
        )
        for paper in papers
    ]


def write_paper(
    release: PublicRelease, folder: Path, language: Language, draft: bool, *, strategy: str | None = None
) -> list[Path]:
    """Write the papers of a release into `folder`, as PDF/UA-1 and as Word; return the files.

    The same release gives the same bytes.

    Args:
        release: what is published.
        folder: it is made if it is not there.
        language: of the papers.
        draft: whether the release has not been approved; then every page says so.
        strategy: only this one.

    Raises:
        UnknownStrategyError: the strategy asked for is not in the release.
        LettersMissingError: the typeface of the paper is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for strategy_id, name in paper_names(release, language, strategy=strategy):
        paper = paper_of(release, strategy_id, language, draft=draft)
        for ending, content in ((".pdf", pdf_of(paper)), (".docx", word_of(paper))):
            path = folder / f"{name}{ending}"
            path.write_bytes(content)
            written.append(path)
    return written
