"""The addresses of dialogue: those inside the office, and the public ones below the site's root."""

from __future__ import annotations

from pejl.office.audit.subjects import Subject
from pejl.office.core.roles import Role
from pejl.office.dialogue.rules import READ_CHAPTERS, TAKE_PART
from pejl.office.dialogue.views import afterwards, chapters, meetings, public
from pejl.office.web.routing import route
from pejl.text import Language

_BOTH = ("GET", "POST")
_POST = ("POST",)
_SECRETARIAT = frozenset({Role.SECRETARIAT})
_COMMITTEE = frozenset({Role.COMMITTEE_MEMBER})
_MEETING = {Subject.DIALOGUE}
_LINE = {Subject.LINE}
_CHAPTER = {Subject.CHAPTER}
_SIGN_UP = {Subject.SIGN_UP}

urlpatterns = [
    route("dialogue/", meetings.dialogue, "dialogue", roles=TAKE_PART, reads=_MEETING),
    route(
        "dialogue/invitation/",
        meetings.invitation_letter,
        "dialogue_invitation",
        roles=_SECRETARIAT,
        methods=_BOTH,
        reads=_MEETING,
    ),
    route("dialogue/meetings/new/", meetings.meeting_new, "dialogue_meeting_new", roles=_SECRETARIAT, methods=_BOTH),
    route(
        "dialogue/meetings/<int:meeting>/",
        meetings.meeting,
        "dialogue_meeting",
        roles=TAKE_PART,
        reads=_MEETING | _LINE,
    ),
    route(
        "dialogue/meetings/<int:meeting>/change/",
        meetings.meeting_change,
        "dialogue_meeting_change",
        roles=_SECRETARIAT,
        methods=_BOTH,
        reads=_MEETING,
    ),
    route(
        "dialogue/meetings/<int:meeting>/move/",
        meetings.meeting_move,
        "dialogue_meeting_move",
        roles=_SECRETARIAT,
        methods=_POST,
    ),
    route(
        "dialogue/meetings/<int:meeting>/cancel/",
        meetings.meeting_cancel,
        "dialogue_meeting_cancel",
        roles=_SECRETARIAT,
        methods=_BOTH,
        reads=_MEETING,
    ),
    route(
        "dialogue/meetings/<int:meeting>/came/",
        meetings.meeting_came,
        "dialogue_meeting_came",
        roles=_SECRETARIAT,
        methods=_BOTH,
        reads=_MEETING,
    ),
    route(
        "dialogue/meetings/<int:meeting>/sign-ups/",
        meetings.sign_ups,
        "dialogue_sign_ups",
        roles=_SECRETARIAT,
        methods=_BOTH,
        reads=_SIGN_UP,
    ),
    route(
        "dialogue/meetings/<int:meeting>/sign-ups/new/",
        meetings.sign_up_new,
        "dialogue_sign_up_new",
        roles=_SECRETARIAT,
        methods=_BOTH,
        reads=_MEETING,
    ),
    route(
        "dialogue/meetings/<int:meeting>/mine/",
        meetings.own,
        "dialogue_own",
        roles=_COMMITTEE,
        methods=_BOTH,
        reads=_SIGN_UP,
    ),
    route(
        "dialogue/sign-ups/<int:sign_up>/",
        meetings.sign_up_act,
        "dialogue_sign_up_act",
        roles=_SECRETARIAT | _COMMITTEE,
        methods=_POST,
    ),
    route(
        "dialogue/meetings/<int:meeting>/lines/new/",
        afterwards.line_new,
        "dialogue_line_new",
        roles=_SECRETARIAT,
        methods=_BOTH,
        reads=_MEETING,
    ),
    route(
        "dialogue/lines/<int:line>/", afterwards.line, "dialogue_line", roles=_SECRETARIAT, methods=_BOTH, reads=_LINE
    ),
    route("dialogue/themes/", afterwards.themes, "dialogue_themes", roles=TAKE_PART, methods=_BOTH, reads=_LINE),
    route(
        "dialogue/themes/<int:theme>/",
        afterwards.theme,
        "dialogue_theme",
        roles=TAKE_PART,
        methods=_BOTH,
        reads=_LINE,
    ),
    route(
        "dialogue/onward/<int:onward>/remove/",
        afterwards.onward_remove,
        "dialogue_onward_remove",
        roles=_SECRETARIAT,
        methods=_POST,
    ),
    route(
        "dialogue/chapters/", chapters.chapters, "dialogue_chapters", roles=READ_CHAPTERS, methods=_BOTH, reads=_CHAPTER
    ),
    route(
        "dialogue/chapters/<int:chapter>/",
        chapters.chapter,
        "dialogue_chapter",
        roles=READ_CHAPTERS,
        methods=_BOTH,
        reads=_CHAPTER,
    ),
    route(
        "dialogue/chapters/<int:chapter>/compare/",
        chapters.chapter_compare,
        "dialogue_chapter_compare",
        roles=READ_CHAPTERS,
        reads=_CHAPTER,
    ),
    route(
        "dialogue/chapters/<int:chapter>/write/",
        chapters.chapter_write,
        "dialogue_chapter_write",
        roles=_SECRETARIAT,
        methods=_BOTH,
        reads=_CHAPTER,
    ),
    route(
        "dialogue/comments/<int:comment>/settle/",
        chapters.comment_settle,
        "dialogue_comment_settle",
        roles=_SECRETARIAT,
        methods=_POST,
    ),
]

_PUBLIC: dict[Language, tuple[str, str, str, str]] = {
    "da": ("dialog/", "hoejt/", "min/", "tilmeld/"),
    "en": ("en/dialogue/", "aloud/", "mine/", "sign-up/"),
}

public_urlpatterns = [
    pattern
    for language, (first, aloud, mine, sign_up) in _PUBLIC.items()
    for pattern in (
        route(first, public.overview, f"dialogue_public_{language}", everybody=True, language=language),
        route(first + aloud, public.aloud, f"dialogue_aloud_{language}", everybody=True, language=language),
        route(f"{first}invitation.pdf", public.paper, f"dialogue_paper_{language}", everybody=True, language=language),
        route(
            f"{first}{mine}<str:token>/",
            public.mine,
            f"dialogue_mine_{language}",
            link=True,
            methods=_BOTH,
            reads=_SIGN_UP | _LINE,
            language=language,
        ),
        route(
            f"{first}<slug:slug>/{sign_up}",
            public.sign_up,
            f"dialogue_sign_up_{language}",
            everybody=True,
            methods=_BOTH,
            language=language,
        ),
    )
]
"""Mounted at the root of the site."""
