"""Surveys: scoring of instruments, weighting, and design-based estimation. Numpy and scipy load on first use."""

from pejl.surveys.design import Design
from pejl.surveys.effects import design_effects
from pejl.surveys.estimation import Estimate, difference, estimate, estimates_with_covariance
from pejl.surveys.poverty import Poverty, poverty
from pejl.surveys.weighting import (
    Weighting,
    WeightsReport,
    adjust_for_nonresponse,
    post_stratify,
    rake,
    trim,
    weights_report,
)

__all__ = [
    "Design",
    "Estimate",
    "Poverty",
    "Weighting",
    "WeightsReport",
    "adjust_for_nonresponse",
    "design_effects",
    "difference",
    "estimate",
    "estimates_with_covariance",
    "post_stratify",
    "poverty",
    "rake",
    "trim",
    "weights_report",
]
