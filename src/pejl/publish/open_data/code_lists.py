"""The lists of codes that the files of figures use, with their words in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from pejl.publish.open_data.csv_files import END
from pejl.publish.open_data.described import Described, used
from pejl.publish.open_data.tables import TOTAL, Vocabulary
from pejl.publish.open_data.texts import Fields
from pejl.release.public import ALL
from pejl.text import Language
from pejl.workspace.states import State

Say = Callable[[str, Language], str]


def code_lists(vocabulary: Vocabulary, described: Sequence[Described]) -> dict[str, bytes]:
    """Return the lists by name."""
    languages, workspace = vocabulary.languages, vocabulary.workspace
    heads = ["code", *(f"label_{language}" for language in languages)]

    def listed(codes: Iterable[str], say: Say) -> bytes:
        return _file(heads, ([code, *(say(code, language) for language in languages)] for code in codes))

    titles = {each.id: each.title for each in described}
    scopes = chain.from_iterable(each.extent.scopes for each in described)
    units = chain.from_iterable(each.extent.units for each in described)
    found = {
        "indicators": listed(titles, lambda indicator, language: titles[indicator](language)),
        "scopes": listed(_all(workspace["scopes"], scopes), vocabulary.scope),
        "states": listed(list(State), vocabulary.state),
        "units": listed(_all(workspace["units"], units), vocabulary.unit),
    }
    for dimension in used(described):
        seen = chain.from_iterable(each.extent.codes.get(dimension, ()) for each in described)
        found[f"dimension-{dimension}"] = _codes(dimension, seen, vocabulary)
    return found


def _codes(dimension: str, seen: Iterable[str], vocabulary: Vocabulary) -> bytes:
    languages = vocabulary.languages
    declared = {each["code"]: each for each in vocabulary.codes(dimension)}
    lines = [[ALL, *(TOTAL.render(language) for language in languages), "", "", "", ""]]
    for code in _all(declared, seen):
        known = declared.get(code, {})
        dated = [known.get("parent") or "", known.get("valid_from") or "", known.get("valid_to") or ""]
        parts = " ".join(known.get("of") or ())
        lines.append([code, *(vocabulary.code(dimension, code, language) for language in languages), *dated, parts])
    heads = ["code", *(f"label_{language}" for language in languages), "parent", "valid_from", "valid_to", "of"]
    return _file(heads, lines)


def _all(declared: Iterable[str], seen: Iterable[str]) -> list[str]:
    """Return the declared codes in their order, then others that figures have."""
    known = list(declared)
    return [*known, *sorted(set(seen).difference(known))]


def _file(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    fields = Fields(",")
    text = [",".join(heads), *(",".join(fields[each] if each else "" for each in line) for line in lines)]
    return (END.join(text) + END).encode()
