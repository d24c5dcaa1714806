"""From registers to a sample, and from a sample to what the mail system is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pejl.pipeline.counting import registers_read, sources_of
from pejl.pipeline.events import Listener, RunStarted, StepDone, silent
from pejl.pipeline.person_cache import persons_folder
from pejl.pipeline.run import check
from pejl.registers import pseudonym_key
from pejl.surveys.mailing import ADDRESS_KEY, Mailing, mailing, refuse_target, write_mailing
from pejl.surveys.sampling import (
    CASES,
    Earlier,
    Sample,
    SurveyRefusedError,
    draw,
    from_arrays,
    read_sample,
    sample_folder,
    used_columns,
    write_sample,
)
from pejl.text import message
from pejl.workspace.surveys import Reaching, Survey, Wave

if TYPE_CHECKING:
    import pandas as pd

    from pejl.engines import Session
    from pejl.measure.cube.relations import Relations
    from pejl.measure.queries import Graph, Query
    from pejl.workspace.model import Workspace

PERSON, FRAME_DAY, AGE = "person", "frame_day", "age"


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A sample that was drawn, and the folder it is in."""

    sample: Sample
    folder: Path


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written for the mail system, and where."""

    survey: str
    period: str
    mailing: Mailing
    target: Path


@dataclass(frozen=True, slots=True)
class _Opened:
    """The registers a survey needs, on an open session."""

    workspace: Workspace
    graph: Graph
    session: Session
    relations: Relations
    engine: str


def draw_sample(
    root: Path, survey_id: str, period: str | None = None, listener: Listener = silent, *, again: bool = False
) -> Drawn:
    """Draw the sample of one wave of a survey and write it into the workspace.

    Args:
        root: the folder of the workspace.
        survey_id: the survey.
        period: of the wave; not needed where there is only one.
        listener: is told which register is being read.
        again: draw anew where the wave is drawn already; refused when there are answers.

    Raises:
        SurveyRefusedError: it cannot be drawn; the sentence says why.
        WorkspaceNotFoundError: there is no workspace in `root`.
        EngineError, KeyRefusedError: the registers cannot be read.
    """
    workspace, graph = _workspace(root)
    survey, wave = chosen_wave(workspace, survey_id, period)
    _refuse_drawn(workspace, survey, wave, again=again)
    model = _frame_model(graph, survey)
    kinds = _kinds(workspace, survey, model)
    before = tuple(_overlapped(workspace, survey, wave))
    registers = {*graph.registers_of(model), *((survey.reaching.register_,) if survey.reaching is not None else ())}
    with _opened(workspace, graph, registers, listener) as opened:
        rows = _frame(opened, survey, kinds, wave.frame_day)
        reach = _reach(opened, survey.reaching) if survey.reaching is not None else None
        earlier = [Earlier(sample, _frame(opened, survey, _kinds_of(sample, model), day)) for sample, day in before]
        sample = draw(
            rows, survey, wave, pseudonym_key(workspace), kinds,
            reach=reach, leave_out=survey.reaching.leave_out if survey.reaching is not None else (),
            earlier=earlier, software={"engine": opened.engine},
        )  # fmt: skip
    return Drawn(sample, write_sample(root, sample, again=again))


def export_sample(
    root: Path, survey_id: str, target: Path, period: str | None = None, listener: Listener = silent
) -> Exported:
    """Write whom to write to, for the mail system, to a file outside the workspace.

    Args:
        root: the folder of the workspace.
        survey_id: the survey.
        target: the file.
        period: of the wave; not needed where there is only one.
        listener: is told which register is being read.

    Raises:
        SurveyRefusedError: it cannot be written; the sentence says why.
        WorkspaceNotFoundError: there is no workspace in `root`.
        EngineError, KeyRefusedError: the registers cannot be read.
    """
    workspace, graph = _workspace(root)
    survey, wave = chosen_wave(workspace, survey_id, period)
    refuse_target(target, root)
    if survey.reaching is None:
        raise SurveyRefusedError(
            "reaching_missing",
            message("the survey '{id}' does not say how people are written to; declare 'reaching'", id=survey.id),
        )
    sample = read_sample(sample_folder(root, survey.id, wave.period.text))
    if sample.record.key != pseudonym_key(workspace).id:
        raise SurveyRefusedError(
            "sample_other_key",
            message("the sample was drawn with another key of the pseudonyms, so nobody in it can be found"),
        )
    with _opened(workspace, graph, {survey.reaching.register_}, listener) as opened:
        found = mailing(sample, _reach(opened, survey.reaching), workspace.settings.languages[0])
    write_mailing(found, target, root)
    return Exported(survey.id, wave.period.text, found, target)


def chosen_wave(workspace: Workspace, survey_id: str, period: str | None) -> tuple[Survey, Wave]:
    """Return a survey and one of its waves.

    Raises:
        SurveyRefusedError: there is none of this name, or there are several and none is named.
    """
    survey = workspace.surveys_by_id.get(survey_id)
    if survey is None:
        known = ", ".join(workspace.surveys_by_id) or "none"
        raise SurveyRefusedError(
            "survey_unknown", message("there is no survey '{id}'; there are: {known}", id=survey_id, known=known)
        )
    periods = ", ".join(wave.period.text for wave in survey.waves)
    if period is None and len(survey.waves) > 1:
        raise SurveyRefusedError(
            "wave_not_named",
            message("the survey has several waves; name one with --period: {periods}", periods=periods),
        )
    for wave in survey.waves:
        if period in (None, wave.period.text):
            return survey, wave
    raise SurveyRefusedError(
        "wave_unknown", message("the survey has no wave {period}; it has: {periods}", period=period, periods=periods)
    )


def _workspace(root: Path) -> tuple[Workspace, Graph]:
    checked = check(root, data=False)
    if not checked.workable:
        raise SurveyRefusedError(
            "workspace_problems",
            message("the workspace has problems; nothing was done. See them with: pejl check {folder}", folder=root),
        )
    return checked.workspace, checked.graph


def _refuse_drawn(workspace: Workspace, survey: Survey, wave: Wave, *, again: bool) -> None:
    """Say before anything is read what would be said after: the wave is drawn, or even answered."""
    if not sample_folder(workspace.root, survey.id, wave.period.text).exists():
        return
    if not again:
        raise SurveyRefusedError(
            "sample_drawn_already",
            message(
                "the sample of '{survey}' for {period} is drawn already; it stands as it is, unless you draw it anew "
                "with --again before anybody has been written to",
                survey=survey.id,
                period=wave.period.text,
            ),
        )
    later = next((each for each in survey.waves if each.overlaps is not None and each.overlaps == wave.period), None)
    if later is not None and sample_folder(workspace.root, survey.id, later.period.text).exists():
        raise SurveyRefusedError(
            "sample_overlapped",
            message(
                "the sample for {period} was drawn to overlap this one; it is not drawn again", period=later.period.text
            ),
        )
    if (workspace.root / wave.answers).exists():
        raise SurveyRefusedError(
            "sample_answered",
            message("there are answers from this sample already ('{file}'); it is not drawn again", file=wave.answers),
        )


def _frame_model(graph: Graph, survey: Survey) -> Query:
    model = graph.models.get(survey.frame)
    if model is None:
        raise SurveyRefusedError(
            "frame_missing",
            message("there is no model '{name}' to draw the survey '{id}' from", name=survey.frame, id=survey.id),
        )
    return model


def frame_columns(workspace: Workspace, survey: Survey) -> tuple[str, ...]:
    """Return the columns of the frame that a survey and the indicators that rest on it use."""
    asked = [
        name
        for item in workspace.indicators
        if item.asking is not None and item.asking.survey == survey.id
        for name in item.asking.by
    ]
    return used_columns(survey, asked)


def _kinds(workspace: Workspace, survey: Survey, model: Query) -> dict[str, str]:
    """Return the types of the frame's columns in a sample: a day is a text there."""
    wanted = frame_columns(workspace, survey)
    missing = [name for name in (PERSON, FRAME_DAY, *wanted) if name not in model.columns]
    if missing:
        raise SurveyRefusedError(
            "frame_column_missing",
            message("the frame '{name}' has no column '{columns}'", name=model.name, columns="', '".join(missing)),
        )
    types = {PERSON: ("integer",), FRAME_DAY: ("date",), AGE: ("integer", "number")}
    if survey.sampling.spread_of is not None:
        types[survey.sampling.spread_of] = ("number", "integer")
    for name, allowed in types.items():
        if model.columns[name] not in allowed:
            raise SurveyRefusedError(
                "frame_column_type",
                message("the frame's column '{column}' must be of the type {kind}", column=name, kind=allowed[0]),
            )
    return {name: _kind(model, name) for name in wanted}


