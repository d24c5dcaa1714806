"""Sentences are right in both languages, and never say more than is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from tests.publish.charts.measured import text
from tests.publish.charts.worlds import copenhagen, difference, goal_of, lilleby, reason, target
from tests.publish.sentences.points import changed, point

from pejl.publish.sentences import (
    change_sentence,
    easy,
    figure_with_unit,
    headline,
    interval_meaning,
    verdict_mark,
    verdict_sentence,
)
from pejl.release.public import PublicRelease
from pejl.text import LANGUAGES, Language, format_number

Record = dict[str, Any]
NBSP = "\N{NO-BREAK SPACE}"


def _unit(name: str, kind: str, danish: str, english: str) -> Record:
    return {"id": name, "kind": kind, "label": text(danish, english)}


@pytest.mark.parametrize(
    ("value", "unit", "danish", "english"),
    [
        (156.0, _unit("persons", "count", "personer", "persons"), "156 personer", "156 persons"),
        (1.0, _unit("persons", "count", "personer", "persons"), "1", "1"),
        (583525.0, _unit("persons", "count", "personer", "persons"), "583.525 personer", "583,525 persons"),
        (85.34, _unit("percent", "share", "procent", "percent"), f"85,3{NBSP}%", "85.3%"),
        (6.45, _unit("rate", "rate", "pr. 1.000", "per 1,000"), "6,45 pr. 1.000", "6.45 per 1,000"),
        (1.0, _unit("rate", "rate", "pr. 1.000", "per 1,000"), "1 pr. 1.000", "1 per 1,000"),
        (
            10.4,
            _unit("days", "ratio", "fraværsdagsværk pr. fuldtidsansat", "days of absence per full-time employee"),
            "10,4 fraværsdagsværk pr. fuldtidsansat",
            "10.4 days of absence per full-time employee",
        ),
        (
            5.7,
            _unit("mean_1_7", "mean", "gennemsnit på en skala fra 1 til 7", "mean on a scale from 1 to 7"),
            "5,7 på en skala fra 1 til 7",
            "5.7 on a scale from 1 to 7",
        ),
        (-0.05, _unit("levels", "mean", "trin", "levels"), "−0,05 trin", "−0.05 levels"),
        (0.0, _unit("persons", "count", "personer", "persons"), "0 personer", "0 persons"),
    ],
)
def test_a_figure_is_written_with_what_it_counts(value: float, unit: Record, danish: str, english: str) -> None:
    assert figure_with_unit(value, unit, "da") == danish
    assert figure_with_unit(value, unit, "en") == english


@pytest.mark.parametrize(
    ("indicator", "danish", "english"),
    [
        ("helped", "Borgere, der får hjælp: 61 personer i 2023.", "Citizens who get help: 61 persons in 2023."),
        (
            "lonely",
            "Borgere, der er ensomme: tallet i 2023 vises ikke af hensyn til anonymiteten. "
            f"Det seneste tal, der vises, er 24{NBSP}% i 2021.",
            "Citizens who are lonely: the figure in 2023 is not shown, to protect people's anonymity. "
            "The latest figure shown is 24% in 2021.",
        ),
        ("steady", f"Borgere med et stabilt liv: 95{NBSP}% i 2023.", "Citizens with a stable life: 95% in 2023."),
        (
            "moves",
            "Hvem bevæger sig: opgørelsen omfatter 1.000 personer fra 2022 til 2023.",
            "Who moves: the table covers 1,000 people from 2022 to 2023.",
        ),
    ],
)
def test_a_headline_gives_the_latest_figure_or_says_why_there_is_none(
    indicator: str, danish: str, english: str
) -> None:
    assert headline(lilleby(), indicator, "da") == danish
    assert headline(lilleby(), indicator, "en") == english


def test_a_headline_puts_a_figure_before_a_year_that_was_not_due() -> None:
    # Copenhagen counts homelessness every second year; the well-being of employees was last measured in 2023.
    assert headline(copenhagen(), "staff_wellbeing", "en") == (
        "Employees' well-being in the whole municipality: on average 5.7 on a scale from 1 to 7 in 2023."
    )
    with pytest.raises(KeyError):
        headline(copenhagen(), "nothing_such", "en")


def test_an_interval_means_another_thing_for_a_full_count_than_for_a_sample() -> None:
    assert interval_meaning(lilleby(), "helped", "da") == (
        "Sådan et tal svinger lidt af sig selv fra gang til gang; niveauet bag det ligger nok mellem 47 og 78."
    )
    assert interval_meaning(lilleby(), "helped", "en") == (
        "Such a figure moves a little from time to time by itself; the level behind it probably lies between 47 and 78."
    )
    assert interval_meaning(lilleby(), "lonely", "da") == (
        f"Havde alle svaret, ville tallet nok ligge mellem 20,2 og 28,3{NBSP}%."
    )
    assert interval_meaning(copenhagen(), "lonely", "en") == (
        "The figure is uncertain; it probably lies between 40.9% and 43.2%."
    )


def test_nothing_is_said_of_an_interval_that_is_not_known_or_means_nothing() -> None:
    assert interval_meaning(copenhagen(), "sick_days_per_fte", "da") is None
    assert interval_meaning(lilleby(), "moves", "da") is None


@pytest.mark.parametrize(
    ("goal", "danish", "english"),
    [
        (
            "more_helped",
            "Tallet var 40 i 2020 og 61 i 2023: en stigning på 21. Ændringen er større, end tilfældigheder kan "
            "forklare, og den går den rigtige vej.",
            "The figure was 40 in 2020 and 61 in 2023: a rise of 21. The change is larger than chance explains, and it "
            "goes the right way.",
        ),
        (
            "fewer_lonely",
            "Udviklingen vises ikke af hensyn til anonymiteten.",
            "The development is not shown, to protect people's anonymity.",
        ),
        (
            "hold_steady",
            f"Tallet var 94{NBSP}% i 2022 og 95{NBSP}% i 2023: en stigning på 1 procentpoint. Ændringen er inden for "
            "det tilladte udsving.",
            "The figure was 94% in 2022 and 95% in 2023: a rise of 1 percentage points. The change is within the "
            "variation that is allowed.",
        ),
        (
            "know_moves",
            "Udviklingen kan ikke vurderes: der er intet tidligere tal at sammenligne med.",
            "The development cannot be judged: there is no earlier figure to compare with.",
        ),
        (
            "more_meet",
            "Udviklingen kan ikke vurderes: det kan ikke måles endnu.",
            "The development cannot be judged: it cannot be measured yet.",
        ),
    ],
)
def test_a_change_is_told_with_whether_it_is_more_than_chance(goal: str, danish: str, english: str) -> None:
    assert change_sentence(goal_of(lilleby(), goal), "da") == danish
    assert change_sentence(goal_of(lilleby(), goal), "en") == english


def test_a_change_between_school_years_counting_dates_and_transitions_is_grammatical() -> None:
    chance = [reason("reached", "target"), reason("interval_holds_zero", "development")]
    for before, after, danish in (
        ("2015/2016", "2019/2020", "Tallet var 97 i skoleåret 2015/2016 og 95 i skoleåret 2019/2020: et fald på 2."),
        ("2015-02-02", "2017-02-06", "Tallet var 97 den 2. februar 2015 og 95 den 6. februar 2017: et fald på 2."),
        ("2015>2016", "2016>2017", "Tallet var 97 fra 2015 til 2016 og 95 fra 2016 til 2017: et fald på 2."),
        ("2015-Q1", "2017-Q1", "Tallet var 97 i 1. kvartal 2015 og 95 i 1. kvartal 2017: et fald på 2."),
    ):
        goal = changed(
            baseline=point(before, 97.0), latest=point(after, 95.0), difference=difference(-2.0), reasons=chance,
            development="no_clear_change",
        )  # fmt: skip
        assert change_sentence(goal, "da") == f"{danish} Ændringen kan være tilfældig."


def test_figures_that_look_alike_are_not_called_a_change() -> None:
    goal = changed(baseline=point("2020", 97.01), latest=point("2021", 97.04), difference=difference(0.03))
    assert change_sentence(goal, "en").startswith("The figure was 97.0 both in 2020 and in 2021.")


def test_a_change_is_written_with_the_decimals_of_its_figures() -> None:
    goal = changed(baseline=point("2020", 10.9), latest=point("2021", 12.89), difference=difference(1.99))
    assert change_sentence(goal, "en").startswith("The figure was 10.9 in 2020 and 12.9 in 2021: a rise of 2.0.")


def test_no_number_is_compared_across_a_break() -> None:
    broken = reason("break", "development", breaks=["2016-01-01"])
    goal = changed(development="not_comparable", reasons=[reason("reached", "target"), broken])
    assert change_sentence(goal, "da") == "Tallene kan ikke sammenlignes: databrud i 2016."
    unknown = changed(
        target_status="unknown", development="not_comparable",
        reasons=[reason("break", "target", breaks=["2016-01-01"]), broken],
    )  # fmt: skip
    assert verdict_sentence(unknown, "en") == (
        "The figures cannot be compared, so the target cannot be judged: break in the series in 2016."
    )


@pytest.mark.parametrize(
    ("status", "code", "danish", "english"),
    [
        ("reached", "reached_for_certain", "Målet er nået, og det er sikkert.",
         "The target is reached, and that is certain."),
        ("reached", "reached", "Målet er nået, men det er ikke sikkert.",
         "The target is reached, but that is not certain."),
        ("not_reached", "not_reached_for_certain", "Målet er ikke nået, og det er sikkert.",
         "The target is not reached, and that is certain."),
        ("not_reached", "not_reached", "Målet er ikke nået, men det er ikke sikkert.",
         "The target is not reached, but that is not certain."),
        ("on_track", "on_pace", "Det går hurtigt nok til at nå målet til tiden.",
         "Things go fast enough to reach the target in time."),
        ("behind", "behind_pace", "Det går for langsomt til at nå målet til tiden.",
         "Things go too slowly to reach the target in time."),
        ("too_early", "pace_uncertain", "Det er for tidligt at sige, om målet bliver nået.",
         "It is too early to say whether the target will be reached."),
        ("not_set", "target_not_set", "Der er ikke sat tal på målet.", "No number is set for the target."),
        ("not_known", "target_not_known", "Der er sat tal på målet, men tallet kendes ikke her.",
         "A number is set for the target, but it is not known here."),
        ("unknown", "baseline_unknown", "Om målet er nået, kan ikke vurderes: udgangspunktet kendes ikke.",
         "Whether the target is reached cannot be judged: the baseline is not known."),
        ("withheld", "figure_withheld", "Om målet er nået, vises ikke af hensyn til anonymiteten.",
         "Whether the target is reached is not shown, to protect people's anonymity."),
        ("direction_only", "target_is_direction", "Målet har en retning og ikke et tal: tallet skal stige.",
         "The goal has a direction and no number: the figure is to rise."),
    ],
)  # fmt: skip
def test_every_standing_to_a_target_has_its_sentence(status: str, code: str, danish: str, english: str) -> None:
    goal = changed(target_status=status, reasons=[reason(code, "target"), reason("change_right", "development")])
    ends = ("Tegnet ses.", "The sign is seen.") if status == "direction_only" else (
        "Udviklingen går den rigtige vej.", "The development goes the right way."
    )  # fmt: skip
    assert verdict_sentence(goal, "da") == f"{danish} {ends[0]}"
    assert verdict_sentence(goal, "en") == f"{english} {ends[1]}"


def test_what_cannot_be_judged_at_all_is_said_once() -> None:
    nothing = point("2017", None, state="not_collected")
    goal = changed(
        target_status="unknown", development="unknown", latest=nothing,
        reasons=[reason("no_figure", half, state="not_collected") for half in ("target", "development")],
    )  # fmt: skip
    assert verdict_sentence(goal, "da") == (
        "Hverken mål eller udvikling kan vurderes: tallet i 2017 er ikke hentet til denne visning."
    )
    hidden = changed(target_status="withheld", development="withheld")
    assert verdict_sentence(hidden, "da") == "Vurderingen vises ikke af hensyn til anonymiteten."


def test_a_mark_has_symbol_colour_and_words_for_both_halves() -> None:
    target_half, development = verdict_mark(goal_of(lilleby(), "more_helped"), "en")
    assert target_half == ("●", "good", "the target is reached, but that is not certain")
    assert development == ("▲", "good", "goes the right way")
    hidden = verdict_mark(goal_of(lilleby(), "fewer_lonely"), "en")
    assert [mark.colour for mark in hidden] == ["hidden", "hidden"]


def test_of_a_matrix_it_is_not_said_that_the_uncertainty_is_unknown() -> None:
    goal = changed(
        target_status="not_set", development="unknown", latest=point("2022>2023", 2074.0, low=1986.0, high=2165.0),
        reasons=[reason("target_not_set", "target"), reason("uncertainty_unknown", "development")],
    )  # fmt: skip
    assert verdict_sentence(goal, "en") == (
        "No number is set for the target. The development cannot be judged: it cannot be told by one number."
    )


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _said_of(release: PublicRelease, language: Language) -> Iterator[tuple[str, Record | None, str]]:
    """Yield every sentence with the indicator it is about and the goal, where it is about one."""
    for goal in release.status["goals"]:
        for sentence in (
            change_sentence(goal, language),
            verdict_sentence(goal, language),
            *easy(release, goal, language),
        ):
            yield goal["indicator"], goal, sentence
    for name in release.indicators:
        said = (headline(release, name, language), interval_meaning(release, name, language) or "")
        for sentence in (*said, *easy(release, name, language)):
            yield name, None, sentence


def _roundings(values: Iterable[float | None], language: Language) -> set[str]:
    """Return every number as it may stand in a sentence: with none to three decimals, without its sign."""
    known = [abs(value) for value in values if value is not None]
    return {format_number(value, language, decimals) for value in known for decimals in range(4)}


def _known_numbers(release: PublicRelease, name: str | None, goal: Record | None, language: Language) -> set[str]:
    """Return every number the release holds of an indicator and a goal: values, limits, targets, and those in words."""
    values: list[float | None] = []
    words: list[str] = []
    indicator = release.indicator(name) if name is not None else None
    for item in indicator["totals"] if indicator is not None else ():
        values += [item["value"], item["low"], item["high"]]
        words += [item["period"], item["next_due"] or ""]
    if indicator is not None:
        words += [indicator["title"][language] or indicator["title"]["da"], indicator["unit"]["label"][language] or ""]
    if goal is not None:
        for point in (goal["baseline"], goal["latest"]):
            values += [point["value"], point["low"], point["high"]]
            words += [point["period"] or "", point["next_due"] or ""]
        values += [goal["difference"]["value"], goal["target"]["value"], goal["target"]["level"]]
        words += [goal["target"]["period"] or "", str(goal["reasons"])]
    parts = {number.lstrip("0") for word in words for number in re.findall(r"\d+", word)}
    return _roundings(values, language) | parts | set(NUMBER.findall(" ".join(words)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("release", [lilleby, copenhagen])
def test_no_sentence_has_a_number_that_the_release_does_not_hold(release: Any, language: Language) -> None:
    count = 0
    for name, goal, sentence in _said_of(release(), language):
        known = _known_numbers(release(), name, goal, language)
        for number in NUMBER.findall(sentence):
            count += 1
            assert number in known, (sentence, number)
    assert count > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_about_a_withheld_figure_has_a_number_but_years_and_targets(language: Language) -> None:
    goal = goal_of(lilleby(), "fewer_lonely")
    for sentence in (change_sentence(goal, language), verdict_sentence(goal, language)):
        assert not NUMBER.search(sentence)
    allowed = {"20", "2023"}  # the target, and the year it is for
    assert {number for sentence in easy(lilleby(), goal, language) for number in NUMBER.findall(sentence)} == allowed
    first, _, _ = headline(lilleby(), "lonely", language).partition(". ")
    assert NUMBER.findall(first) == ["2023"]


def test_a_target_that_is_a_share_of_nothing_known_is_a_direction_in_easy_words() -> None:
    goal = changed(
        target=target("relative_change", period="2023", value=50.0, relative_change=50.0), target_status="unknown"
    )
    assert easy(lilleby(), goal, "en")[0] == "The number is to rise."
