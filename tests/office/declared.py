"""Who may ask for what, as it was decided: written by hand, and compared with what the office does.

One letter for each role: Employee, Unit leader, Centre leader, Secretariat, aNalyst, committee Member, aUditor,
Administrator; `link` for a private link and `all` for whoever comes by.
"""

from __future__ import annotations

from pejl.office.core.roles import Role

LETTERS = {
    "E": Role.EMPLOYEE,
    "L": Role.UNIT_LEADER,
    "C": Role.CENTRE_LEADER,
    "S": Role.SECRETARIAT,
    "N": Role.ANALYST,
    "M": Role.COMMITTEE_MEMBER,
    "U": Role.AUDITOR,
    "A": Role.ADMINISTRATOR,
}

HOUSE = {
    "desk": "ELCSNMUA",
    "sign_in": "all",
    "demo": "all",
    "sign_out": "ELCSNMUA",
    "language": "ELCSNMUA",
    "outbox": "A",
    "audit": "U",
    "accounts": "A",
    "account_new": "A",
    "account": "A",
    "account_close": "A",
    "post_end": "A",
    "organisation": "SA",
    "unit_new": "A",
    "unit": "A",
}

YEAR = {
    **dict.fromkeys(("year", "year_of", "year_print", "year_feeds", "year_feed_revoke"), "ELCSNMUA"),
    **dict.fromkeys(("year_meeting", "year_paper"), "ELCSNM"),
    **dict.fromkeys(("year_calendar", "year_calendar_en"), "link"),
    **dict.fromkeys(("year_committee", "year_committee_new", "year_meeting_new", "year_meeting_edit"), "S"),
    **dict.fromkeys(("year_meeting_remove", "year_agenda_move", "year_decision"), "S"),
    **dict.fromkeys(("year_discussion_new", "year_discussion_edit", "year_discussion_remove"), "S"),
    **dict.fromkeys(("year_others", "year_other_new", "year_other_edit", "year_other_remove"), "S"),
    **dict.fromkeys(("year_item_new", "year_item_edit", "year_item_up", "year_item_remove"), "S"),
    **dict.fromkeys(("year_paper_new", "year_paper_remove"), "S"),
}

STRATEGIES = {
    **dict.fromkeys(("ways", "way", "way_compare", "way_draft"), "ELCSNM"),
    **dict.fromkeys(("way_new", "way_edit", "way_drop", "way_draft_new", "way_draft_hand"), "S"),
    **dict.fromkeys(("way_step_plan", "way_step_note", "way_step_pass"), "S"),
}

PLANS = {
    **dict.fromkeys(("plans", "plan", "plan_paper"), "ELCSNM"),
    **dict.fromkeys(("plans_serving", "plans_goal"), "LCSNM"),
    "plan_paper_internal": "LCN",
    **dict.fromkeys(("plan_begin", "plan_write", "plan_versions", "plan_version", "plan_hand_over"), "LC"),
    "plan_throw_away": "LC",
    **dict.fromkeys(("plan_take_back", "plan_note", "plan_follow_up", "plan_copy_forward"), "LC"),
    **dict.fromkeys(("initiative_new", "initiative_write", "initiative_status"), "LC"),
    **dict.fromkeys(("initiative_public", "initiative_remove"), "LC"),
    **dict.fromkeys(("plan_talk", "plan_send_back", "plan_adopt"), "LCS"),
    **dict.fromkeys(("plan_put_before", "plan_show_publicly"), "S"),
    **dict.fromkeys(("plans_public_da", "plan_public_da", "plans_public_en", "plan_public_en"), "all"),
}

DIALOGUE = {
    **dict.fromkeys(("dialogue", "dialogue_meeting", "dialogue_themes", "dialogue_theme"), "ELCSNM"),
    **dict.fromkeys(("dialogue_chapters", "dialogue_chapter", "dialogue_chapter_compare"), "ELCSM"),
    **dict.fromkeys(("dialogue_meeting_new", "dialogue_meeting_change", "dialogue_meeting_move"), "S"),
    **dict.fromkeys(
        ("dialogue_meeting_cancel", "dialogue_meeting_came", "dialogue_invitation", "dialogue_sign_ups"), "S"
    ),
    **dict.fromkeys(("dialogue_sign_up_new", "dialogue_line_new", "dialogue_line", "dialogue_onward_remove"), "S"),
    **dict.fromkeys(("dialogue_chapter_write", "dialogue_comment_settle"), "S"),
    "dialogue_own": "M",
    "dialogue_sign_up_act": "SM",
    **dict.fromkeys(("dialogue_mine_da", "dialogue_mine_en"), "link"),
    **dict.fromkeys(("dialogue_public_da", "dialogue_aloud_da", "dialogue_paper_da", "dialogue_sign_up_da"), "all"),
    **dict.fromkeys(("dialogue_public_en", "dialogue_aloud_en", "dialogue_paper_en", "dialogue_sign_up_en"), "all"),
}

DECLARED: dict[str, str] = {**HOUSE, **YEAR, **STRATEGIES, **PLANS, **DIALOGUE}
"""By name of a route, who may ask."""
