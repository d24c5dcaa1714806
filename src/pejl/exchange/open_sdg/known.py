"""What is known of the goals of the 2030 Agenda without any repository: their titles, and which way each is to go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

GOALS: Mapping[int, tuple[str, str]] = {
    1: ("Afskaf fattigdom", "No poverty"),
    2: ("Stop sult", "Zero hunger"),
    3: ("Sundhed og trivsel", "Good health and well-being"),
    4: ("Kvalitetsuddannelse", "Quality education"),
    5: ("Ligestilling mellem kønnene", "Gender equality"),
    6: ("Rent vand og sanitet", "Clean water and sanitation"),
    7: ("Bæredygtig energi", "Affordable and clean energy"),
    8: ("Anstændige jobs og økonomisk vækst", "Decent work and economic growth"),
    9: ("Industri, innovation og infrastruktur", "Industry, innovation and infrastructure"),
    10: ("Mindre ulighed", "Reduced inequalities"),
    11: ("Bæredygtige byer og lokalsamfund", "Sustainable cities and communities"),
    12: ("Ansvarligt forbrug og produktion", "Responsible consumption and production"),
    13: ("Klimaindsats", "Climate action"),
    14: ("Livet i havet", "Life below water"),
    15: ("Livet på land", "Life on land"),
    16: ("Fred, retfærdighed og stærke institutioner", "Peace, justice and strong institutions"),
    17: ("Partnerskaber for handling", "Partnerships for the goals"),
}
"""The short titles of the goals in Danish and English, as the United Nations and Denmark print them."""

_FALL = """
1.1.1 1.2.1 1.2.2 1.5.1 1.5.2 2.1.1 2.1.2 2.2.1 2.2.2 2.2.3 2.5.2 2.b.1 2.c.1 3.1.1 3.2.1 3.2.2 3.3.1 3.3.2 3.3.3
3.3.4 3.3.5 3.4.1 3.4.2 3.5.2 3.6.1 3.7.2 3.8.2 3.9.1 3.9.2 3.9.3 3.a.1 3.d.2 5.2.1 5.2.2 5.3.1 5.3.2 6.4.2 7.3.1
8.3.1 8.4.1 8.4.2 8.5.2 8.6.1 8.7.1 8.8.1 9.4.1 10.2.1 10.3.1 10.7.1 10.7.3 10.c.1 11.1.1 11.5.1 11.5.2 11.5.3
11.6.2 11.7.2 12.2.1 12.2.2 12.3.1 12.c.1 13.1.1 13.2.2 14.1.1 15.3.1 15.7.1 15.c.1 16.1.1 16.1.2 16.1.3 16.2.1 16.2.2
16.2.3 16.3.2 16.4.1 16.5.1 16.5.2 16.10.1 16.b.1 17.4.1 17.10.1 17.12.1
"""
_RISE = """
1.3.1 1.4.1 1.4.2 1.5.3 1.5.4 1.a.1 1.a.2 1.b.1 2.3.1 2.3.2 2.4.1 2.5.1 2.a.1 2.a.2 3.1.2 3.5.1 3.7.1 3.8.1 3.b.1
3.b.2 3.b.3 3.c.1 3.d.1 4.1.1 4.1.2 4.2.1 4.2.2 4.3.1 4.4.1 4.6.1 4.7.1 4.a.1 4.b.1 4.c.1 5.1.1 5.5.1 5.5.2 5.6.1
5.6.2 5.a.1 5.a.2 5.b.1 5.c.1 6.1.1 6.2.1 6.3.1 6.3.2 6.4.1 6.5.1 6.5.2 6.a.1 6.b.1 7.1.1 7.1.2 7.2.1 7.a.1 7.b.1
8.1.1 8.2.1 8.5.1 8.9.1 8.10.1 8.10.2 8.a.1 8.b.1 9.1.1 9.2.1 9.2.2 9.3.1 9.3.2 9.5.1 9.5.2 9.a.1 9.b.1 9.c.1 10.1.1
10.4.1 10.6.1 10.7.2 10.a.1 10.b.1 11.2.1 11.3.2 11.4.1 11.6.1 11.7.1 11.a.1 11.b.1 11.b.2 12.1.1 12.4.1 12.5.1 12.6.1
12.7.1 12.8.1 12.a.1 12.b.1 13.1.2 13.1.3 13.2.1 13.3.1 13.a.1 13.b.1 14.2.1 14.4.1 14.5.1 14.6.1 14.7.1 14.a.1 14.b.1
14.c.1 15.1.1 15.1.2 15.2.1 15.4.1 15.6.1 15.8.1 15.9.1 15.a.1 15.b.1 16.1.4 16.3.1 16.3.3 16.4.2 16.6.2 16.7.2
16.8.1 16.9.1 16.10.2 16.a.1 17.1.1 17.1.2 17.2.1 17.3.1 17.3.2 17.5.1 17.6.1 17.7.1 17.8.1 17.9.1 17.11.1 17.14.1
17.15.1 17.16.1 17.17.1 17.18.1 17.18.2 17.18.3 17.19.1 17.19.2
"""
DIRECTIONS: Mapping[str, Literal["increase", "decrease"]] = {
    **dict.fromkeys(_FALL.split(), "decrease"),
    **dict.fromkeys(_RISE.split(), "increase"),
}
"""Which way each global indicator is to go, as the words of its target in the resolution A/RES/71/313 say.

Held against the list by which Statistics Canada measures its progress with Open SDG (`indicator_progress_direction.yml`
in its repository sdg-data-donnees-odd, read in 2026): of 156 indicators that have a direction there, these say the same
of 147 and the opposite of none; 9 are left open here. 19 more are counts of countries and laws, which that list calls
binary; here more of them is better. The others stand in `OWN_READING`.

Left out are those whose target or measure can be read either way: parity, acidity (pH falls as it rises), water bodies,
land use, volumes of traffic, what taxes redistribute, soundness of banks, budgets to be met exactly, compliance with
labour rights (the international scale is best at nought), representation in institutions, the Red List (the index is
best at one; offices also count threatened species), green cover and degraded land of mountains under one number.
"""

_OWN = """
1.1.1 1.2.2 2.b.1 2.c.1 3.a.1 3.d.2 5.3.2 8.7.1 10.c.1 11.5.3 12.c.1 14.1.1 15.c.1 16.1.3 16.2.1 16.b.1 1.a.1 1.a.2
1.b.1 2.a.1 2.a.2 3.b.1 3.b.2 3.b.3 3.c.1 3.d.1 4.3.1 4.a.1 4.b.1 4.c.1 5.a.1 5.a.2 5.b.1 5.c.1 6.a.1 6.b.1 7.a.1 7.b.1
8.10.1 8.a.1 8.b.1 9.a.1 9.b.1 9.c.1 10.6.1 10.a.1 10.b.1 11.a.1 11.b.1 11.b.2 12.a.1 12.b.1 13.a.1 13.b.1 14.7.1 14.a.1
14.b.1 14.c.1 15.1.1 15.9.1 15.a.1 15.b.1 16.3.1 16.3.3 16.8.1 16.a.1
"""
OWN_READING = frozenset(_OWN.split())
"""Those of `DIRECTIONS` for which no office's list was found to hold them against: our reading of the target alone."""
