#!/bin/sh
# Runs tests of the office on the PostgreSQL that pg_virtualenv has started: pg_virtualenv -t tests/office/on_postgresql.sh [tests]
set -eu
PEJL_OFFICE_DATABASE="postgresql://${PGUSER}:${PGPASSWORD:-}@${PGHOST}:${PGPORT}/${PGDATABASE:-postgres}"
export PEJL_OFFICE_DATABASE
exec "${PYTHON:-python}" -m pytest -q -p no:cacheprovider -m "not every_page and not in_browser" "${@:-tests/office}"
