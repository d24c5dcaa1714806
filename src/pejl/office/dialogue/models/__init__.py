"""Meetings and their places; who signed up; what was said and what becomes of it."""

from pejl.office.dialogue.models.afterwards import Chapter, ChapterVersion, Comment, Line, Onward, Theme
from pejl.office.dialogue.models.meetings import Came, Meeting, Place
from pejl.office.dialogue.models.signing_up import Contact, Need, Sender, SignUp

__all__ = [
    "Came",
    "Chapter",
    "ChapterVersion",
    "Comment",
    "Contact",
    "Line",
    "Meeting",
    "Need",
    "Onward",
    "Place",
    "Sender",
    "SignUp",
    "Theme",
]
