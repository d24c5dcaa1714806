"""The command line's reference: every command with what it does, its arguments and options."""

from __future__ import annotations

import inspect

import click
from tools.markdown import Lines, code, table
from tools.wording import WORDS

from pejl.cli.commands import cli

ORDER = (
    *("demo", "init", "check", "measure", "status", "explain", "diff", "targets", "audit", "release"),
    *("publish", "serve", "paper", "template", "import", "survey", "carry-home", "office", "purge"),
)


def every_command() -> dict[str, click.Command]:
    """Return every command by its words, those of groups with the group's name before their own."""
    found: dict[str, click.Command] = {}
    for name in sorted(cli.commands, key=ORDER.index):
        command = cli.commands[name]
        if isinstance(command, click.Group):
            found |= {f"{name} {part}": inner for part, inner in command.commands.items()}
        else:
            found[name] = command
    return found


def commands() -> Lines:
    """Yield a section for each command: what it does, its arguments and options."""
    for name, command in every_command().items():
        context = click.Context(command, info_name=f"pejl {name}", help_option_names=["-h", "--help"])
        yield f"## pejl {name}"
        yield ""
        yield from inspect.cleandoc(command.help or "").splitlines()
        yield ""
        yield "```text"
        yield command.get_usage(context).removeprefix("Usage: ")
        yield "```"
        yield ""
        rows = [_parameter(parameter, context) for parameter in command.get_params(context)]
        yield from table(("", "", "meaning"), rows)


def _parameter(parameter: click.Parameter, context: click.Context) -> tuple[str, str, str]:
    if isinstance(parameter, click.Option):
        names, kind = parameter.make_metavar(context), parameter.help or ""
        shown = code(*parameter.opts) if parameter.is_flag else f"{code(*parameter.opts)} `{names}`"
        default = f"`{parameter.default}` if not given" if parameter.show_default else ""
        return shown, "may be repeated" if parameter.multiple else default, kind
    name = parameter.human_readable_name if parameter.metavar is None else parameter.metavar
    name = name.upper().strip("[].")
    return code(name), "required" if parameter.required else "optional", WORDS["commands"][name]
