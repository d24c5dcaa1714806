"""The municipality of `counted`, which also asks people how they are, every answer chosen by hand.

In each of two waves 13 of the 30 people in the north and 7 of the 15 in the south are drawn, half of them again. In
the north 10 answer, in the south 5; what they answer goes by their place in the sample.
"""

from __future__ import annotations

from pathlib import Path

from tests.pipeline.counted import FILES, STRATEGY, VOCABULARY, _goal

from pejl.pipeline.surveying import draw_sample
from pejl.surveys.sampling import Sample, read_sample, sample_folder

ANSWERS = {
    2016: {"north": [80, 80, 80, 80, 80, 80, 20, 20, 20, 20], "south": [60, 60, 10, 20, 30]},
    2017: {"north": [90, 90, 80, 80, 80, 80, 80, 80, 20, 20], "south": [70, 60, 60, 20, 30]},
}

SURVEY = """\
id: how
title: {da: Hvordan har du det, en: How are you}
population: all
purpose: {da: At vide det, en: To know}
legal_basis: {da: En opdigtet lov, en: An invented law}
frame: everybody
instruments: [mood]
sampling: {size: 20, strata: [district], seed: 3}
weights: {post_stratify: [district]}
least_answers: 5
waves:
  - {period: 2016, frame_day: 2016-01-01, opens: 2016-02-01, closes: 2016-03-01, answers: data/mood_2016.csv}
  - period: 2017
    frame_day: 2017-01-01
    opens: 2017-02-01
    closes: 2017-03-01
    answers: data/mood_2017.csv
    overlaps: 2016
    again: 0.5
"""

MOOD = """\
id: mood
title: {da: Humør, en: Mood}
version: "7"
credit: {da: Lilleby, en: Lilleby}
licence: {da: Fri, en: Free}
items:
  - {id: today, text: {da: I dag, en: Today}, kind: number, lowest: 0, highest: 100}
score: {rule: item}
cut_offs:
  - {id: good, title: {da: mindst 50, en: at least 50}, at_least: 50}
"""


def asking(name: str, unit: str, more: str) -> str:
    """The declaration of an indicator from the survey."""
    return f"""\
id: {name}
title: {{da: Humør, en: Mood}}
unit: {unit}
scope: city
source: survey
asking: {{survey: how, instrument: mood, by: [district]{more}}}
published_by: {{da: Lilleby Kommune, en: Municipality of Lilleby}}
versions:
  - {{version: "1", definition: {{da: Regel, en: Rule}}}}
"""


FILES_ASKED: dict[str, str | bytes | None] = {
    **FILES,
    "vocabulary/words.yaml": VOCABULARY.replace(
        "scopes:\n", "  - id: points\n    label: {da: point, en: points}\n    kind: mean\nscopes:\n"
    )
    + "populations:\n  - id: all\n    title: {da: Alle, en: All}\n    versions:\n"
    + '      - {version: "1", valid_from: 2016-01-01, definition: {da: Alle, en: All}, standing: source}\n',
    "strategy/plan.yaml": STRATEGY + _goal("mood_good") + _goal("mood_mean"),
    "models/everybody.sql": (
        "SELECT residence.person, calendar_years.first_day AS frame_day, residence.district, 40 AS age\n"
        "FROM residence JOIN calendar_years ON residence.from_day <= calendar_years.first_day\n"
    ),
    "surveys/how.yaml": SURVEY,
    "instruments/mood.yaml": MOOD,
    "indicators/mood_good.yaml": asking("mood_good", "percent", ", cut_off: good"),
    "indicators/mood_mean.yaml": asking("mood_mean", "points", ""),
}


def drawn(root: Path, year: int) -> Sample:
    """The sample of a wave, drawn if need be."""
    folder = sample_folder(root, "how", str(year))
    return read_sample(folder) if folder.exists() else draw_sample(root, "how", str(year)).sample


def rows_of(sample: Sample, year: int) -> list[str]:
    """The rows of a file of answers."""
    given = {district: list(answers) for district, answers in ANSWERS[year].items()}
    rows = []
    for token, district in zip(sample.rows["token"], sample.rows["district"], strict=True):
        if given[district]:
            rows.append(f"{token},{year}-02-10T12:00:00,self,self,{given[district].pop(0)}")
    return rows


def answer(root: Path, year: int, *more: str) -> list[str]:
    """Draw the sample of a wave and write its answers; return their rows."""
    rows = rows_of(drawn(root, year), year)
    text = "\n".join(["token,submitted,mode,by,mood.today", *rows, *more, ""])
    (root / "data" / f"mood_{year}.csv").write_text(text, encoding="utf-8")
    return rows
