"""The addresses of strategies on their way."""

from __future__ import annotations

from pejl.office.audit.subjects import Subject
from pejl.office.core.roles import Role
from pejl.office.strategies import views, writing
from pejl.office.strategies.states import SEE_WAYS
from pejl.office.web.routing import route

_BOTH = ("GET", "POST")
_WRITES = {Role.SECRETARIAT}
_WAY = {Subject.STRATEGY_WAY}
_ALL = {Subject.STRATEGY_WAY, Subject.DRAFT}

urlpatterns = [
    route("strategies/", views.ways, "ways", roles=SEE_WAYS, reads=_WAY),
    route("strategies/new/", writing.way_new, "way_new", roles=_WRITES, methods=_BOTH, reads=_WAY),
    route("strategies/<int:way>/", views.way, "way", roles=SEE_WAYS, reads=_ALL),
    route("strategies/<int:way>/change/", writing.way_edit, "way_edit", roles=_WRITES, methods=_BOTH, reads=_WAY),
    route("strategies/<int:way>/drop/", writing.way_drop, "way_drop", roles=_WRITES, methods=_BOTH, reads=_WAY),
    route("strategies/<int:way>/compare/", views.compare, "way_compare", roles=SEE_WAYS, reads=_ALL),
    route(
        "strategies/<int:way>/drafts/new/", writing.draft_new, "way_draft_new", roles=_WRITES, methods=_BOTH, reads=_WAY
    ),
    route("strategies/drafts/<int:draft>/", views.draft, "way_draft", roles=SEE_WAYS, reads={Subject.DRAFT}),
    route(
        "strategies/drafts/<int:draft>/hand/<slug:act>/",
        writing.draft_hand,
        "way_draft_hand",
        roles=_WRITES,
        methods=("POST",),
    ),
    route(
        "strategies/steps/<int:step>/plan/",
        writing.step_plan,
        "way_step_plan",
        roles=_WRITES,
        methods=_BOTH,
        reads=_WAY,
    ),
    route(
        "strategies/steps/<int:step>/note/",
        writing.step_note,
        "way_step_note",
        roles=_WRITES,
        methods=_BOTH,
        reads=_WAY,
    ),
    route(
        "strategies/steps/<int:step>/pass/",
        writing.step_pass,
        "way_step_pass",
        roles=_WRITES,
        methods=_BOTH,
        reads=_WAY,
    ),
]
"""Below `office/`."""
