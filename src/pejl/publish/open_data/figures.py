"""Writing the figures: every indicator by itself, and all together, each made or taken over from an earlier folder.

The files with every figure are put together from the parts of the indicators: lines of CSV from the earlier file where
they are what they were, datasets of JSON-stat from the indicators' own files, Parquet from Parquet. What comes out is
the same, byte for byte, as if everything were made anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from pejl.publish.open_data.csv_files import FigureLines, header
from pejl.publish.open_data.described import Described, extent_of, used
from pejl.publish.open_data.earlier import LIST, Earlier, FolderList, Made, Piece
from pejl.publish.open_data.excel_files import ExcelLines, excel_header
from pejl.publish.open_data.folders import Folder, Growing
from pejl.publish.open_data.indicators import goals_by_indicator, json_of
from pejl.publish.open_data.json_stat import collection
from pejl.publish.open_data.keys import content_key
from pejl.publish.open_data.labels import Label, said
from pejl.publish.open_data.names import names_of, names_of_all
from pejl.publish.open_data.parquet_files import ROWS_IN_GROUP, ParquetWriter, Source
from pejl.publish.open_data.tables import FigureTable, Vocabulary, table_of
from pejl.release.public import PublicRelease

_SOURCES = 8
"""Into more parts than this the earlier Parquet file is not cut; then reading all indicators' files costs less."""

_Part = tuple[bytes, int]
"""Lines with their CRC-32."""


@dataclass(frozen=True, slots=True)
class _Indicator:
    """An indicator with its key, and its figures where its files must be made, or those that are taken over."""

    key: str
    described: Described
    table: FigureTable | None
    made: Made | None


