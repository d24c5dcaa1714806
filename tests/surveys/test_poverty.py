"""Risk of poverty against laeken (thresholds and rates) and convey (linearised standard errors)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.surveys.references import Frame, figures, pd, table

from pejl.surveys import Design, estimate, poverty

LAEKEN: dict[str, Any] = figures("laeken_reference", "laeken")["results"]
CONVEY: dict[str, Any] = {
    result["id"]: result for result in figures("convey_linearised_reference", "laeken")["results"]
}
DESIGNS = {
    "person": Design(weights="rb050", strata="db040", psu="rb030"),
    "household": Design(weights="rb050", strata="db040", psu="db030"),
}
SE = 1e-6
"""The issue asks for 1e-3; this is what is reached."""


def persons() -> Frame:
    return table("eusilc_income", "laeken")


@pytest.mark.parametrize("unit", DESIGNS)
def test_threshold_and_rate(unit: str) -> None:
    found = poverty(persons(), DESIGNS[unit], "eqIncome")
    assert found.threshold.value == pytest.approx(LAEKEN["arpt"], rel=1e-12)
    assert found.rate.value == pytest.approx(LAEKEN["arpr"]["value"] / 100, rel=1e-12)
    assert found.threshold.se == pytest.approx(CONVEY[f"{unit}:svyarpt"]["se"], rel=SE)
    assert found.rate.se == pytest.approx(CONVEY[f"{unit}:svyarpr"]["se"], rel=SE)
    assert found.rates == ()
    assert found.rate.n == 14827


@pytest.mark.parametrize(("by", "case"), [("db040", "arpr_by_region(national threshold)"), ("rb090", "arpr_by_gender")])
@pytest.mark.parametrize("unit", DESIGNS)
def test_rates_by_domain(unit: str, by: str, case: str) -> None:
    wanted = CONVEY[f"{unit}:{case}"]
    found = {rate.domain: rate for rate in poverty(persons(), DESIGNS[unit], "eqIncome", by).rates}
    assert [found[name].value for name in wanted["names"]] == pytest.approx(wanted["est"], rel=1e-12)
    assert [found[name].se for name in wanted["names"]] == pytest.approx(wanted["se"], rel=SE)
    assert list(found) == sorted(found)


@pytest.mark.parametrize("unit", DESIGNS)
def test_a_threshold_that_is_given(unit: str) -> None:
    wanted = CONVEY[f"{unit}:arpr_fixed_threshold_10859.24"]
    found = poverty(persons(), DESIGNS[unit], "eqIncome", threshold=10859.24)
    assert (found.rate.value, found.rate.se) == pytest.approx((wanted["est"], wanted["se"]), rel=SE)
    assert (found.threshold.value, found.threshold.se, found.fraction) == (10859.24, 0.0, None)


def test_other_fractions_of_the_median() -> None:
    for wanted in LAEKEN["arpr_p"]:
        found = poverty(persons(), DESIGNS["household"], "eqIncome", fraction=wanted["p"])
        assert found.threshold.value == pytest.approx(wanted["threshold"], rel=1e-12)
        assert found.rate.value == pytest.approx(wanted["value"] / 100, rel=1e-12)


def test_by_age_and_without_weights() -> None:
    frame = persons().copy()
    frame["ages"] = pd.cut(frame["age"], [-2, 17, 64, 200], labels=["0-17", "18-64", "65+"])
    found = poverty(frame, DESIGNS["household"], "eqIncome", "ages").rates
    wanted = {part["stratum"]: part["value"] / 100 for part in LAEKEN["arpr_by_age"]["byStratum"]}
    assert {rate.domain: rate.value for rate in found} == pytest.approx(wanted, rel=1e-12)
    plain = poverty(frame, Design(psu="db030"), "eqIncome")
    assert plain.threshold.value == pytest.approx(LAEKEN["arpr_unweighted"]["threshold"], rel=1e-12)
    assert plain.rate.value == pytest.approx(LAEKEN["arpr_unweighted"]["value"] / 100, rel=1e-12)


def test_households_raise_the_uncertainty() -> None:
    ses = [poverty(persons(), design, "eqIncome").rate.se for design in DESIGNS.values()]
    assert 1.6 < ses[1] / ses[0] < 1.8


def test_the_median_income_is_r_s_too() -> None:
    (found,) = estimate(persons(), DESIGNS["household"], median="eqIncome")
    assert found.value == pytest.approx(LAEKEN["weightedMedian"], rel=1e-12)


def test_unknown_incomes_stay_in_the_design() -> None:
    frame = persons().copy()
    frame.loc[frame["db030"] % 10 == 0, "eqIncome"] = float("nan")
    found = poverty(frame, DESIGNS["household"], "eqIncome", "rb090")
    assert found.rate.df == 5991
    assert found.rate.n == int(frame["eqIncome"].notna().sum()) == sum(rate.n for rate in found.rates)


def test_a_domain_without_incomes_has_no_rate() -> None:
    frame = persons().copy()
    frame.loc[frame["rb090"] == "male", "eqIncome"] = float("nan")
    rates = {rate.domain: rate for rate in poverty(frame, DESIGNS["household"], "eqIncome", "rb090").rates}
    assert rates["male"].n == 0
    assert rates["male"].value != rates["male"].value
    assert rates["female"].se > 0


def test_what_cannot_be_is_refused() -> None:
    frame, design = persons(), DESIGNS["household"]
    with pytest.raises(ValueError, match=r"fraction is 0; give a number above 0\."):
        poverty(frame, design, "eqIncome", fraction=0)
    with pytest.raises(ValueError, match="threshold is -1"):
        poverty(frame, design, "eqIncome", threshold=-1)
    with pytest.raises(ValueError, match="level is 95"):
        poverty(frame, design, "eqIncome", level=95)
    with pytest.raises(ValueError, match="Did you mean 'eqIncome'"):
        poverty(frame, design, "eqincome")
    with pytest.raises(ValueError, match="all the same"):
        poverty(frame.assign(eqIncome=1.0), design, "eqIncome")
    with pytest.raises(ValueError, match="no incomes at all"):
        poverty(frame.assign(eqIncome=float("nan")), design, "eqIncome")
