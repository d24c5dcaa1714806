"""What the files of an indicator depend on, as one text: if it has not changed, neither have they."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from pejl.publish.open_data.labels import Label
from pejl.release.public import PublicRelease

_MADE_WITH = ("pejl", "duckdb")
_OF_WORKSPACE = ("languages", "units", "scopes", "dimensions")
"""The words in the files of figures; notice and marks are in the label."""


def content_key(release: PublicRelease, indicator: str, goals: Sequence[str], shared: str) -> str:
    """Return the key of an indicator's files, in hexadecimal.

    Args:
        release: whose indicator it is.
        indicator: its id.
        goals: the ids of the goals it judges.
        shared: what `shared_key` gives for the release.
    """
    told = _packed([shared, list(goals), release.fingerprint(indicator)])
    return hashlib.sha256(told).hexdigest()


def shared_key(release: PublicRelease, label: Label, address: str | None = None, *, made_by: str = "") -> str:
    """Return the part of the key that all indicators share: the label, the words, the address, the software.

    The release's id and day are no part of it; they do not stand in the files of figures.

    Args:
        release: whose words they are.
        label: what every file says.
        address: of the folder, with its host, where it is known.
        made_by: tells versions of the software apart more finely than its number, where that is wanted.
    """
    workspace = [release.workspace[name] for name in _OF_WORKSPACE]
    software = [made_by, *(version(name) for name in _MADE_WITH)]
    return hashlib.sha256(_packed([software, label.as_dict(), address, workspace])).hexdigest()


def _packed(told: Any) -> bytes:
    return json.dumps(told, sort_keys=True, ensure_ascii=False).encode()
