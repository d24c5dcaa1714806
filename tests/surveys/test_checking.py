"""Surveys, instruments and what asks: everything that does not fit is said, with its place and its mend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import pytest
from tests.workspace.conftest import Found

from pejl.surveys.checking import check_surveys
from pejl.surveys.library import library
from pejl.workspace.loading import load_workspace
from pejl.workspace.problems import Problems

if TYPE_CHECKING:
    from tests.conftest import Content, MakeWorkspace

SURVEY = "surveys/voices.yaml"
OWN = "instruments/own.yaml"
ASKING = "indicators/lonely.yaml"
FILES: dict[str, str] = {
    "models/everybody.sql": "SELECT 1 AS person\n",
    "registers/mail.yaml": """\
id: mail
title: {da: Post, en: Mail}
purpose: {da: Breve, en: Letters}
legal_basis: {da: Lov, en: Law}
delivered_by: {da: System, en: System}
processed_at: [municipality]
data: {format: csv, path: data/mail.csv}
key: [person]
columns:
  - {name: person, type: cpr, personal: identifier}
  - {name: mail_key, type: text, personal: pseudonym}
  - {name: protected, type: boolean, personal: indirect}
""",
    SURVEY: """\
id: voices
title: {da: Stemmer, en: Voices}
population: residents
purpose: {da: Statistik, en: Statistics}
legal_basis: {da: Frivilligt, en: Voluntary}
frame: everybody
instruments: [t_ils, who_5, involvement, own]
sampling: {size: 500, strata: [district], least: 50, seed: 1}
weights: {rake: [district]}
reaching: {register: mail, address_key: mail_key, protected_address: protected}
waves:
  - {period: 2016, frame_day: 2016-04-01, opens: 2016-05-01, closes: 2016-05-31, answers: data/2016.csv}
  - {period: 2017, frame_day: 2017-04-01, opens: 2017-05-01, closes: 2017-05-31, answers: data/2017.csv,
     overlaps: 2016, again: 0.5}
""",
    OWN: """\
