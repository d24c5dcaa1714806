"""The SQL of a workspace, as text: which files there are, and what they are called in other SQL."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

MODELS_FOLDER = "models"


@dataclass(frozen=True, slots=True)
class SqlFile:
    """One file of SQL: its path relative to the workspace, its text, the hash of its content."""

    file: str
    text: str
    sha256: str

    @property
    def name(self) -> str:
        """The name by which other SQL reads a model: that of the file without `.sql`."""
        return PurePosixPath(self.file).stem

    @property
    def is_model(self) -> bool:
        """Tell whether it is a model, rather than the SQL of an indicator."""
        return PurePosixPath(self.file).parts[0] == MODELS_FOLDER
