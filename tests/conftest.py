"""What tests of every room share: small hand-made workspaces, and a cache of their own.

`make_workspace()` writes a workspace that is valid and has not one warning, whatever the day; a test then changes
the one thing it is about:

    root = make_workspace()                                                  # as it is
    root = make_workspace({"figures/figures.csv": "series,period\\n"})       # another text in place of a file
    root = make_workspace({"strategy/more.yaml": "id: more\\n"})             # one more file
    root = make_workspace({"indicators/homeless.yaml": None})                # without a file
    root = make_workspace({"strategy/latin.yaml": b"id: \\xe6\\n"})          # bytes, as they are
    root = make_workspace(swap={"strategy/plan.yaml": ("value: 160", "value: 16O")})   # a word of a file

Its municipality, Lilleby, is invented. It has one strategy of 2014-2017, adopted, with a guidepost and two goals:

    fewer_homeless   indicator homeless (200 in 2013, 180 in 2015, 150 in 2017); at most 160 in 2017
    homes_kept       source: none, not_collected, in percent; no target known

Texts are written as they are given: nothing is indented or stripped, so that line and column can be stated.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)  # a slow machine is no reason to fail
settings.load_profile("house")

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Content = str | bytes | None
Swaps = Mapping[str, "tuple[str, str] | list[tuple[str, str]]"]

SETTINGS = """\
id = "lilleby"
title = { da = "Lillebys strategi", en = "The strategy of Lilleby" }
municipality = { da = "Lilleby Kommune", en = "Municipality of Lilleby" }
own = true
notice = { da = "Opdigtet kommune.", en = "An invented municipality." }
languages = ["da", "en"]
"""

VOCABULARY = """\
units:
  - id: persons
    label:
      da: personer
      en: persons
    kind: count
    aliases:
      - people
  - id: percent
    label:
      da: procent
      en: percent
    kind: share
scopes:
  - id: city
    title:
      da: Hele byen
      en: The whole city
    aliases:
      - whole city
  - id: administration
    title:
      da: Forvaltningen
      en: The administration
    within: city
dimensions:
  - id: district
    title:
      da: Bydel
      en: District
    codes:
      - code: north
        label:
          da: Nord
          en: North
      - code: south
        label:
          da: Syd
          en: South
        aliases:
          - south side
populations:
  - id: residents
    title:
      da: Borgere i Lilleby
      en: Residents of Lilleby
    versions:
      - version: "2014"
        definition:
          da: Alle, der bor i kommunen.
          en: All who live in the municipality.
        standing: source
"""

STRATEGY = """\
id: plan
title:
  da: Plan 2014-2017
  en: Plan 2014-2017
status: adopted
valid:
  from: 2014-01-01
  to: 2017-12-31
adopted_on: 2014-01-15
committee:
  da: Udvalget
  en: The committee
sources:
  - title:
      da: Planen
      en: The plan
guideposts:
  - id: homes
    number: 1
    title:
      da: Flere har en bolig
      en: More have a home
    goals:
      - id: fewer_homeless
        code: 1A
        title:
          da: Færre borgere i hjemløshed
          en: Fewer citizens in homelessness
        indicator: homeless
        population: residents
        scope: city
        direction: decrease
        baseline:
          period: 2013
        targets:
          - kind: at_most
            period: 2017
            value: 160
            standing: adopted
      - id: homes_kept
        code: 1B
        title:
          da: Flere beholder deres bolig
          en: More keep their home
        source: none
        state: not_collected
        unit: percent
        population: residents
        scope: city
        direction: increase
        targets:
          - kind: not_known
            standing: adopted
"""

INDICATOR = """\
id: homeless
title:
  da: Borgere i hjemløshed
  en: Citizens in homelessness
unit: persons
scope: city
population: residents
dimensions:
  - district
published_by:
  da: Lilleby Kommune
  en: Municipality of Lilleby
versions:
  - version: "1"
    definition:
      da: Antal borgere i hjemløshed i uge 6.
      en: Number of citizens in homelessness in week 6.
"""

FIGURES = """\
series,period,district,value,unit,state,scope,source,note
homeless,2013,total,200,persons,measured,city,count of 2013,
homeless,2015,total,180,persons,measured,city,count of 2015,
homeless,2017,total,150,persons,measured,city,count of 2017,
homeless,2017,north,100,persons,measured,city,count of 2017,
homeless,2017,south,50,persons,measured,city,count of 2017,
"""

MINIMAL: Mapping[str, str] = {
    "pejl.toml": SETTINGS,
    "vocabulary/words.yaml": VOCABULARY,
    "strategy/plan.yaml": STRATEGY,
    "indicators/homeless.yaml": INDICATOR,
    "figures/figures.csv": FIGURES,
}


class MakeWorkspace(Protocol):
    """Writes a workspace and returns its folder; see the docstring of this module."""

    def __call__(
        self, files: Mapping[str, Content] | None = None, *, swap: Swaps | None = None, name: str = "lilleby"
    ) -> Path: ...


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep Pejl's cache and keys out of the home folder, and every test apart from the others."""
    folder = tmp_path_factory.mktemp("pejl-cache")
    monkeypatch.setenv("PEJL_CACHE", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data-home"))
    monkeypatch.delenv("PEJL_PSEUDONYM_KEY", raising=False)
    return folder


@pytest.fixture
def minimal_files() -> dict[str, str]:
    """The files of the minimal workspace: path to text; a copy, to be changed at will."""
    return dict(MINIMAL)


@pytest.fixture
def make_workspace(tmp_path: Path) -> MakeWorkspace:
    """Return the function that writes a minimal, valid workspace with the given changes into a folder of its own.

    `files` puts texts or bytes in place of, or beside, those of the minimal workspace; None leaves one out.
    `swap` replaces words in a file: the words must stand in it exactly once. `name` is the folder's; called again
    with the same name, it writes over what stands there.
    """

    def make(files: Mapping[str, Content] | None = None, *, swap: Swaps | None = None, name: str = "lilleby") -> Path:
        contents: dict[str, Content] = {**MINIMAL, **(files or {})}
        for file, swaps in (swap or {}).items():
            text = contents[file]
            assert isinstance(text, str), f"'{file}' is not among the texts of this workspace"
            for old, new in [swaps] if isinstance(swaps, tuple) else swaps:
                assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in '{file}', not once"
                text = text.replace(old, new)
            contents[file] = text
        root = tmp_path / name
        root.mkdir(exist_ok=True)
        for folder in ("strategy", "vocabulary", "indicators", "figures"):
            (root / folder).mkdir(exist_ok=True)
        for file, content in contents.items():
            path = root / file
            if content is None:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Copenhagen without a release, in a folder of its own. Tests may change it."""
    folder = tmp_path / "city"
    copenhagen = Path(__file__).parents[1] / "workspaces" / "copenhagen"
    shutil.copytree(copenhagen, folder, ignore=shutil.ignore_patterns("releases"))
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window; one for all tests, since its driver cannot be started twice."""
    from tests.site.browsing import launched

    with launched() as started:
        yield started