id: own
title: {da: Vores, en: Ours}
version: "1"
credit: {da: Os, en: Us}
licence: {da: Fri, en: Free}
items:
  - {id: one, text: {da: A, en: A}, kind: number, lowest: 1, highest: 7}
  - id: two
    text: {da: B, en: B}
    answers:
      - {code: 1, label: {da: Ja, en: Yes}}
      - {code: 7, label: {da: Nej, en: No}}
      - {code: 9, label: {da: Ved ikke, en: Don't know}, missing: true}
  - {id: why, text: {da: C, en: C}, kind: text}
score: {rule: mean, least_answered: 1}
cut_offs: [{id: high, title: {da: H, en: H}, at_least: 5}]
bands:
  - {id: low, title: {da: L, en: L}, lowest: 1, highest: 4.5}
  - {id: top, title: {da: T, en: T}, lowest: 5, highest: 7}
""",
    ASKING: """\
id: lonely
title: {da: Ensomme, en: Lonely}
unit: percent
scope: city
source: survey
asking: {survey: voices, instrument: t_ils, cut_off: severe_loneliness, by: [district]}
published_by: {da: Os, en: Us}
versions: [{version: "1", definition: {da: D, en: D}}]
""",
}
POINTS = ("vocabulary/more.yaml", "units: [{id: points, label: {da: point, en: points}, kind: mean}]\n")


class CheckSurveys(Protocol):
    """Checks the workspace above with words of a file swapped: `("surveys/voices.yaml", "old", "new")`."""

    def __call__(self, *swaps: tuple[str, str, str], more: dict[str, Content] | None = None) -> Found: ...


@pytest.fixture
def check(make_workspace: MakeWorkspace) -> CheckSurveys:
    def run(*swaps: tuple[str, str, str], more: dict[str, Content] | None = None) -> Found:
        files: dict[str, Content] = {**FILES, POINTS[0]: POINTS[1], **(more or {})}
        for file, old, new in swaps:
            text = files[file]
            assert isinstance(text, str)
            assert text.count(old) == 1, old
            files[file] = text.replace(old, new)
        root = make_workspace(files)
        workspace, problems = load_workspace(root)
        assert problems.sorted() == ()
        noted = Problems()
        check_surveys(workspace, library(), noted)
        return Found(root, noted.sorted())

    return run


def test_a_whole_survey_has_no_problem(check: CheckSurveys) -> None:
    assert check().lines == []


@pytest.mark.parametrize(
    ("file", "old", "new", "codes"),
    [
        (SURVEY, "residents", "citizens", ["broken_reference"]),
        (SURVEY, "everybody", "nobody", ["broken_reference"]),
        (SURVEY, "[t_ils, who_5, involvement, own]", "[t_ils, who5]", ["broken_reference"]),
        (SURVEY, "[t_ils, who_5, involvement, own]", "[t_ils, t_ils]", ["asked_twice"]),
        (SURVEY, "register: mail", "register: post", ["broken_reference"]),
        (SURVEY, "address_key: mail_key", "address_key: key", ["broken_reference"]),
        (SURVEY, "address_key: mail_key", "address_key: person", ["address_key_cpr"]),
        (SURVEY, "protected_address: protected", "easy_read: mail_key", ["not_true_or_false"]),
        (SURVEY, "seed: 1", "seed: 1, allocation: neyman", ["neyman_needs"]),
        (SURVEY, "strata: [district], least: 50, seed: 1", "seed: 1, allocation: neyman", ["neyman_needs"] * 2),
        (SURVEY, "seed: 1", "seed: 1, allocation: neyman, spread_of: before", []),
        (SURVEY, "seed: 1", "seed: 1, spread_of: before", ["spread_unused"]),
        (SURVEY, "size: 500, ", "", ["everybody_asked"]),
        (SURVEY, "least: 50", "least: 501", ["least_above_size"]),
        (SURVEY, "rake: [district]", "rake: [district], post_stratify: [sex]", ["two_calibrations"]),
        (SURVEY, "rake: [district]", "rake: [district], trim: 1", ["out_of_range"]),
        (SURVEY, "weights:", "most_variation: 0\nweights:", ["out_of_range"]),
        (SURVEY, "closes: 2016-05-31", "closes: 2016-04-30", ["closes_before_opens"]),
        (SURVEY, "closes: 2016-05-31", "closes: 2017-05-01", ["waves_overlap"]),
        (SURVEY, "frame_day: 2016-04-01", "frame_day: 2016-05-02", ["frame_after_opening"]),
        (SURVEY, "period: 2017", "period: 2016", ["duplicate_wave"]),
        (SURVEY, "{period: 2016", "{period: 2018", ["waves_out_of_order", "overlaps_unknown"]),
        (SURVEY, "overlaps: 2016, ", "", ["again_and_overlaps"]),
        (SURVEY, ", again: 0.5", "", ["again_and_overlaps"]),
        (SURVEY, "again: 0.5", "again: 1.5", ["out_of_range"]),
        (SURVEY, "overlaps: 2016", "overlaps: 2017", ["overlaps_unknown"]),
        (SURVEY, "answers: data/2017.csv", "answers: data/2016.csv", ["answers_shared"]),
        (SURVEY, "answers: data/2017.csv", "answers: data/../2017.csv", ["answers_outside_data"]),
        (SURVEY, "answers: data/2017.csv", "answers: /srv/2017.csv", []),
        (OWN, "id: two", "id: one", ["duplicate_id"]),
        (OWN, "code: 7", "code: 1", ["too_few_answers", "duplicate_id"]),
        (OWN, "lowest: 1, highest: 7}\n  - id", "lowest: 7, highest: 7}\n  - id", ["too_few_answers"]),
        (OWN, "kind: text}", "kind: text, answers: [{code: 1, label: {da: A, en: A}}]}", ["answers_unused"]),
        (OWN, "rule: mean, least_answered: 1", "rule: mean, least_answered: 3", ["least_answered"]),
        (OWN, "rule: mean, least_answered: 1", "rule: sum, least_answered: 1", ["least_answered"]),
        (OWN, "rule: mean, least_answered: 1", "rule: item", ["one_item_rule"]),
        (OWN, "rule: mean, least_answered: 1", "rule: top_box, boxes: [7]", ["one_item_rule"]),
        (OWN, "rule: mean, least_answered: 1", "rule: mean, factor: 0", ["out_of_range"]),
        (OWN, "rule: mean, least_answered: 1", "rule: mean, boxes: [7]", ["boxes_unused"]),
        (OWN, "rule: mean, least_answered: 1", "rule: none", ["no_score"]),
        (OWN, "at_least: 5", "at_least: 1", ["cut_off_says_nothing"]),
        (OWN, "at_least: 5", "at_most: 7", ["cut_off_says_nothing"]),
        (OWN, "highest: 4.5", "highest: 5", ["bands_overlap"]),
        (OWN, "highest: 4.5", "highest: 4.4", ["bands_gap"]),  # the mean of 2 and 7
        (OWN, "highest: 4.5", "highest: 4.6", []),  # between 4.5 and 5 there is no mean of two answers
        (OWN, "highest: 4.5", "highest: 0.5", ["band_backwards"]),
        (OWN, "lowest: 5, highest: 7", "lowest: 5, highest: 8", ["band_beyond_scores"]),
        (OWN, "id: top", "id: low", ["duplicate_id"]),
        (ASKING, "survey: voices", "survey: voice", ["broken_reference"]),
        (ASKING, "instrument: t_ils", "instrument: t_il", ["broken_reference"]),
        (ASKING, "cut_off: severe_loneliness", "cut_off: lonely", ["broken_reference"]),
        (ASKING, "by: [district]", "by: [sex]", ["broken_reference"]),
        (ASKING, "t_ils, cut_off: severe_loneliness", "who_5, band: high", ["broken_reference"]),
        (ASKING, "t_ils, cut_off: severe_loneliness", "who_5, band: risk", []),
        (
            ASKING,
            "t_ils, cut_off: severe_loneliness",
            "who_5, band: risk, cut_off: low_wellbeing",
            ["cut_off_and_band"],
        ),
        (ASKING, "t_ils, cut_off: severe_loneliness", "involvement", []),
        (ASKING, "t_ils, cut_off: severe_loneliness", "coherence", ["not_in_survey"]),
        (ASKING, ", cut_off: severe_loneliness", "", ["asked_in_wrong_unit"]),
        (ASKING, "unit: percent", "unit: points", ["asked_in_wrong_unit"]),
        (ASKING, "unit: percent", "unit: persons", ["asked_in_wrong_unit"]),
    ],
)
def test_one_thing_that_does_not_fit(check: CheckSurveys, file: str, old: str, new: str, codes: Sequence[str]) -> None:
    found = check((file, old, new))
    assert found.codes == list(codes)
    assert {each.location.file for each in found.problems} <= {file}


def test_a_mean_of_scores_needs_neither_cut_off_nor_band(check: CheckSurveys) -> None:
    swaps = [(ASKING, "unit: percent", "unit: points"), (ASKING, ", cut_off: severe_loneliness", "")]
    assert check(*swaps).lines == []
    asking = (ASKING, "t_ils, cut_off: severe_loneliness", "involvement")
    assert check((ASKING, "unit: percent", "unit: points"), asking).codes == ["asked_in_wrong_unit"]


def test_what_is_said_has_its_place_and_its_mend(check: CheckSurveys) -> None:
    found = check(
        (SURVEY, "instruments: [t_ils, who_5,", "instruments: [t_ils, who5,"),
        (SURVEY, "least: 50", "least: 501"),
        (OWN, "highest: 4.5", "highest: 3.5"),
        (ASKING, ", cut_off: severe_loneliness", ""),
    )
    assert found.lines == [
        f"{found.place(ASKING, 'unit: |percent')} problem: a share needs 'cut_off' or 'band': which scores count. "
        "Add one of them; or choose a unit of the kind mean.",
        f"{found.place(OWN, '|- {id: low')} problem: the score 4 can occur and is in no band. "
        "Widen a band, or add one.",
        f"{found.place(SURVEY, 't_ils, |who5')} problem: 'instruments' names 'who5', which is declared nowhere. "
        "Did you mean 'who_5'?",
        f"{found.place(SURVEY, 'least: |501')} problem: 'least' is 501, and only 500 are drawn. "
        "Draw more, or ask for fewer in each stratum.",
    ]


def test_nothing_replaces_an_instrument_of_the_library(check: CheckSurveys) -> None:
    found = check((OWN, "id: own\n", "id: who_5\n"), (SURVEY, ", own]", "]"))
    assert found.lines == [
        f"{found.place(OWN, 'id: |who_5')} problem: 'who_5' is an instrument of the library, which nothing replaces. "
        "Give it another name; or remove it and use the library's."
    ]


def test_top_boxes_are_some_of_the_answers_that_count(check: CheckSurveys) -> None:
    def boxes(written: str) -> list[str]:
        swaps = [
            (OWN, "  - {id: one, text: {da: A, en: A}, kind: number, lowest: 1, highest: 7}\n", ""),
            (OWN, "{rule: mean, least_answered: 1}", f"{{rule: top_box, boxes: {written}}}"),
            (OWN, "at_least: 5", "at_least: 1"),
            (OWN, "bands:\n", "note: {da: N, en: N}\n"),
            (OWN, "  - {id: low, title: {da: L, en: L}, lowest: 1, highest: 4.5}\n", ""),
            (OWN, "  - {id: top, title: {da: T, en: T}, lowest: 5, highest: 7}\n", ""),
        ]
        return check(*swaps).codes

    assert boxes("[7]") == []
    assert boxes("[9]") == ["box_unknown"]
    assert boxes("[1, 7]") == ["boxes_say_nothing"]
    assert boxes("[]") == ["boxes_say_nothing"]


def test_questions_whose_names_are_one_to_limesurvey(check: CheckSurveys) -> None:
    twin = FILES[OWN].replace("id: own\n", "id: ow_n\n")
    swaps = [
        (SURVEY, "involvement, own]", "own, ow_n]"),
        (SURVEY, "data/2016.csv", "data/2016.csv, format: limesurvey"),
    ]
    found = check(*swaps, more={"instruments/twin.yaml": twin})
    assert found.codes == ["items_alike"] * 3
    assert [each.value for each in found.problems] == ["ow_n.one", "ow_n.two", "ow_n.why"]


def test_an_id_may_be_taken_once(check: CheckSurveys) -> None:
    found = check(more={"instruments/z.yaml": FILES[OWN], "surveys/z.yaml": FILES[SURVEY]})
    assert found.lines == [
        f"instruments/z.yaml:1:5 problem: 'own' is taken already, at {OWN}:1:5. Give one of the two another name.",
        f"surveys/z.yaml:1:5 problem: 'voices' is taken already, at {SURVEY}:1:5. Give one of the two another name.",
    ]


def test_what_may_stand_in_a_file_that_could_not_be_read_is_not_called_missing(make_workspace: MakeWorkspace) -> None:
    survey = FILES[SURVEY].replace("who_5", "elsewhere").replace("frame: everybody", "frame: elsewhere")
    root = make_workspace({**FILES, SURVEY: survey, "instruments/z.yaml": "id: [\n", "models/z.sql": b"\xff"})
    workspace, _ = load_workspace(root)
    noted = Problems()
    check_surveys(workspace, library(), noted)
    assert noted.sorted() == ()
