"""The pages: one view for each kind. `KINDS` names them all; the foundation serves and freezes what stands there.

Each module selects what its page shows into plain, typed records (`select`), and has no HTML; templates choose nothing.
"""

from __future__ import annotations

from pejl.site.page import PageKind
from pejl.site.pages import (
    about,
    alphabet,
    breakdown,
    changes,
    easy,
    filters,
    front,
    glossary,
    goal,
    hearing,
    indicator,
    indicators,
    judgement,
    protection,
    strategies,
    strategy,
)

KINDS: tuple[PageKind, ...] = (
    PageKind("front", front.page),
    *(PageKind(f"status_{kind}", filters.view(kind), filters.every(kind)) for kind in filters.KINDS),
    PageKind("strategies", strategies.page),
    PageKind("strategy", strategy.page, strategy.every),
    PageKind("goal", goal.page, goal.every),
    PageKind("indicators", indicators.page),
    PageKind("indicator", indicator.page, indicator.every),
    PageKind("breakdown", breakdown.page, breakdown.every),
    PageKind("changes", changes.page),
    PageKind("protection", protection.page),
    PageKind("judgement", judgement.page),
    PageKind("glossary", glossary.page),
    PageKind("a_z", alphabet.page),
    PageKind("easy", easy.page),
    PageKind("be_heard", hearing.page),
    PageKind("open_data", about.open_data),
    PageKind("papers", about.papers),
    PageKind("about", about.page),
    PageKind("releases", about.releases),
)
