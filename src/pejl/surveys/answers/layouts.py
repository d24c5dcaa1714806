"""How the files of answers are laid out: our own format, and the exports of LimeSurvey and SurveyJS.

LimeSurvey: "Export results" as CSV with question codes as headings and answer codes as answers. Its codes may hold
letters and digits only, so signs between the words of a name do not matter: `tils[isolated]`, `tils_isolated` and
`tilsisolated` are all `t_ils.isolated`. Read from its source: application/helpers/admin/export/CsvWriter.php,
application/helpers/viewHelper.php (getFieldCode).

SurveyJS: the CSV of the Dashboard's table view with `useNamesAsTitles` and `useValuesAsLabels`. A matrix has the
columns `matrix - row`. A cell that begins like a formula has an apostrophe before it; what is no text is written as
JSON. Read from survey-analytics: src/tables/tabulator.ts, src/tables/columns.ts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pejl.text import Message, message
from pejl.workspace.instruments import Instrument, Item
from pejl.workspace.surveys import AnswerFormat

TOKEN, SUBMITTED, MODE, BY, OUTCOME = "token", "submitted", "mode", "by", "outcome"
OWN = (TOKEN, SUBMITTED, MODE, BY, OUTCOME)

_LIMESURVEY = frozenset(
    {"id", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "refurl", "interviewtime"}
    | {"tid", "participant_id", "emailstatus", "language", "blacklisted", "sent", "remindersent", "remindercount"}
    | {"completed", "usesleft", "validfrom", "validuntil", "mpid"}
)
"""Columns of LimeSurvey's own, of a response and of the participant; none of them is read."""

_PERSONAL = frozenset({"firstname", "lastname", "email", "ipaddr"})
_TIMES = re.compile(r"groupTime[0-9]+|attribute_[0-9]+|(?P<question>.+)Time")
_FORMULA = re.compile(r"'(?=[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of one instrument, as it is named in files."""

    instrument: Instrument
    item: Item

    @property
    def name(self) -> str:
        """The column of the item."""
        return f"{self.instrument.id}.{self.item.id}"


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in which column, from 0.

    Attributes:
        own: by name in `OWN`.
        items: by `instrument.item`.
        unknown: names that are nothing we know.
        twice: names that stand a second time, or are another spelling of one that is there.
        personal: columns with names or addresses; they are not read.
    """

    own: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    twice: list[tuple[int, str]] = field(default_factory=list)
    personal: list[tuple[int, str]] = field(default_factory=list)


def plain(name: str) -> str:
    """Return a name without signs and capital letters, as a tool for questionnaires may write it."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def required(form: AnswerFormat) -> Mapping[str, str]:
    """Return the columns that must be there, each with its name in the format."""
    if form == "pejl":
        return {name: name for name in (TOKEN, SUBMITTED, MODE, BY)}
    return {TOKEN: TOKEN, SUBMITTED: "submitdate" if form == "limesurvey" else SUBMITTED}


def understand(names: Sequence[str], form: AnswerFormat, asked: Sequence[Asked]) -> Header:
    """Return what the columns of a file are."""
    header = Header()
    own = {required(form).get(name, name): name for name in OWN}
    spelt = {each.name: each.name for each in asked}
    if form != "pejl":
        own |= {plain(name): meant for name, meant in own.items()}
        spelt |= {plain(each.name): each.name for each in asked}
    for place, name in enumerate(names):
        written = name if form == "pejl" else plain(name)
        if written in own:
            _put(header, header.own, own[written], place, name)
        elif written in spelt:
            _put(header, header.items, spelt[written], place, name)
        elif form == "limesurvey" and _housekeeping(name, spelt):
            if name in _PERSONAL:
                header.personal.append((place, name))
        else:
            header.unknown.append((place, name))
    return header


def cell(text: str, form: AnswerFormat) -> str:
    """Return what was meant by the text of a cell."""
    stripped = text.strip()
    if form == "pejl":
        return stripped
    meant = _FORMULA.sub("", stripped, count=1) if stripped.startswith("'") else stripped
    return meant[1:-1] if len(meant) > 1 and meant[0] == meant[-1] == '"' else meant


def header_mend(form: AnswerFormat, delimiter: str, asked: Sequence[Asked]) -> Message:
    """Return how a file should begin."""
    if form == "limesurvey":
        return message("Export with question codes as headings, answer codes as answers, and the column 'token'.")
    if form == "surveyjs":
        return message(
            "Export with 'useNamesAsTitles' and 'useValuesAsLabels', and let 'token' and 'submitted' be questions."
        )
    names = (TOKEN, SUBMITTED, MODE, BY, *(each.name for each in asked))
    return message("Begin the file with the line: {header}", header=delimiter.join(names))


def _put(header: Header, into: dict[str, int], name: str, place: int, written: str) -> None:
    if name in into:
        header.twice.append((place, written))
    else:
        into[name] = place


def _housekeeping(name: str, spelt: Mapping[str, str]) -> bool:
    if name in _LIMESURVEY | _PERSONAL:
        return True
    times = _TIMES.fullmatch(name)
    if times is None:
        return False
    question = times.group("question")
    if question is None or plain(question) in {*spelt, *OWN}:
        return True
    # the time of a whole array of questions is that of the instrument
    return any(plain(each.partition(".")[0]) == plain(question) for each in spelt.values())
