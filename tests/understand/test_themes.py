"""What a person makes of a proposal, and taking it back."""

from datetime import timedelta

import pytest

from coalface.act.actions import open_fix
from coalface.records.models import Event, Issue, Mention, SortedBy, Theme
from coalface.understand.actions import (
    AlreadyDecided,
    BuiltUpon,
    NothingToSplit,
    NothingToUndo,
    NotStanding,
    SameTheme,
    confirm_theme,
    decline_theme,
    join_issue,
    merge_themes,
    propose_issue,
    split_theme,
    undo_last,
)
from tests.people import NOW, Cast
from tests.understand import issue_of, mentions_of
from tests.understand.themes import said, search, told

QUEUE = ("The queue is long.", "Queue again!", "I hate the queue.")
PARKING = ("No parking left.", "Parking costs too much.")
LATER = NOW + timedelta(minutes=5)


def proposed(cast: Cast, *texts: str) -> Theme:
    """The one theme these texts make."""
    said(cast, *texts)
    search(cast)
    return Theme.objects.get()


def pile() -> list[tuple[str | None, float, str]]:
    """What waits for a person."""
    rows = Mention.objects.unsure().order_by("pk").select_related("issue")
    return [(row.issue and row.issue.title, row.confidence, row.sorted_by) for row in rows]


def state(theme: Theme) -> tuple[object, ...]:
    theme.refresh_from_db()
    return theme.settled_by, theme.settled_at, theme.issue, theme.merged_into


def name(cast: Cast, theme: Theme, title: str = "Queues", at=NOW) -> Issue:
    return confirm_theme(theme=theme, title=title, kind="service", by=cast.adam, now=at)


def test_a_theme_that_is_named_is_an_issue_and_all_its_clauses_count(cast: Cast):
    feedback = said(cast, *QUEUE)
    search(cast)
    theme = Theme.objects.get()
    issue = name(cast, theme)
    assert (issue.title, issue.confirmed_by, issue.confirmed_at) == ("Queues", cast.adam, NOW)
    assert state(theme) == (cast.adam, NOW, issue, None)
    assert [mentions_of(one) for one in feedback] == [[("Queues", 1.0, True, text)] for text in QUEUE]
    rows = set(Mention.objects.values_list("sorted_by", "settled_by", "settled_at"))
    assert (rows, pile()) == ({(SortedBy.PERSON, cast.adam.pk, NOW)}, [])
    event = Event.objects.get(kind="theme.confirmed")
    assert (event.payload["issue"], len(event.payload["made"]) + len(event.payload["turned"])) == (
        issue.pk,
        3,
    )


def test_one_piece_of_feedback_counts_once_and_what_was_settled_stands(cast: Cast):
    twice, once = said(cast, "The queue. And again the queue.", "Queue!")
    search(cast)
    issue = issue_of(cast, "Waiting", "zzz")
    join_issue(theme=Theme.objects.get(), issue=issue, by=cast.adam, now=NOW)
    assert [len(mentions_of(one)) for one in (twice, once)] == [1, 1]
    assert Mention.objects.counted().filter(issue=issue).count() == 2


def test_naming_is_taken_back_with_the_issue_and_the_pile_is_as_before(cast: Cast):
    theme = proposed(cast, *QUEUE)
    before = pile()
    issue = name(cast, theme)
    assert undo_last(by=cast.adam, now=LATER) == theme
    assert state(theme) == (None, None, None, None)
    assert (pile(), Mention.objects.counted().count()) == (before, 0)
    assert not Issue.objects.filter(pk=issue.pk).exists()
    with pytest.raises(NothingToUndo):
        undo_last(by=cast.adam, now=LATER)


def test_an_issue_others_build_upon_is_not_taken_back(cast: Cast):
    theme = proposed(cast, *QUEUE)
    issue = name(cast, theme)
    open_fix(
        issue=issue, title="More tills", lane="this_week", owner=cast.sven,
        due_on=NOW.date() + timedelta(days=9), by=cast.mina, now=NOW,
    )  # fmt: skip
    with pytest.raises(BuiltUpon):
        undo_last(by=cast.adam, now=LATER)
    assert (state(theme)[2], Mention.objects.counted().count()) == (issue, 3)


def test_a_theme_becomes_part_of_an_issue_and_back(cast: Cast):
    theme = proposed(cast, *QUEUE)
    issue = issue_of(cast, "Waiting", "zzz")
    before = pile()
    join_issue(theme=theme, issue=issue, by=cast.adam, now=NOW)
    assert (state(theme)[2], Mention.objects.counted().filter(issue=issue).count()) == (issue, 3)
    undo_last(by=cast.adam, now=LATER)
    assert (state(theme)[2], pile(), Issue.objects.get()) == (None, before, issue)


