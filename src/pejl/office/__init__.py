"""The office: the committee's year, strategies on their way, units' plans, and dialogue with citizens.

Django apps, each in one inner shape: `models` (thin) → `states` and `rules` → `acts` (one function for each thing that
is done, keyword-only, `by=` whoever does it) and `queries` (what may be read, by whom) → `forms`, `views`, `urls`,
`templates`.
"""