def _kinds_of(sample: Sample, model: Query) -> dict[str, str]:
    """Return the columns that an earlier sample was drawn by, which the frame must still have."""
    record = sample.record
    wanted = [*record.strata, *((record.clusters,) if record.clusters is not None else ()), AGE]
    missing = [name for name in wanted if name not in model.columns]
    if missing:
        raise SurveyRefusedError(
            "overlap_column_missing",
            message(
                "the sample of {period} was drawn by '{columns}', which the frame no longer has; draw without "
                "'overlaps'",
                period=record.period,
                columns="', '".join(missing),
            ),
        )
    return {name: _kind(model, name) for name in dict.fromkeys(wanted)}


def _kind(model: Query, name: str) -> str:
    return "text" if model.columns[name] == "date" else model.columns[name]


def _overlapped(workspace: Workspace, survey: Survey, wave: Wave) -> Iterator[tuple[Sample, date]]:
    """Yield the samples that a wave overlaps, latest first, each with the day of its frame."""
    seen = {wave.period.text}
    while wave.overlaps is not None:
        if wave.again is None or not 0 <= wave.again <= 1:
            raise SurveyRefusedError(
                "overlap_share",
                message(
                    "the wave {period} overlaps another; 'again' says how much, from 0 to 1", period=wave.period.text
                ),
            )
        named = wave.overlaps.text
        if named in seen:
            raise SurveyRefusedError(
                "overlap_circle", message("the waves of the survey '{id}' overlap in a circle", id=survey.id)
            )
        seen.add(named)
        _, wave = chosen_wave(workspace, survey.id, named)
        sample = read_sample(sample_folder(workspace.root, survey.id, named))
        yield sample, date.fromisoformat(sample.record.frame_day)


