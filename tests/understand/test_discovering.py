"""Looking for themes: once in seven days, gently, and never against what a person decided."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coalface.customers.actions import erase
from coalface.records.models import (
    Clause,
    ClauseVector,
    Event,
    Policy,
    Theme,
    ThemeClause,
    ThemeRun,
    Tick,
    Verbatim,
)
from coalface.understand.actions import (
    AlreadyWanted,
    confirm_theme,
    decline_theme,
    discover_weekly,
    search_soon,
    split_theme,
    want_themes,
)
from coalface.understand.queries import is_wanted, last_search, waiting_themes
from coalface.understand.queries.grouping import Group, Grouping
from coalface.worker.actions import drain, run_ticks
from tests.people import NOW, Cast
from tests.understand import heard, issue_of
from tests.understand.themes import by_subject, read_through, said, search, told

WEEK = timedelta(days=7)
QUEUE = ("The queue is long.", "Queue again!", "I hate the queue.")
PARKING = ("No parking left.", "Parking costs too much.")


def themes() -> list[tuple[list[str], list[str]]]:
    return [told(theme) for theme in waiting_themes(last_search()).order_by("pk")]


def test_like_is_proposed_with_its_words_and_three_quotes(cast: Cast):
    said(cast, *QUEUE, *PARKING, "Nothing like it.")
    run = search(cast)
    assert (run.clauses, run.noise, run.shared, run.stability, run.encoder) == (6, 1, 0, None, "")
    assert themes() == [(["queue"], sorted(QUEUE)), (["parking"], sorted(PARKING))]
    ranks = ThemeClause.objects.order_by("theme", "rank").values_list("rank", flat=True)
    assert list(ranks) == [1, 2, 3, 1, 2]
    assert [event.about_id for event in Event.objects.filter(kind="themes.found")] == [str(run.pk)]


def test_it_is_done_once_in_seven_days(cast: Cast):
    said(cast, *QUEUE)
    assert search(cast)
    assert search(cast) is None
    assert search(cast, NOW + timedelta(days=6, hours=12)) is None
    assert search(cast, NOW + WEEK).as_of == timezone.localdate(NOW + WEEK)
    assert Theme.objects.count() == 1


def test_nothing_is_searched_where_too_little_was_said(cast: Cast):
    said(cast, *QUEUE)
    assert discover_weekly(now=NOW, group=by_subject) is None
    assert ThemeRun.objects.count() == 0


def test_numbers_last_from_week_to_week_and_what_no_longer_fits_leaves(cast: Cast):
    first = said(cast, *QUEUE, *PARKING)
    search(cast)
    before = list(Theme.objects.order_by("pk").values_list("pk", "terms"))
    ThemeClause.objects.filter(clause__verbatim=first[4].verbatim).update(theme=before[0][0])
    said(cast, "The queue, the queue.")
    run = search(cast, NOW + WEEK)
    assert list(Theme.objects.order_by("pk").values_list("pk", "terms")) == before
    assert (run.shared, run.stability) == (5, 1.0)
    assert themes() == [
        (["queue"], sorted([*QUEUE, "The queue, the queue."])),
        (["parking"], sorted(PARKING)),
    ]


def test_a_search_that_died_half_way_is_done_as_a_whole_the_next_day(cast: Cast):
    said(cast, *QUEUE, *PARKING)

    def dies(compared, **more):
        found = by_subject(compared, **more)
        first, second = found.groups
        broken = Group(None, (99,), (99,), ("zzz",))
        return Grouping((first, broken, second), found.noise, found.shared, found.stability)

    Policy.objects.create(key="themes_from_clauses", value=2, set_by=cast.mina, set_at=NOW)
    with pytest.raises(IndexError):
        discover_weekly(now=NOW, group=dies)
    assert (ThemeRun.objects.count(), Theme.objects.count(), last_search()) == (1, 1, None)
    assert search(cast, NOW + timedelta(days=1))
    assert [terms for terms, _ in themes()] == [["queue"], ["parking"]]
    assert Theme.objects.count() == 2


def test_what_counts_for_an_issue_or_was_settled_is_not_searched(cast: Cast):
    issue_of(cast, "Queues", "queue")
    said(cast, *QUEUE, *PARKING)
    search(cast)
    assert themes() == [(["parking"], sorted(PARKING))]


def test_what_was_not_read_through_waits_and_what_was_taken_back_or_is_old_is_left_out(cast: Cast):
    heard(cast, "Queue one.", "Queue two.")
    taken_back, *_ = said(cast, "Queue three.", "Queue four.", "Queue five.")
    taken_back.withdrawn_at = NOW
    taken_back.save()
    said(cast, "Queue six.", days_ago=190)
    search(cast)
    assert themes() == [(["queue"], ["Queue five.", "Queue four."])]


def test_the_months_are_counted_back_from_the_newest_words(cast: Cast):
    said(cast, *QUEUE, days_ago=2000)
    said(cast, "Queue of long ago.", days_ago=2190)
    search(cast)
    assert themes() == [(["queue"], sorted(QUEUE))]


def test_personal_data_is_in_no_term(cast: Cast):
    read_through(*heard(cast, "The queue, says queue@toilet.example.", "Queue."), masks=[[16, 36, "mail"]])
    seen = []

    def look(compared, **more):
        seen.extend(one.words for one in compared)
        return by_subject(compared, **more)

    Policy.objects.create(key="themes_from_clauses", value=2, set_by=cast.mina, set_at=NOW)
    discover_weekly(now=NOW, group=look)
    assert seen == ["The queue, says .", "Queue."]


def test_what_was_declined_comes_again_only_when_it_has_doubled(cast: Cast):
    said(cast, *QUEUE)
    search(cast)
    old = Theme.objects.get()
    decline_theme(theme=old, by=cast.adam, now=NOW)
    said(cast, "Queue four.", "Queue five.")
    search(cast, NOW + WEEK)
    assert (themes(), Theme.objects.count()) == ([], 1)
    said(cast, "Queue six.")
    search(cast, NOW + 2 * WEEK)
    assert [len(words) for _, words in themes()] == [6]
    assert Theme.objects.waiting().get().pk != old.pk


def test_what_a_person_split_stays_apart(cast: Cast):
    said(cast, *QUEUE, *PARKING)
    search(cast)
    queue = Theme.objects.get(terms=["queue"])
    clause = queue.theme_clauses.get(clause__verbatim__text="Queue again!").clause_id
    split_theme(theme=queue, clauses=[clause], by=cast.adam, now=NOW)
    assert themes() == [
        (["queue"], ["I hate the queue.", "The queue is long."]),
        (["parking"], sorted(PARKING)),
        (["queue"], ["Queue again!"]),
    ]


def test_what_is_decided_during_a_search_stands(cast: Cast):
    said(cast, *QUEUE, *PARKING)
    search(cast)
    said(cast, "Queue four.")
    queue = Theme.objects.get(terms=["queue"])

    def decided_meanwhile(compared, **more):
        confirm_theme(theme=queue, title="Queues", kind="service", by=cast.adam, now=NOW)
        return by_subject(compared, **more)

    discover_weekly(now=NOW + WEEK, group=decided_meanwhile)
    assert told(queue)[1] == sorted(QUEUE)
    assert [terms for terms, _ in themes()] == [["parking"]]


def test_somebody_asks_for_a_search_and_the_worker_does_it_the_same_day(cast: Cast):
    said(cast, *QUEUE)
    search(cast)
    job = {"understand.discover_weekly": lambda now: discover_weekly(now=now, group=by_subject)}
    assert run_ticks(now=NOW, jobs=job) == [*job]
    said(cast, *PARKING)
    later = NOW + timedelta(hours=1)
    want_themes(by=cast.mina, now=later)
    with pytest.raises(AlreadyWanted):
        want_themes(by=cast.adam, now=later)
    assert is_wanted(last_search()) == later
    drain(now=later)
    assert Tick.objects.get().last_on is None
    assert run_ticks(now=later + timedelta(minutes=1), jobs=job) == [*job]
    assert [terms for terms, _ in themes()] == [["queue"], ["parking"]]
    assert (is_wanted(last_search()), ThemeRun.objects.count()) == (None, 1)


def test_who_asks_where_too_little_was_said_is_answered(cast: Cast):
    want_themes(by=cast.mina, now=NOW)
    assert discover_weekly(now=NOW, group=by_subject) is None
    assert is_wanted(last_search()) is None
    assert search_soon(event=Event.objects.last(), now=NOW) == 0


def test_words_that_were_erased_are_proposed_to_nobody(cast: Cast):
    said(cast, *QUEUE, customer=cast.petra)
    said(cast, *PARKING)
    search(cast)
    erase(customer=cast.petra, by=cast.mina, now=NOW)
    search(cast, NOW + WEEK)
    assert [terms for terms, words in themes() if any(words)] == [["parking"]]
    assert Verbatim.objects.filter(text__contains="queue").count() == 0


def test_what_has_vectors_is_compared_by_them_and_the_rest_by_words(cast: Cast):
    said(cast, *QUEUE, "The app is slow.", "App!")
    meant = list(Clause.objects.filter(verbatim__text__icontains="queue"))
    vectors = [ClauseVector(clause=one, encoder="mini", numbers=b"\0\0") for one in meant]
    other = Clause.objects.get(verbatim__text="App!")
    ClauseVector.objects.bulk_create([*vectors, ClauseVector(clause=other, encoder="old", numbers=b"\0\0")])
    seen = []

    def look(compared, *, encoder, seed):
        seen.append((encoder, len(compared)))
        return by_subject(compared, encoder=encoder, seed=seed)

    Policy.objects.create(key="themes_from_clauses", value=2, set_by=cast.mina, set_at=NOW)
    run = discover_weekly(now=NOW, group=look)
    assert (seen, run.encoder, run.clauses) == ([("mini", 3), ("", 2)], "mini", 5)
    assert [(terms, len(words)) for terms, words in themes()] == [(["queue"], 3), (["app"], 2)]


def test_it_runs_with_the_arithmetic_of_the_product(cast: Cast):
    places = ("at the till", "at the door", "on Saturday", "at noon", "in the north", "every morning")
    said(cast, *(f"The queue {place} is far too long." for place in places))
    said(cast, *(f"My voucher was refused {place} again." for place in places))
    said(cast, "Thank you.", "Thank you!", "Thank you!!", "Thank you ...")
    Policy.objects.create(key="themes_from_clauses", value=2, set_by=cast.mina, set_at=NOW)
    discover_weekly(now=NOW)
    assert not Theme.objects.filter(theme_clauses__clause__verbatim__text="Thank you.").exists()
    before = {tuple(words) for _, words in themes()}
    assert any(all("queue" in text for text in words) for words in before)
    said(cast, "The queue at the exit is far too long.")
    run = discover_weekly(now=NOW + WEEK)
    assert (run.stability, run.shared) == (1.0, sum(len(words) for words in before))
    assert all(any(set(words) <= set(now) for _, now in themes()) for words in before)
