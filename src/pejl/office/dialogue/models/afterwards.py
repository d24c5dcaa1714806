"""What was said, by the part of whoever said it; themes; chapters in versions that do not change; comments."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from pejl.office.core.privacy import plain, work
from pejl.office.dialogue.kinds import Outcome, Part
from pejl.office.dialogue.models.meetings import Meeting


def _values(kind: type[StrEnum]) -> list[str]:
    return [each.value for each in kind]


class Chapter(models.Model):
    """A chapter of a strategy in the making.

    Attributes:
        strategy: the id of the strategy, as the release names it.
        target_group: the id of the target group it is about; empty where chapters are divided otherwise.
        latest: the number of the latest version; 0 before the first.
    """

    title = models.CharField(max_length=200)
    strategy = models.CharField(max_length=100, blank=True)
    target_group = models.CharField(max_length=100, blank=True)
    latest = models.PositiveIntegerField(default=0)

    privacy: ClassVar[Any] = plain("id", "title", "strategy", "target_group", "latest")

    class Meta:
        """By title."""

        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title


class ChapterVersion(models.Model):
    """A chapter as it was once saved; it is never changed.

    Attributes:
        content: its sections in order: `{"id", "title", "kind", "indicators": […], "text"}`; paragraphs of a text stand
            between empty lines.
        note: what is new in it.
    """

    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    written_by = models.BigIntegerField()
    written_at = models.DateTimeField()

    privacy: ClassVar[Any] = {
        **plain("id", "chapter", "number", "written_by", "written_at"),
        **work("content", "note"),
    }

    class Meta:
        """Each number once, the newest first."""

        ordering = ("chapter_id", "-number")
        constraints = (
            models.UniqueConstraint(fields=["chapter", "number"], name="dialogue_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="dialogue_version_from_one"),
            models.CheckConstraint(
                condition=Q(written_by__isnull=False, written_at__isnull=False), name="dialogue_version_who_and_when"
            ),
        )

    def __str__(self) -> str:
        return f"{self.chapter_id}/{self.number}"

    def save(self, *args: Any, **more: Any) -> None:
        """Save a new version; what is saved stays as it is."""
        if not self._state.adding:
            raise RuntimeError("a version of a chapter is never changed")
        super().save(*args, **more)

    def delete(self, *_: Any, **__: Any) -> tuple[int, dict[str, int]]:
        """Refuse: a version stays."""
        raise RuntimeError("a version of a chapter is never deleted")


class Comment(models.Model):
    """A comment on a paragraph of a chapter; it goes with the paragraph for as long as that is the same.

    Attributes:
        section: the id of the section.
        paragraph: a digest of the paragraph's words.
    """

    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="comments")
    version = models.PositiveIntegerField()
    section = models.CharField(max_length=60)
    paragraph = models.CharField(max_length=16)
    text = models.TextField()
    written_by = models.BigIntegerField()
    written_at = models.DateTimeField()
    settled_by = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)

    privacy: ClassVar[Any] = {
        **plain("id", "chapter", "version", "section", "paragraph", "written_by", "written_at", "settled_by"),
        **plain("settled_at"),
        **work("text"),
    }

    class Meta:
        """In the order they were written."""

        ordering = ("chapter_id", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(written_by__isnull=False, written_at__isnull=False), name="dialogue_comment_who_and_when"
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="dialogue_comment_settled_who_and_when",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="dialogue_comment_says_something"),
        )

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Theme(models.Model):
    """Lines of one or more meetings that belong together, and where they go on.

    Attributes:
        chapter: the chapter it goes into, with the id of its `section`.
    """

    title = models.CharField(max_length=200)
    strategy = models.CharField(max_length=100, blank=True)
    target_group = models.CharField(max_length=100, blank=True)
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, null=True, related_name="themes")
    section = models.CharField(max_length=60, blank=True)

    privacy: ClassVar[Any] = {
        **plain("id", "strategy", "target_group", "chapter", "section"),
        **work("title"),
    }

    class Meta:
        """By title."""

        ordering = ("title", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(chapter__isnull=True, section="") | (Q(chapter__isnull=False) & ~Q(section="")),
                name="dialogue_theme_in_a_section_of_a_chapter",
            ),
        )

    def __str__(self) -> str:
        return f"theme {self.pk}"


class Onward(models.Model):
    """A goal or a plan that a theme goes on to; the goal's page shows how it is measured.

    Attributes:
        goal: the id of a goal, as the release names it; empty for a plan.
        plan: the number of a plan in the office; it has no foreign key, since plans can be had without dialogue.
        words: what the plan is called, as participants are told it.
    """

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="onward")
    goal = models.CharField(max_length=100, blank=True)
    plan = models.BigIntegerField(null=True)
    words = models.CharField(max_length=200, blank=True)

    privacy: ClassVar[Any] = plain("id", "theme", "goal", "plan", "words")

    class Meta:
        """A goal or a plan, each once."""

        ordering = ("theme_id", "id")
        constraints = (
            models.CheckConstraint(
                condition=(~Q(goal="") & Q(plan__isnull=True, words="")) | (Q(goal="") & ~Q(words="")),
                name="dialogue_onward_to_a_goal_or_a_plan",
            ),
            models.UniqueConstraint(
                fields=["theme", "goal"], condition=~Q(goal=""), name="dialogue_onward_to_a_goal_once"
            ),
        )

    def __str__(self) -> str:
        return f"onward {self.pk}"


class Line(models.Model):
    """Something that was said at a meeting.

    Attributes:
        number: 1, 2, … at the meeting.
        part: of whoever said it; never who.
        answer: what is done with it, and why or why not.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    part = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Part])
    text = models.TextField()
    written_by = models.BigIntegerField()
    written_at = models.DateTimeField()
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="lines")
    outcome = models.CharField(max_length=20, blank=True, choices=[(each.value, each.value) for each in Outcome])
    answer = models.TextField(blank=True)
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[Any] = {
        **plain("id", "meeting", "number", "part", "written_by", "written_at", "theme", "outcome"),
        **plain("answered_by", "answered_at", "version"),
        **work("text", "answer"),
    }

    class Meta:
        """In the order they were said; an answer says what is done, by whom and when it was given."""

        ordering = ("meeting_id", "number")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "number"], name="dialogue_line_once"),
            models.CheckConstraint(condition=Q(part__in=_values(Part)), name="dialogue_line_part_known"),
            models.CheckConstraint(condition=~Q(text=""), name="dialogue_line_says_something"),
            models.CheckConstraint(
                condition=Q(written_by__isnull=False, written_at__isnull=False), name="dialogue_line_who_and_when"
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answered_at__isnull=True, answer="", outcome="")
                | (
                    Q(answered_by__isnull=False, answered_at__isnull=False, outcome__in=_values(Outcome))
                    & ~Q(answer="")
                ),
                name="dialogue_answer_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("written_at")),
                name="dialogue_answered_after_it_was_said",
            ),
        )

    def __str__(self) -> str:
        return f"line {self.meeting_id}/{self.number}"
