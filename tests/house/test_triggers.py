"""The triggers that keep an encounter open are there after every migration, and nothing gets past them."""

import pytest
from django.db import IntegrityError, connection, transaction

from coalface.meet.actions import finish, fix_now, hand_over
from coalface.records.models import Finishing, Remark, Verbatim
from coalface.records.search import FIELDS
from tests.meet import LATER, held, said
from tests.people import Cast

WHEN = ("in", "changed", "out")
THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
SEARCHED = {
    "sqlite": {f"search_{noun}_{when}" for noun in FIELDS.keys() - {"verbatim"} for when in WHEN}
    | {f"search_words_{when}" for when in (*WHEN, "cleared")},
    "postgresql": set(),
}


def test_the_triggers_are_there(db: None):
    with connection.cursor() as cursor:
        cursor.execute(THERE[connection.vendor])
        names = {name for (name,) in cursor.fetchall()}
    assert names >= {"finished_means_answered", "a_remark_reopens"} | SEARCHED[connection.vendor]


def refused(write) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


def test_no_console_finishes_an_encounter_while_a_remark_is_open(cast: Cast):
    meeting = held(cast)
    remark = said(meeting, cast.olga)
    assert refused(lambda: Finishing.objects.create(encounter=meeting, by=cast.olga, at=LATER))
    fix_now(remark=remark, by=cast.olga, now=LATER)
    assert not refused(lambda: Finishing.objects.create(encounter=meeting, by=cast.olga, at=LATER))


def test_nor_while_a_hand_over_waits(cast: Cast):
    meeting = held(cast)
    hand_over(remark=said(meeting, cast.olga), to=cast.sven, by=cast.olga, now=LATER)
    assert refused(lambda: Finishing.objects.create(encounter=meeting, by=cast.olga, at=LATER))


def test_nor_by_taking_a_reopening_back(cast: Cast):
    meeting = held(cast)
    fix_now(remark=said(meeting, cast.olga), by=cast.olga, now=LATER)
    finish(encounter=meeting, by=cast.olga, now=LATER)
    said(meeting, cast.olga, "One more thing.")
    assert refused(lambda: meeting.finishings.update(reopened_at=None))


@pytest.mark.parametrize("reopened_at", [None, LATER])
def test_no_console_adds_a_remark_to_a_finished_encounter(cast: Cast, reopened_at):
    meeting = held(cast)
    Finishing.objects.create(encounter=meeting, by=cast.olga, at=LATER, reopened_at=reopened_at)
    words = Verbatim.objects.create(text="Late")
    late = Remark(encounter=meeting, noted_by=cast.olga, noted_at=LATER, sequence=1, kind="need")
    late.verbatim = words
    assert refused(late.save) is (reopened_at is None)
