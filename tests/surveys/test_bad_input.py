"""What cannot be estimated from is refused, in one sentence that names column and row and never an answer."""

from __future__ import annotations

from typing import Any

import pytest
from tests.surveys.references import Frame, pd

from pejl.surveys import Design, difference, estimate

SECRET = 4711.25


def frame(**changes: Any) -> Frame:
    table = pd.DataFrame(
        {
            "part.of.town": list("aaabbb"),
            "home": [1, 2, 3, 1, 2, 3],
            "member": [1, 1, 1, 1, 1, 1],
            "weight": [SECRET, 2.0, 2.0, 3.0, 3.0, 3.0],
            "homes": [10.0, 10.0, 10.0, 20.0, 20.0, 20.0],
            "answer": [SECRET, 2.0, 3.0, 4.0, 5.0, 6.0],
            "choice": ["yes", "no", "yes", "no", "no", None],
        }
    )
    return table.assign(**changes)


WHOLE = Design("weight", "part.of.town", "home", "homes")


def refused(wanted: str, table: Frame, design: Design, **asked: Any) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the sentence is what is tested
        estimate(table, design, **(asked or {"mean": "answer"}))
    sentence = str(caught.value)
    assert wanted in sentence
    assert sentence.endswith((".", "?"))
    assert "4711" not in sentence


def test_what_is_whole_is_accepted() -> None:
    assert estimate(frame(), WHOLE, mean="answer")[0].df == 4


def test_weights() -> None:
    refused("column 'weight' (weights) is missing in row 2;", frame(weight=[1, None, 1, 1, 1, 1]), WHOLE)
    refused(
        "column 'weight' (weights) is not positive in row 3 (2 rows in all);", frame(weight=[1, 1, 0, 1, -2, 1]), WHOLE
    )
    refused(
        "column 'weight' (weights) is not a finite number in row 1;", frame(weight=[float("inf"), 1, 1, 1, 1, 1]), WHOLE
    )
    refused("column 'weight' (weights) does not hold numbers", frame(weight=list("123456")), WHOLE)


def test_strata() -> None:
    refused("column 'part.of.town' (strata) is missing in row 6;", frame(**{"part.of.town": [*"aaabb", None]}), WHOLE)
    parts = pd.Categorical(list("aaabbb"), categories=["a", "b", "c"])
    refused("declares stratum 'c', which has no rows", frame(**{"part.of.town": parts}), WHOLE)
    lone = frame(**{"part.of.town": list("aaaabc")})
    refused(
        "stratum 'b' of column 'part.of.town' has one unit drawn, in row 5 (2 such in all)",
        lone,
        Design("weight", "part.of.town"),
    )
    refused("the sample has one unit drawn, in row 1", frame(home=1), Design("weight", psu="home"))


def test_lone_units_under_the_other_rules() -> None:
    lone = frame(**{"part.of.town": list("aaaabc")})
    (certain,) = estimate(lone, Design("weight", "part.of.town", lone_psu="certainty"), mean="answer")
    (average,) = estimate(lone, Design("weight", "part.of.town", lone_psu="average"), mean="answer")
    assert average.se == pytest.approx(certain.se * 3**0.5)
    alone = frame(**{"part.of.town": list("aabbbc")})
    refused(
        "a domain lies in strata of one unit only",
        alone,
        Design("weight", "part.of.town", lone_psu="average"),
        mean="answer",
        by="part.of.town",
    )
    every = frame(**{"part.of.town": list("abcdef")})
    refused("6 first-stage units in 6 strata", every, Design("weight", "part.of.town", lone_psu="certainty"))


def test_a_stratum_drawn_whole_is_not_lone() -> None:
    whole = frame(**{"part.of.town": list("aaaaab")}, homes=[10.0] * 5 + [1.0])
    assert estimate(whole, Design("weight", "part.of.town", population_size="homes"), mean="answer")[0].df == 4


