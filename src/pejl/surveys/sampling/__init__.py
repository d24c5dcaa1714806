"""Samples: drawn from a frame by a declared rule, reproducible by seed, with a record of how, and read back.

`draw` takes a frame and returns a `Sample`; `write_sample` and `read_sample` keep it in the workspace.
"""

from __future__ import annotations

from pejl.surveys.sampling.allocation import allocate
from pejl.surveys.sampling.columns import from_arrays, typed
from pejl.surveys.sampling.draw import Earlier, draw
from pejl.surveys.sampling.frame import CASES, used_columns
from pejl.surveys.sampling.refusal import SurveyRefusedError
from pejl.surveys.sampling.sample import Case, Record, Sample, Stratum, Totals
from pejl.surveys.sampling.storage import read_sample, sample_folder, write_private, write_sample
from pejl.surveys.sampling.tokens import token

__all__ = [
    "CASES",
    "Case",
    "Earlier",
    "Record",
    "Sample",
    "Stratum",
    "SurveyRefusedError",
    "Totals",
    "allocate",
    "draw",
    "from_arrays",
    "read_sample",
    "sample_folder",
    "token",
    "typed",
    "used_columns",
    "write_private",
    "write_sample",
]
