"""Killed at any moment, again and again: no row is lost and none is doubled, on the way in and on the way out."""

import io
import random

import pytest
from benchmarks.doors_kills import survive

from coalface.importers.actions import approve, begin, carry_on, choose, undo
from coalface.people.actions import found_organisation
from coalface.records.models import Feedback, ImportRun, Verbatim
from tests.people import NOW

ROWS = 6_000
KILLS = 10


@pytest.mark.django_db(transaction=True)
def test_twenty_kills_lose_and_double_nothing():
    found_organisation(name="Lindner & Co", key="lindner", time_zone="UTC", now=NOW)
    text = "id,date,text,kind\n" + "".join(f"{n},2026-02-01,Words {n},complaint\n" for n in range(ROWS))
    run = begin(kind="feedback", file=io.BytesIO(text.encode()), name="all.csv", by=None, now=NOW)
    run = choose(run=run, mapping=run.mapping, by=None, now=NOW)
    pk = approve(run=run, by=None, now=NOW).pk

    def fresh():
        return ImportRun.objects.get(pk=pk)

    chance = random.Random(4)
    survive(lambda: carry_on(run=fresh(), now=NOW), done=lambda: fresh().ended_at, chance=chance, most=KILLS)
    ids = list(Feedback.objects.values_list("source_id", flat=True))
    assert (len(ids), len(set(ids)), fresh().taken_in, fresh().failure) == (ROWS, ROWS, ROWS, "")
    survive(
        lambda: undo(run=fresh(), by=None, now=NOW), done=lambda: fresh().undone_at, chance=chance, most=KILLS
    )
    assert (Feedback.objects.count(), Verbatim.objects.count()) == (0, 0)
