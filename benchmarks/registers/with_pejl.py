"""The same eight indicators in Pejl: the workspace is read, its SQL checked, and all of it counted in one session.

Reading the registers and checking them against their contracts is not part of it, as it is not of the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.registers.cells import INDICATORS, Cells, written_out
from benchmarks.registers.workspace import write_workspace
from benchmarks.spending import WrongResultError

if TYPE_CHECKING:
    from pejl.measure.cube import Counted


def count(data: Path, memory: str, scratch: Path) -> Cells:
    """Count every indicator from a cold start, nothing kept from earlier runs."""
    from pejl.engines import get_engine
    from pejl.measure.cube import Counter, Source, spells_apart
    from pejl.measure.queries import build_graph
    from pejl.workspace.loading import load_workspace

    engine = get_engine("duckdb")
    with engine.session(memory=memory, threads=None, scratch=scratch) as session:
        units = session.fetch(f"select distinct unit from read_parquet('{data / 'units.parquet'}') order by unit")
        write_workspace(scratch / "workspace", data, [unit for (unit,) in units], memory)
        workspace, problems = load_workspace(scratch / "workspace")
        graph = build_graph(workspace, problems)
        if found := problems.sorted():
            raise WrongResultError("\n".join(f"{each.location}: {each.what.render('en')}" for each in found))
        sources = {}
        for register in workspace.registers:
            file = data / f"{register.id}.parquet"
            rows = session.fetch(f"select count(*) from read_parquet('{file}')")[0][0]
            columns = {column.name: str(column.type) for column in register.columns}
            content = f"{register.id}, {file.stat().st_size} bytes"
            sources[register.id] = Source(
                (file,), columns, register.person, rows, content, key=register.key, spells=spells_apart(register)
            )
        counter = Counter(workspace, graph, sources, session, scratch / "counted", engine.version)
        return _cells(counter.count([workspace.indicators_by_id[name] for name in INDICATORS]))


def _cells(results: Iterable[Counted]) -> Cells:
    cells: Cells = {}
    for counted in results:
        if counted.reason is not None:
            raise WrongResultError(f"{counted.indicator}: {counted.reason.render('en')}")
        for cell in counted.cells:
            key = counted.indicator, cell.period, written_out(dict(cell.dimensions))
            cells[key] = cell.numerator, cell.denominator, cell.n
    return cells
