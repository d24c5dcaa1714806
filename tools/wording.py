"""The hand-written sentences of the generated reference, and where the project is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
WORDS: dict[str, Any] = yaml.safe_load((DOCS / "reference" / "words.yaml").read_text(encoding="utf-8"))
