"""From a sample and its answers to measurements: weights, estimates under the design, and how waves vary together."""

from pejl.measure.asked.accounts import account_of, asked_of
from pejl.measure.asked.measurements import METHOD, TOO_FEW, TOO_UNCERTAIN, Asked, AskedWave, asked_measurements
from pejl.measure.asked.waves import WaveData

__all__ = [
    "METHOD",
    "TOO_FEW",
    "TOO_UNCERTAIN",
    "Asked",
    "AskedWave",
    "WaveData",
    "account_of",
    "asked_measurements",
    "asked_of",
]
