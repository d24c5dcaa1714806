"""A small writer of RDF: the same statements as Turtle and as JSON-LD, in the order given."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pejl.publish.open_data.json_texts import dumped, with_lines

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True, slots=True)
class Iri:
    """A resource by its address, absolute or from the document."""

    address: str

    def __post_init__(self) -> None:
        quoted = _NOT_IN_IRI.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), self.address)
        object.__setattr__(self, "address", quoted)


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in a language, or a value of a type such as `xsd:date`."""

    text: str
    language: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A resource with what is said of it. One inside another has no address: it is known from where it stands.

    Attributes:
        types: its classes, as `dcat:Dataset`.
        said: pairs of property and value; a property may come again.
        address: where it is, or None.
    """

    types: tuple[str, ...]
    said: tuple[tuple[str, Value], ...]
    address: Iri | None = None


Value = Iri | Literal | Node


def turtle(nodes: Sequence[Node], comment: str) -> bytes:
    """Return the statements as Turtle, with a comment of any number of lines at the top."""
    lines = [f"# {line}" for line in comment.splitlines()]
    lines += [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    for node in nodes:
        assert node.address is not None, "what stands at the top has an address"
        lines += ["", f"<{node.address.address}> {_inside(node, '  ')} ."]
    return ("\n".join(lines) + "\n").encode()


def _inside(node: Node, indent: str) -> str:
    parts = [f"a {', '.join(node.types)}"] if node.types else []
    parts += [f"{name} {_turtle(value, indent + '  ')}" for name, value in node.said]
    return f" ;\n{indent}".join(parts)


def _turtle(value: Value, indent: str) -> str:
    match value:
        case Iri():
            return f"<{value.address}>"
        case Literal():
            text = json.dumps(value.text, ensure_ascii=False).replace("\x7f", "\\u007F")
            if value.language:
                return f"{text}@{value.language}"
            return f"{text}^^{value.type}" if value.type else text
        case Node():
            return f"[ {_inside(value, indent)} ]"


def json_ld(nodes: Sequence[Node]) -> bytes:
    """Return the statements as JSON-LD."""
    return with_lines({"@context": PREFIXES}, "@graph", [dumped(_json(node)) for node in nodes])


def _json(node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {"@id": node.address.address} if node.address is not None else {}
    if node.types:
        found["@type"] = list(node.types)
    for name, value in node.said:
        found.setdefault(name, []).append(_json_value(value))
    return found


def _json_value(value: Value) -> dict[str, Any]:
    match value:
        case Iri():
            return {"@id": value.address}
        case Literal():
            about = {"@language": value.language} if value.language else {"@type": value.type} if value.type else {}
            return {"@value": value.text, **about}
        case Node():
            return _json(value)
