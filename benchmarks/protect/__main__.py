"""Measure disclosure control: what it costs and what it withholds.

    python -m benchmarks.protect [--quick]

Each table is protected in a process of its own; `CPU s` is all of that process: imports, pattern and attack. `aim` is
that of issue 5. Below stand the patterns that the peers withhold in the table of 385 cells, attacked in the same way:
how many of their primary cells lie in intervals narrower than required. `--quick` takes the smallest table only.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.protect.measuring import COPIED, SSB, measured, s385

AIMS = {"s385": (41, 1.0), "about 2,000": (195, 10.0), "about 10,000": (560, 60.0)}
PEERS = {
    "R GaussSuppression": "s385_gauss_R.csv",
    "tau-ARGUS optimal": "s385_tau_OPT.csv",
    "tau-ARGUS modular": "s385_tau_MOD.csv",
}


def main() -> None:
    names = ["s385"] if "--quick" in sys.argv else ["s385", "about 2,000", "about 10,000"]
    if "--quick" not in sys.argv and SSB.is_file():
        names.append("ssb_d4")
    print(f"{'table':<14}{'cells':>8}{'primary':>9}{'secondary':>11}{'all hold':>10}{'CPU s':>8}{'MB':>7}   aim")
    for name in names:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            cells, primary, secondary, proved, cpu, memory = pool.submit(measured, name).result()
        most, seconds = AIMS.get(name, (0, 0.0))
        aim = f"<= {most} secondary, <= {seconds:g} s" if most else "-"
        holds = "yes" if proved else "NO"
        print(
            f"{name:<14}{cells:>8}{primary:>9}{secondary:>11}{holds:>10}{cpu:>8.2f}{memory:>7.0f}   {aim}", flush=True
        )
    for peer, file in PEERS.items():
        print(attacked(peer, file))


def attacked(peer: str, file: str) -> str:
    """Attack the pattern of a peer."""
    import pandas as pd

    from pejl.protect import audit

    pattern = pd.read_csv(COPIED / file).rename(columns={"freq": "n"})
    withheld = pattern["suppressed"] if "suppressed" in pattern else pattern["status"].isin(["U", "M"])
    cells = pattern[["district", "target", "age", "n"]].assign(status=withheld.map({True: "withheld", False: "shown"}))
    found = audit(cells, [s385()]).audit
    narrow = int((~found["holds"]).sum())
    return (
        f"{peer}: {int(withheld.sum()) - 62} secondary; {narrow} of {len(found)} primary cells in too narrow intervals"
    )


if __name__ == "__main__":
    main()