@contextmanager
def _opened(workspace: Workspace, graph: Graph, registers: set[str], listener: Listener) -> Iterator[_Opened]:
    """Read registers and give a session in which models over them can be read; all must be usable."""
    from pejl.engines import get_engine
    from pejl.measure.cube.relations import Relations

    settings = workspace.settings.engine
    engine = get_engine(settings.name)
    folder = persons_folder(workspace)
    names = [register.id for register in workspace.registers if register.id in registers]
    listener(RunStarted(0, len(names)))
    with engine.session(memory=settings.memory, threads=settings.threads, scratch=folder) as session:
        intakes = registers_read(workspace, names, session, folder, listener)
        for name in names:
            if not intakes[name].usable:
                reason = intakes[name].reason
                assert reason is not None
                raise SurveyRefusedError(
                    "register_unusable",
                    message("the register '{id}' cannot be used: {reason}", id=name, reason=reason),
                )
        sources = sources_of(workspace, intakes, session)
        relations = Relations(
            session,
            graph,
            sources,
            workspace.settings.years,
            folder,
            engine.version,
            listener=lambda step: listener(StepDone(step.name, step.rows)),
        )
        yield _Opened(workspace, graph, session, relations, engine.version)


def _frame(opened: _Opened, survey: Survey, kinds: dict[str, str], day: date) -> pd.DataFrame:
    """Return the rows of the frame on a day, with `person` and the columns of `kinds`."""
    from pejl.engines.sql_text import quoted

    opened.relations.expose([survey.frame])
    model = opened.graph.models[survey.frame]
    columns = ", ".join(
        f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name)}" if model.columns[name] == "date" else quoted(name)
        for name in (PERSON, *kinds)
    )
    # of quoted names and a day
    sql = f"SELECT {columns} FROM {quoted(survey.frame)} WHERE {quoted(FRAME_DAY)} = DATE '{day}'"  # noqa: S608  # quoted
    rows = from_arrays(opened.session.fetch_columns(sql), {PERSON: "integer", **kinds})
    if rows.empty:
        raise SurveyRefusedError(
            "frame_no_rows",
            message("the frame '{name}' has no rows for {day}, the day of the frame", name=survey.frame, day=day),
        )
    return rows


def _reach(opened: _Opened, reaching: Reaching) -> pd.DataFrame:
    """Return how everybody in the register can be written to; what no column says is not known to be so."""
    from pejl.engines.sql_text import quoted

    name = reaching.register_
    opened.relations.expose([name])
    register = opened.workspace.registers_by_id[name]
    held = opened.relations.sources[name].columns
    flags = {case: getattr(reaching, case) for case in CASES}
    _refuse_columns(name, held, [register.person, reaching.address_key], None)
    _refuse_columns(name, held, [column for column in flags.values() if column is not None], "boolean")
    assert register.person is not None
    columns = [
        f"{quoted(register.person)} AS person",
        f"CAST({quoted(reaching.address_key)} AS VARCHAR) AS {ADDRESS_KEY}",
        *(f"{quoted(column) if column is not None else 'FALSE'} AS {case}" for case, column in flags.items()),
    ]
    sql = f"SELECT {', '.join(columns)} FROM {quoted(name)} WHERE {quoted(register.person)} IS NOT NULL"  # noqa: S608  # quoted
    kinds = {PERSON: "integer", ADDRESS_KEY: "text", **dict.fromkeys(CASES, "boolean")}
    return from_arrays(opened.session.fetch_columns(sql), kinds)


def _refuse_columns(register: str, held: Any, wanted: Sequence[str | None], kind: str | None) -> None:
    for name in wanted:
        if name is None:
            raise SurveyRefusedError(
                "reach_person_missing",
                message("the register '{register}' does not say which column is the person's", register=register),
            )
        if name not in held:
            raise SurveyRefusedError(
                "reach_column_missing",
                message(
                    "the register '{register}' gives no column '{column}'; a column that is declared as an identifier "
                    "is never read",
                    register=register,
                    column=name,
                ),
            )
        if kind is not None and held[name] != kind:
            raise SurveyRefusedError(
                "reach_column_type",
                message(
                    "the column '{column}' of the register '{register}' must be true or false",
                    register=register,
                    column=name,
                ),
            )
