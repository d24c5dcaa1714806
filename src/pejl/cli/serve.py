"""The command `pejl serve`."""

from __future__ import annotations

from pathlib import Path

import click

from pejl.cli.faults import RefusedError
from pejl.text import LANGUAGES, Language, message


@click.command("serve")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@click.option("--release", metavar="ID", help="Another release than the current one.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Danish or English.")
def serve_command(folder: Path, port: int, release: str | None, lang: Language) -> None:
    """Show the web site of a workspace on this machine, for review.

    Nobody else can reach it. A new release is seen at the next page.
    """
    serve_site(folder, port, release, lang)


def serve_site(folder: Path, port: int, release: str | None, lang: Language) -> None:
    """Serve the site until Ctrl-C, and say where.

    Raises:
        RefusedError: the installation lacks the site's look.
        WorkspaceNotFoundError: `folder` is no workspace.
    """
    from pejl.office.serving import HOST, make_server
    from pejl.site.assets import AssetsMissingError
    from pejl.workspace.folder import require_workspace

    require_workspace(folder)
    try:
        made = make_server(folder, port, release)
    except AssetsMissingError as error:
        raise RefusedError(error.what) from error
    with made as server:
        address = f"http://{HOST}:{server.server_port}/"
        click.echo(message("Look at {address}; stop with Ctrl-C.", address=address).render(lang))
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()
