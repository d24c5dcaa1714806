"""Making a demonstration: a whole municipality that does not exist, with registers, indicators and a strategy.

Two workspaces are made, as there would be two: the municipality's own, and within its data the one where national
registers are linked. What is counted there is carried home as figures that are protected already.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from pejl.api import OpenWorkspace
from pejl.demo.generator import DEMO_CITIZENS, DEMO_SEED
from pejl.office.loop.columns import EMPTY, as_csv
from pejl.publish.carrying import figures_to_carry
from pejl.text import Message, message
from pejl.workspace.folder import SETTINGS_FILE

if TYPE_CHECKING:
    from pejl.demo.generator.world import World
    from pejl.pipeline import Listener
    from pejl.release import Release
    from pejl.surveys.sampling import Sample
    from pejl.workspace.surveys import Wave

FEWEST, MOST = 500, 2_000_000
LINKED = Path("data") / "linked_registers"
CARRIED = Path("figures") / "carried_home.csv"
_FOLDERS = ("registers", "vocabulary", "models", "indicators", "surveys", "strategy", "figures", "remarks")

_ENOUGH_FOR_TWO_WAYS = 200_000
"""So many persons that few breakdowns by two dimensions have to be withheld."""
_ONE_WAY = ("# In so small a town", "ways = 1")
_STOOD = (12, 1)
"""Month and day of the last year on which the office's registers are written."""
_DEMONSTRATION = "Pejl (demonstration)"
_ABOUT = """\
# Ravnsølund

Kommunen, bydelene, enhederne og alle personer er opfundet af et program. Tallene siger intet om nogen virkelig kommune.
CPR-numrene har form af erstatningsnumre (dag + 60) og kan ikke være nogen persons nummer.

The municipality, the districts, the units and all persons are invented by a program. The figures say nothing of any
real municipality. The CPR numbers have the form of replacement numbers (day + 60) and cannot be anybody's.

Made by `pejl demo` with {persons} living persons and seed {seed}. The registers are in `data`. The workspace of the
place where national registers are linked is `data/linked_registers`; what was carried home from there stands in
`figures/carried_home.csv`. Whoever is drawn for a questionnaire gets answers that are invented too: `data/answers`.
"""


