"""The command line.

Exit codes: 0 done (warnings allowed), 1 problems in what was given, 2 misuse of the command, 70 a fault of Pejl's
own.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from pejl.cli.commands import cli
from pejl.cli.faults import (
    FAULT_EXIT,
    INTERRUPTED_EXIT,
    PROBLEMS_EXIT,
    RefusedError,
    complain,
    known_error,
    report_fault,
)
from pejl.text import message


def main() -> NoReturn:
    """Run the command line and leave with its exit code; never a bare traceback."""
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        complain(message("interrupted; what stood before still stands"))
        sys.exit(INTERRUPTED_EXIT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        known = known_error(error)
        if known is None:
            report_fault(error)
            sys.exit(FAULT_EXIT)
        complain(known, error.lang if isinstance(error, RefusedError) else None)
        sys.exit(PROBLEMS_EXIT)
