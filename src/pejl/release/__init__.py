"""Releases: immutable folders with manifest and hashes, a pointer to the current one, an append-only log."""

from pejl.release.reader import Release, ReleaseError, current_release, open_release, releases_for
from pejl.release.writer import ReleaseWriter, locked, make_current, next_release_id

__all__ = [
    "Release",
    "ReleaseError",
    "ReleaseWriter",
    "current_release",
    "locked",
    "make_current",
    "next_release_id",
    "open_release",
    "releases_for",
]
