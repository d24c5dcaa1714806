"""An Open SDG data repository on disk: its files found, decoded and parsed; nothing understood yet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pejl.exchange.open_sdg.left_out import LeftOut
from pejl.exchange.open_sdg.plain_yaml import PlainYamlError, read_plain
from pejl.text import message

NUMBER = re.compile(r"(?:indicator[_-])?([0-9A-Za-z]+(?:[-.][0-9A-Za-z]+)+)", re.IGNORECASE)
"""The number of an indicator as file names write it: 3-2-1, 1-a-1, 8-6-1-a."""

CONFIGS = ("config_data.yml", "data_config.yml", "_config.yml", "site_config.yml", "config.yml")
_READ_DATA = ("InputCsvData", "InputCsvDataDisaggregations")
_READ_META = ("InputYamlMeta", "InputYamlMdMeta", "InputCsvMeta")
_META_SUFFIXES = (".md", ".yml", ".yaml", ".csv")
_PUT_AWAY = re.compile(r"(?i)[-_.](archived?|backup|copy|old)$")
MAX_FILE_BYTES = 100_000_000
_LANGUAGE = re.compile(r"[a-z]{2}([-_][A-Za-z]{2,4})?")
_LOOSE_FIELD = re.compile(r"([A-Za-z_][A-Za-z0-9_]*):[ \t]+([^|>&*!\[{\s].*)")
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)(.*)|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Indicator:
    """The files of one indicator: its metadata, in the repository's language and in others, and its data."""

    number: str
    meta: Mapping[str, Any]
    translated: Mapping[str, Mapping[str, Any]]
    meta_file: str
    data_file: str | None
    data: str | None


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository: its configuration, its words by language and group, and its indicators in their order."""

    name: str
    config: Mapping[str, Any]
    translations: Mapping[str, Mapping[str, Any]]
    indicators: tuple[Indicator, ...]
    language: str


@dataclass(slots=True)
class _Found:
    meta: dict[str, Any] = field(default_factory=dict)
    translated: dict[str, dict[str, Any]] = field(default_factory=dict)
    meta_file: str = ""
    data_file: str | None = None
    data: str | None = None


def is_repository(root: Path) -> bool:
    """Tell whether a folder looks like an Open SDG data repository: it has a folder of data or of metadata.

    They stand at its root, or in the folder that its configuration names as `src_dir`.
    """
    reader = _Reader(root, LeftOut())
    reader.config()
    return any((reader.place / name).is_dir() for name in (*reader.data_folders, *reader.meta_folders))


def read_repository(root: Path, left_out: LeftOut) -> Repository:
    """Return everything in the repository at `root` that can be read; the rest is noted."""
    reader = _Reader(root, left_out)
    config = reader.config()
    translations = reader.translations()
    found: dict[str, _Found] = {}
    reader.metadata(found)
    reader.data(found)
    language = _own_language(config, translations, {each for one in found.values() for each in one.translated})
    indicators = tuple(
        Indicator(number, each.meta, each.translated, each.meta_file or str(each.data_file), each.data_file, each.data)
        for number, each in sorted(found.items(), key=lambda item: in_order(item[0]))
    )
    return Repository(root.resolve().name, config, translations, indicators, language)


def _own_language(config: Mapping[str, Any], translations: Mapping[str, Any], of_metadata: set[str]) -> str:
    """Return the language that figures and metadata are written in.

    The configuration says it. Where it does not, it is English, unless metadata is translated into English.
    """
    named = config.get("languages")
    if isinstance(named, list) and named and isinstance(named[0], str):
        return named[0]
    if "en" not in of_metadata:
        return "en"
    others = set(translations) - of_metadata
    return others.pop() if len(others) == 1 else "und"


def in_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return by what indicators are sorted: 1-2-1 before 1-10-1 before 1-a-1."""
    return tuple(
        (0, int(part), "") if part.isdigit() and len(part) < 10 else (1, 0, part) for part in re.split("[-.]", number)
    )


