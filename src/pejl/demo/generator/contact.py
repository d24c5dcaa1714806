"""How the municipality's mail system reaches people: what it knows them by, and what must be heeded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pejl.demo.generator.days import LAST, YEAR
from pejl.demo.generator.tables import Table

if TYPE_CHECKING:
    from pejl.demo.generator.population import People

_FIRST_KEY = 100_000
_PROTECTED = 0.008
_OUTSIDE = ([15, 30, 60, 75, 90], [0.03, 0.03, 0.06, 0.2, 0.55])
"""Ages, and the share of each that is exempt from Digital Post."""


def contact_table(rng: np.random.Generator, people: People) -> Table:
    """One row for everybody who ever lived here."""
    count = people.count
    age = (LAST - people.birth) / YEAR
    special = people.disabled | (people.level == 2)
    return {
        "person": np.arange(count, dtype=np.int32),
        # No order of birth or arrival is to be read from it.
        "address_key": (_FIRST_KEY + rng.permutation(count)).astype(np.int32),
        "protected_address": rng.random(count) < np.where(people.level == 2, 3 * _PROTECTED, _PROTECTED),
        "outside_digital_post": rng.random(count) < np.interp(age, *_OUTSIDE) * np.where(special, 2.0, 1.0),
        "guardianship": (rng.random(count) < 0.03) & special & (age >= 18),
        "easy_read": (rng.random(count) < 0.15) & people.disabled,
    }
