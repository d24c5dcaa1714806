"""What the mail system is given: whom to write to, by which route, with which letter. No answers, no CPR numbers."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pejl.surveys.sampling import Sample, SurveyRefusedError, write_private
from pejl.surveys.sampling.frame import AGE, CASES, OF_AGE, PERSON, flags
from pejl.text import Language, message

if TYPE_CHECKING:
    import pandas as pd

Route = Literal["digital_post", "paper", "guardian"]
LetterKind = Literal["ordinary", "easy_read"]

HEADING = ("token", "address_key", "route", "letter", "language")
ADDRESS_KEY = "address_key"
DIGITAL_POST_AGE = 15
"""Digital Post begins at 15; for somebody younger it is whoever has custody who is written to."""

_CPR = re.compile(r"\s*([0-9]{2})([0-9]{2})[0-9]{2}[-\s]?[0-9]{4}\s*")


@dataclass(frozen=True, slots=True)
class Addressee:
    """One line for the mail system; `address_key` is what it knows the person by."""

    token: str
    address_key: str
    route: Route
    letter: LetterKind
    language: Language


@dataclass(frozen=True, slots=True)
class Mailing:
    """Who is written to in one wave.

    Attributes:
        addressees: in the order of their tokens.
        drawn: persons in the sample.
        no_address: persons drawn whom the register has no address key for; they count as not having answered.
        protected: of the addressees, those with a protected address. No address is exported: the mail system looks it
            up, and keeps it protected.
        minors: of the addressees, those under 18.
        not_stated: how many of those drawn a column says nothing of, by its name in `CASES`; taken as no.
    """

    addressees: tuple[Addressee, ...]
    drawn: int
    no_address: int
    protected: int
    minors: int
    not_stated: Mapping[str, int]

    def routes(self) -> dict[str, int]:
        """Return how many are written to by each route."""
        found = Counter(each.route for each in self.addressees)
        return {route: found[route] for route in ("digital_post", "paper", "guardian")}

    def letters(self) -> dict[str, int]:
        """Return how many get each letter."""
        found = Counter(each.letter for each in self.addressees)
        return {letter: found[letter] for letter in ("ordinary", "easy_read")}


def mailing(sample: Sample, reach: pd.DataFrame, language: Language) -> Mailing:
    """Return whom to write to and how.

    A guardian comes before paper, paper before Digital Post. Somebody under 15 is written to by way of whoever has
    custody, which is the guardian's route too.

    Args:
        sample: as drawn.
        reach: one row for each person, with `person`, `address_key` as text and the columns of `CASES`.
        language: of the letters.

    Raises:
        SurveyRefusedError: a person stands in `reach` twice, or an address key looks like a CPR number.
    """
    rows = sample.rows
    own = reach[reach[PERSON].isin(rows[PERSON])]
    _refuse_keys(own)
    keys = dict(zip(own[PERSON], own[ADDRESS_KEY], strict=True))
    case = {name: flags(rows, own, name) for name in CASES}
    guardian = case["guardianship"] | (rows[AGE] < DIGITAL_POST_AGE)
    known = rows[PERSON].map(keys).notna()
    addressees = tuple(
        Addressee(
            token,
            str(keys[person]),
            "guardian" if by_guardian else "paper" if by_paper else "digital_post",
            "easy_read" if easy else "ordinary",
            language,
        )
        for token, person, by_guardian, by_paper, easy, reachable in zip(
            rows["token"],
            rows[PERSON],
            guardian,
            case["outside_digital_post"],
            case["easy_read"],
            known,
            strict=True,
        )
        if reachable
    )
    return Mailing(
        addressees,
        drawn=len(rows),
        no_address=int((~known).sum()),
        protected=int((case["protected_address"] & known).sum()),
        minors=int(((rows[AGE] < OF_AGE) & known).sum()),
        not_stated={name: int(own[name].isna().sum()) for name in CASES if own[name].isna().any()},
    )


def write_mailing(found: Mailing, target: Path, root: Path) -> None:
    """Write whom to write to as CSV with semicolons, readable by its owner only; the file appears whole or not at all.

    Args:
        found: what to write.
        target: the file; one that is there is replaced.
        root: the folder of the workspace, in which the file must not lie: tokens and addresses are kept apart from
            answers.

    Raises:
        SurveyRefusedError: `target` lies in the workspace, or is no file.
        OSError: it cannot be written.
    """
    refuse_target(target, root)
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n")
    lines.writerow(HEADING)
    lines.writerows((each.token, each.address_key, each.route, each.letter, each.language) for each in found.addressees)
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        write_private(beside, written.getvalue())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def refuse_target(target: Path, root: Path) -> None:
    """Refuse a file in the workspace: whoever reads answers must not find there who gave them.

    Raises:
        SurveyRefusedError: `target` lies in the workspace, or is a folder.
    """
    if target.resolve().is_relative_to(root.resolve()):
        raise SurveyRefusedError(
            "export_inside",
            message("'{path}' lies in the workspace; write to a folder outside, where no answers are", path=target),
        )
    if target.is_dir():
        raise SurveyRefusedError("export_folder", message("'{path}' is a folder; name a file", path=target))


def _refuse_keys(own: pd.DataFrame) -> None:
    twice = int(own[PERSON].duplicated().sum())
    if twice:
        raise SurveyRefusedError(
            "reach_person_twice",
            message(
                "the register of addresses has more than one row for {count} of those drawn; make it one for each",
                count=twice,
            ),
        )
    alike = sum(looks_like_cpr(str(each)) for each in own[ADDRESS_KEY].dropna())
    if alike:
        raise SurveyRefusedError(
            "address_key_cpr",
            message(
                "{count} address keys look like CPR numbers, which are never exported; give the mail system's own keys",
                count=alike,
            ),
        )


def looks_like_cpr(text: str) -> bool:
    """Tell whether a text is ten digits that begin with a day and a month, replacement numbers (day + 60) included."""
    found = _CPR.fullmatch(text)
    if found is None:
        return False
    day, month = int(found.group(1)), int(found.group(2))
    return (1 <= day <= 31 or 61 <= day <= 91) and 1 <= month <= 12
