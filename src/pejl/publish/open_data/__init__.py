"""Open data: CSV for programs and for Danish Excel, JSON-stat, Parquet, static JSON, and what describes them.

`write_open_data` writes the whole folder, taking over from an earlier one what is still the same; `indicator_files`
returns the files of one indicator, and `content_key` says whether they must be made again. Everything is made from a
release's public folder alone.
"""

from pejl.publish.open_data.folders import Written
from pejl.publish.open_data.indicators import indicator_files
from pejl.publish.open_data.keys import content_key, shared_key
from pejl.publish.open_data.labels import Label, label_of
from pejl.publish.open_data.names import names_of
from pejl.publish.open_data.parquet_files import ParquetWriter
from pejl.publish.open_data.writing import write_open_data

__all__ = [
    "Label",
    "ParquetWriter",
    "Written",
    "content_key",
    "indicator_files",
    "label_of",
    "names_of",
    "shared_key",
    "write_open_data",
]
