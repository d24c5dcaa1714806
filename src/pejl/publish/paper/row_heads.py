"""Heads of rows in the tables of a PDF made by Typst.

Typst marks the cells of a table's head as heads of their columns. Its function for heads of rows stands behind a flag
that its Python package cannot set. So the first cell of every row is made one here, in the structure tree alone: an
element TH with `/Scope /Row` and a name, the name in the list of names, and in `/Headers` of the other cells of its
row (ISO 32000-1, 14.8.4.3.4 and 14.8.5.7). What stands on the pages is not touched.
"""

from __future__ import annotations

import re
from itertools import pairwise

_TABLE_OF_OBJECTS = re.compile(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [nf][ \r]?[\r\n])+)trailer\n")
_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_DATA_ROW = re.compile(rb"<</Type/StructElem/S/TR/P \d+ 0 R/K\[(\d+ 0 R(?: \d+ 0 R)*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_DATA = b"/S/TD/P "
_COLUMNS = re.compile(rb"/O/Table/Headers\[([^\]]*)\]")
_PARENT = re.compile(rb"/S/TD(/P \d+ 0 R)")
_NAMES = re.compile(rb"/IDTree<</Names\[(.*?)\]>>", re.DOTALL)
_NAME = re.compile(rb"(\([^()\\]*\))\s*(\d+ 0 R)")


def with_row_heads(pdf: bytes) -> bytes:
    """Return the PDF with the first cell of every row of data as the head of its row.

    A file that is built in another way than Typst 0.13-0.15 builds them is returned as it is: it is still a tagged
    PDF, with heads of columns.
    """
    found = _TABLE_OF_OBJECTS.search(pdf, pdf.rfind(b"\nxref\n"))
    if found is None:
        return pdf
    objects = _objects(pdf, found)
    root = next((number for number, body in objects.items() if b"/Type/StructTreeRoot" in body), None)
    if root is None or _NAMES.search(objects[root]) is None:
        return pdf
    heads = _mark(objects)
    objects[root] = _NAMES.sub(lambda names: b"/IDTree<</Names[" + _with(names[1], heads) + b"]>>", objects[root])
    return _joined(pdf, found, objects)


def _objects(pdf: bytes, found: re.Match[bytes]) -> dict[int, bytes]:
    """Return every object, from its number on to the next one, by its number and in the order of the file."""
    places = [int(line[:10]) for line in found[2].splitlines() if line[17:18] == b"n"]
    order = [*sorted(places), found.start()]
    bodies = (pdf[start:end] for start, end in pairwise(order))
    return {int(head[1]): body for body in bodies if (head := _OBJECT.match(body))}


def _mark(objects: dict[int, bytes]) -> dict[bytes, int]:
    """Change the cells of every row of data; return the heads' names with the numbers of their objects."""
    heads: dict[bytes, int] = {}
    for body in list(objects.values()):
        row = _DATA_ROW.search(body)
        cells = [int(number) for number in _REFERENCE.findall(row[1])] if row is not None else []
        if not cells or any(_DATA not in objects[cell] for cell in cells):
            continue  # the row of the table's head
        first, *others = cells
        name = b"(row%d)" % first
        heads[name] = first
        named = _PARENT.sub(rb"/S/TH\1/ID" + name, objects[first], count=1)
        objects[first] = _COLUMNS.sub(rb"/O/Table/Scope/Row/Headers[\1]", named, count=1)
        for other in others:
            objects[other] = _COLUMNS.sub(rb"/O/Table/Headers[\1" + name + b"]", objects[other], count=1)
    return heads


def _with(names: bytes, heads: dict[bytes, int]) -> bytes:
    """Return the list of names with those of the heads, sorted as a name tree must be."""
    known = dict(_NAME.findall(names))
    known |= {name: b"%d 0 R" % number for name, number in heads.items()}
    return b"".join(name + known[name] for name in sorted(known))


def _joined(pdf: bytes, found: re.Match[bytes], objects: dict[int, bytes]) -> bytes:
    """Return the file with these objects, and the table of where they begin."""
    first = min(int(line[:10]) for line in found[2].splitlines() if line[17:18] == b"n")
    parts, at = [pdf[:first]], first
    lines = found[2].splitlines(keepends=True)
    for number, body in objects.items():
        lines[number] = b"%010d" % at + lines[number][10:]
        parts.append(body)
        at += len(body)
    trailer = re.sub(rb"startxref\n\d+", b"startxref\n%d" % at, pdf[found.end() :])
    return b"".join((*parts, b"xref\n0 ", found[1], b"\n", *lines, b"trailer\n", trailer))
