"""Pages inside the office: chapters in versions, with facts of the release and comments by paragraph."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.accounts.models import Account
from pejl.office.audit.subjects import Subject
from pejl.office.clock import now
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError, RefusedError
from pejl.office.dialogue import queries
from pejl.office.dialogue.acts import chapters as acts
from pejl.office.dialogue.comparing import DIFFERENCES, compare_sections, counts
from pejl.office.dialogue.forms import ChapterForm, CommentForm, VersionForm, send_again
from pejl.office.dialogue.models import Chapter, Comment
from pejl.office.dialogue.named import facts, indicators, strategies, target_groups
from pejl.office.dialogue.rules import may_write
from pejl.office.dialogue.sections import Section, from_content, template_of
from pejl.office.dialogue.views.meetings import SECTION, crumbs
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.office.web.shown import release
from pejl.text import Message, message

CHAPTERS = message("Chapters")


def chapters(request: OfficeRequest) -> HttpResponse:
    """Show all chapters, and begin one."""
    actor = request.actor
    form = ChapterForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        sections = template_of(release().strategies, told["strategy"], request.language)
        try:
            made = acts.begin_chapter(**told, sections=sections, at=now(), by=actor)
        except RefusedError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("The chapter is begun, with the sections of the strategy's template."))
            return HttpResponseRedirect(reverse("dialogue_chapter", kwargs={"chapter": made.pk}))
    found = list(queries.chapters_visible_to(actor))
    request.reads(Subject.CHAPTER, [each.pk for each in found])
    return page(
        request,
        "dialogue/chapters.html",
        CHAPTERS,
        section=SECTION,
        crumbs=crumbs(),
        chapters=found,
        groups=target_groups(request.language),
        strategies=strategies(request.language),
        form=form,
        may_write=may_write(actor),
    )


def chapter(request: OfficeRequest, chapter: int) -> HttpResponse:
    """Show a chapter in its latest version, or the one asked for, with comments; comment on a paragraph."""
    actor = request.actor
    found = get_object_or_404(queries.chapters_visible_to(actor), pk=chapter)
    form = CommentForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        try:
            acts.comment(chapter=found, **form.cleaned_data, at=now(), by=actor)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("The comment is saved."))
            return HttpResponseRedirect(request.path)
    versions = list(found.versions.defer("content"))
    shown = found.versions.filter(number=_asked(request, "version", found.latest)).first()
    if shown is None:
        raise Http404
    comments = list(queries.comments_visible_to(actor).filter(chapter=found))
    request.reads(Subject.CHAPTER, found.pk)
    by_paragraph: dict[tuple[str, str], list[Comment]] = {}
    for each in comments:
        by_paragraph.setdefault((each.section, each.paragraph), []).append(each)
    sections = from_content(shown.content)
    standing = {(section.id, digest) for section in sections for digest, _ in section.paragraphs}
    return page(
        request,
        "dialogue/chapter.html",
        found.title,
        section=SECTION,
        crumbs=(*crumbs(), (CHAPTERS, reverse("dialogue_chapters"))),
        chapter=found,
        version=shown,
        versions=versions,
        sections=[(each, facts(each.indicators, request.language), _themes(found, each)) for each in sections],
        comments=by_paragraph,
        elsewhere=[each for each in comments if (each.section, each.paragraph) not in standing],
        names=_names([*comments, *versions]),
        release_id=release().id,
        group=target_groups(request.language).get(found.target_group, found.target_group),
        strategy=strategies(request.language).get(found.strategy, found.strategy),
        form=form,
        may_write=may_write(actor),
        may_comment=shown.number == found.latest,
    )


def chapter_compare(request: OfficeRequest, chapter: int) -> HttpResponse:
    """Show what is different from one version of a chapter to another; the two latest, if none are asked for."""
    found = get_object_or_404(queries.chapters_visible_to(request.actor), pk=chapter)
    versions = list(found.versions.defer("content"))
    if len(versions) < 2:
        raise NotNowError(message("the chapter has one version only; there is nothing to compare it with yet"))
    old, new = (
        get_object_or_404(found.versions, number=_asked(request, name, otherwise.number))
        for name, otherwise in (("old", versions[1]), ("new", versions[0]))
    )
    sections = compare_sections(from_content(old.content), from_content(new.content))
    known = indicators(request.language)
    request.reads(Subject.CHAPTER, found.pk)
    return page(
        request,
        "dialogue/compare.html",
        message("From version {old} to version {new}", old=old.number, new=new.number),
        section=SECTION,
        crumbs=(
            *crumbs(),
            (CHAPTERS, reverse("dialogue_chapters")),
            (found.title, reverse("dialogue_chapter", kwargs={"chapter": found.pk})),
        ),
        chapter=found,
        old=old,
        new=new,
        versions=versions,
        sections=sections,
        counts=counts(sections),
        words=DIFFERENCES,
        named=lambda found: "; ".join(known.get(each, each) for each in found),
    )


def _asked(request: OfficeRequest, name: str, otherwise: int) -> int:
    """Return the number of a version that is asked for; 0, which no version has, where it is no number."""
    asked = request.GET.get(name)
    if asked is None:
        return otherwise
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def _themes(found: Chapter, section: Section) -> list[tuple[int, str]]:
    return [(theme.pk, theme.title) for theme in found.themes.all() if theme.section == section.id]


def _names(rows: list[object]) -> dict[int, str]:
    numbers = {row.written_by for row in rows if hasattr(row, "written_by")}
    return dict(Account.objects.filter(pk__in=numbers).values_list("pk", "name"))


def chapter_write(request: OfficeRequest, chapter: int) -> HttpResponse:
    """Write the next version of a chapter; if somebody else saved one meanwhile, show both."""
    found = get_object_or_404(queries.chapters_visible_to(request.actor), pk=chapter)
    latest = found.versions.first()
    sections = from_content(latest.content) if latest else ()
    form = VersionForm(
        request.POST or None,
        language=request.language,
        sections=sections,
        indicators=indicators(request.language),
        initial={"based_on": found.latest},
    )
    theirs: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            acts.save_version(
                chapter=found,
                based_on=told["based_on"],
                sections=form.written,
                note=told["note"],
                at=now(),
                by=request.actor,
            )
        except ChangedMeanwhileError as error:
            send_again(form, "based_on", error.version)
            form.add_refusal(error.reason)
            titles = {each.id: each.title for each in sections}
            theirs = {titles.get(each, each): text for each, text in error.theirs.items()}
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("The chapter is saved as a new version."))
            return HttpResponseRedirect(reverse("dialogue_chapter", kwargs={"chapter": found.pk}))
    request.reads(Subject.CHAPTER, found.pk)
    return page(
        request,
        "dialogue/meeting_form.html",
        message("Write: {title}", title=found.title),
        section=SECTION,
        crumbs=(*crumbs(), (CHAPTERS, reverse("dialogue_chapters")), _to_chapter(found)),
        form=form,
        theirs=theirs,
    )


def comment_settle(request: OfficeRequest, comment: int) -> HttpResponse:
    """Note that a comment has been taken into account."""
    found = get_object_or_404(queries.comments_visible_to(request.actor).select_related("chapter"), pk=comment)
    acts.settle(comment=found, at=now(), by=request.actor)
    return HttpResponseRedirect(reverse("dialogue_chapter", kwargs={"chapter": found.chapter_id}))


def _to_chapter(found: Chapter) -> tuple[str | Message, str]:
    return found.title, reverse("dialogue_chapter", kwargs={"chapter": found.pk})
