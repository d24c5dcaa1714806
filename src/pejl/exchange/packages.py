"""Office files with the same bytes whenever and wherever they are made."""

from __future__ import annotations

import io
import re
import zipfile

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip archive knows."""

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
FIXED_STAMP = b"2000-01-01T00:00:00Z"


def fixed(package: bytes) -> bytes:
    """Return an Office package (.xlsx, .docx) whose parts and properties tell no time."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(made, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + FIXED_STAMP + rb"\g<2>", content)
            entry = zipfile.ZipInfo(item.filename, FIXED_TIME)
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content, compresslevel=6)
    return made.getvalue()
