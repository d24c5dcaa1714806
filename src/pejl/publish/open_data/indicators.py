"""The files of one indicator."""

from __future__ import annotations

from collections.abc import Sequence

from pejl.publish.open_data.csv_files import FigureLines
from pejl.publish.open_data.excel_files import ExcelLines
from pejl.publish.open_data.json_stat import figures_json_stat
from pejl.publish.open_data.labels import Label
from pejl.publish.open_data.names import names_of
from pejl.publish.open_data.parquet_files import ParquetWriter
from pejl.publish.open_data.static_json import indicator_json
from pejl.publish.open_data.tables import FigureTable, table_of
from pejl.release.public import PublicRelease


def indicator_files(
    release: PublicRelease, indicator: str, label: Label, parquet: ParquetWriter, address: str | None = None
) -> dict[str, bytes]:
    """Return every file of one indicator by its path in the folder.

    They depend on the indicator's own files in the release, on the words of the workspace, on the goals it judges, and
    on the label; on nothing else, and not on which release it is.

    Args:
        release: whose indicator it is.
        indicator: its id.
        label: what every file says.
        parquet: writes Parquet over one connection.
        address: of the folder, with its host, where it is known.
    """
    table = table_of(release, indicator)
    goals = goals_by_indicator(release).get(indicator, [])
    names = names_of(indicator, label.languages)
    return {
        names["csv"]: FigureLines(table, label).file(),
        names["excel"]: ExcelLines(table, label).file(),
        names["parquet"]: parquet.content(table, label),
        **json_of(table, goals, label, address),
    }


def json_of(table: FigureTable, goals: Sequence[str], label: Label, address: str | None) -> dict[str, bytes]:
    """Return the JSON-stat and the static JSON of an indicator, by path."""
    names = names_of(table.id, label.languages)
    stat = figures_json_stat(table, label, lambda language: f"{address or ''}{names[f'json_stat_{language}']}")
    others = {kind: f"../../{path}" for kind, path in names.items() if kind != "json"}
    found = {
        **{f"json_stat_{language}": content for language, content in stat.items()},
        "json": indicator_json(table, label, goals, others),
    }
    return {names[kind]: content for kind, content in found.items()}


def goals_by_indicator(release: PublicRelease) -> dict[str, list[str]]:
    """Return the ids of the goals that each indicator judges, in the order of the release."""
    found: dict[str, list[str]] = {}
    for goal in release.status["goals"]:
        if goal["indicator"] is not None:
            found.setdefault(goal["indicator"], []).append(goal["id"])
    return found
