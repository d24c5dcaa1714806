"""A small workspace to begin with: every kind of file once, valid, with comments that say what to write there.

What stands in it is an example, and says so: the notice on everything that is made of it calls it one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from pejl.exchange.changes import ImportRefusedError
from pejl.text import Language, Message, message

_FOLDERS = ("figures", "indicators", "strategy", "vocabulary")

_COMMENTS: Mapping[str, Message] = {
    "settings": message(
        "Whose workspace it is. Put your own names in the place of these, and your own notice: it stands on every "
        "page, paper and file. own = true says that the municipality itself publishes it."
    ),
    "words": message(
        "The words that everything else uses: units, whom figures are about, what they are broken down by, and which "
        "people a goal is for. Ids are yours to choose; they stand in addresses, so keep them."
    ),
    "kind": message("count, share (percent of a whole), or mean (anything else)"),
    "strategy": message(
        "A strategy, as it was decided: when, by whom, how long it holds, and its goals. What the document leaves "
        "open is written down as open."
    ),
    "goal": message("A goal points to an indicator, and says which way it is to go, from where, and how far by when."),
    "no_measure": message("A goal that nobody measures yet says so; it is shown as such, and never as zero."),
    "indicator": message(
        "What is counted, by which rule, since when. A new rule of counting is a new version, and never a change of "
        "the old one."
    ),
}

_FILES: Mapping[str, str] = {
    "pejl.toml": """\
{settings}
id = "our_strategy"
title = {{ da = "Vores strategi", en = "Our strategy" }}
municipality = {{ da = "Eksempelby Kommune", en = "Municipality of Exampletown" }}
own = false
notice = {{ da = "Et eksempel. Alle tal er opfundne.", en = "An example. All figures are invented." }}
languages = ["da", "en"]
""",
    "vocabulary/words.yaml": """\
{words}
units:
  - id: persons
    label: {{da: personer, en: persons}}
    kind: count # {kind}
  - id: percent
    label: {{da: procent, en: percent}}
    kind: share
scopes:
  - id: city
    title: {{da: Hele kommunen, en: The whole municipality}}
dimensions:
  - id: district
    title: {{da: Bydel, en: District}}
    codes:
      - code: north
        label: {{da: Nord, en: North}}
      - code: south
        label: {{da: Syd, en: South}}
populations:
  - id: residents
    title: {{da: Borgere i kommunen, en: Residents of the municipality}}
    versions:
      - version: "1"
        definition: {{da: "Alle, der bor i kommunen.", en: All who live in the municipality.}}
        standing: source
""",
    "strategy/our_strategy.yaml": """\
{strategy}
id: our_strategy
title: {{da: Vores strategi 2024-2027, en: Our strategy 2024-2027}}
status: adopted
valid: {{from: 2024-01-01, to: 2027-12-31}}
adopted_on: 2024-01-15
committee: {{da: Socialudvalget, en: The Social Committee}}
sources:
  - title: {{da: Den vedtagne strategi, en: The strategy as it was adopted}}
guideposts:
  - id: homes
    number: 1
    title: {{da: Flere har en bolig, en: More people have a home}}
    goals:
      {goal}
      - id: fewer_homeless
        code: 1A
        title: {{da: Færre borgere i hjemløshed, en: Fewer citizens in homelessness}}
        indicator: homeless
        population: residents
        scope: city
        direction: decrease
        baseline: {{period: 2023}}
        targets:
          - kind: at_most
            period: 2027
            value: 160
            standing: adopted
      {no_measure}
      - id: homes_kept
        code: 1B
        title: {{da: Flere beholder deres bolig, en: More people keep their home}}
        source: none
        state: not_collected
        unit: percent
        population: residents
        scope: city
        direction: increase
        targets:
          - kind: not_known
            standing: adopted
""",
    "indicators/homeless.yaml": """\
{indicator}
id: homeless
title: {{da: Borgere i hjemløshed, en: Citizens in homelessness}}
unit: persons
scope: city
population: residents
dimensions: [district]
published_by: {{da: Eksempelby Kommune, en: Municipality of Exampletown}}
versions:
  - version: "1"
    definition:
      da: Antal borgere, der var i hjemløshed i uge 6.
      en: Number of citizens who were in homelessness in week 6.
""",
    "figures/figures.csv": """\
series,period,district,value,unit,state,scope,source,note
homeless,2023,total,200,persons,measured,city,Opfundet eksempel,
homeless,2024,total,180,persons,measured,city,Opfundet eksempel,
homeless,2024,north,110,persons,measured,city,Opfundet eksempel,
homeless,2024,south,70,persons,measured,city,Opfundet eksempel,
""",
}


def begin_workspace(target: Path, language: Language) -> tuple[str, ...]:
    """Write the small workspace, and return the names of its files.

    Args:
        target: the folder; it must not exist, or be empty.
        language: of the comments; titles stand in both languages.

    Raises:
        ImportRefusedError: there is something in the folder already.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ImportRefusedError(message("'{path}' is there already; name a new folder", path=target))
    beside = target.resolve().with_name(f".{target.resolve().name}.{os.getpid()}.new")
    try:
        for folder in _FOLDERS:
            (beside / folder).mkdir(parents=True)
        for name, text in beginning(language).items():
            (beside / name).write_text(text, encoding="utf-8")
        if target.exists():
            target.rmdir()
        beside.replace(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(_FILES)


def beginning(language: Language) -> dict[str, str]:
    """Return the files of the small workspace, by their names."""
    comments = {name: words.render(language) for name, words in _COMMENTS.items()}
    told = {name: text if name == "kind" else f"# {text}" for name, text in comments.items()}
    return {name: text.format(**told) for name, text in _FILES.items()}
