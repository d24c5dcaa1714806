"""Writing chapters: each saving is a version of its own; comments go with their paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from pejl.office.accounts.actor import Actor
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError
from pejl.office.dialogue.kept_out import refuse_numbers
from pejl.office.dialogue.models import Chapter, ChapterVersion, Comment
from pejl.office.dialogue.rules import may_see_chapter, require_writer
from pejl.office.dialogue.sections import Section, as_content, from_content
from pejl.text import message


@transaction.atomic
def begin_chapter(
    *, title: str, strategy: str, target_group: str, sections: Sequence[Section], at: datetime, by: Actor
) -> Chapter:
    """Begin a chapter with its sections, as its first version.

    Raises:
        KeptOutError: a number looks like a CPR number.
    """
    require_writer(by)
    refuse_numbers(title)
    chapter = Chapter.objects.create(title=title, strategy=strategy, target_group=target_group)
    save_version(chapter=chapter, based_on=0, sections=sections, note="", at=at, by=by)
    return chapter


@transaction.atomic
def save_version(
    *, chapter: Chapter, based_on: int, sections: Sequence[Section], note: str, at: datetime, by: Actor
) -> ChapterVersion:
    """Save a chapter as its next version.

    Args:
        chapter: what is written.
        based_on: the number of the version it was written from; 0 for the first.
        sections: all of them, in order.
        note: what is new.
        at: the moment.
        by: the secretariat.

    Raises:
        ChangedMeanwhileError: there is a later version; `theirs` has its sections that differ, by id.
        NotNowError: nothing is different.
        KeptOutError: a number looks like a CPR number.
    """
    require_writer(by)
    for text in (note, *(each.title for each in sections), *(each.text for each in sections)):
        refuse_numbers(text)
    now = Chapter.objects.select_for_update().get(pk=chapter.pk)
    latest = now.versions.first()
    if now.latest != based_on:
        assert latest is not None, "a chapter past its first version has one"
        raise _written_meanwhile(latest, sections)
    if latest is not None and from_content(latest.content) == tuple(sections):
        raise NotNowError(message("nothing is different from the latest version"))
    now.latest += 1
    now.save()
    version = ChapterVersion(
        chapter=now, number=now.latest, content=as_content(sections), note=note, written_by=by.number, written_at=at
    )
    version.save()
    wrote(by, Subject.CHAPTER, now.pk, "save_version")
    return version


@transaction.atomic
def comment(*, chapter: Chapter, section: str, paragraph: str, text: str, at: datetime, by: Actor) -> Comment:
    """Comment on a paragraph.

    Raises:
        NotAllowedError: whoever asks does not read chapters.
        NotNowError: the paragraph is no longer in the chapter.
        KeptOutError: a number looks like a CPR number.
    """
    if not may_see_chapter(by, chapter):
        raise NotAllowedError(message("this chapter is not yours to comment on"))
    refuse_numbers(text)
    latest = chapter.versions.first()
    standing = {} if latest is None else {each.id: dict(each.paragraphs) for each in from_content(latest.content)}
    if paragraph not in standing.get(section, {}):
        raise NotNowError(message("the paragraph has been written anew meanwhile; look at it again"))
    made = Comment.objects.create(
        chapter=chapter,
        version=chapter.latest,
        section=section,
        paragraph=paragraph,
        text=text,
        written_by=by.number,
        written_at=at,
    )
    wrote(by, Subject.CHAPTER, chapter.pk, "comment")
    return made


@transaction.atomic
def settle(*, comment: Comment, at: datetime, by: Actor) -> Comment:
    """Note that a comment has been taken into account or talked through; it stays to be read."""
    require_writer(by)
    if comment.settled_at is None:
        comment.settled_by, comment.settled_at = by.number, at
        comment.save()
        wrote(by, Subject.CHAPTER, comment.chapter.pk, "settle")
    return comment


def _written_meanwhile(latest: ChapterVersion, sections: Sequence[Section]) -> ChangedMeanwhileError:
    ours = {each.id: each for each in sections}
    theirs = {each.id: each.text for each in from_content(latest.content) if ours.get(each.id) != each}
    reason = message("somebody else has saved the chapter meanwhile; look at both, and save again")
    return ChangedMeanwhileError(reason, theirs, latest.number)
