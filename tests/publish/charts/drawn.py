"""Reading a drawing back: its lines, words and places."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Stroke:
    start: tuple[float, float]
    end: tuple[float, float]
    colour: str
    dash: str


def read(svg: str) -> ElementTree.Element:
    """Return the drawing's root; it must be well-formed."""
    return ElementTree.fromstring(svg)


def words(svg: str) -> list[str]:
    """Return every line of text that is drawn."""
    return [element.text or "" for element in read(svg).iter(f"{SVG}text")]


def words_at(svg: str) -> list[tuple[str, float, float]]:
    """Return every line of text with its place."""
    return [
        (element.text or "", float(element.attrib["x"]), float(element.attrib["y"]))
        for element in read(svg).iter(f"{SVG}text")
    ]


def strokes(svg: str) -> list[Stroke]:
    """Return every straight line."""
    return [
        Stroke(
            (float(line.attrib["x1"]), float(line.attrib["y1"])),
            (float(line.attrib["x2"]), float(line.attrib["y2"])),
            line.attrib["stroke"],
            line.attrib.get("stroke-dasharray", ""),
        )
        for line in read(svg).iter(f"{SVG}line")
    ]


def runs(svg: str) -> list[list[tuple[float, float]]]:
    """Return the points of every line through several points."""
    return [
        [(float(x), float(y)) for x, y in (pair.split(",") for pair in line.attrib["points"].split())]
        for line in read(svg).iter(f"{SVG}polyline")
    ]


def circles(svg: str) -> list[tuple[float, float]]:
    """Return the centres of all circles."""
    return [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in read(svg).iter(f"{SVG}circle")]


def places(svg: str) -> list[tuple[float, float]]:
    """Return every corner, end and centre in the drawing."""
    found = circles(svg) + [end for stroke in strokes(svg) for end in (stroke.start, stroke.end)]
    for name in ("polyline", "polygon"):
        for line in read(svg).iter(f"{SVG}{name}"):
            found += [(float(x), float(y)) for x, y in (pair.split(",") for pair in line.attrib["points"].split())]
    for box in read(svg).iter(f"{SVG}rect"):
        if "x" in box.attrib:
            x, y = float(box.attrib["x"]), float(box.attrib["y"])
            found += [(x, y), (x + float(box.attrib["width"]), y + float(box.attrib["height"]))]
    return found
