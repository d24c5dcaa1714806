"""What must be true of every frozen file, without a browser: valid HTML, whole references, links that lead somewhere.

Each function returns sentences about what is wrong; an empty list is what a test asks for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import html5lib

_SPACE = re.compile(r"\s+")
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers")
_LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "use": "href", "form": "action"}
_SILENT = {"application/json"}


@dataclass(frozen=True)
class Element:
    """A tag with its attributes, in the order of the document."""

    tag: str
    attributes: dict[str, str]
    text: str


@dataclass
class Document:
    """A page as a strict parser reads it."""

    file: str
    content: bytes
    problems: list[str] = field(default_factory=list)

    @cached_property
    def elements(self) -> list[Element]:
        """Every element; what the parser objects to is added to the problems."""
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree: ElementTree.Element = parser.parse(self.content, transport_encoding="utf-8")
        titles = tree.findall("head/title")
        if len(titles) != 1 or not titles[0].text:
            self.problems.append(f"{self.file}: {len(titles)} <title> in its head, not one with words")
        self.problems += [f"{self.file}: line {place[0]}: {code} {values}" for place, code, values in parser.errors]
        return [
            Element(
                _local(element.tag),
                {_local(name): value for name, value in element.attrib.items()},
                _SPACE.sub(" ", "".join(element.itertext())).strip(),
            )
            for element in tree.iter()
            if isinstance(element.tag, str)  # type: ignore[redundant-expr] # comments have a function there
        ]

    @cached_property
    def ids(self) -> Counter[str]:
        """How often each id stands in it."""
        return Counter(each.attributes["id"] for each in self.elements if "id" in each.attributes)

    def links(self) -> Iterator[str]:
        """Yield every address that it names."""
        for each in self.elements:
            name = _LINKS.get(each.tag)
            if name in each.attributes:
                yield each.attributes[name]


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def html_problems(document: Document) -> list[str]:
    """Return what is wrong with a page by itself."""
    elements = document.elements
    found = list(document.problems)
    found += [f"{document.file}: id '{name}' stands {count} times" for name, count in document.ids.items() if count > 1]
    for each in elements:
        found += _problems_of(document, each)
    found += _outline(document)
    return found


def _problems_of(document: Document, each: Element) -> Iterator[str]:
    where = f"{document.file}: <{each.tag}>"
    for name in _REFERENCES:
        for target in each.attributes.get(name, "").split():
            if target not in document.ids:
                yield f"{where} {name} names '{target}', which is not there"
    if each.tag == "style" or "style" in each.attributes:
        yield f"{where} has a style of its own, which the policy forbids"
    if each.tag == "script" and "src" not in each.attributes and each.attributes.get("type") not in _SILENT:
        yield f"{where} has a script of its own, which the policy forbids"
    for name in each.attributes:
        if name.startswith("on"):
            yield f"{where} has {name}, which the policy forbids"
    if each.tag in ("a", "button") and not (each.text or "aria-label" in each.attributes):
        yield f"{where} has no words"
    if each.tag == "img" and "alt" not in each.attributes:
        yield f"{where} has no alt"


def _outline(document: Document) -> Iterator[str]:
    """Yield what is wrong with the headings, language, title and main part."""
    tags = [each.tag for each in document.elements]
    for tag in ("main", "h1", "header", "footer"):
        if tags.count(tag) != 1:
            yield f"{document.file}: {tags.count(tag)} <{tag}>, not one"
    root = document.elements[0]
    if root.attributes.get("lang") != ("en" if document.file.startswith("en/") else "da"):
        yield f"{document.file}: lang is {root.attributes.get('lang')!r}"
    main = tags.index("main") if "main" in tags else 0
    levels = [int(tag[1]) for tag in tags[main:] if re.fullmatch(r"h[1-6]", tag)]
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"{document.file}: a heading of level {after} follows one of level {before}"


class Frozen:
    """A frozen site on the disk.

    Args:
        folder: where it stands.
        base: the path it was made for.
    """

    def __init__(self, folder: Path, base: str) -> None:
        self.folder = folder
        self.base = base

    @cached_property
    def files(self) -> set[str]:
        """Every file, by its path from the root."""
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every page, by its file."""
        names = sorted(name for name in self.files if name.endswith(".html"))
        return {name: Document(name, (self.folder / name).read_bytes()) for name in names}

    def path(self, file: str) -> str:
        """Return the address of a page from the root of its host."""
        return self.base + file.removesuffix("index.html")

    def broken_links(self, document: Document) -> list[str]:
        """Return every link of a page within the site that leads nowhere, and every thing loaded from elsewhere."""
        found = []
        for each in document.elements:
            address = each.attributes.get(_LINKS.get(each.tag, ""), "")
            if address and not self._leads(document, each.tag, address):
                found.append(f"{document.file}: <{each.tag}> leads to '{address}', which is not there")
        return found

    def _leads(self, document: Document, tag: str, address: str) -> bool:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return tag == "a" and parts.scheme in ("https", "http", "mailto", "tel")
        if not parts.path:
            return parts.fragment in document.ids or parts.fragment in ("", "top")
        if not parts.path.startswith(self.base):
            return False
        file = unquote(parts.path.removeprefix(self.base))
        file = file + "index.html" if file == "" or file.endswith("/") else file
        if file not in self.files:
            return False
        return not parts.fragment or not file.endswith(".html") or parts.fragment in self.documents[file].ids


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
