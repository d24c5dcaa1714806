"""Where what is worked out once is kept; whatever lies there can be deleted at any time."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder of the cache: PEJL_CACHE, else pejl in the user's cache folder."""
    if own := os.environ.get("PEJL_CACHE"):
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pejl"
