"""How the command line fails: a clear sentence and an exit code, never a bare traceback."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pejl.api import NoReleaseError, WorkspaceProblemsError
from pejl.text import LANGUAGES, Language, Message, message

PROBLEMS_EXIT = 1
FAULT_EXIT = 70
INTERRUPTED_EXIT = 130


class RefusedError(Exception):
    """What was given cannot be worked with; the message says why and what to do.

    Args:
        what: the message.
        lang: the language it is said in, where that is not left to `--lang`.
    """

    def __init__(self, what: Message, lang: Language | None = None) -> None:
        super().__init__(what.render("en"))
        self.what = what
        self.lang = lang


def known_error(error: Exception) -> Message | None:
    """Return the sentence for an error in what was given; None for a fault of Pejl's own."""
    from pejl.engines import EngineError
    from pejl.office.core.refusals import RefusedError as OfficeRefusedError
    from pejl.registers import KeyRefusedError
    from pejl.release import ReleaseError
    from pejl.workspace.folder import WorkspaceNotFoundError
    from pejl.workspace.loading import FileChangedError

    if isinstance(error, RefusedError | ReleaseError | FileChangedError | EngineError | KeyRefusedError):
        return error.what
    if isinstance(error, OfficeRefusedError):
        return error.reason
    if isinstance(error, NoReleaseError):
        return message("there is no release yet: run pejl measure {folder}", folder=error.folder)
    if isinstance(error, WorkspaceProblemsError):
        return message("the workspace has {count} problems; see them with pejl check", count=len(error.problems))
    if isinstance(error, WorkspaceNotFoundError):
        problem = error.problem
        return message("{place}: {what}. {mend}", place=str(problem.location), what=problem.what, mend=problem.mend)
    if isinstance(error, OSError) and error.filename is not None:
        return message("'{path}': {reason}", path=str(error.filename), reason=error.strerror or "")
    return None


def complain(what: Message, lang: Language | None = None) -> None:
    """Print why the command stops, in a language, or in that it was asked to speak."""
    click.echo(f"pejl: {what.render(lang or _language_asked_for())}", err=True)


def _language_asked_for() -> Language:
    """Return the language of the command that failed: --lang if given, English otherwise."""
    arguments = sys.argv[1:]
    for position, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else None
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value in LANGUAGES:
            return value
    return "en"


def report_fault(error: Exception) -> None:
    """Report a fault by type and place in the code only: its text could hold data."""
    trace = error.__traceback__
    place = "?"
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "pejl" in file.parts:
            place = f"{file.parent.name}/{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    what = message(
        "a fault of Pejl's own ({kind} at {place}); nothing was changed. Please report it with these words.",
        kind=type(error).__name__,
        place=place,
    )
    complain(what)
