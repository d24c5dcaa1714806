"""The first page: what it names, and that it stays one page."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle, islice

from tests.publish.charts.measured import Record
from tests.publish.charts.worlds import lilleby
from tests.publish.paper.papers import pages_of, paper

from pejl.judge.statuses import Development, TargetStatus
from pejl.publish.paper.front import front_page, that_fit
from pejl.publish.paper.model import Heading, Items, Paragraph
from pejl.publish.paper.pdf import pdf_of


def _goals(count: int, title: str) -> list[Record]:
    """Return goals of which most go one way or the other, and every status occurs."""
    ways = (*Development, *islice(cycle((Development.WRONG_WAY, Development.RIGHT_WAY)), count))
    statuses = cycle(TargetStatus)
    first = lilleby().status["goals"][0]
    return [
        {**first, "title": {"da": title, "en": title}, "development": way, "target_status": status}
        for way, status in zip(ways[:count], statuses, strict=False)
    ]


def test_the_first_page_is_one_page_however_many_goals_have_however_long_titles() -> None:
    goals = _goals(60, "More citizens with special needs get the help that they and their relatives asked for, in time")
    blocks = tuple(front_page(lilleby(), lilleby().strategies[0], goals, "en", draft=True))
    first, second = pages_of(pdf_of(replace(paper("en"), blocks=(*blocks, Heading(1, "Next", new_page=True)))))
    assert "Are the targets reached?" in first
    assert 'takes note of the status 2023 of "The plan".' in first
    assert "Next" in second
    assert first.count("more; see the tables under Solution") == 2


def test_goals_are_named_from_both_lists_in_turn_as_long_as_there_is_room() -> None:
    wrong, right = ["a", "b", "c", "d"], ["A", "B"]
    assert that_fit([wrong, right], 10) == [wrong, right]
    assert that_fit([wrong, right], 3) == [["a", "b"], ["A", "B"]]  # "and 1 more" would take as much as B
    assert that_fit([wrong, []], 2) == [["a", "b"], []]
    assert that_fit([["x" * 100, "b", "c"], right], 3) == [["x" * 100], ["A", "B"]]
    assert that_fit([[], []], 3) == [[], []]


def test_the_summary_says_why_goals_cannot_be_judged_and_of_how_many() -> None:
    goals = lilleby().status["goals"]
    blocks = list(front_page(lilleby(), lilleby().strategies[0], goals, "en", draft=True))
    told = [block.runs[0].text for block in blocks if isinstance(block, Paragraph)]
    assert (
        "Goals whose development cannot be judged, and why: there is no earlier figure to compare with (1); "
        "cannot be measured yet (1)."
    ) in told


def test_the_summary_says_how_many_changes_chance_alone_would_make_where_it_names_any() -> None:
    release, strategy = lilleby(), lilleby().strategies[0]
    sentence = "Even if nothing had changed, about 2 of the 30 comparisons of the release would look like a change."
    note = {"tests": 30, "signals": 3, "expected_false_signals": 1.5, "surviving_benjamini_hochberg": []}
    kept = release.status["footnote"]
    release.status["footnote"] = note
    try:
        named = list(front_page(release, strategy, release.status["goals"], "en", draft=True))
        nothing = list(front_page(release, strategy, release.status["goals"][1:], "en", draft=True))
    finally:
        release.status["footnote"] = kept
    for blocks, expected in ((named, 1), (nothing, 0)):
        said = [block.runs[0].text for block in blocks if isinstance(block, Paragraph)]
        assert said.count(sentence) == expected
    listed = [item[0].text for block in named if isinstance(block, Items) for item in block.items]
    assert listed[0] == "1A More get help"