class DemoRefusedError(Exception):
    """The demonstration cannot be made there; nothing was made."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.render("en"))
        self.what = what


def write_demo(folder: Path, persons: int = DEMO_CITIZENS, seed: int = DEMO_SEED) -> None:
    """Write both workspaces with their registers, measured nowhere yet; `folder` appears whole or not at all.

    Args:
        folder: where; it must not exist, or be empty.
        persons: how many live in the municipality at the end.
        seed: another seed makes other people; the same seed makes the same.

    Raises:
        DemoRefusedError: something is there already, or `persons` is too few or too many.
    """
    _refuse(folder, persons)
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    try:
        _write(beside, persons, seed)
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def measure_linked(folder: Path, listener: Listener | None = None, workers: int = 1) -> Release:
    """Measure where the national registers are linked, and carry home what may leave there.

    Raises:
        DemoRefusedError: it could not be measured.
    """
    release = _measured(folder / LINKED, listener, workers)
    carried = folder / CARRIED
    beside = carried.with_suffix(".new")
    beside.write_bytes(figures_to_carry(release))
    beside.replace(carried)
    return release


def ask_people(folder: Path, seed: int = DEMO_SEED) -> tuple[str, ...]:
    """Draw the samples of all surveys that are not drawn yet, and write what those drawn answer.

    Args:
        folder: of the municipality.
        seed: of the answers.

    Returns:
        For each wave that cannot be drawn, such as in a municipality with too few people, its survey and period.
    """
    from pejl.pipeline.surveying import draw_sample
    from pejl.surveys.sampling import SurveyRefusedError, sample_folder

    declared, left_out = OpenWorkspace(folder).declared(), []
    for survey in declared.surveys:
        for wave in survey.waves:
            if sample_folder(folder, survey.id, wave.period.text).exists():
                continue
            try:
                drawn = draw_sample(folder, survey.id, wave.period.text)
            except SurveyRefusedError:
                left_out.append(f"{survey.id} {wave.period.text}")
                continue
            _answer(folder, wave, drawn.sample, seed)
    return tuple(left_out)


def _answer(folder: Path, wave: Wave, sample: Sample, seed: int) -> None:
    """Write the answers of a wave: of citizens where there are target groups, else of staff."""
    from pejl.demo.generator.answers import invent_citizens, invent_staff, write_answers

    invent = invent_citizens if "target_group" in sample.rows else invent_staff
    invented = invent(sample.rows, wave.period.start.year, wave.opens, wave.closes, seed)
    write_answers(invented, folder / wave.answers)


def measure_own(folder: Path, listener: Listener | None = None, workers: int = 1) -> Release:
    """Measure the municipality, with the figures that were carried home, and make the release public.

    Its people are asked before, if nobody has asked them. `workers` is how many processes check against recomputation.

    Raises:
        DemoRefusedError: it could not be measured.
    """
    release = measure_draft(folder, listener, workers)
    _send_out(release)
    return release


def measure_draft(folder: Path, listener: Listener | None = None, workers: int = 1) -> Release:
    """Measure the municipality like `measure_own`, and leave the release a draft.

    Raises:
        DemoRefusedError: it could not be measured.
    """
    ask_people(folder)
    return _measured(folder, listener, workers)


def fill_office(folder: Path) -> None:
    """Write the registers of an office with invented plans and meetings, as it would have stood in the last year.

    Another process does it, because Django is set up once in a process, and in an office of its own that is forgotten
    again: what stands in the environment of a real office has nothing to do with it. The office that `pejl serve` shows
    is filled when it is first shown, with days around that day.

    Raises:
        DemoRefusedError: it could not be done.
    """
    years = OpenWorkspace(folder).declared().settings.years
    assert years is not None, "the municipality counts years"
    own = {
        "PEJL_OFFICE_DATABASE": "sqlite://:memory:",
        "PEJL_OFFICE_TODAY": date(years.last, *_STOOD).isoformat(),
        "PEJL_OFFICE_SECRET": secrets.token_hex(16),
        "PEJL_OFFICE_DEMO": "1",
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith(("PEJL_", "DJANGO_"))}
    kept = {name: os.environ[name] for name in ("PEJL_CACHE",) if name in os.environ}
    command = [sys.executable, "-m", "pejl", "office", "extract", str(folder.resolve())]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=others | kept | own)  # noqa: S603 - this program
    if done.returncode != 0:
        raise DemoRefusedError(message("the office could not be filled: {reason}", reason=done.stderr.strip()))


def _send_out(release: Release) -> None:
    """Approve the release of an invented municipality and make it public: nobody else is there to do it."""
    from pejl.pipeline.releasing import approve, publish
    from pejl.release.standing import State, standing_of

    if standing_of(release).state is State.DRAFT:
        approve(release.root, release.id, _DEMONSTRATION)
        publish(release.root, release.id, _DEMONSTRATION, date.today())


def _measured(folder: Path, listener: Listener | None, workers: int) -> Release:
    result = OpenWorkspace(folder).measure(listener=listener, workers=workers)
    if result.release is None:
        what = message("'{folder}' could not be measured; pejl check {folder} says why", folder=folder)
        raise DemoRefusedError(what)
    return result.release


def _refuse(folder: Path, persons: int) -> None:
    if not FEWEST <= persons <= MOST:
        raise DemoRefusedError(
            message("{persons} persons are too few or too many; from {fewest} to {most} can be made",
                    persons=persons, fewest=FEWEST, most=MOST)
        )  # fmt: skip
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DemoRefusedError(
            message("'{folder}' holds something already; name a new folder, or an empty one", folder=folder)
        )


def _write(folder: Path, persons: int, seed: int) -> None:
    from pejl.demo.generator import generate, write

    world = generate(persons, seed)
    for place, linked in ((folder, False), (folder / LINKED, True)):
        place.mkdir(parents=True, exist_ok=True)
        _write_declarations(place, world, linked=linked)
        (place / "README.md").write_text(_ABOUT.format(persons=persons, seed=seed), encoding="utf-8")
        (place / "data").mkdir(exist_ok=True)
        write(world, place / "data", linked=linked, identifiers="cpr")
    for file, columns in EMPTY.items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes(as_csv(columns, ()))


def _write_declarations(place: Path, world: World, *, linked: bool) -> None:
    with as_file(files("pejl.demo") / "municipality") as template:
        for name in _FOLDERS:
            source = template / name
            if source.is_dir():
                shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
            (place / name).mkdir(exist_ok=True)
        settings = (template / SETTINGS_FILE).read_text(encoding="utf-8")
    if linked:
        settings = settings.replace('id = "ravnsoelund"', 'id = "ravnsoelund_linked"')
        settings = settings.replace('place = "municipality"', 'place = "linked_registers"')
    if world.citizens >= _ENOUGH_FOR_TWO_WAYS:
        settings = "".join(line for line in settings.splitlines(keepends=True) if not line.startswith(_ONE_WAY))
    (place / SETTINGS_FILE).write_text(settings, encoding="utf-8")
    units = place / "vocabulary" / "units_of_organisation.yaml"
    units.write_text("".join(_units(world)), encoding="utf-8")


def _units(world: World) -> Iterator[str]:
    """Yield the dimension of the organisation's units as YAML: there are as many as the municipality needs."""
    yield "# The units of the organisation, with invented names.\n"
    yield "dimensions:\n  - id: unit\n    title:\n      da: Enhed\n      en: Unit\n    named_units: true\n    codes:\n"
    units = world.frame("units")
    for code, name in zip(units["unit"], units["name"], strict=True):
        yield f"      - code: {code}\n        label:\n          da: {name}\n          en: {name}\n"
