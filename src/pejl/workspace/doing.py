"""What is being done for each goal: written by the office from plans in force, and public with the next release.

    # doing/2026.yaml
    day: 2026-11-22
    goals:
      - goal: fewer_homeless
        under_way: 3
        done: 1
        titles:
          - Egen nøgle på Havnehuset

Counts of initiatives and the titles that may be named: no units, no people.
"""

from __future__ import annotations

from pydantic import Field

from pejl.workspace.base import Day, Declared, Identifier, Many, Words


class GoalWork(Declared):
    """The initiatives that serve a goal.

    Attributes:
        goal: its id.
        not_begun: how many have not begun.
        under_way: how many are under way.
        done: how many are carried out.
        given_up: how many were given up.
        titles: of those that may be named publicly and are under way or carried out.
    """

    goal: Identifier
    not_begun: int = Field(default=0, ge=0)
    under_way: int = Field(default=0, ge=0)
    done: int = Field(default=0, ge=0)
    given_up: int = Field(default=0, ge=0)
    titles: Many[Words] = ()


class Doing(Declared):
    """What is being done on a day.

    Attributes:
        day: when it stood so.
        goals: those that are served by something; of the others nothing is said.
    """

    day: Day
    goals: Many[GoalWork] = ()
