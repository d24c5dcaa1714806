"""Pages in a real browser: what it complains of, what a screen reader would, and what a keyboard can reach."""

from __future__ import annotations

import gzip
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
WIDTHS = (1280, 360)
INSTALL = "apt-get install chromium"

_WATCH = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", e =>
  window.__violations.push(e.violatedDirective + " " + e.blockedURI));
window.__shift = 0;
new PerformanceObserver(list => { for (const e of list.getEntries()) window.__shift += e.value; })
  .observe({type: "layout-shift", buffered: true});
"""


@cache
def chromium() -> str | None:
    """Return the browser of this machine; nothing is downloaded."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


@contextmanager
def launched() -> Iterator[Browser]:
    """Give a browser; tests are skipped where there is none, and say how to get one."""
    path = chromium()
    if path is None:
        pytest.skip(f"no Chromium here: {INSTALL}")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a base path, and 404.html where nothing stands."""

    def __init__(self, *args: Any, base: str, **more: Any) -> None:
        self.base = base
        super().__init__(*args, **more)

    def translate_path(self, path: str) -> str:
        plain = urlsplit(path).path
        return super().translate_path("/" + plain.removeprefix(self.base) if plain.startswith(self.base) else "/none")

    def send_error(self, code: int, *_: Any) -> None:
        page = Path(self.directory) / "404.html"
        content = page.read_bytes() if page.is_file() else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(folder: Path, base: str) -> Iterator[str]:
    """Serve a frozen site as any web server would; gives its origin, such as http://127.0.0.1:1234."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder), base=base))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Visit:
    """A page in the browser, and everything the browser complained of."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)
    finished: list[Request] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page, and wait until it has loaded everything."""
        self.page.goto(self.origin + path, wait_until="load")

    def loaded(self) -> int:
        """Return the bytes of everything that was loaded, each file gzipped."""
        answers = [asked.response() for asked in self.finished]
        assert all(answer is not None for answer in answers)
        return sum(len(gzip.compress(answer.body(), mtime=0)) for answer in answers if answer is not None)

    def problems(self) -> list[str]:
        """Return everything the browser and the policy complained of, and whether the page is too wide or moved."""
        found = list(self.complaints)
        found += [f"policy: {each}" for each in self.page.evaluate("window.__violations || []")]
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{wide} px wider than the window: {self.page.evaluate(_WIDEST)}")
        shift = self.page.evaluate("window.__shift || 0")
        if shift > 0:
            found.append(f"the layout moved by {shift:.4f}")
        return [f"{self.page.url}: {each}" for each in found]


_WIDEST = """() => {
  const limit = document.documentElement.clientWidth;
  const inScroll = e => { for (let p = e.parentElement; p; p = p.parentElement)
    if (["auto", "scroll", "hidden"].includes(getComputedStyle(p).overflowX)) return true; return false; };
  return [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > limit + 0.5 && !inScroll(e))
    .slice(0, 3).map(e => e.outerHTML.slice(0, 120));
}"""


@contextmanager
def visiting(browser: Browser, origin: str, width: int, *, scripts: bool = True, **more: Any) -> Iterator[Visit]:
    """Give a window of a width that notes every complaint, request to elsewhere and failed request."""
    page = _window(browser, width, scripts=scripts, **more)
    try:
        with _noting(page, origin) as visit:
            yield visit
    finally:
        page.context.close()


class Windows:
    """Windows of one browser, opened once for each width: a new one costs more than the page that is shown in it.

    A visit finds a window as a new one would be: nothing in it but a blank page, no cookies and nothing kept of what
    was loaded, so that every page loads everything it needs.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[tuple[int, bool], list[Page]] = {}

    @contextmanager
    def visiting(self, origin: str, width: int, *, scripts: bool = True) -> Iterator[Visit]:
        """Give a window as `visiting` does."""
        free = self._free.setdefault((width, scripts), [])
        page = free.pop() if free else self._opened(width, scripts=scripts)
        with _noting(page, origin) as visit:
            yield visit
        page.goto("about:blank")
        page.context.clear_cookies()
        free.append(page)

    def close(self) -> None:
        """Close all that are open."""
        for pages in self._free.values():
            for page in pages:
                page.context.close()

    def _opened(self, width: int, *, scripts: bool) -> Page:
        page = _window(self._browser, width, scripts=scripts)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        return page


def _window(browser: Browser, width: int, *, scripts: bool, **more: Any) -> Page:
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, reduced_motion="reduce", **more
    )
    if scripts:
        context.add_init_script(_WATCH)
    return context.new_page()


@contextmanager
def _noting(page: Page, origin: str) -> Iterator[Visit]:
    """Note what the browser complains of while a page is visited, and nothing any more after that."""
    visit = Visit(page, origin)
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda said: visit.complaints.append(f"console {said.type}: {said.text}"),
        "pageerror": lambda error: visit.complaints.append(f"error: {error}"),
        "request": lambda asked: _note_request(visit, asked.url),
        "requestfailed": lambda asked: _note_failure(visit, asked),
        "requestfinished": lambda asked: visit.finished.append(asked),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    try:
        yield visit
    finally:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)


def _note_failure(visit: Visit, asked: Request) -> None:
    """Note a request that failed; not one given up because the page was left. Of a missing file the console tells."""
    if asked.failure != "net::ERR_ABORTED":
        visit.complaints.append(f"failed: {asked.url}")


def _note_request(visit: Visit, url: str) -> None:
    if not url.startswith((visit.origin + "/", "data:")):
        visit.complaints.append(f"asks elsewhere: {url}")


@cache
def _axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is missing: run make assets")
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Return what axe objects to: WCAG 2.2 A and AA, and its own best practices."""
    page.evaluate(_axe())
    found = page.evaluate(
        """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(each =>
             each.id + ": " + each.help + " – " +
             each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | "))"""
    )
    return [f"{page.url}: {each}" for each in found]


def assert_accessible(page: Page) -> None:
    """Refuse a page that axe objects to."""
    assert violations(page) == []


def focused(page: Page) -> str:
    """Return what has the focus: tag, id, classes and the beginning of its words."""
    told: str = page.evaluate(
        """() => { const e = document.activeElement;
             return [e.tagName.toLowerCase(), e.id && "#" + e.id, [...e.classList].map(c => "." + c).join(""),
                     " ", (e.getAttribute("aria-label") || e.textContent || "").trim().slice(0, 60)].join(""); }"""
    )
    return told


def tabbed(page: Page, most: int = 400) -> list[str]:
    """Return everything the tab key reaches, in order, until it comes round."""
    found: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        now = focused(page)
        if now.startswith("body") or (found and now == found[0] and len(found) > 1):
            break
        found.append(now)
    return found
