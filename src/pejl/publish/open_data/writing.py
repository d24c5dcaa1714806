"""The folder of open data: every indicator and everything, in every format, from a release's public folder alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pejl.publish.open_data.documents import Documents, PageOf
from pejl.publish.open_data.earlier import Earlier
from pejl.publish.open_data.figures import Figures
from pejl.publish.open_data.folders import Folder, Written
from pejl.publish.open_data.keys import shared_key
from pejl.publish.open_data.labels import label_of
from pejl.publish.open_data.names import address_of
from pejl.release.public import PublicRelease


def write_open_data(
    release: PublicRelease,
    folder: Path,
    *,
    base_url: str,
    draft: bool,
    made: datetime | str,
    page_of: PageOf | None = None,
    before: Path | None = None,
    made_by: str = "",
) -> tuple[Written, ...]:
    """Write every file of open data into `folder`, and return them in the order of the alphabet.

    What comes out does not depend on `before`; only how long it takes does.

    Args:
        release: whose public folder is read; nothing else is.
        folder: `data` of the site. Files that are there already are replaced, others are left alone.
        base_url: the site's address, `https://…/` or a path from the host's root. Without a host the addresses in the
            catalogue are relative to it, unless the workspace says where its site is.
        draft: the release is not approved.
        made: when the release was made; never the time of writing.
        page_of: gives the address of an indicator's page, for the catalogue.
        before: an earlier folder, of this release or another. What is the same there is given a second name here (or
            copied, where the disk knows no second names) and not made again.
        made_by: tells versions of the software apart more finely than its number, so that nothing is taken over that
            another one made.

    Raises:
        ReleaseError: the release is damaged, or made by another version.
    """
    label = label_of(release, draft=draft, made=made)
    address = address_of(release, base_url)
    shared = shared_key(release, label, address, made_by=made_by)
    earlier = Earlier(None if before is None or before.resolve() == folder.resolve() else before)
    figures = Figures(release, label, address, shared, earlier)
    into = Folder(folder)
    figures.write(into)
    Documents(release, label, address, figures.described, page_of).write(into)
    return tuple(into.written[path] for path in sorted(into.written))
