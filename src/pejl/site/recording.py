"""A release that notes what is read of it, so that every page knows what it was made from.

The public folder is cut into parts: the definition and the figures of each indicator, each field of each goal, each
remark, each strategy, each key of the workspace. `Noted` hands out the same values as `PublicRelease`, and notes the
name of a part whenever something of it is looked at. A page whose parts are what they were need not be made again.

Ids, titles and places of goals, strategies, remarks and indicators are one part together for each: every page that
looks for a goal goes through all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pejl.release.public import PublicCell, PublicRelease
from pejl.site.notes import NotedRecord, Notes, noted_record

Kept = TypeVar("Kept")

GOAL_FACE = ("id", "code", "strategy", "group", "title", "indicator", "scope", "asked")
STRATEGY_FACE = ("id", "title", "short_title", "status", "valid", "adopted_on")
REMARK_FACE = ("goal", "year", "language")
INDICATOR_FACE = ("id", "title", "plain", "variant_of", "unit", "scope", "dimensions")


class Noted(PublicRelease):
    """A public release whose readers are noted.

    Args:
        folder: the public folder.
        release_id: such as 2017-r1.
        notes: where reading is noted; its own if not given.
        prefix: of the names of its parts, where another release writes into the same notes.
    """

    def __init__(self, folder: Path, release_id: str, notes: Notes | None = None, prefix: str = "") -> None:
        super().__init__(folder, release_id)
        self.notes = notes if notes is not None else Notes()
        self._prefix = prefix
        self._plain = PublicRelease(folder, release_id)
        self._kept: dict[Any, tuple[Any, frozenset[str]]] = {}
        self._noted_indicators: dict[str, NotedRecord | None] = {}
        self.indicator = self._noted_indicator
        self.cells = self._noted_cells
        self.broken_down = self._noted_broken_down
        self._know_files()

    def _part(self, name: str) -> str:
        return self._prefix + name

    def _note(self, name: str) -> None:
        self.notes.current.add(self._prefix + name)

    def _told_id(self) -> str:
        self._note("release")
        return self._id

    def _know_id(self, value: str) -> None:
        self._id = value

    id = property(_told_id, _know_id, doc="The release's id; a page that says it is made anew with every release.")

    @cached_property
    def workspace(self) -> dict[str, Any]:
        """Each key is a part."""
        return noted_record(self._plain.workspace, self._part("workspace"), self.notes)

    @cached_property
    def status(self) -> dict[str, Any]:
        """Each field of each goal is a part, and which goals there are is one."""
        plain = self._plain.status
        goals = self._listed(plain["goals"], "goals", GOAL_FACE, lambda goal: f"goal/{goal['id']}", ("difference",))
        face_part = self._part("goals")
        name = self._part("status")
        return noted_record({**plain, "goals": goals}, name, self.notes, face=("goals",), face_part=face_part)

    @property
    def strategies(self) -> list[dict[str, Any]]:
        """Each field of each strategy is a part, and which strategies there are is one."""
        self._note("strategies")
        return self._strategies

    @cached_property
    def _strategies(self) -> list[dict[str, Any]]:
        return self._listed(self._plain.strategies, "strategies", STRATEGY_FACE, lambda each: f"strategy/{each['id']}")

    @property
    def remarks(self) -> list[dict[str, Any]]:
        """Each field of each remark is a part, and which remarks there are is one."""
        self._note("remarks")
        return self._remarks

    @cached_property
    def _remarks(self) -> list[dict[str, Any]]:
        def name(remark: Mapping[str, Any]) -> str:
            return "remark/" + "/".join(str(remark.get(key)) for key in REMARK_FACE)

        return self._listed(self._plain.remarks, "remarks", REMARK_FACE, name)

    @cached_property
    def audit(self) -> dict[str, Any]:
        """Each key is a part."""
        return noted_record(self._plain.audit, self._part("audit"), self.notes)

    @cached_property
    def doing(self) -> dict[str, Any]:
        """What is being done for each goal is a part."""
        return noted_record(self._plain.doing, self._part("doing"), self.notes)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Which indicators there are is a part."""
        self._note("indicators")
        return self._plain.indicators

    def kept(self, key: Any, make: Callable[[PublicRelease], Kept]) -> Kept:
        """Return what `make` makes of the release, made once and used by many pages.

        What was read while it was made is noted for each page that uses it. This is the only lawful way to carry
        something made from a release from one page to the next.
        """
        if key not in self._kept:
            with self.notes.taken() as parts:
                made = make(self)
            self._kept[key] = (made, frozenset(parts))
        found, parts_read = self._kept[key]
        self.notes.current |= parts_read
        return found  # type: ignore[no-any-return]

    def note_all_figures(self) -> None:
        """Note every definition and figure, for what is made of all of them by ways that are not seen here."""
        self.notes.current |= {
            self._part(f"{kind}/{each}") for each in self.indicators for kind in ("indicator", "cells")
        }

    def learn(self) -> None:
        """Learn every part there is, so that each can be asked for its hash before any page is made."""
        with self.notes.taken():
            _ = self.workspace, self.status, self.strategies, self.remarks, self.audit, self.doing

    def _know_files(self) -> None:
        notes, plain = self.notes, self._plain
        notes.know(self._part("release"), lambda: self._id)
        notes.know(self._part("indicators"), lambda: plain.indicators)
        notes.know(self._part("indicator_faces"), self._indicator_faces)
        notes.know_family(self._part("indicator"), lambda name: self._file(f"indicators/{name}.json"))
        notes.know_family(self._part("cells"), lambda name: self._file(f"cells/{name}.csv"))

    def _indicator_faces(self) -> list[dict[str, Any]]:
        found = (self._plain.indicator(each) for each in self._plain.indicators)
        return [{key: each.get(key) for key in INDICATOR_FACE} for each in found if each is not None]

    def _file(self, name: str) -> bytes | None:
        path = self.folder / name
        return path.read_bytes() if path.is_file() else None

    def _listed(
        self,
        records: list[dict[str, Any]],
        face_part: str,
        face: Iterable[str],
        name: Callable[[Mapping[str, Any]], str],
        deeper: Iterable[str] = (),
    ) -> list[dict[str, Any]]:
        part = self._part(face_part)
        self.notes.know(part, lambda: [{key: record.get(key) for key in face} for record in records])
        return [
            noted_record(record, self._part(name(record)), self.notes, face=face, face_part=part, deeper=deeper)
            for record in records
        ]

    def _noted_indicator(self, indicator: str) -> dict[str, Any] | None:
        if indicator not in self._noted_indicators:
            plain = self._plain.indicator(indicator)
            self._noted_indicators[indicator] = self._record_of(indicator, plain) if plain is not None else None
        self._note("indicators")
        return self._noted_indicators[indicator]

    def _record_of(self, indicator: str, plain: Mapping[str, Any]) -> NotedRecord:
        """Return a definition whose face is part of all faces, and everything else one part."""
        faces, whole = self._part("indicator_faces"), self._part(f"indicator/{indicator}")
        parts = dict.fromkeys(INDICATOR_FACE, faces)
        return NotedRecord(plain, lambda key: parts.get(key, whole), whole, self.notes)

    def fingerprint(self, indicator: str) -> str:
        """Definition and figures of the indicator are noted, for all of them are in it."""
        for part in ("indicators", "indicator_faces", f"indicator/{indicator}", f"cells/{indicator}"):
            self._note(part)
        return self._plain.fingerprint(indicator)

    def _noted_cells(self, indicator: str) -> tuple[PublicCell, ...]:
        self._note(f"cells/{indicator}")
        return self._plain.cells(indicator)

    def _noted_broken_down(self, indicator: str) -> frozenset[str]:
        self._note(f"indicator/{indicator}")
        self._note(f"cells/{indicator}")
        return self._plain.broken_down(indicator)
