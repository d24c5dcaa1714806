"""The town written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site.pages.town import write

from pejl.release.public import PublicRelease
from pejl.site.pages.contents import Contents


@pytest.fixture
def town(tmp_path: Path) -> PublicRelease:
    """The release of 2019."""
    return write(tmp_path / "public")


@pytest.fixture
def contents(town: PublicRelease) -> Contents:
    """What it holds."""
    return Contents(town)
