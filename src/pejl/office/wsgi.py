"""Site and office for a WSGI server: `PEJL_WORKSPACE=… gunicorn pejl.office.wsgi`."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pejl.office.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