def test_units_and_sizes() -> None:
    refused("column 'home' (psu) is missing in row 4;", frame(home=[1, 2, 3, None, 2, 3]), WHOLE)
    refused("column 'homes' (population_size) is missing in row 1;", frame(homes=[None, 10, 10, 20, 20, 20]), WHOLE)
    refused("(population_size) is not positive in row 2;", frame(homes=[10, 0, 10, 20, 20, 20]), WHOLE)
    refused(
        "(population_size) differs from another row of the same stratum", frame(homes=[10, 11, 10, 20, 20, 20]), WHOLE
    )
    refused("(population_size) is smaller than the number of units drawn in row 1", frame(homes=[0.5] * 6), WHOLE)
    refused(
        "a unit of column 'home' has one unit drawn, in row 1",
        frame(members=5.0),
        Design(None, "part.of.town", ["home", "member"], ["homes", "members"]),
    )
    refused(
        "population_size covers 1 of 2 stages",
        frame(),
        Design(None, "part.of.town", ["home", "member"], ["homes"], lone_psu="certainty"),
    )


def test_the_design_itself() -> None:
    with pytest.raises(ValueError, match="lone_psu is 'skip'; give one of 'error', 'certainty', 'average'"):
        Design(lone_psu="skip")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="population_size names 2 columns for 1 stages"):
        Design(psu="home", population_size=["homes", "members"])


def test_columns() -> None:
    refused("there is no column 'answr' (mean) in the table. Did you mean 'answer'?", frame(), WHOLE, mean="answr")
    refused(
        "there is no column 'part_of_town' (by) in the table. Did you mean 'part.of.town'?",
        frame(),
        WHOLE,
        mean="answer",
        by="part_of_town",
    )
    refused("there is no column 'xyz' (weights)", frame(), Design("xyz"))
    refused("column 'choice' (mean) does not hold numbers", frame(), WHOLE, mean="choice")
    doubled = frame()
    doubled.columns = [*doubled.columns[:-1], "answer"]
    refused("column 'answer' (mean) stands 2 times in the table", doubled, WHOLE)


def test_what_somebody_wrote_is_not_told_by_the_traceback_either() -> None:
    wrote = frame(answer=pd.array(["4711", 2, 3, 4, 5, 6], dtype=object))
    with pytest.raises(ValueError, match="does not hold numbers") as caught:
        estimate(wrote, WHOLE, mean="answer")
    assert "4711" not in str(caught.getrepr(style="native"))


def test_answers() -> None:
    refused("the table has no rows", frame().head(0), WHOLE)
    refused("column 'answer' (mean) holds no answers at all", frame(answer=float("nan")), WHOLE)
    refused("column 'choice' (share) never holds 'maybe'", frame(), WHOLE, share=("choice", "maybe"))
    refused("column 'choice' (share) never holds 1", frame(), WHOLE, share=("choice", 1))
    refused("column 'choice' (by) has no value in any row", frame(choice=None), WHOLE, mean="answer", by="choice")
    refused("column 'member' (ratio, denominator) sums to 0", frame(member=0), WHOLE, ratio=("answer", "member"))


def test_a_declared_level_nobody_gave_is_a_share_of_none() -> None:
    choices = pd.Categorical(["yes", "no", "yes", "no", "no", None], categories=["yes", "no", "maybe"])
    (none,) = estimate(frame(choice=choices), WHOLE, share=("choice", "maybe"))
    assert (none.value, none.n) == (0.0, 5)


def test_the_question() -> None:
    refused("one statistic at a time, and none was asked for", frame(), WHOLE, by="home")
    refused("and mean and total was asked for", frame(), WHOLE, mean="answer", total="answer")
    refused("share is 'choice'; give a pair, share=(column, level)", frame(), WHOLE, share="choice")
    refused("ratio is ('answer',); give a pair", frame(), WHOLE, ratio=("answer",))
    refused("level is 95; give a share between 0 and 1", frame(), WHOLE, mean="answer", level=95)
    refused('interval is \'wald\'; give "logit" or "beta"', frame(), WHOLE, share=("choice", "yes"), interval="wald")
    refused("by is an empty list", frame(), WHOLE, mean="answer", by=[])
    with pytest.raises(ValueError, match="a list is not a table"):
        estimate([1, 2], WHOLE, mean="answer")


def test_differences() -> None:
    with pytest.raises(ValueError, match=r"column 'member' \(by\) holds one level only"):
        difference(frame(), WHOLE, mean="answer", by="member")
    with pytest.raises(ValueError, match=r"column 'home' \(by\) never holds 9"):
        difference(frame(), WHOLE, mean="answer", by="home", levels=(1, 9))
    with pytest.raises(ValueError, match="not a pair of two different levels"):
        difference(frame(), WHOLE, mean="answer", by="home", levels=(1, 1))