class _Reader:
    def __init__(self, root: Path, left_out: LeftOut) -> None:
        self.root = self.place = root
        self.data_folders: tuple[str, ...] = ("data",)
        self.meta_folders: tuple[str, ...] = ("indicator-config", "meta")
        self.word_folders: tuple[str, ...] = ("translations",)
        self.left_out = left_out

    def config(self) -> dict[str, Any]:
        """Return the configuration, and learn from it where data and metadata stand."""
        found: dict[str, Any] = {}
        for name in CONFIGS:
            path = self.root / name
            data = self._yaml(path) if path.is_file() else None
            if isinstance(data, dict):
                found = {**data, **found}
        named = str(found.get("src_dir") or "").strip("/ ")
        if named and _is_below(named) and (self.root / named).is_dir():
            self.place = self.root / named
        inputs = found.get("inputs")
        for each in inputs if isinstance(inputs, list) else []:
            if isinstance(each, dict):
                self._input(str(each.get("class") or ""), str(each.get("path_pattern") or ""))
                self._raw(str(each.get("git_data_dir") or ""))
                for name in ("column_map", "code_map"):
                    if each.get(name):
                        why = message("other names for columns and words are not read; they are as the data has them")
                        self.left_out.note("config_data.yml", name, why, value=str(each[name]))
        words = found.get("translations")
        for each in words if isinstance(words, list) else []:
            folder = str(each.get("source") or "").strip("/ ") if isinstance(each, dict) else ""
            if folder and "://" not in folder and _is_below(folder) and (self.place / folder).is_dir():
                self.word_folders = tuple(dict.fromkeys((*self.word_folders, folder)))
        return found

    def _raw(self, folder: str) -> None:
        """Take the data from where they lie before they are built, if they are not built."""
        folder = folder.strip("/ ")
        if folder and _is_below(folder) and not any((self.place / each).is_dir() for each in self.data_folders):
            self.data_folders = tuple(dict.fromkeys((*self.data_folders, folder)))

    def _input(self, kind: str, pattern: str) -> None:
        """Learn of one input: a folder of data or of metadata, or a kind that is not read here."""
        folder = pattern.partition("*")[0].rpartition("/")[0].strip("/ ")
        if kind in _READ_DATA and folder and _is_below(folder):
            self.data_folders = tuple(dict.fromkeys((*self.data_folders, folder)))
        elif kind in _READ_META and folder and _is_below(folder):
            self.meta_folders = tuple(dict.fromkeys((*self.meta_folders, folder)))
        elif kind and kind not in (*_READ_DATA, *_READ_META):
            why = message("inputs of this kind are not read; figures and metadata that come from it are missing")
            self.left_out.note("config_data.yml", "inputs", why, value=kind)

    def translations(self) -> dict[str, dict[str, Any]]:
        """Return the words by language, then group: a file per group, or one file for a language."""
        found: dict[str, dict[str, Any]] = {}
        files = [(folder, path) for folder in self.word_folders for path in self._files(folder, (".yml", ".yaml"))]
        for folder, path in files:
            parts = path.relative_to(self.place / folder).with_suffix("").parts
            data = self._yaml(path)
            if not isinstance(data, dict) or not _LANGUAGE.fullmatch(parts[0]):
                continue
            words = found.setdefault(parts[0][:2].lower(), {})
            if len(parts) == 1:
                words.update({group: each for group, each in data.items() if isinstance(each, dict)})
            else:
                words.setdefault(parts[-1], {}).update(data)
        return found

    def metadata(self, found: dict[str, _Found]) -> None:
        for folder in self.meta_folders:
            for path in self._files(folder, _META_SUFFIXES):
                parts = path.relative_to(self.place / folder).parts
                match = self._numbered(path)
                if match is None:
                    continue
                data = self._metadata(path)
                if not isinstance(data, dict):
                    continue
                each = found.setdefault(_number(match), _Found())
                languages = [part for part in parts[:-1] if _LANGUAGE.fullmatch(part)]
                if languages:
                    each.translated.setdefault(languages[0][:2].lower(), {}).update(data)
                else:
                    each.meta.update({key: value for key, value in data.items() if value not in ("", None)})
                    each.meta_file = self._name(path)

    def data(self, found: dict[str, _Found]) -> None:
        files = [path for folder in self.data_folders for path in self._files(folder, (".csv",))]
        for path in sorted(dict.fromkeys(files), key=lambda path: (_is_odd(path), len(path.parts), path)):
            match = self._numbered(path)
            if match is None:
                continue
            each = found.setdefault(_number(match), _Found())
            if each.data_file is not None:
                self._note(path, message("the indicator has another file of data already"), each.data_file)
                continue
            each.data_file, each.data = self._name(path), self._text(path)

    def _numbered(self, path: Path) -> re.Match[str] | None:
        """Return the number in a file's name; None, with a note, where it has none or says that it is put away."""
        match = NUMBER.fullmatch(_without_suffix(path).strip())
        if match is None:
            if path.name.lower() != "readme.md":
                self._note(path, message("the name of the file is not the number of an indicator"))
        elif _PUT_AWAY.search(path.stem) is not None:
            self._note(path, message("the name of the file says that it is put away"))
            return None
        return match

    def _files(self, folder: str, suffixes: tuple[str, ...]) -> Iterator[Path]:
        """Yield the files of a folder and the folders in it, and note those that are of another kind."""
        place = self.place / folder
        if not place.is_dir():
            return
        for path in sorted(place.rglob("*")):
            if path.name.startswith(".") or not path.is_file():
                continue
            if path.suffix.lower() in suffixes:
                yield path
            elif folder not in self.word_folders or path.suffix.lower() == ".csv":
                self._note(path, message("files of this kind are not read"))

    def _metadata(self, path: Path) -> Any:
        if path.suffix.lower() == ".csv":
            return self._fields(path)
        text = self._text(path)
        if text is not None and path.suffix.lower() != ".md":
            return self._parsed(path, text, loose=True)
        match = _FRONT_MATTER.match(text) if text is not None else None
        if match is None:
            if text is not None:
                self._note(path, message("the file does not begin with fields between two lines of hyphens"))
            return None
        data = self._parsed(path, match.group(1), loose=True)
        body = (match.group(2) or "").strip()
        if isinstance(data, dict) and body:
            data.setdefault("page_content", body)
        return data

    def _fields(self, path: Path) -> dict[str, Any] | None:
        """Return metadata in CSV: the name of a field and what it says in each row."""
        text = self._text(path)
        if text is None:
            return None
        first = text.lstrip("\r\n").partition("\n")[0]
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)))
        except csv.Error:
            self._note(path, message("the file is not valid CSV and was not read"))
            return None
        return {row[0].strip(): row[1] for row in rows if len(row) > 1 and row[0].strip() and row[1].strip()}

    def _yaml(self, path: Path) -> Any:
        text = self._text(path)
        return None if text is None else self._parsed(path, text)

    def _parsed(self, path: Path, text: str, *, loose: bool = False) -> Any:
        try:
            return read_plain(text.replace("\t", "    ") if re.search(r"(?m)^\s*\t", text) else text)
        except PlainYamlError as error:
            found = _loose_fields(text) if loose else {}
            why = message("the file is not valid YAML and was not read")
            if found:
                why = message("the file is not valid YAML; only the fields that stand on one line were read")
            self.left_out.note(self._name(path), "–", why, line=error.line, value=error.reason)
            return found or None

    def _text(self, path: Path) -> str | None:
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                self._note(path, message("the file is too large"))
                return None
            content = path.read_bytes()
        except OSError:
            self._note(path, message("the file cannot be read"))
            return None
        return self._decoded(path, content)

    def _decoded(self, path: Path, content: bytes) -> str:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16", "replace").replace("\x00", "")
        try:
            return content.decode("utf-8-sig").replace("\x00", "")
        except UnicodeDecodeError:
            self._note(path, message("the file is not in UTF-8; it was read as Windows-1252"))
            return content.decode("cp1252", "replace").replace("\x00", "")

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix().encode("utf-8", "replace").decode()

    def _note(self, path: Path, why: Any, value: str | None = None) -> None:
        self.left_out.note(self._name(path), "–", why, value=value)


def _is_below(folder: str) -> bool:
    """Tell whether a path of the configuration stays within the repository."""
    return not Path(folder).is_absolute() and ".." not in Path(folder).parts


def _without_suffix(path: Path) -> str:
    """Return the name of a file without what follows it, which some write twice: indicator_1-2-1.csv.csv."""
    return path.stem.removesuffix(path.suffix)


def _is_odd(path: Path) -> bool:
    return NUMBER.fullmatch(path.stem) is None or path.stem != _without_suffix(path)


def _loose_fields(text: str) -> dict[str, Any]:
    """Return the fields of broken YAML that have their value on the same line."""
    matches = [_LOOSE_FIELD.fullmatch(line.rstrip()) for line in text.splitlines()]
    pairs = [(match.group(1), match.group(2).strip().strip("'\"")) for match in matches if match is not None]
    return {name: value for name, value in pairs if value}


def _number(match: re.Match[str]) -> str:
    return match.group(1).replace(".", "-").lower()