def test_only_an_issue_that_stands_takes_a_theme_in(cast: Cast):
    theme = proposed(cast, *QUEUE)
    issue = propose_issue(title="Waiting", kind="service", by=cast.fay, now=NOW)
    with pytest.raises(NotStanding):
        join_issue(theme=theme, issue=issue, by=cast.adam, now=NOW)


def test_two_themes_become_one_and_two_again(cast: Cast):
    said(cast, *QUEUE, *PARKING)
    search(cast)
    queue, parking = Theme.objects.order_by("pk")
    merge_themes(theme=parking, into=queue, by=cast.adam, now=NOW)
    assert told(queue)[1] == sorted([*QUEUE, *PARKING])
    assert (told(parking)[1], state(parking)) == ([], (cast.adam, NOW, None, queue))
    undo_last(by=cast.adam, now=LATER)
    assert (told(queue)[1], told(parking)[1]) == (sorted(QUEUE), sorted(PARKING))
    assert [row.rank for row in parking.theme_clauses.order_by("rank")] == [1, 2]
    with pytest.raises(SameTheme):
        merge_themes(theme=queue, into=queue, by=cast.adam, now=NOW)


def test_a_theme_is_split_and_whole_again(cast: Cast):
    theme = proposed(cast, *QUEUE)
    first = theme.theme_clauses.get(clause__verbatim__text=QUEUE[0]).clause_id
    part = split_theme(theme=theme, clauses=[first, 0], by=cast.adam, now=NOW)
    assert (told(theme)[1], told(part)[1]) == (sorted(QUEUE[1:]), [QUEUE[0]])
    assert (part.split_from, state(part)[1]) == (theme, None)
    undo_last(by=cast.adam, now=LATER)
    assert (told(theme)[1], state(part)[3]) == (sorted(QUEUE), theme)


@pytest.mark.parametrize("share", ["none", "all"])
def test_a_split_leaves_some_and_takes_some(cast: Cast, share: str):
    theme = proposed(cast, *QUEUE)
    every = list(theme.theme_clauses.values_list("clause_id", flat=True))
    with pytest.raises(NothingToSplit):
        split_theme(theme=theme, clauses=every if share == "all" else [], by=cast.adam, now=NOW)


def test_what_is_declined_can_be_taken_back_for_a_day_by_who_did_it(cast: Cast):
    theme = proposed(cast, *QUEUE)
    decline_theme(theme=theme, by=cast.adam, now=NOW)
    for who, when in ((cast.mina, LATER), (cast.adam, NOW + timedelta(days=2))):
        with pytest.raises(NothingToUndo):
            undo_last(by=who, now=when)
    undo_last(by=cast.adam, now=LATER)
    assert state(theme) == (None, None, None, None)


def test_one_after_another_is_taken_back(cast: Cast):
    said(cast, *QUEUE, *PARKING)
    search(cast)
    queue, parking = Theme.objects.order_by("pk")
    decline_theme(theme=queue, by=cast.adam, now=NOW)
    name(cast, parking, "Parking", LATER)
    assert [undo_last(by=cast.adam, now=LATER + timedelta(minutes=n)) for n in (1, 2)] == [parking, queue]
    assert Theme.objects.waiting().count() == 2


def test_of_two_people_the_quicker_decides(cast: Cast):
    theme = proposed(cast, *QUEUE)
    decline_theme(theme=theme, by=cast.mina, now=NOW)
    issue = issue_of(cast, "Waiting", "zzz")
    for late in (
        lambda: name(cast, theme),
        lambda: join_issue(theme=theme, issue=issue, by=cast.adam, now=NOW),
        lambda: split_theme(theme=theme, clauses=[1], by=cast.adam, now=NOW),
        lambda: decline_theme(theme=theme, by=cast.adam, now=NOW),
    ):
        with pytest.raises(AlreadyDecided):
            late()
    assert Issue.objects.get() == issue


def test_what_was_decided_anew_meanwhile_is_not_taken_back(cast: Cast):
    said(cast, *QUEUE, *PARKING)
    search(cast)
    queue, parking = Theme.objects.order_by("pk")
    merge_themes(theme=parking, into=queue, by=cast.adam, now=NOW)
    decline_theme(theme=queue, by=cast.mina, now=NOW)
    with pytest.raises(BuiltUpon):
        undo_last(by=cast.adam, now=LATER)
    assert state(parking)[3] == queue
