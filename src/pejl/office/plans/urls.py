"""The addresses of plans."""

from __future__ import annotations

from pejl.office.audit.subjects import Subject
from pejl.office.core.roles import Role
from pejl.office.plans import earlier, moving, overview, papers, public, rules, views, writing
from pejl.office.web.routing import route

_BOTH = ("GET", "POST")
_POST = ("POST",)
_TALK = rules.LEADERS | {Role.SECRETARIAT}
_SECRETARIAT = {Role.SECRETARIAT}
_PLAN = {Subject.PLAN}
_INITIATIVE = {Subject.INITIATIVE}
_WHOLE = _PLAN | _INITIATIVE

urlpatterns = [
    route("plans/", views.plans, "plans", roles=rules.READERS, reads=_PLAN),
    route("plans/begin/", views.begin, "plan_begin", roles=rules.LEADERS, methods=_BOTH),
    route("plans/goals/", overview.serving, "plans_serving", roles=rules.OVERVIEW, reads=_INITIATIVE),
    route("plans/goals/<str:goal>/", overview.goal, "plans_goal", roles=rules.OVERVIEW, reads=_INITIATIVE),
    route("plans/<int:plan>/", views.plan, "plan", roles=rules.READERS, reads=_WHOLE | {Subject.INTERNAL_FIGURES}),
    route("plans/<int:plan>/pdf/", papers.paper, "plan_paper", roles=rules.READERS, reads=_WHOLE),
    route(
        "plans/<int:plan>/pdf/internal/",
        papers.internal_paper,
        "plan_paper_internal",
        roles=rules.WATCHERS,
        reads=_WHOLE | {Subject.INTERNAL_FIGURES},
    ),
    route("plans/<int:plan>/write/", writing.plan_write, "plan_write", roles=rules.LEADERS, methods=_BOTH, reads=_PLAN),
    route("plans/<int:plan>/versions/", earlier.versions, "plan_versions", roles=rules.LEADERS, reads=_PLAN),
    route(
        "plans/<int:plan>/versions/<int:number>/", earlier.version, "plan_version", roles=rules.LEADERS, reads=_WHOLE
    ),
    route(
        "plans/<int:plan>/throw-away/",
        moving.throw_away,
        "plan_throw_away",
        roles=rules.LEADERS,
        methods=_BOTH,
        reads=_PLAN,
    ),
    route("plans/<int:plan>/hand-over/", moving.hand_over, "plan_hand_over", roles=rules.LEADERS, methods=_POST),
    route("plans/<int:plan>/take-back/", moving.take_back, "plan_take_back", roles=rules.LEADERS, methods=_POST),
    route("plans/<int:plan>/talk/", moving.confirm_talk, "plan_talk", roles=_TALK, methods=_BOTH, reads=_PLAN),
    route("plans/<int:plan>/send-back/", moving.send_back, "plan_send_back", roles=_TALK, methods=_BOTH, reads=_PLAN),
    route(
        "plans/<int:plan>/committee/",
        moving.put_before,
        "plan_put_before",
        roles=_SECRETARIAT,
        methods=_BOTH,
        reads=_PLAN,
    ),
    route("plans/<int:plan>/adopt/", moving.adopt, "plan_adopt", roles=_TALK, methods=_POST),
    route("plans/<int:plan>/publicly/", moving.show_publicly, "plan_show_publicly", roles=_SECRETARIAT, methods=_POST),
    route("plans/<int:plan>/note/", moving.add_note, "plan_note", roles=rules.LEADERS, methods=_BOTH, reads=_PLAN),
    route(
        "plans/<int:plan>/follow-up/",
        moving.follow_up,
        "plan_follow_up",
        roles=rules.LEADERS,
        methods=_BOTH,
        reads=_WHOLE,
    ),
    route("plans/<int:plan>/copy/", moving.copy_forward, "plan_copy_forward", roles=rules.LEADERS, methods=_POST),
    route(
        "plans/<int:plan>/initiatives/new/",
        writing.initiative_new,
        "initiative_new",
        roles=rules.LEADERS,
        methods=_BOTH,
        reads=_PLAN,
    ),
    route(
        "initiatives/<int:initiative>/",
        writing.initiative_write,
        "initiative_write",
        roles=rules.LEADERS,
        methods=_BOTH,
        reads=_INITIATIVE,
    ),
    route(
        "initiatives/<int:initiative>/status/",
        writing.initiative_status,
        "initiative_status",
        roles=rules.LEADERS,
        methods=_BOTH,
        reads=_INITIATIVE,
    ),
    route(
        "initiatives/<int:initiative>/publicly/",
        writing.initiative_public,
        "initiative_public",
        roles=rules.LEADERS,
        methods=_POST,
    ),
    route(
        "initiatives/<int:initiative>/remove/",
        writing.initiative_remove,
        "initiative_remove",
        roles=rules.LEADERS,
        methods=_POST,
    ),
]

public_urlpatterns = [
    route("planer/", public.plans, "plans_public_da", everybody=True, language="da"),
    route("planer/<int:plan>/", public.plan, "plan_public_da", everybody=True, language="da"),
    route("en/plans/", public.plans, "plans_public_en", everybody=True, language="en"),
    route("en/plans/<int:plan>/", public.plan, "plan_public_en", everybody=True, language="en"),
]
"""Plans that may be shown, at the root of the site."""
