"""One measured run, in a module that a process of its own can import."""

from __future__ import annotations

import os
import resource
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.protect.tables import generated

if TYPE_CHECKING:
    from pejl.protect import Table

ROOT = Path(__file__).parents[2]
COPIED = ROOT / "tests" / "data" / "refs" / "sdc"
SSB = Path(os.environ.get("PEJL_REFS") or ROOT.parent / "shared" / "refs") / "sdc" / "ssb_d4.csv"


def s385() -> Table:
    """Return the table of 385 cells."""
    import pandas as pd

    from pejl.protect import Table

    return Table(pd.read_csv(COPIED / "s385_inner.csv"), ["district", "target", "age"])


def ssb_d4() -> Table:
    """Return SSB's municipalities by source of income and months."""
    import pandas as pd

    from pejl.protect import Table

    frame = pd.read_csv(SSB)
    frame["region"] = "R" + frame["region"].astype(str)
    tree = {f"county{county}": sorted(set(rows["region"])) for county, rows in frame.groupby("county")}
    return Table(frame, ["region", "main_income", "months"], {"region": tree}, count="freq")


def table(name: str) -> Table:
    """Return the table of a name."""
    if name == "s385":
        return s385()
    if name == "ssb_d4":
        return ssb_d4()
    return generated((24, 9, 6), 4, 15.0) if name == "about 2,000" else generated((48, 19, 8), 8, 15.0)


def measured(name: str) -> tuple[int, int, int, bool, float, float]:
    """Protect a table: its cells, primary, secondary, whether all hold, CPU seconds and megabytes of the process."""
    from pejl.protect import protect

    found = protect([table(name)])
    status = found.cells["status"]
    spent = resource.getrusage(resource.RUSAGE_SELF)
    cpu, memory = spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1024
    return (
        len(found.cells),
        int((status == "primary").sum()),
        int((status == "secondary").sum()),
        found.proved,
        cpu,
        memory,
    )