class Figures:
    """Writes the files of figures.

    Args:
        release: whose figures they are.
        label: what every file says.
        address: of the folder, with its host, where it is known.
        shared: what `shared_key` gives for the release.
        earlier: what may be taken over.

    Raises:
        ReleaseError: the release is damaged, or made by another version. Nothing has been written then.
    """

    def __init__(
        self, release: PublicRelease, label: Label, address: str | None, shared: str, earlier: Earlier
    ) -> None:
        self._release, self._label, self._address, self._earlier = release, label, address, earlier
        self._words = Vocabulary(release.workspace)
        self._goals = goals_by_indicator(release)
        self._all = names_of_all(label.languages)
        self._indicators = {each: self._indicator(each, shared) for each in release.indicators}

    def _indicator(self, indicator: str, shared: str) -> _Indicator:
        key = content_key(self._release, indicator, self._goals.get(indicator, []), shared)
        definition = self._release.indicator(indicator)
        assert definition is not None, "it is one of release.indicators"
        made = self._earlier.found(indicator, key, self._paths(indicator))
        if made is not None:
            return _Indicator(key, Described(indicator, definition, made.extent, self._words), None, made)
        table = table_of(self._release, indicator)
        return _Indicator(key, Described(indicator, definition, extent_of(table), self._words), table, None)

    @cached_property
    def described(self) -> list[Described]:
        """Every indicator as the documents know it."""
        return [each.described for each in self._indicators.values()]

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """Those that the files with every figure have columns for."""
        return used(self.described)

    def write(self, folder: Folder) -> None:
        """Write all files of figures, and the list of what they were made from."""
        with ParquetWriter() as parquet:
            pieces = self._put_lines(folder, parquet)
            if self._indicators:
                self._put_all_parquet(folder, parquet)
        self._put_collections(folder)
        self._put_list(folder, pieces)

    def _paths(self, indicator: str) -> list[str]:
        return list(names_of(indicator, self._label.languages).values())

    def _put_lines(self, folder: Folder, parquet: ParquetWriter) -> dict[str, dict[str, Piece]]:
        """Write or take over each indicator, and go on with the lines of all while its figures are at hand."""
        found = {}
        csv, excel = self._all["csv"], self._all["excel"]
        with folder.growing(csv) as lines, folder.growing(excel) as danish:
            lines.add(header(self.dimensions, self._words, labelled=False).encode())
            danish.add(excel_header(self.dimensions, self._words).encode())
            for indicator, each in self._indicators.items():
                if each.table is not None:
                    own, words = self._put_table(replace(each.table), folder, parquet)  # what it keeps goes with it
                else:
                    own, words = self._keep(indicator, each.made, folder)
                found[indicator] = {csv: _added(lines, own), excel: _added(danish, words)}
        return found

    def _put_table(self, table: FigureTable, folder: Folder, parquet: ParquetWriter) -> tuple[_Part, _Part]:
        """Write the files of an indicator, and return its lines for the files with every figure."""
        names = names_of(table.id, self._label.languages)
        own, danish = FigureLines(table, self._label), ExcelLines(table, self._label)
        folder.put(names["csv"], own.file())
        folder.put(names["excel"], danish.file())
        for path, content in json_of(table, self._goals.get(table.id, []), self._label, self._address).items():
            folder.put(path, content)
        parquet.write(table, self._label, folder.place(names["parquet"]))
        folder.note(names["parquet"])
        return self._lines(own, danish)

    def _keep(self, indicator: str, made: Made | None, folder: Folder) -> tuple[_Part, _Part]:
        """Take over the files of an indicator, and return its lines for the files with every figure.

        They are those of the earlier files if these have the same columns, and the lines are still right there.
        """
        assert made is not None, "what is not made anew is taken over"
        for file in made.files:
            folder.keep(self._earlier.folder / file.path, file)
        if self._earlier.list.dimensions == self.dimensions:
            own, danish = (self._earlier.read(path, made.pieces) for path in (self._all["csv"], self._all["excel"]))
            if own is not None and danish is not None:
                return own, danish
        table = table_of(self._release, indicator)
        return self._lines(FigureLines(table, self._label), ExcelLines(table, self._label))

    def _lines(self, own: FigureLines, danish: ExcelLines) -> tuple[_Part, _Part]:
        lines = own.lines(self.dimensions, labelled=False).encode(), danish.lines(self.dimensions).encode()
        return (lines[0], zlib.crc32(lines[0])), (lines[1], zlib.crc32(lines[1]))

    def _put_all_parquet(self, folder: Folder, parquet: ParquetWriter) -> None:
        target = self._all["parquet"]
        sources = self._from_earlier(folder, target) or [self._from_files(folder, list(self._indicators))]
        parquet.write_all(sources, self.dimensions, self._words, self._label, folder.place(target))
        folder.note(target)

    def _from_files(self, folder: Folder, indicators: Sequence[str]) -> Source:
        files = tuple(folder.root / names_of(each, self._label.languages)["parquet"] for each in indicators)
        return Source(files, used(self._indicators[each].described for each in indicators))

    def _from_earlier(self, folder: Folder, target: str) -> list[Source]:
        """Return the figures as parts of the earlier file with new ones between; nothing if that does not pay."""
        figures = sum(each.extent.figures for each in self.described)
        if self._earlier.list.dimensions != self.dimensions or figures > ROWS_IN_GROUP:
            return []
        if not self._earlier.has_parquet(target):
            return []
        found: list[Source] = []
        for kept, group in groupby(self._indicators, lambda each: self._indicators[each].made is not None):
            indicators = list(group)
            if not kept:
                found.append(self._from_files(folder, indicators))
                continue
            files = (self._earlier.folder / target,)
            runs = self._earlier.runs(indicators)
            found += [Source(files, self.dimensions, between=(run[0], run[-1])) for run in runs]
        return found if len(found) <= _SOURCES else []

    def _put_collections(self, folder: Folder) -> None:
        for language in self._label.languages:
            kind = f"json_stat_{language}"
            paths = (names_of(each, self._label.languages)[kind] for each in self._indicators)
            title = said(self._release.workspace["title"], language)
            with folder.growing(self._all[kind]) as file:
                for part in collection(
                    ((folder.root / path).read_bytes() for path in paths), title, self._label, language
                ):
                    file.add(part)

    def _put_list(self, folder: Folder, pieces: dict[str, dict[str, Piece]]) -> None:
        parquet = folder.written.get(self._all["parquet"])
        made = {
            indicator: Made(
                each.key,
                each.described.extent,
                tuple(folder.written[path] for path in self._paths(indicator)),
                pieces[indicator],
            )
            for indicator, each in self._indicators.items()
        }
        found = FolderList(self.dimensions, parquet.checksum if parquet is not None else None, made)
        folder.put(LIST, found.as_bytes())


def _added(growing: Growing, part: _Part) -> Piece:
    start = growing.size
    growing.add(part[0])
    return Piece(start, len(part[0]), part[1])
