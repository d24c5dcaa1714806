"""Workspaces whose sites are tested: Copenhagen as it is, and a small town with two public releases.

The town is the minimal workspace of all tests with everything that a site can show of its owner: contact, hearings,
statement, address. Its figures of 2015 came out first, and those of 2017 after them.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from tests.conftest import MINIMAL

import pejl
from pejl.pipeline.releasing import approve, publish

ROOT = Path(__file__).parents[2]
DAY = date(2018, 5, 1)
SITE = """
[site]
address = "https://strategi.example.dk/"
accessibility_statement = "https://was.example.dk/lilleby"

[site.contact]
name = { da = "Sekretariatet", en = "The secretariat" }
email = "strategi@example.dk"
phone = "12 34 56 78"

[[site.hearings]]
title = { da = "Dialogmøde", en = "Dialogue meeting" }
text = { da = "Kom og sig, hvad du mener.", en = "Come and say what you think." }
url = "https://example.dk/moede"
"""

GROUPS = """\
target_group_versions:
  - id: groups_2014
    title:
      da: Målgrupper
      en: Target groups
    valid_from: 2014-01-01
    groups:
      - id: adults
        title:
          da: Voksne
          en: Adults
"""


def write_lilleby(root: Path) -> Path:
    """Write the small town, without a release."""
    for name, text in MINIMAL.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "pejl.toml").write_text(MINIMAL["pejl.toml"] + SITE, encoding="utf-8")
    words = MINIMAL["vocabulary/words.yaml"]
    words = words.replace("    versions:\n", "    target_groups:\n      - adults\n    versions:\n")
    (root / "vocabulary" / "words.yaml").write_text(words, encoding="utf-8")
    (root / "vocabulary" / "groups.yaml").write_text(GROUPS, encoding="utf-8")
    plan = MINIMAL["strategy/plan.yaml"]
    plan = plan.replace("status: adopted\n", "status: adopted\ntarget_group_version: groups_2014\n")
    (root / "strategy" / "plan.yaml").write_text(plan, encoding="utf-8")
    return root


def lilleby_with_releases(root: Path) -> Path:
    """Write the small town with a public release of 2015, and a later one of 2017."""
    town = pejl.open(write_lilleby(root))
    for year in (2015, 2017):
        made = town.measure(year=year, as_of=DAY)
        assert made.release is not None
        approve(root, made.release.id, "Udvalget")
        publish(root, made.release.id, "Sekretariatet", DAY)
    return root


def copenhagen(root: Path) -> Path:
    """Write Copenhagen with a release that nobody has approved."""
    shutil.copytree(ROOT / "workspaces" / "copenhagen", root, ignore=shutil.ignore_patterns("releases"))
    assert pejl.open(root).measure(as_of=DAY).release is not None
    return root
