"""The database itself refuses to change a kept draft."""

from typing import Any

from django.db import migrations

from pejl.office.strategies import guards


def _install(_: Any, editor: Any) -> None:
    guards.install(editor.connection)


def _remove(_: Any, editor: Any) -> None:
    guards.remove(editor.connection)


class Migration(migrations.Migration):
    """Triggers that refuse every change of what a draft says."""

    dependencies = [("strategies", "0001_initial")]
    operations = [migrations.RunPython(_install, _remove)]
