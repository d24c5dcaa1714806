"""Words, numbers and dates as Danes and the English write them.

The one place that knows languages. Everything a person reads is a `Message`: an English template with named
values, translated when it is shown. Danish stands in the gettext catalogue; English is the template itself.
"""

from pejl.text.catalogue import LANGUAGES, Language, Message, message
from pejl.text.formats import format_date, format_number, format_percent_change, format_signed

__all__ = [
    "LANGUAGES",
    "Language",
    "Message",
    "format_date",
    "format_number",
    "format_percent_change",
    "format_signed",
    "message",
]
