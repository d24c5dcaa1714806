"""Static files as WhiteNoise serves them: what has a hash in its name is kept for ever."""

from __future__ import annotations

import re

from whitenoise.middleware import WhiteNoiseMiddleware

_HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc] # whitenoise ships no types
    """Serves the look of the site before any page is asked for."""

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Tell whether a file never changes under its name."""
        del path
        return _HASHED.search(url) is not None
