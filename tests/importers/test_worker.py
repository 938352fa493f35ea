"""The worker tries files out, takes them in and back, and goes on where another one was stopped."""

import io

import pytest

from coalface.importers.actions import Began, approve, begin, carry_on, choose, mend, try_out, undo
from coalface.importers.files import folder
from coalface.importers.tasks import Hand
from coalface.records.models import Feedback, ImportRun
from tests.people import NOW

pytestmark = pytest.mark.django_db
TEXT = "id,date,text,kind\n" + "".join(f"{n},2026-02-01,Words {n},complaint\n" for n in range(2500))


def handed_in(cast):
    run = begin(kind="feedback", file=io.BytesIO(TEXT.encode()), name="all.csv", by=cast.mina, now=NOW)
    return choose(run=run, mapping=run.mapping, by=cast.mina, now=NOW)


def work(hand):
    while hand.go_on(stop=lambda: False):
        pass


def test_a_file_is_tried_then_carried_by_whoever_comes(cast):
    run = handed_in(cast)
    path = folder() / run.stored_as
    assert path.stat().st_mode & 0o777 == 0o600
    work(Hand())
    run.refresh_from_db()
    assert (run.rows, run.taken_in, run.refused, run.approved_at) == (2500, 2500, 0, None)
    approve(run=run, by=cast.mina, now=NOW)
    first, second = Hand(), Hand()
    turns = iter([False, True, False, True])
    assert first.go_on(stop=lambda: next(turns)) == 1
    assert second.go_on(stop=lambda: next(turns)) == 1
    run.refresh_from_db()
    assert (run.line, run.taken_in) == (2001, 2000)
    work(first)
    work(second)
    run.refresh_from_db()
    assert (run.taken_in, Feedback.objects.count(), run.ended_at is not None) == (2500, 2500, True)
    assert (run.stored_as, path.exists()) == ("", False)
    undo(run=run, by=cast.mina, now=NOW, stop=lambda: Feedback.objects.count() < 2500)
    assert 0 < Feedback.objects.count() < 2500
    work(Hand())
    assert Feedback.objects.count() == 0
    assert ImportRun.objects.get().undone_at


def test_a_broken_archive_gives_what_is_whole_and_a_whole_copy_gives_the_rest(cast, tmp_path):
    import gzip

    whole = gzip.compress(TEXT.encode())
    run = begin(kind="feedback", file=io.BytesIO(whole[:-5000]), name="all.csv.gz", by=cast.mina, now=NOW)
    run = choose(run=run, mapping=run.mapping, by=cast.mina, now=NOW)
    work(Hand())
    run.refresh_from_db()
    assert (run.failure, 0 < run.taken_in < 2500) == ("damaged", True)
    run = carry_on(run=approve(run=run, by=cast.mina, now=NOW), now=NOW)
    part = run.taken_in
    assert (run.failure, Feedback.objects.count()) == ("damaged", part)
    again = begin(kind="feedback", file=io.BytesIO(whole), name="all.csv.gz", by=cast.mina, now=NOW)
    again = carry_on(run=approve(run=again, by=cast.mina, now=NOW), now=NOW)
    assert (again.failure, again.already_there, again.taken_in) == ("", part, 2500 - part)


def tries_while(run, happens):
    """The worker tries the file out, and after its first thousand rows somebody does something."""
    done = []

    def progress(_counts):
        if not done:
            done.append(happens())

    return try_out(run=run, now=NOW, progress=progress)


def test_a_trial_that_was_overtaken_skips_no_row(cast):
    run = try_out(run=handed_in(cast), now=NOW)
    stale = ImportRun.objects.get()

    def let_in():
        approve(run=run, by=cast.mina, now=NOW)
        hand, turns = Hand(), iter([False, True])
        hand.go_on(stop=lambda: next(turns))
        hand.let_go()

    tries_while(stale, let_in)
    work(Hand())
    run.refresh_from_db()
    assert (run.taken_in, Feedback.objects.count(), run.failure) == (2500, 2500, "")


def test_what_was_chosen_while_a_file_is_tried_holds(cast):
    stale = handed_in(cast)
    other = stale.mapping | {"source": "shop"}
    tries_while(stale, lambda: choose(run=stale, mapping=other, by=cast.mina, now=NOW))
    run = ImportRun.objects.get()
    assert (run.mapping["source"], run.tried_at) == ("shop", None)
    work(Hand())
    run.refresh_from_db()
    assert (run.mapping["source"], run.taken_in, run.tried_at is not None) == ("shop", 2500, True)


def test_nothing_is_mended_once_rows_go_in(cast):
    run = approve(run=try_out(run=handed_in(cast), now=NOW), by=cast.mina, now=NOW)
    with pytest.raises(Began):
        mend(run=run, by=cast.mina, now=NOW)
