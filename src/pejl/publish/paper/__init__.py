"""The committee's paper: the yearly status of a strategy as PDF/UA-1 and as an editable Word file.

What the paper says is made once (`paper_of`), as blocks that know nothing of files; both files are made of them.
"""

from pejl.publish.paper.contents import paper_of
from pejl.publish.paper.model import Paper
from pejl.publish.paper.pdf import LettersMissingError
from pejl.publish.paper.writing import UnknownStrategyError, paper_names, papers_of, write_paper

__all__ = [
    "LettersMissingError",
    "Paper",
    "UnknownStrategyError",
    "paper_names",
    "paper_of",
    "papers_of",
    "write_paper",
]
