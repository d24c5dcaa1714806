"""Every case of R survey 4.1 that concerns what we estimate, within 1e-6; what does not concern us is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.surveys.references import Frame, figures, pd, table

from pejl.surveys import Design, Estimate, design_effects, difference, estimate, estimates_with_covariance

CASES: dict[str, Any] = {case["id"]: case["results"] for case in figures("survey_reference")["cases"]}

DESIGNS = {
    "srs_fpc": ("apisrs", Design(population_size="fpc")),
    "strat_fpc": ("apistrat", Design(weights="pw", strata="stype", population_size="fpc")),
    "strat_nofpc": ("apistrat", Design(weights="pw", strata="stype")),
    "clus1_fpc": ("apiclus1", Design(weights="pw", psu="dnum", population_size="fpc")),
    "clus1_nofpc": ("apiclus1", Design(weights="pw", psu="dnum")),
}

ESTIMATES: dict[str, dict[str, Any]] = {
    "mean_api00": {"mean": "api00"},
    "total_enroll": {"total": "enroll"},
    "ratio": {"ratio": ("api.stu", "enroll")},
    "by_stype_api00": {"mean": "api00", "by": "stype"},
    "by_stype_total_enroll": {"total": "enroll", "by": "stype"},
    "by_schwide_awards": {"mean": "awarded", "by": "sch.wide"},
    "sub_bothNo_mean_api00": {"mean": "api00", "by": "both"},
    "deff_api00": {"mean": "api00"},
}
LEVELS: dict[str, list[dict[str, Any]]] = {
    "total_stype": [{"total": "stype=E"}, {"total": "stype=H"}, {"total": "stype=M"}],
    "mean_stype": [{"share": ("stype", level)} for level in "EHM"],
    "mean_awards": [{"share": ("awards", level)} for level in ("No", "Yes")],
}
SHARES = {
    "ciprop_awards_logit": (("awards", "Yes"), "logit"),
    "ciprop_awards_beta": (("awards", "Yes"), "beta"),
    "ciprop_api00gt850_logit": (("above 850", True), "logit"),
    "ciprop_api00gt850_beta": (("above 850", True), "beta"),
}
DIFFERENCES: dict[str, tuple[str, str, str]] = {
    "diff_schwide_api00": ("sch.wide", "No", "Yes"),
    "diff_stypeE_minus_H_api00": ("stype", "H", "E"),
}
OTHERS = {"change_api00_api99_same_units", "quantile_api00", "ttest_api00_schwide"}
NOT_OURS = {
    "ciprop_awards_likelihood": "an interval we do not offer",
    "ciprop_awards_asin": "an interval we do not offer",
    "ciprop_awards_mean": "an interval we do not offer",
    "ciprop_awards_xlogit": "an interval we do not offer",
    "ciprop_api00gt850_mean": "an interval we do not offer",
    "chisq_schwide_stype": "a test of independence",
}


@pytest.fixture(params=DESIGNS)
def named(request: pytest.FixtureRequest) -> tuple[str, Frame, Design]:
    name, design = DESIGNS[request.param]
    frame = table(name).copy()
    frame["awarded"] = frame["awards"] == "Yes"
    frame["above 850"] = frame["api00"] > 850
    for level in "EHM":
        frame[f"stype={level}"] = frame["stype"] == level
    return request.param, frame, design


def agrees(got: Estimate, wanted: dict[str, Any], limits: str | None = None) -> None:
    assert got.value == pytest.approx(wanted["est"], rel=1e-6)
    if wanted.get("se") is not None:
        assert got.se == pytest.approx(wanted["se"], rel=1e-6, abs=1e-9 * abs(wanted["est"]))
    if limits:
        assert (got.low, got.high) == pytest.approx(wanted[limits], rel=1e-6, abs=1e-9)
        assert got.df == wanted["df"]


def test_every_case_is_tried_or_named() -> None:
    tried = {*ESTIMATES, *LEVELS, *SHARES, *DIFFERENCES, *OTHERS, *NOT_OURS}
    assert {case.partition(":")[2] for case in CASES if not case.startswith("strat_subboot500")} == tried


@pytest.mark.parametrize("case", ESTIMATES)
def test_means_totals_and_ratios(named: tuple[str, Frame, Design], case: str) -> None:
    name, frame, design = named
    wanted = CASES[f"{name}:{case}"]
    got = estimate(frame, design, **ESTIMATES[case])
    if case == "sub_bothNo_mean_api00":
        # R's limits take the degrees of freedom of the subset; ours are the design's.
        agrees(got[0], wanted[0])
        return
    assert len(got) == len(wanted)
    for ours, theirs in zip(got, wanted, strict=True):
        agrees(ours, theirs, "ci_t" if "ci_t" in theirs else None)
        if "by" in ESTIMATES[case]:
            assert ours.domain == theirs["name"]


@pytest.mark.parametrize("case", LEVELS)
def test_shares_and_totals_of_levels(named: tuple[str, Frame, Design], case: str) -> None:
    name, frame, design = named
    for asked, theirs in zip(LEVELS[case], CASES[f"{name}:{case}"], strict=True):
        (ours,) = estimate(frame, design, **asked)
        agrees(ours, theirs, "ci_t" if "total" in asked else None)


@pytest.mark.parametrize("case", SHARES)
def test_limits_of_shares(named: tuple[str, Frame, Design], case: str) -> None:
    name, frame, design = named
    share, interval = SHARES[case]
    (ours,) = estimate(frame, design, share=share, interval=interval)  # type: ignore[arg-type]
    (theirs,) = CASES[f"{name}:{case}"]
    agrees(ours, theirs)
    assert (ours.low, ours.high) == pytest.approx(theirs["ci"], rel=1e-6)
    assert ours.df == theirs["df"]


@pytest.mark.parametrize("case", DIFFERENCES)
def test_differences_with_covariance(named: tuple[str, Frame, Design], case: str) -> None:
    name, frame, design = named
    by, first, second = DIFFERENCES[case]
    (theirs,) = CASES[f"{name}:{case}"]
    ours = difference(frame, design, mean="api00", by=by, levels=(first, second))
    agrees(ours, theirs)
    assert ours.domain == (first, second)
    _, matrix = estimates_with_covariance(frame, design, mean="api00", by=by)
    assert matrix.ravel() == pytest.approx([each for row in theirs["vcov"] for each in row], rel=1e-6, abs=1e-9)


def test_the_two_levels_are_taken_in_sort_order(named: tuple[str, Frame, Design]) -> None:
    name, frame, design = named
    ours = difference(frame, design, mean="api00", by="sch.wide")
    agrees(ours, CASES[f"{name}:ttest_api00_schwide"][0])
    assert ours.domain == ("No", "Yes")


def test_change_between_waves_of_the_same_units(named: tuple[str, Frame, Design]) -> None:
    name, frame, design = named
    waves = pd.concat(
        [frame.assign(year=1999, result=frame["api99"]), frame.assign(year=2000, result=frame["api00"])]
    ).sample(frac=1, random_state=1)
    if not design.stages:
        design = Design(design.weights, design.strata, psu="cds", population_size=design.population_size)
    if design.weights is None:
        waves["pw"], design = 30.97, Design("pw", psu="cds", population_size="fpc")
    agrees(difference(waves, design, mean="result", by="year"), CASES[f"{name}:change_api00_api99_same_units"][0])


def test_design_effects(named: tuple[str, Frame, Design]) -> None:
    name, frame, design = named
    (theirs,) = CASES[f"{name}:deff_api00"]
    assert design_effects(frame, design, mean="api00") == pytest.approx([theirs["deff"]], rel=1e-6)
    assert design_effects(frame, design, mean="api00", replace=True) == pytest.approx(
        [theirs["deff_replace"]], rel=1e-6
    )


def test_medians(named: tuple[str, Frame, Design]) -> None:
    name, frame, design = named
    (ours,) = estimate(frame, design, median="api00")
    theirs = next(result for result in CASES[f"{name}:quantile_api00"] if result["name"] == "0.5")
    agrees(ours, theirs)
    assert (ours.low, ours.high) == tuple(theirs["ci"])


MADE_UP: dict[str, Any] = {case["id"]: case for case in figures("made_up_three_stage_reference")["cases"]}
STAGES = ("school", "class", "pupil")
SIZES = ("schools", "classes", "pupils")
MADE_UP_DESIGNS = {
    "three": Design(strata="stratum", psu=STAGES, population_size=SIZES),
    "weighted": Design("weight", "stratum", STAGES, SIZES),
    "first": Design("weight", "stratum", "school"),
    "rows": Design("weight", "stratum"),
}
MADE_UP_CALLS: dict[str, Callable[[Frame, Design], list[Estimate]]] = {
    "mean": lambda frame, design: estimate(frame, design, mean="y"),
    "total": lambda frame, design: estimate(frame, design, total="y"),
    "ratio": lambda frame, design: estimate(frame, design, ratio=("y", "z")),
    "share": lambda frame, design: estimate(frame, design, share=("answer", "yes")),
    "by_part": lambda frame, design: estimate(frame, design, mean="z", by="part"),
    "difference": lambda frame, design: [difference(frame, design, mean="z", by="sex")],
}


@pytest.mark.parametrize("call", MADE_UP_CALLS)
@pytest.mark.parametrize("design", MADE_UP_DESIGNS)
def test_one_to_three_stages_with_missing_answers(design: str, call: str) -> None:
    wanted = MADE_UP[f"{design}:{call}"]
    got = MADE_UP_CALLS[call](table("made_up_three_stage"), MADE_UP_DESIGNS[design])
    assert [ours.value for ours in got] == pytest.approx(wanted["est"], rel=1e-9)
    assert [ours.se for ours in got] == pytest.approx(wanted["se"], rel=1e-9)


def test_stages_without_sizes_are_the_first_stage_alone() -> None:
    frame = table("made_up_three_stage")
    assert estimate(frame, Design("weight", "stratum", STAGES), mean="y") == estimate(
        frame, MADE_UP_DESIGNS["first"], mean="y"
    )


@pytest.mark.parametrize("rule", ["certainty", "average"])
def test_lone_units(rule: Any) -> None:
    frame = table("made_up_three_stage").copy()
    frame.loc[(frame["stratum"] == "b") & (frame["school"] == 1), "stratum"] = "l"
    design = Design("weight", "stratum", "school", lone_psu=rule)
    for call, got in {
        "mean": estimate(frame, design, mean="z"),
        "total": estimate(frame, design, total="z"),
        "by_part": estimate(frame, design, mean="z", by="part"),
    }.items():
        wanted = MADE_UP[f"lone_{rule}:{call}"]
        assert [ours.value for ours in got] == pytest.approx(wanted["est"], rel=1e-9)
        assert [ours.se for ours in got] == pytest.approx(wanted["se"], rel=1e-9)
