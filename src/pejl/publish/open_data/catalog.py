"""The catalogue of the data, by DCAT-AP 3.0.1, for data portals: what there is, whose it is, where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pejl.publish.open_data.described import Described
from pejl.publish.open_data.folders import Written
from pejl.publish.open_data.labels import Label, said
from pejl.publish.open_data.static_json import licence_of
from pejl.publish.open_data.triples import Iri, Literal, Node, Value
from pejl.text import Language, Message, message

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_LANGUAGES: dict[Language, str] = {"da": "DAN", "en": "ENG"}
_MEDIA = "https://www.iana.org/assignments/media-types/"
PROFILE = "https://semiceu.github.io/DCAT-AP/releases/3.0.1"
Said = list[tuple[str, Value]]

FORMATS: dict[str, tuple[str, str | None, Message]] = {
    "csv": ("CSV", "text/csv", message("CSV for machines: comma between fields, point before decimals")),
    "excel": ("CSV", "text/csv", message("CSV for Danish Excel: semicolon between fields, decimal comma, words")),
    "json": ("JSON", "application/json", message("JSON with definition and figures")),
    "json_stat": ("JSON", "application/json", message("JSON-stat 2.0")),
    "parquet": ("PARQUET", "application/vnd.apache.parquet", message("Parquet")),
}
"""By kind of file: its code in the list of file types of the EU, its media type, and its words."""


class Describing:
    """What is the same for everything in the catalogue.

    Args:
        workspace: of the release.
        label: what every file says.
        address: gives the address of a file by its path in the folder.
        page_of: gives the address of an indicator's page, or None where there are no pages.
    """

    def __init__(
        self,
        workspace: Mapping[str, Any],
        label: Label,
        address: Callable[[str], str],
        page_of: Callable[[str], str] | None,
    ) -> None:
        self.workspace, self.label, self.address, self.page_of = workspace, label, address, page_of
        self.licence = licence_of(workspace)
        self.pages: list[Iri] = []

    def catalog(self, datasets: Sequence[Node]) -> list[Node]:
        """Return the catalogue, its datasets, and what they refer to."""
        about: Said = [
            *self._in_words("dct:title", lambda language: said(self.workspace["title"], language)),
            *self._in_words("dct:description", self.label.text),
            ("dct:publisher", Iri(self.address("catalog.ttl#publisher"))),
            ("dct:issued", self._made()),
            ("dct:modified", self._made()),
            *(("dct:language", Iri(f"{_AUTHORITY}language/{_LANGUAGES[each]}")) for each in self.label.languages),
            *self._rights(),
            ("dcat:themeTaxonomy", Iri(f"{_AUTHORITY}data-theme")),
            *(("dcat:dataset", each.address) for each in datasets if each.address is not None),
        ]
        home = Node(("dcat:Catalog",), tuple(about), Iri(self.address("catalog.ttl#catalog")))
        return [home, *datasets, *self._named()]

    def dataset(
        self,
        indicator: Described | None,
        name: str,
        title: Callable[[Language], str],
        description: Callable[[Language], str],
        files: Iterable[tuple[str, Language | None, Written]],
        reaching: Sequence[Described],
    ) -> Node:
        """Return a dataset with its files: of one indicator, or of all where `indicator` is None."""
        about: Said = [
            *self._in_words("dct:title", title),
            *self._in_words("dct:description", description),
            ("dct:identifier", Literal(name)),
            ("dcat:version", Literal(self.label.release)),
            ("dct:publisher", Iri(self.address("catalog.ttl#publisher"))),
            ("dct:issued", self._made()),
            ("dct:modified", self._made()),
            ("dct:accessRights", Iri(self._access())),
            ("dcat:theme", Iri(f"{_AUTHORITY}data-theme/SOCI")),
            *(("dct:language", Iri(f"{_AUTHORITY}language/{_LANGUAGES[each]}")) for each in self.label.languages),
            *self._when(reaching),
            *self._of_indicator(indicator),
            *([("dcat:contactPoint", Iri(self.address("catalog.ttl#contact")))] if self._contact() else []),
            *(("dcat:distribution", self._distribution(kind, language, file)) for kind, language, file in files),
        ]
        return Node(("dcat:Dataset",), tuple(about), Iri(self.address(f"catalog.ttl#{name}")))

    def _of_indicator(self, indicator: Described | None) -> Said:
        if indicator is None:
            return []
        found: Said = []
        if self.page_of is not None:
            page = Iri(self.page_of(indicator.id))
            self.pages.append(page)
            found.append(("dcat:landingPage", page))
        if (indicator.definition.get("rhythm") or {}).get("every_year"):
            found.append(("dct:accrualPeriodicity", Iri(f"{_AUTHORITY}frequency/ANNUAL")))
        publisher = indicator.definition.get("published_by")
        if publisher:
            words = self._in_words("rdfs:label", lambda language: said(publisher, language))
            found.append(("dct:provenance", Node(("dct:ProvenanceStatement",), tuple(words))))
        return found

    def _distribution(self, kind: str, language: Language | None, file: Written) -> Node:
        type_, media, words = FORMATS[kind]
        address = Iri(self.address(file.path))
        told: Said = [
            *self._in_words("dct:title", words.render),
            ("dcat:accessURL", address),
            ("dcat:downloadURL", address),
            ("dct:format", Iri(f"{_AUTHORITY}file-type/{type_}")),
            *([("dcat:mediaType", Iri(_MEDIA + media))] if media else []),
            ("dcat:byteSize", Literal(str(file.size), type="xsd:nonNegativeInteger")),
            (
                "spdx:checksum",
                Node(
                    ("spdx:Checksum",),
                    (
                        ("spdx:algorithm", Iri("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")),
                        ("spdx:checksumValue", Literal(file.sha256, type="xsd:hexBinary")),
                    ),
                ),
            ),
            ("adms:status", Iri(self._status())),
            *self._rights(),
        ]
        if language is not None:
            told.append(("dct:language", Iri(f"{_AUTHORITY}language/{_LANGUAGES[language]}")))
        return Node(("dcat:Distribution",), tuple(told))

    def _when(self, reaching: Sequence[Described]) -> Said:
        found = [each.extent.days for each in reaching if each.extent.days]
        if not found:
            return []
        first, last = min(first for first, _ in found), max(last for _, last in found)
        days = (
            ("dcat:startDate", Literal(first, type="xsd:date")),
            ("dcat:endDate", Literal(last, type="xsd:date")),
        )
        return [("dct:temporal", Node(("dct:PeriodOfTime",), days))]

    def _rights(self) -> Said:
        """The licence where the workspace declares one; else that none is stated."""
        if self.licence is not None and self.licence["url"]:
            return [("dct:license", Iri(self.licence["url"]))]
        return [("dct:rights", Iri(self.address("catalog.ttl#rights")))]

    def _named(self) -> list[Node]:
        """Return what the datasets refer to by address, so that the catalogue can be read without fetching it."""
        concepts = {
            f"{_AUTHORITY}data-theme/SOCI": message("Population and society"),
            self._status(): message("in preparation") if self.label.draft else message("completed"),
        }
        found = [
            Node(("skos:Concept",), self._in_words("skos:prefLabel", words.render), Iri(address))
            for address, words in concepts.items()
        ]
        scheme = self._in_words("dct:title", message("Themes of data of the EU").render)
        found.append(Node(("skos:ConceptScheme",), scheme, Iri(f"{_AUTHORITY}data-theme")))
        found.append(self._publisher())
        found += self._contact()
        if self.licence is not None and self.licence["url"]:
            licence = self.licence
            words = self._in_words("dct:title", lambda language: said(licence["title"], language))
            found.append(Node(("dct:LicenseDocument",), words, Iri(licence["url"])))
        else:
            words = self._in_words("rdfs:label", message("No licence is stated.").render)
            found.append(Node(("dct:RightsStatement",), words, Iri(self.address("catalog.ttl#rights"))))
        classes = {self._access(): "dct:RightsStatement", f"{_AUTHORITY}frequency/ANNUAL": "dct:Frequency"}
        classes |= {f"{_AUTHORITY}language/{_LANGUAGES[each]}": "dct:LinguisticSystem" for each in self.label.languages}
        for type_, media, _ in FORMATS.values():
            classes[f"{_AUTHORITY}file-type/{type_}"] = "dct:MediaTypeOrExtent"
            classes |= {_MEDIA + media: "dct:MediaType"} if media else {}
        classes["http://spdx.org/rdf/terms#checksumAlgorithm_sha256"] = "spdx:ChecksumAlgorithm"
        found += [Node(("foaf:Document",), (), page) for page in self.pages]
        return found + [Node((class_,), (), Iri(address)) for address, class_ in classes.items()]

    def _publisher(self) -> Node:
        """Return who publishes: the municipality only where the workspace is its own."""
        workspace, contact = self.workspace, (self.workspace.get("site") or {}).get("contact")

        def name(language: Language) -> str:
            municipality = said(workspace["municipality"], language)
            if workspace["own"]:
                return municipality
            if contact:
                return said(contact["name"], language)
            return message("not stated (not {municipality})", municipality=municipality).render(language)

        return Node(("foaf:Agent",), self._in_words("foaf:name", name), Iri(self.address("catalog.ttl#publisher")))

    def _contact(self) -> list[Node]:
        contact = (self.workspace.get("site") or {}).get("contact")
        if not contact:
            return []
        told: Said = [*self._in_words("vcard:fn", lambda language: said(contact["name"], language))]
        if contact.get("email"):
            told.append(("vcard:hasEmail", Iri(f"mailto:{contact['email']}")))
        if contact.get("phone"):
            told.append(("vcard:hasTelephone", Iri("tel:" + "".join(contact["phone"].split()))))
        return [Node(("vcard:Kind", "vcard:Organization"), tuple(told), Iri(self.address("catalog.ttl#contact")))]

    def _access(self) -> str:
        return f"{_AUTHORITY}access-right/{'NON_PUBLIC' if self.label.draft else 'PUBLIC'}"

    def _status(self) -> str:
        return f"{_AUTHORITY}distribution-status/{'DEVELOP' if self.label.draft else 'COMPLETED'}"

    def _made(self) -> Literal:
        return Literal(self.label.made, type="xsd:dateTime" if "T" in self.label.made else "xsd:date")

    def _in_words(self, name: str, say: Callable[[Language], str]) -> tuple[tuple[str, Value], ...]:
        return tuple((name, Literal(say(language), language=language)) for language in self.label.languages)
