"""The addresses of the committee's year."""

from __future__ import annotations

from pejl.office.audit.subjects import Subject
from pejl.office.core.roles import Role
from pejl.office.web.routing import route
from pejl.office.year import agenda_views, planning, views
from pejl.office.year.rules import SEE_AGENDAS, SEE_THE_WHEEL

_BOTH = ("GET", "POST")
_POST = ("POST",)
_PLANS = {Role.SECRETARIAT}
_READS = {Subject.MEETING}

urlpatterns = [
    route("year/", views.year, "year", roles=SEE_THE_WHEEL, reads=_READS),
    route("year/<int:committee>/<int:year>/", views.year, "year_of", roles=SEE_THE_WHEEL, reads=_READS),
    route(
        "year/<int:committee>/<int:year>/print-<int:years>.pdf",
        views.print_year,
        "year_print",
        roles=SEE_THE_WHEEL,
        reads=_READS,
    ),
    route("year/calendar/", views.feeds, "year_feeds", roles=SEE_THE_WHEEL, methods=_BOTH, reads=_READS),
    route(
        "year/calendar/<int:feed>/revoke/", views.feed_revoke, "year_feed_revoke", roles=SEE_THE_WHEEL, methods=_POST
    ),
    route(
        "year/committees/new/", planning.committee_new, "year_committee_new", roles=_PLANS, methods=_BOTH, reads=_READS
    ),
    route(
        "year/committees/<int:committee>/",
        planning.committee,
        "year_committee",
        roles=_PLANS,
        methods=_BOTH,
        reads=_READS,
    ),
    route(
        "year/committees/<int:committee>/meetings/new/",
        planning.meeting_new,
        "year_meeting_new",
        roles=_PLANS,
        methods=_BOTH,
        reads=_READS,
    ),
    route(
        "year/committees/<int:committee>/discussions/new/",
        planning.discussion_new,
        "year_discussion_new",
        roles=_PLANS,
        methods=_BOTH,
        reads=_READS,
    ),
    route(
        "year/discussions/<int:discussion>/",
        planning.discussion_edit,
        "year_discussion_edit",
        roles=_PLANS,
        methods=_BOTH,
        reads=_READS,
    ),
    route(
        "year/discussions/<int:discussion>/remove/",
        planning.discussion_remove,
        "year_discussion_remove",
        roles=_PLANS,
        methods=_POST,
    ),
    route("year/others/", planning.others, "year_others", roles=_PLANS, methods=_BOTH, reads=_READS),
    route(
        "year/others/<int:wheel>/new/", planning.other_new, "year_other_new", roles=_PLANS, methods=_BOTH, reads=_READS
    ),
    route(
        "year/others/entries/<int:entry>/",
        planning.other_edit,
        "year_other_edit",
        roles=_PLANS,
        methods=_BOTH,
        reads=_READS,
    ),
    route(
        "year/others/entries/<int:entry>/remove/",
        planning.other_remove,
        "year_other_remove",
        roles=_PLANS,
        methods=_POST,
    ),
    route(
        "year/meetings/<int:meeting>/",
        views.meeting,
        "year_meeting",
        roles=SEE_AGENDAS,
        reads={Subject.MEETING, Subject.PAPER},
    ),
    route(
        "year/meetings/<int:meeting>/change/",
        planning.meeting_edit,
        "year_meeting_edit",
        roles=_PLANS,
        methods=_BOTH,
        reads=_READS,
    ),
    route(
        "year/meetings/<int:meeting>/remove/",
        planning.meeting_remove,
        "year_meeting_remove",
        roles=_PLANS,
        methods=_POST,
    ),
    route(
        "year/meetings/<int:meeting>/items/new/",
        agenda_views.item_new,
        "year_item_new",
        roles=_PLANS,
        methods=_BOTH,
        reads=_READS,
    ),
    route(
        "year/meetings/<int:meeting>/agenda/<slug:act>/",
        agenda_views.move,
        "year_agenda_move",
        roles=_PLANS,
        methods=_POST,
    ),
    route(
        "year/items/<int:item>/", agenda_views.item_edit, "year_item_edit", roles=_PLANS, methods=_BOTH, reads=_READS
    ),
    route("year/items/<int:item>/up/", agenda_views.item_up, "year_item_up", roles=_PLANS, methods=_POST),
    route("year/items/<int:item>/remove/", agenda_views.item_remove, "year_item_remove", roles=_PLANS, methods=_POST),
    route(
        "year/items/<int:item>/decision/",
        agenda_views.decision,
        "year_decision",
        roles=_PLANS,
        methods=_BOTH,
        reads=_READS,
    ),
    route(
        "year/items/<int:item>/papers/new/",
        agenda_views.paper_new,
        "year_paper_new",
        roles=_PLANS,
        methods=_BOTH,
        reads=_READS,
    ),
    route("year/papers/<int:paper>/file/", agenda_views.paper, "year_paper", roles=SEE_AGENDAS, reads={Subject.PAPER}),
    route(
        "year/papers/<int:paper>/remove/", agenda_views.paper_remove, "year_paper_remove", roles=_PLANS, methods=_POST
    ),
]
"""Below `office/`."""

public_urlpatterns = [
    route("kalender/<str:token>.ics", views.calendar, "year_calendar", link=True, reads=_READS, language="da"),
    route("en/calendar/<str:token>.ics", views.calendar, "year_calendar_en", link=True, reads=_READS, language="en"),
]
"""Private addresses for calendars, at the root of the site."""
