"""What the office's tests share: a small organisation with somebody in every role, and a browser that is signed in.

    Socialforvaltningen
        Center Nord     Havnehuset, Lindegården
        Center Syd      Mosevej

The unit leader and the employee are at Havnehuset, the centre leader at Center Nord. The day is 2 March 2015.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.site.browsing import Visit, visiting
from tests.site.worlds import lilleby_with_releases

from pejl.office.accounts.world import World
from pejl.office.audit import guards
from pejl.office.core.roles import Role
from pejl.office.demonstration import organisation, people
from pejl.site.views import live

DAY = "2015-03-02"
CENTRES = {
    "Center Nord": [("havnehuset", "Havnehuset"), ("lindegaarden", "Lindegården")],
    "Center Syd": [("mosevej", "Mosevej")],
}
AsRole = Callable[[Role], Client]
Browse = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture(scope="session")
def office_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small town with two public releases. Not to be changed."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEJL_CACHE", str(folder / "cache"))
        patch.setenv("XDG_DATA_HOME", str(folder / "data-home"))
        yield lilleby_with_releases(folder / "lilleby")


@pytest.fixture(autouse=True)
def _office(office_workspace: Path, settings: Settings) -> Iterator[None]:
    """The office of that town, on that day."""
    settings.PEJL_WORKSPACE = str(office_workspace)
    settings.PEJL_OFFICE_TODAY = DAY
    live.cache_clear()
    yield
    live.cache_clear()


@pytest.fixture
def world(db: None) -> World:
    """Somebody in every role."""
    return people(*organisation(CENTRES))


@pytest.fixture
def as_role(world: World) -> AsRole:
    """Sign in as a role: `as_role(Role.SECRETARIAT).get("/office/")`."""

    def enter(role: Role) -> Client:
        client = Client(headers={"host": "localhost"})
        assert client.post("/office/demo/", {"role": role.value}).status_code == 302
        return client

    return enter


@pytest.fixture
def browse(browser: Browser, world: World, live_server: LiveServer) -> Browse:
    """Open a browser as a role, or as nobody: `with browse(Role.SECRETARIAT, 1280) as visit: visit.go("/office/")`."""

    @contextmanager
    def opened(role: Role | None, width: int = 1280, **more: Any) -> Iterator[Visit]:
        with visiting(browser, live_server.url, width, **more) as visit:
            if role is not None:
                visit.go("/office/demo/")
                visit.page.locator(f"button[value={role.value}]").click()
                visit.page.wait_for_url("**/office/", wait_until="load")
            yield visit

    return opened


@pytest.fixture(autouse=True, scope="session")
def _the_record_may_go_between_tests() -> Iterator[None]:
    """Let tests that really commit empty every table afterwards, the append-only one too."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined] # Django's own, without types

    def teardown(self: TransactionTestCase) -> None:
        guards.remove(connection)
        empty(self)
        guards.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
