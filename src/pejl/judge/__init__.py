"""Judgement with uncertainty: change, targets, charts. Numpy and scipy load on first use."""

from pejl.judge.comparison import compare_counts, compare_shares, compare_with_standard_errors
from pejl.judge.funnel_plot import funnel
from pejl.judge.multiplicity import benjamini_hochberg, holm
from pejl.judge.progress_measure import progress
from pejl.judge.spc import control_chart

__all__ = [
    "benjamini_hochberg",
    "compare_counts",
    "compare_shares",
    "compare_with_standard_errors",
    "control_chart",
    "funnel",
    "holm",
    "progress",
]
