"""Can the engine that pejl.toml names be started as it says?"""

from __future__ import annotations

from pejl.text import message
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems, did_you_mean


def check_engine(workspace: Workspace, problems: Problems) -> None:
    """Note an engine that is not installed, and an amount of memory that is none; only where registers are counted."""
    if not any(map(workspace.counted_here, workspace.indicators)):
        return
    from pejl.engines import EngineError, installed_engines, parse_memory

    settings = workspace.settings.engine
    known = installed_engines()
    if settings.name not in known:
        problems.add(
            "engine_unknown",
            settings.location("name"),
            message("there is no engine '{name}' here", name=settings.name),
            did_you_mean(settings.name, known, message("There is: {known}.", known=", ".join(known))),
            value=settings.name,
        )
    try:
        if settings.memory is not None:
            parse_memory(settings.memory)
    except EngineError as error:
        problems.add(
            "engine_memory",
            settings.location("memory"),
            error.what,
            message("Write an amount of at least 64 MB, as in 4GB; or leave it out."),
            value=settings.memory,
        )
