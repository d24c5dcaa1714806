"""Django's settings for site and office together, split by topic.

Beside those of the site (`pejl.site.settings`), what differs from place to place comes from the environment:

    PEJL_OFFICE_DATABASE   where what is written in the office is kept, as postgresql://…; without it a SQLite file in
                           the workspace's own folder `office/`
    PEJL_OFFICE_SECRET     signs sessions; without it a key is made and kept beside the SQLite file
    PEJL_OFFICE_DEMO       1: accounts for every role and a page to choose between them; for invented people only
    PEJL_OFFICE_TODAY      another day than today, as 2015-03-01; for demonstrations
    PEJL_OFFICE_SIGNUPS    how many may sign up on the public pages from one network in ten minutes, 30 if nothing is
                           said; 0: without limit
    PEJL_OFFICE_PROXIES    addresses or networks of proxies that say truly whom they ask for, as 127.0.0.1,10.0.0.0/8,
                           and unix for one that comes by a Unix socket; without it nobody is believed
    PEJL_OFFICE_ADDRESS    scheme and host by which letters name the office, as https://example.dk
    PEJL_MAIL              where letters are handed over, as smtp://user:password@host:587; without it they stay here
    PEJL_MAIL_FROM         whom letters come from
"""

from pejl.office.settings.core import *  # noqa: F403 - Django reads settings as names of this module
from pejl.office.settings.database import *  # noqa: F403 - likewise
from pejl.office.settings.mail import *  # noqa: F403 - likewise
from pejl.office.settings.security import *  # noqa: F403 - likewise
from pejl.office.settings.senders import *  # noqa: F403 - likewise
from pejl.site.settings.static import (  # noqa: F401 - likewise
    FORCE_SCRIPT_NAME,
    STATIC_URL,
    WHITENOISE_AUTOREFRESH,
    WHITENOISE_MAX_AGE,
)
