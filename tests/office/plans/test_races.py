"""Two people at the same moment, on a database that lets them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection
from tests.office.plans.making import MORNINGS, above, draft, fresh, leader

from pejl.office.accounts.world import World
from pejl.office.core.refusals import ChangedMeanwhileError
from pejl.office.plans import acts, initiative_acts

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*does: Callable[[], object]) -> list[Exception | None]:
    """Do things in the same moment; return what each was refused with."""
    start = Barrier(len(does))
    refused: list[Exception | None] = [None] * len(does)

    def run(place: int, do: Callable[[], object]) -> None:
        start.wait()
        try:
            do()
        except ChangedMeanwhileError as error:
            refused[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, do)) for place, do in enumerate(does)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_of_two_who_save_the_same_text_at_once_one_is_asked_again(world: World) -> None:
    plan = draft(world)
    for version in range(2, 8):
        texts = [{"visions": f"Hans {version}"}, {"visions": f"Hendes {version}"}]
        save = partial(acts.write, plan=plan, version=version)
        refused = at_once(
            partial(save, texts=texts[0], by=leader(world)), partial(save, texts=texts[1], by=above(world))
        )
        assert sum(error is not None for error in refused) == 1
        assert fresh(plan).version == version + 1
        assert fresh(plan).texts["visions"] == texts[refused.index(None)]["visions"]


def test_initiatives_added_at_once_are_all_there_and_versions_are_numbered_without_gaps(world: World) -> None:
    plan = draft(world)
    at_once(*[partial(initiative_acts.add, plan=plan, said=MORNINGS, by=leader(world))] * 5)
    assert list(plan.initiatives.values_list("place", flat=True)) == [1, 2, 3, 4, 5]
    assert sorted(plan.revisions.values_list("number", flat=True)) == list(range(1, 8))
    assert fresh(plan).version == 7
