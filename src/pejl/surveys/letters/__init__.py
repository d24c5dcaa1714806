"""Letters to those drawn: what they must say, and how they are filled in."""

from __future__ import annotations

from pejl.surveys.letters.checking import check_letters
from pejl.surveys.letters.rendering import PLACEHOLDERS, Rendered, example_letter, rendered

__all__ = ["PLACEHOLDERS", "Rendered", "check_letters", "example_letter", "rendered"]
