"""Setting a paper, in this process or in one of its own, whose memory is given back when it is done.

    python -m pejl.publish.paper.apart <job >file

The process reads the job from standard input and writes the file to standard output. It is not one of
`multiprocessing`, which would run the caller's script a second time.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Literal

from pejl.publish.paper.model import Paper
from pejl.publish.paper.pdf import letters_key, pdf_of
from pejl.publish.paper.word import word_of

Form = Literal["pdf", "docx"]
FORMS: tuple[Form, ...] = ("pdf", "docx")


def made(form: Form, paper: Paper, earlier: Path | None) -> bytes:
    """Return a paper as a file.

    Args:
        form: PDF or Word.
        paper: what it says.
        earlier: a Word file that was made before; charts that are in it need not be drawn again.

    Raises:
        LettersMissingError: the typeface of the paper is not installed.
    """
    return pdf_of(paper) if form == "pdf" else word_of(paper, earlier)


def made_apart(form: Form, paper: Paper, earlier: Path | None) -> bytes:
    """Return the same, made in a process of its own; arguments and errors as for `made`."""
    letters_key()
    job = pickle.dumps((form, paper, earlier))
    # Without the working folder, in which a file may be called like a module of the standard library.
    command = [sys.executable, "-P", "-m", "pejl.publish.paper.apart"]
    return subprocess.run(command, input=job, capture_output=True, check=True).stdout  # noqa: S603 - nothing is given


if __name__ == "__main__":
    sys.stdout.buffer.write(made(*pickle.load(sys.stdin.buffer)))  # noqa: S301 - from the process that started this
