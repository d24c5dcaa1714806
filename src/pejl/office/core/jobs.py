"""What the office does by itself when its day has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pejl.text import Message


@dataclass(frozen=True, slots=True)
class Done:
    """What a job did, in words, and whether it left something undone that it should have done."""

    words: Message
    failed: bool = False


Job = Callable[[datetime], Done]
"""Does what is due at a moment; may be run as often as one likes."""
