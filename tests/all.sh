#!/bin/sh
# Runs all tests in two processes beside each other, since machines have two cores: those of the office, on SQLite and
# then on PostgreSQL where there is one, and all others. What the office's say is shown at the end.
set -u
PYTHON="${PYTHON:-python}"
export PYTHON
said=$(mktemp)
trap 'rm -f "$said"' EXIT
(
    "$PYTHON" -m pytest -q -p no:cacheprovider tests/office || exit 1
    if command -v pg_virtualenv >/dev/null; then
        echo "The office once more, on PostgreSQL"
        pg_virtualenv -t tests/office/on_postgresql.sh
    fi
) >"$said" 2>&1 &
office=$!
"$PYTHON" -m pytest --ignore=tests/office
others=$?
wait "$office"
of_office=$?
echo "The office"
cat "$said"
test "$others" -eq 0 && test "$of_office" -eq 0
