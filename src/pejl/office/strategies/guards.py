"""What keeps a draft as it was: the database itself refuses to change what it says."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE = "strategies_draft"
_COLUMNS = "way_id, number, title, form, content, sha256, step, kept_by_id, kept_at"
_INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER draft_no_change BEFORE UPDATE OF {_COLUMNS} ON {_TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'a kept draft is never changed'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION draft_never_changed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a kept draft is never changed'; END $$",
        f"CREATE TRIGGER draft_no_change BEFORE UPDATE OF {_COLUMNS} ON {_TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION draft_never_changed()",
    ],
}
_REMOVE = {
    "sqlite": ["DROP TRIGGER IF EXISTS draft_no_change"],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS draft_no_change ON {_TABLE}",
        "DROP FUNCTION IF EXISTS draft_never_changed()",
    ],
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Let the database refuse every change of what a draft says; to whom it is handed can change."""
    _run(connection, _INSTALL[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the refusal away, when the table itself is taken away."""
    _run(connection, _REMOVE[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
