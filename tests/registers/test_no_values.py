"""No value of any row stands in anything intake says, however dirty the rows are."""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.registers.conftest import KEY, LoadRegisters, Take, contract
from tests.registers.test_csv import STAYS

from pejl.engines import Session
from pejl.registers import Intake, take_in

HEADER = ["Stay_id", "CPR", "Navn", "Fra", "Til", "Timer", "Paragraf", "Bydel", "Beskyttet"]
_numbers = itertools.count()

# every cell is long enough not to stand in a sentence by chance; some look like what they should be
cells = st.one_of(
    st.just(""),
    st.text(st.characters(codec="latin-1", exclude_characters="\0"), min_size=6, max_size=12),
    st.from_regex(r"[0-9]{6}-?[0-9]{4}", fullmatch=True),
    st.from_regex(r"[0-3][0-9]-[01][0-9]-[12][0-9]{3}", fullmatch=True),
    st.from_regex(r"[0-9]{7}(,[0-9]{2})?", fullmatch=True),
    st.from_regex(r'"?[a-zæøå;]{6}"?', fullmatch=True),
)


def said(intake: Intake) -> str:
    """Everything an intake says, in both languages."""
    texts = [json.dumps(asdict(intake), default=str, ensure_ascii=False)]
    for message in (intake.reason, *(finding.what for finding in intake.findings)):
        if message is not None:
            texts.append(message.render("en"))
    return "\n".join(texts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    rows=st.lists(st.lists(cells, min_size=1, max_size=11), max_size=8),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    tolerated=st.sampled_from(["0", "1"]),
    quote=st.booleans(),
)
def test_no_cell_of_a_csv_file_is_ever_said(
    load: LoadRegisters,
    session: Session,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    rows: list[list[str]],
    ending: str,
    tolerated: str,
    quote: bool,
) -> None:
    lines = [";".join(HEADER)]
    for row in rows:
        lines.append(";".join('"' + cell.replace('"', '""') + '"' if quote else cell for cell in row))
    content = ending.join(lines).encode("latin-1")
    body = contract(STAYS + f"tolerated: {tolerated}\n")
    files: dict[str, str | bytes | None] = {"registers/stays.yaml": body, "data/stays.csv": content}
    workspace = load(files)
    intake = take_in(workspace, workspace.registers[0], session, tmp_path / f"cache{next(_numbers)}", KEY)
    printed = capfd.readouterr()
    everything = said(intake) + printed.out + printed.err
    for cell in {cell for row in rows for cell in row if len(cell.strip()) >= 6}:
        assert cell.strip() not in everything
        assert json.dumps(cell, ensure_ascii=False)[1:-1] not in everything
    if intake.usable:
        session.relation("canonical", intake.files, intake.columns)
        empty = session.fetch("SELECT count(*) FROM canonical WHERE stay_id IS NULL OR from_day IS NULL")
        assert empty == [(0,)]
        assert session.fetch("SELECT count(*) - count(DISTINCT stay_id) FROM canonical") == [(0,)]
        assert session.fetch("SELECT count(*) FROM canonical WHERE to_day < from_day OR hours < 0") == [(0,)]


def test_every_row_of_a_clean_file_is_there_whatever_its_texts_hold(take: Take, session: Session) -> None:
    body = """\
data:
  format: csv
  path: data/texts.csv
key:
  - id
columns:
  - name: id
    type: integer
    personal: none
  - name: text
    type: text
    personal: none
"""
    breaks = ["line\nbreak", "return\r\nbreak", "return\rbreak"]
    texts = [*breaks, "plain", 'a "quoted" word', "semi;colon", "æøå €", "'", "\\", "NULL", "\t", "\u00a0x "]
    rows = "".join(f'{number};"{text.replace(chr(34), chr(34) * 2)}"\n' for number, text in enumerate(texts))
    intake = take(body, {"data/texts.csv": "id;text\n" + rows})
    session.relation("canonical", intake.files, intake.columns)
    read = [text for _, text in session.fetch("FROM canonical ORDER BY id")]
    assert read == [text.strip() or None for text in texts]
