"""Pages into HTML: the environment of Jinja2, one for each language, with the words and filters of templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pejl.publish import numbers
from pejl.publish.words import period_label
from pejl.release import storage
from pejl.release.caching import cache_folder
from pejl.site.addresses import slug
from pejl.site.page import FURTHER, NAVIGATION, Crumb, Here, Page
from pejl.site.policy import META_POLICY
from pejl.text import Language, Message, format_date

if TYPE_CHECKING:
    from pejl.site.assets import Assets
    from pejl.site.edition import Edition, Place

TEMPLATES = Path(__file__).with_name("templates")


@cache
def environment(language: Language) -> Environment:
    """Return the environment of a language: macros need no context, and compile once."""
    return make_environment(language, (TEMPLATES,))


def make_environment(language: Language, folders: Sequence[Path]) -> Environment:
    """Return an environment of a language.

    Args:
        language: of the pages.
        folders: where templates stand; the first that has one of a name is taken.
    """
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
        bytecode_cache=_compiled(),
    )
    made.globals |= {"language": language, "t": _sentences(language)}
    made.filters |= _filters(language)
    return made


def _compiled() -> BytecodeCache | None:
    """Return where compiled templates are kept between runs: in the cache, if it can be written to."""
    folder = cache_folder() / "site" / "templates"
    try:
        storage.make_folder(folder, storage.PRIVATE)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


def django_environment(**_: Any) -> Environment:
    """Return the environment as Django's backend asks for it; the public pages take their own by language."""
    return environment("da")


def _sentences(language: Language) -> Any:
    def t(template: str, /, **values: object) -> str:
        return Message(template, values).render(language)

    return t


def _filters(language: Language) -> dict[str, Any]:
    def said(text: Mapping[str, str | None] | None) -> Markup:
        """Return a text of the workspace; marked as Danish where there is none in the language of the page."""
        if text is None:
            return Markup()
        own = text.get(language)
        if own:
            return Markup.escape(own)
        other = text.get("da") or text.get("en") or ""
        return Markup('<span lang="{}">{}</span>').format("en" if language == "da" else "da", other)

    def plain(text: Mapping[str, str | None] | None) -> str:
        """Return a text of the workspace without marks, for attributes and titles."""
        return "" if text is None else text.get(language) or text.get("da") or text.get("en") or ""

    return {
        "said": said,
        "plain": plain,
        "slug": slug,
        "number": lambda value, unit=None: numbers.number(value, language, unit),
        "with_unit": lambda value, unit=None: numbers.number_with_unit(value, unit, language),
        "signed": lambda value, unit=None: numbers.signed(value, unit, language),
        "period": lambda text: period_label(text, language),
        "date": lambda text: format_date(date.fromisoformat(text[:10]) if isinstance(text, str) else text, language),
        "words": lambda what: what.render(language),
    }


class Renderer:
    """Makes pages of editions into bytes.

    Args:
        assets: scripts, styles and icons with their hashed names.
    """

    def __init__(self, assets: Assets) -> None:
        self.assets = assets

    def page(self, edition: Edition, place: Place, **more: Any) -> bytes:
        """Return a page as it is served and frozen."""
        here, kind = edition.view(place)
        page = kind.view(here, **here.given)
        template = environment(here.language).get_template(page.template)
        return template.render(self._names(edition, here, page) | dict(page.values) | more).encode()

    def _names(self, edition: Edition, here: Here, page: Page) -> dict[str, Any]:
        """Return the names that every template knows."""
        base = edition.base

        def entries(table: Mapping[str, Message]) -> list[tuple[str, str, str, str]]:
            return [
                (name, here.url(name), words.render(here.language), _current(here, page, name))
                for name, words in table.items()
                if here.has(name)
            ]

        return {
            "page": page,
            "here": here,
            "url_for": here.url,
            "face": edition.release.workspace,
            "draft": edition.draft,
            "shown": edition.shown,
            "asset": lambda name: base.url(self.assets.path(name)),
            "icons": self.assets.icons,
            "csp": META_POLICY,
            "menu": entries(NAVIGATION),
            "further": entries(FURTHER),
            "crumbs": _crumbs(here, page),
            "translations": edition.translations(here),
            "latest": _latest(here),
            "feed": here.url("feed"),
        }


def _current(here: Here, page: Page, name: str) -> str:
    """Return what an entry of the menu is to this page, as aria-current says it."""
    if here.name == name:
        return "page"
    return "true" if page.section == name else ""


def _crumbs(here: Here, page: Page) -> tuple[Crumb, ...]:
    """Return the way to a page from the front page; none for the front page."""
    if here.name == "front":
        return ()
    entry = (NAVIGATION | FURTHER).get(here.name)
    own = page.crumb or (entry.render(here.language) if entry is not None else page.title)
    return (here.crumb(here.t("Front page"), "front"), *page.crumbs, Crumb(own))


def _latest(here: Here) -> str | None:
    """Return where the same page, or the front page, of the latest release stands."""
    latest = here.edition.latest
    if latest is None:
        return None
    here.edition.release.notes.current.add("latest")
    if latest.has(here.name, here.given):
        return latest.url(here.name, here.language, here.given)
    return latest.url("front", here.language, {})
