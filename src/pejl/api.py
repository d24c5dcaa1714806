"""`pejl.open(DIR)`: the verbs of the command line, in Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from os import PathLike

    from pejl.pipeline import CheckResult, Listener, RunResult
    from pejl.pipeline.surveying import Drawn, Exported
    from pejl.release import Release
    from pejl.site.freezing import Frozen
    from pejl.site.freezing import Listener as FreezeListener
    from pejl.workspace.model import Workspace
    from pejl.workspace.problems import Problem


class NoReleaseError(Exception):
    """There is no release yet: run `measure` first."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"'{folder}' has no release yet: run pejl measure")
        self.folder = folder


class WorkspaceProblemsError(Exception):
    """The workspace has problems of form; `problems` holds them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"the workspace cannot be read: {len(problems)} problems; run pejl check")
        self.problems = tuple(problems)


class OpenWorkspace:
    """A workspace folder, opened. Nothing is read before a verb asks for it."""

    def __init__(self, folder: str | PathLike[str]) -> None:
        self.folder = Path(folder)

    def __repr__(self) -> str:
        return f"pejl.open({str(self.folder)!r})"

    def check(self, as_of: date | None = None, *, data: bool = True, listener: Listener | None = None) -> CheckResult:
        """Return every problem and warning, by file, line and column.

        Args:
            as_of: the day on which deadlines are looked at; today if not given.
            data: read and check the rows of the registers too.
            listener: is told which register is being read.

        Raises:
            WorkspaceNotFoundError: the folder is missing or holds no pejl.toml.
            EngineNotFoundError, KeyRefusedError: the registers cannot be read with these settings.
        """
        from pejl.pipeline import check, silent

        return check(self.folder, as_of, data=data, listener=listener or silent)

    def measure(
        self,
        *,
        year: int | None = None,
        only: Sequence[str] = (),
        as_of: date | None = None,
        engine: str | None = None,
        workers: int = 1,
        listener: Listener | None = None,
    ) -> RunResult:
        """Measure, judge and make a release; the last one stands where nothing has changed.

        Args:
            year: the year the release is made for; the latest year measured if not given.
            only: indicators to measure anew; all if empty.
            as_of: the day on which deadlines are looked at.
            engine: what counts the registers; the workspace's own engine if not given.
            workers: how many processes check against recomputation. More than one only from a program whose main
                module may be imported again: one that begins with `if __name__ == "__main__":`.
            listener: is told what happens, as typed events (`pejl.pipeline.events`).

        Raises:
            WorkspaceNotFoundError: the folder is missing or holds no pejl.toml.
            ReleaseError: another run is making a release.
            EngineNotFoundError: there is no such engine.
            KeyRefusedError: the key of the pseudonyms lies in the workspace, or cannot be read or made.
        """
        from pejl.pipeline import measure, silent

        return measure(
            self.folder,
            year=year,
            only=only,
            as_of=as_of,
            engine=engine,
            workers=workers,
            listener=listener or silent,
        )

    def draw(
        self, survey: str, *, period: str | None = None, again: bool = False, listener: Listener | None = None
    ) -> Drawn:
        """Draw the sample of one wave of a survey and write it into the workspace.

        Args:
            survey: its id.
            period: of the wave; not needed where there is only one.
            again: draw anew where the wave is drawn already; refused when there are answers.
            listener: is told which register is being read.

        Raises:
            SurveyRefusedError: it cannot be drawn; the sentence says why.
            WorkspaceNotFoundError: the folder is missing or holds no pejl.toml.
            EngineError, KeyRefusedError: the registers cannot be read.
        """
        from pejl.pipeline import silent
        from pejl.pipeline.surveying import draw_sample

        return draw_sample(self.folder, survey, period, listener or silent, again=again)

    def export(
        self, survey: str, target: str | PathLike[str], *, period: str | None = None, listener: Listener | None = None
    ) -> Exported:
        """Write whom to write to in one wave of a survey, for the mail system, to a file outside the workspace.

        Args:
            survey: its id.
            target: the file; only its owner can read it.
            period: of the wave; not needed where there is only one.
            listener: is told which register is being read.

        Raises:
            SurveyRefusedError: it cannot be written; the sentence says why.
            WorkspaceNotFoundError: the folder is missing or holds no pejl.toml.
            EngineError, KeyRefusedError: the register of addresses cannot be read.
        """
        from pejl.pipeline import silent
        from pejl.pipeline.surveying import export_sample

        return export_sample(self.folder, survey, Path(target), period, listener or silent)

    def purge(self) -> bool:
        """Delete everything kept per person between runs; tell whether there was anything.

        Raises:
            WorkspaceNotFoundError: the folder is missing or holds no pejl.toml.
        """
        from pejl.pipeline import purge
        from pejl.workspace.folder import require_workspace

        require_workspace(self.folder)
        return purge(self.folder)

    def release(self, release_id: str | None = None) -> Release:
        """Return a release by its id, or the current one.

        Raises:
            WorkspaceNotFoundError: the folder is missing or holds no pejl.toml.
            NoReleaseError: there is none yet.
            ReleaseError: there is none of this id, or it is damaged.
        """
        from pejl.release import current_release, open_release
        from pejl.workspace.folder import require_workspace

        require_workspace(self.folder)
        if release_id is not None:
            return open_release(self.folder, release_id)
        release = current_release(self.folder)
        if release is None:
            raise NoReleaseError(self.folder)
        return release

    def status(self, strategy: str | None = None, release_id: str | None = None) -> dict[str, Any]:
        """Return the judged goals as plain data, as `pejl status --format json` prints them.

        Args:
            strategy: the id of one strategy; all if not given.
            release_id: the release to look at; the current one if not given.

        Raises:
            NoReleaseError: there is no release yet.
            ReleaseError: there is none of this id, or it is damaged.
        """
        import json

        from pejl.publish.status import status_json

        status: dict[str, Any] = json.loads(status_json(self.release(release_id), strategy))
        return status

    def publish(
        self,
        to: str | PathLike[str],
        *,
        base_url: str = "/",
        release_id: str | None = None,
        listener: FreezeListener | None = None,
    ) -> Frozen:
        """Freeze the public site into a folder: every page, the open data and the committee's papers.

        Args:
            to: the folder; a site frozen there before is replaced at once, when all is done.
            base_url: where the site will stand: `/path/` or `https://example.dk/path/`.
            release_id: what is shown first; the public release if not given, and the current one, marked as a draft,
                as long as none is public.
            listener: is told what is done.

        Raises:
            WorkspaceNotFoundError: the folder is missing or holds no pejl.toml.
            ReleaseError: there is no release, or none of this id, or it was withdrawn.
            FolderRefusedError: the folder `to` holds what Pejl did not write.
            BaseRefusedError: `base_url` is none.
            AssetsMissingError: the installation is incomplete.
        """
        from pejl.site.freezing import freeze, silent
        from pejl.workspace.folder import require_workspace

        require_workspace(self.folder)
        return freeze(self.folder, Path(to), base_url, release_id=release_id, listener=listener or silent)

    def declared(self) -> Workspace:
        """Return everything the workspace declares, as typed, frozen models.

        Raises:
            WorkspaceNotFoundError: the folder is missing or holds no pejl.toml.
            WorkspaceProblemsError: it has problems; run `check`.
        """
        checked = self.check(data=False)
        if not checked.workable:
            raise WorkspaceProblemsError(checked.problems)
        return checked.workspace

    def explain(self, indicator: str, period: str | None = None, release_id: str | None = None) -> dict[str, Any]:
        """Return everything a figure rests on: source, definition, interval, rules, as plain data.

        Raises:
            NothingToExplainError: the release has no such indicator or period.
            NoReleaseError, ReleaseError: as for `release`.
        """
        from pejl.publish.explain import explanation

        return explanation(self.release(release_id), indicator, period)

    def diff(self, old: str, new: str) -> dict[str, Any]:
        """Return what became of every goal from one strategy to another, as plain data.

        Raises:
            KeyError: there is no strategy of one of these ids.
            WorkspaceProblemsError: the workspace has problems; run `check`.
        """
        from pejl.publish.diff import diff_record

        strategies = self.declared().strategies_by_id
        return diff_record(strategies[old], strategies[new])

    def targets(
        self, strategy: str | None = None, proposals: Mapping[str, float] | None = None
    ) -> list[dict[str, Any]]:
        """Return the sheet for setting the numbers: a row of plain data for every goal.

        Args:
            strategy: the id of one strategy; all if not given.
            proposals: levels to try, by goal id, in the unit of the goal's figures.

        Raises:
            NoReleaseError: there is no release yet, and so no baselines.
            WorkspaceProblemsError: the workspace has problems; run `check`.
        """
        from pejl.publish.targets import targets_sheet

        return targets_sheet(self.declared(), self.release(), strategy, proposals or {})
