"""`pejl serve`: site and office of a workspace on this machine."""

from __future__ import annotations

import os
import socketserver
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

HOST = "127.0.0.1"


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    """One thread for each reader; none outlives the server."""

    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    """Says nothing of who read what."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def set_up(root: Path, base_url: str = "/", release_id: str | None = None) -> None:
    """Set Django up for a workspace.

    That is done once in a process: a second call with other arguments is a fault of the caller's.
    """
    os.environ["PEJL_WORKSPACE"] = str(root.resolve())
    os.environ["PEJL_BASE_URL"] = base_url
    os.environ["PEJL_RELEASE"] = release_id or ""
    os.environ["DJANGO_SETTINGS_MODULE"] = "pejl.office.settings"
    import django

    django.setup()


def prepare(root: Path, base_url: str = "/", release_id: str | None = None) -> None:
    """Set Django up for a workspace, with the office's tables brought up to date.

    A demonstration, where everybody is invented, gets its invented people when it has none yet.

    Raises:
        ReleaseError: there is no release, or none of this id.
        AssetsMissingError: the installation is incomplete.
    """
    from pejl.site.live import Live

    face = Live(root, base_url, release_id).publication.first.release.workspace
    if face["synthetic"] or not face["own"]:
        os.environ.setdefault("PEJL_OFFICE_DEMO", "1")
    set_up(root, base_url, release_id)
    from pejl.office.tables import bring_up_to_date

    bring_up_to_date()


def application(root: Path, base_url: str = "/", release_id: str | None = None) -> Any:
    """Return the WSGI application that serves a workspace.

    Raises:
        ReleaseError: there is no release, or none of this id.
        AssetsMissingError: the installation is incomplete.
    """
    prepare(root, base_url, release_id)
    from pejl.office.wsgi import application as wsgi

    return wsgi


def make_server(root: Path, port: int, release_id: str | None = None) -> WSGIServer:
    """Return a server that is ready, on this machine only; port 0 takes any that is free.

    Raises:
        ReleaseError: there is no release, or none of this id.
        AssetsMissingError: the installation is incomplete.
        OSError: the port is taken.
    """
    server = _Server((HOST, port), _Quiet)
    server.set_app(application(root, "/", release_id))
    return server
