"""Samples in files: written once, whole or not at all, readable by their owner only."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from pejl.surveys.sampling.columns import from_csv, to_csv
from pejl.surveys.sampling.refusal import SurveyRefusedError
from pejl.surveys.sampling.sample import Record, Sample, columns_of
from pejl.text import message

SAMPLES = Path("data") / "samples"
ROWS, RECORD = "sample.csv", "draw.json"
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


def sample_folder(root: Path, survey: str, period: str) -> Path:
    """Return the folder of a wave's sample in the workspace `root`; a school year's slash is a hyphen there."""
    return root / SAMPLES / survey / period.replace("/", "-").replace(">", "-to-")


def write_sample(root: Path, sample: Sample, *, again: bool = False) -> Path:
    """Write a sample into the workspace and return its folder.

    Args:
        root: the folder of the workspace.
        sample: as drawn.
        again: put it in the place of one that was drawn before.

    Raises:
        SurveyRefusedError: the wave is drawn already.
        OSError: it cannot be written.
    """
    folder = sample_folder(root, sample.record.survey, sample.record.period)
    if folder.exists() and not again:
        raise _drawn_already(sample)
    for place in (root / SAMPLES, folder.parent):
        place.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    before = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        beside.mkdir(mode=_FOLDER_MODE)
        write_private(beside / ROWS, to_csv(sample.rows, sample.kinds))
        write_private(beside / RECORD, json.dumps(sample.record.as_dict(), ensure_ascii=False, indent=1) + "\n")
        if again and folder.exists():
            folder.rename(before)
        try:
            beside.rename(folder)
        except OSError as error:  # another run was faster
            if folder.exists():
                raise _drawn_already(sample) from error
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if before.exists():
            if folder.exists():
                shutil.rmtree(before, ignore_errors=True)
            else:
                before.rename(folder)
    return folder


def read_sample(folder: Path) -> Sample:
    """Return the sample that `write_sample` wrote into `folder`.

    Raises:
        SurveyRefusedError: there is none, or it is damaged.
    """
    try:
        record = Record.from_dict(json.loads((folder / RECORD).read_text(encoding="utf-8")))
        rows = from_csv((folder / ROWS).read_text(encoding="utf-8"), columns_of(record.columns, record.clusters))
    except FileNotFoundError as error:
        raise SurveyRefusedError(
            "sample_missing", message("no sample is drawn in '{folder}': run pejl survey draw", folder=folder)
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(folder) from error
    if len(rows) != sum(each.sample for each in record.strata_drawn) or rows["token"].isna().any():
        raise _damaged(folder)
    return Sample(rows, record)


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner can read.

    Raises:
        OSError: it is there already, or cannot be written.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _drawn_already(sample: Sample) -> SurveyRefusedError:
    return SurveyRefusedError(
        "sample_drawn_already",
        message(
            "the sample of '{survey}' for {period} is drawn already; it stands as it is, unless you draw it anew with "
            "--again before anybody has been written to",
            survey=sample.record.survey,
            period=sample.record.period,
        ),
    )


def _damaged(folder: Path) -> SurveyRefusedError:
    return SurveyRefusedError(
        "sample_damaged",
        message("the sample in '{folder}' is damaged; take it from a copy, or draw it again", folder=folder),
    )
