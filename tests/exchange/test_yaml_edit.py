"""Edits of YAML change what they name, and no other byte."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.exchange.yaml_edit import YamlText, yaml_document
from pejl.workspace.problems import Problems
from pejl.workspace.yaml_source import read_yaml

TEXT = """\
# top
a:
  b: >-
    hej
    du

  # about d
  d: [1, {x: 2}]
  e:
  - k: 1
    l: "é" # x

  - m: 2   # last

# tail
f: not_known # note
g:
h: {a: 1}
"""


def read(text: str) -> object:
    problems = Problems()
    found = read_yaml(text, "a.yaml", problems)
    assert problems.sorted() == ()
    return found


def test_every_kind_of_edit_at_once() -> None:
    text = YamlText(TEXT)
    text.set(("a", "b"), "ny: tekst")
    text.append(("a", "e"), {"kind": "level", "value": Decimal("1.50")})
    text.set(("f",), {"da": "x"})
    text.set(("g",), "y")
    text.append(("a", "d"), "b, c")
    text.set(("h", "b"), 2)
    text.set(("a", "q"), "no")
    assert (
        text.edited()
        == """\
# top
a:
  b: "ny: tekst"

  # about d
  d: [1, {x: 2}, "b, c"]
  e:
  - k: 1
    l: "é" # x

  - m: 2   # last
  - kind: level
    value: 1.50
  q: no

# tail
f:
  da: x # note
g: y
h: {a: 1, b: 2}
"""
    )


def test_a_key_is_removed_with_its_lines() -> None:
    text = YamlText(TEXT)
    text.remove(("a", "e"))
    assert text.edited() == TEXT.replace('  e:\n  - k: 1\n    l: "é" # x\n\n  - m: 2   # last\n', "")
    for path in (("a", "e", 0, "k"), ("h", "a"), ("x",)):
        with pytest.raises(KeyError):
            YamlText(TEXT).remove(path)


plain = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85"), min_size=1)
values = st.recursive(
    plain | st.integers(-(10**9), 10**9) | st.booleans(),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), values, min_size=1, max_size=4))
def test_what_is_written_is_what_is_read(data: dict[str, object]) -> None:
    assert read(yaml_document(data)) == data  # type: ignore[arg-type]


@given(plain, st.sampled_from([("a", "b"), ("a", "e", 0, "l"), ("f",), ("g",), ("h", "a"), ("a", "d", 1, "x")]))
def test_a_text_set_is_the_text_read_and_nothing_else_changes(text: str, path: tuple[str | int, ...]) -> None:
    edited = YamlText(TEXT)
    edited.set(path, text)
    expected = read(TEXT)
    place = expected
    for step in path[:-1]:
        place = place[step]  # type: ignore[index]
    place[path[-1]] = text  # type: ignore[index]
    assert read(edited.edited()) == expected
