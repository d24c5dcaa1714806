"""Writing what describes the files: codes, schemas, goals, the index, the data package, the catalogue, the README."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pejl.publish.open_data.catalog import Describing
from pejl.publish.open_data.code_lists import code_lists
from pejl.publish.open_data.columns import columns
from pejl.publish.open_data.data_package import Resources, data_package
from pejl.publish.open_data.described import Described, used
from pejl.publish.open_data.folders import Folder, Written
from pejl.publish.open_data.json_texts import readable
from pejl.publish.open_data.labels import Label, said
from pejl.publish.open_data.names import (
    ALL_FIGURES,
    CATALOG,
    CATALOG_JSON,
    PACKAGE,
    README,
    names_of,
    names_of_all,
)
from pejl.publish.open_data.readme import readme
from pejl.publish.open_data.schemas import FOLDER, SCHEMAS
from pejl.publish.open_data.static_json import goals_json, index_json
from pejl.publish.open_data.tables import Vocabulary
from pejl.publish.open_data.triples import Node, json_ld, turtle
from pejl.release.public import PublicRelease
from pejl.text import Language, message

PageOf = Callable[[str], str]
EVERYTHING = message("Every figure of every indicator")


class Documents:
    """Writes the documents about files that stand in a folder already.

    Args:
        release: whose files they are.
        label: what every file says.
        address: of the folder, with its host, where it is known.
        described: every indicator.
        page_of: gives the address of an indicator's page, or None where there are no pages.
    """

    def __init__(
        self,
        release: PublicRelease,
        label: Label,
        address: str | None,
        described: Sequence[Described],
        page_of: PageOf | None,
    ) -> None:
        self._release, self._label, self._address, self._described = release, label, address, described
        self._words = Vocabulary(release.workspace)
        self._about = Describing(release.workspace, label, lambda path: f"{address or ''}{path}", page_of)

    def write(self, folder: Folder) -> None:
        """Write all of them."""
        lists = code_lists(self._words, self._described)
        for name, content in lists.items():
            folder.put(f"codes/{name}.csv", content)
        for name, schema in SCHEMAS.items():
            folder.put(f"{FOLDER}/schema/{name}.json", readable(schema()))
        folder.put(f"{FOLDER}/goals.json", goals_json(self._release, self._label))
        folder.put(f"{FOLDER}/index.json", self._index(folder.written))
        resources = self._resources(folder.written, lists)
        folder.put(PACKAGE, data_package(self._release.workspace, self._label, resources, self._address))
        nodes = self._nodes(folder.written)
        comment = "\n".join(self._label.text(language) for language in self._label.languages)
        folder.put(CATALOG, turtle(nodes, comment))
        folder.put(CATALOG_JSON, json_ld(nodes))
        folder.put(README, readme(self._release.workspace, self._label))

    def _index(self, written: Mapping[str, Written]) -> bytes:
        languages = self._label.languages
        everything = {kind: f"../{path}" for kind, path in names_of_all(languages).items() if path in written}
        others = {"data_package": PACKAGE, "catalog": CATALOG, "readme": README}
        everything |= {kind: f"../{path}" for kind, path in others.items()}
        files_of = {
            each.id: {
                kind: path.removeprefix(f"{FOLDER}/") if kind == "json" else f"../{path}"
                for kind, path in names_of(each.id, languages).items()
            }
            for each in self._described
        }
        return index_json(self._release, self._described, self._label, everything, files_of)

    def _resources(self, written: Mapping[str, Written], lists: Mapping[str, bytes]) -> Iterator[str]:
        own, words, dimensions = self._label.languages[0], self._words, used(self._described)
        resources = Resources(words)
        for each in self._described:
            names = names_of(each.id, self._label.languages)
            yield resources.figures(each, written[names["csv"]])
            excel = written[names["excel"]]
            yield resources.excel(f"{each.id}-excel", each.title("da"), each.dimensions, excel, each.coarser("da"))
        names = names_of_all(self._label.languages)
        yield resources.all_figures(ALL_FIGURES, dimensions, written[names["csv"]])
        title = EVERYTHING.render("da")
        yield resources.excel(f"{ALL_FIGURES}-excel", title, dimensions, written[names["excel"]])
        titles = {f"codes-{each.codes}": each.title for each in columns(dimensions, words, labelled=False)}
        for name, content in lists.items():
            heads = content.partition(b"\r\n")[0].decode().split(",")
            title = titles[f"codes-{name}"].render(own)
            yield resources.codes(f"codes-{name}", heads, title, written[f"codes/{name}.csv"])

    def _nodes(self, written: Mapping[str, Written]) -> list[Node]:
        names = names_of_all(self._label.languages) | {"json": f"{FOLDER}/index.json"}
        everything = self._about.dataset(
            None,
            ALL_FIGURES,
            EVERYTHING.render,
            self._label.text,
            self._distributions(names, written),
            self._described,
        )
        return self._about.catalog([everything, *(self._dataset(each, written) for each in self._described)])

    def _dataset(self, each: Described, written: Mapping[str, Written]) -> Node:
        versions = each.definition.get("versions") or [{}]

        def description(language: Language) -> str:
            definition = said(versions[-1].get("definition"), language)
            told = (definition, each.coarser(language), self._label.text(language))
            return " ".join(text for text in told if text)

        files = self._distributions(names_of(each.id, self._label.languages), written)
        return self._about.dataset(each, each.id, each.title, description, files, [each])

    def _distributions(
        self, names: Mapping[str, str], written: Mapping[str, Written]
    ) -> Iterable[tuple[str, Language | None, Written]]:
        for kind, path in names.items():
            if path not in written:
                continue
            format_, _, language = kind.partition("_stat_")
            if language:
                yield "json_stat", ("da" if language == "da" else "en"), written[path]
            else:
                yield format_, ("da" if kind == "excel" else None), written[path]
