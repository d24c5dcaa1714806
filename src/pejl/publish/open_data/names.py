"""The names of the files, and where the folder stands."""

from __future__ import annotations

from collections.abc import Sequence

from pejl.publish.open_data.schemas import FOLDER
from pejl.release.public import PublicRelease
from pejl.text import Language

DATA = "data/"
"""Where the folder lies below the site's address."""
ALL_FIGURES = "all-figures"
CATALOG, CATALOG_JSON = "catalog.ttl", "catalog.jsonld"
PACKAGE = "datapackage.json"
README = "README.txt"


def names_of(indicator: str, languages: Sequence[Language]) -> dict[str, str]:
    """Return the paths of an indicator's files in the folder, by kind of file."""
    return {**_names(indicator, languages), "json": f"{FOLDER}/indicators/{indicator}.json"}


def names_of_all(languages: Sequence[Language]) -> dict[str, str]:
    """Return the paths of the files with every figure, by kind of file."""
    return _names(ALL_FIGURES, languages)


def _names(name: str, languages: Sequence[Language]) -> dict[str, str]:
    return {
        "csv": f"{name}.csv",
        "excel": f"{name}-excel.csv",
        **{f"json_stat_{language}": f"{name}.{language}.jsonstat.json" for language in languages},
        "parquet": f"{name}.parquet",
    }


def address_of(release: PublicRelease, base_url: str) -> str | None:
    """Return the folder's address with its host, or None where the host is not known."""
    if "://" in base_url:
        return f"{base_url.rstrip('/')}/{DATA}"
    site: str | None = (release.workspace.get("site") or {}).get("address")
    if not site:
        return None
    scheme, _, rest = site.partition("://")
    host = rest.partition("/")[0]
    path = base_url.strip("/")
    return f"{scheme}://{host}/{path}/{DATA}" if path else f"{site.rstrip('/')}/{DATA}"
