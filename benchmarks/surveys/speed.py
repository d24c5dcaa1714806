"""A mean over all and by 50 domains with full covariance, from a million rows in 5,000 clusters: Pejl and its peers.

Every peer reads the same columns from the same files and is timed from the table in memory to the numbers, in a process
of its own. The design is included: R makes it once, in the time of the mean, and Pejl for each estimate. `MB` is the
peak of the whole process. Estimates, standard errors and a covariance must agree with R survey to 1e-6, else the
seconds mean nothing. statsmodels knows clusters, but neither strata nor domains of a design, so its standard errors are
another thing and are not compared.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

CLUSTERS, STRATA, DOMAINS = 5_000, 50, 50
FASTER, MOST_MEGABYTES = 5.0, 2_000.0
COLUMNS = ("y", "w", "psu", "stratum", "domain")
_R = Path(__file__).with_name("with_survey.R")


def write_rows(folder: Path, rows: int) -> None:
    """Write a sample of `rows` as one file of doubles for each column."""
    random = np.random.default_rng(4)
    psu = np.sort(random.integers(0, CLUSTERS, rows))
    psu[:CLUSTERS] = np.arange(CLUSTERS)  # none is empty
    psu.sort()
    domain = random.integers(0, DOMAINS, rows)
    effect = random.normal(0, 3, CLUSTERS)
    columns: dict[str, Any] = {
        "psu": psu,
        "stratum": psu // (CLUSTERS // STRATA),
        "domain": domain,
        "y": 50 + domain / 10 + effect[psu] + random.normal(0, 10, rows),
        "w": random.uniform(0.5, 2.0, rows),
    }
    for name in COLUMNS:
        np.asarray(columns[name], dtype="<f8").tofile(folder / f"{name}.f8")


def with_pejl(folder: Path) -> dict[str, Any]:
    """Estimate with Pejl."""
    import pandas as pd

    from pejl.surveys import Design, estimate, estimates_with_covariance

    table = pd.DataFrame(_read(folder)).astype({"psu": "int64", "stratum": "int64", "domain": "int64"})
    design = Design(weights="w", strata="stratum", psu="psu")
    start = time.perf_counter()
    (overall,) = estimate(table, design, mean="y")
    middle = time.perf_counter()
    domains, matrix = estimates_with_covariance(table, design, mean="y", by="domain")
    return {
        "all": middle - start,
        "domains": time.perf_counter() - middle,
        "values": [overall.value, *(each.value for each in domains)],
        "errors": [overall.se, *(each.se for each in domains)],
        "covariance": float(matrix[0, 1]),
    }


def with_statsmodels(folder: Path) -> dict[str, Any]:
    """Estimate with statsmodels: weighted least squares on domains, standard errors by cluster."""
    import statsmodels.api as sm  # type: ignore[import-not-found, import-untyped, unused-ignore]

    columns = _read(folder)
    start = time.perf_counter()
    one = np.ones_like(columns["y"])
    clustered = {"cov_type": "cluster", "cov_kwds": {"groups": columns["psu"]}}
    overall = sm.WLS(columns["y"], one, weights=columns["w"]).fit(**clustered)
    middle = time.perf_counter()
    dummies = (columns["domain"][:, None] == np.arange(DOMAINS)).astype(float)
    found = sm.WLS(columns["y"], dummies, weights=columns["w"]).fit(**clustered)
    return {
        "all": middle - start,
        "domains": time.perf_counter() - middle,
        "values": [float(overall.params[0]), *map(float, found.params)],
        "errors": None,
    }


def _read(folder: Path) -> dict[str, Any]:
    return {name: np.fromfile(folder / f"{name}.f8", dtype="<f8") for name in COLUMNS}


def compared(rows: int, *, judged: bool) -> bool:
    """Run all that are installed on the same rows and print what they took; tell whether the aims are met."""
    print(f"\n{rows:,} rows, {CLUSTERS:,} clusters: {'mean s':>10}{'by 50 domains s':>18}{'MB':>8}")
    with tempfile.TemporaryDirectory(prefix="pejl-speed-") as scratch:
        folder = Path(scratch)
        write_rows(folder, rows)
        ours = _run("Pejl", [sys.executable, "-m", "benchmarks.surveys.speed", "pejl", str(folder)])
        theirs = None
        if _has_r_survey():
            theirs = _run("R survey", ["Rscript", str(_R), str(folder)])
        else:
            print("R survey is not installed (Debian package r-cran-survey)")
        if find_spec("statsmodels") is not None:
            _run("statsmodels", [sys.executable, "-m", "benchmarks.surveys.speed", "statsmodels", str(folder)])
        else:
            print("statsmodels is not installed")
    good = ours["megabytes"] < MOST_MEGABYTES
    if theirs is not None:
        good = _agree(ours, theirs) and good
        faster = theirs["domains"] / ours["domains"]
        good = good and faster >= FASTER
        print(f"by domains {faster:.1f} times as fast as R survey (aim {FASTER:g}), numbers agree to 1e-6")
    return good or not judged


def _agree(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    for name in ("values", "errors", "covariance"):
        if not np.allclose(ours[name], theirs[name], rtol=1e-6, atol=0):
            print(f"WRONG: {name} differ from those of R survey")
            return False
    return True


def _has_r_survey() -> bool:
    if shutil.which("Rscript") is None:
        return False
    asked = "quit(status = !requireNamespace('survey', quietly = TRUE))"
    return subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False).returncode == 0


def _run(name: str, command: list[str]) -> dict[str, Any]:
    with tempfile.TemporaryFile("w+") as printed:
        process = subprocess.Popen(command, stdout=printed)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{name} failed")
        printed.seek(0)
        found: dict[str, Any] = json.loads(printed.read())
    found["megabytes"] = used.ru_maxrss / 1024
    print(f"{name:<35}{found['all']:>10.2f}{found['domains']:>18.2f}{found['megabytes']:>8.0f}", flush=True)
    return found


if __name__ == "__main__":
    peer = {"pejl": with_pejl, "statsmodels": with_statsmodels}[sys.argv[1]]
    print(json.dumps(peer(Path(sys.argv[2]))))
