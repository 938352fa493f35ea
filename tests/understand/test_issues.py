"""Issues are proposed, confirmed, worded and merged; people settle what is in doubt."""

from datetime import date, timedelta

import pytest

from coalface.act.actions import open_fix
from coalface.records.history import history_of
from coalface.records.models import Event, Issue, Mention, Route, Sighting, Touchpoint
from coalface.understand.actions import (
    AlreadyConfirmed,
    AlreadySettled,
    BadPhrase,
    CannotMerge,
    Merged,
    NothingSeen,
    NoTitle,
    NotStanding,
    TooManyPhrases,
    UnderEvaluation,
    add_touchpoint,
    confirm_issue,
    merge,
    propose_issue,
    see,
    set_route,
    settle,
)
from coalface.verify.actions import register_plan
from tests.people import NOW
from tests.understand import heard, issue_of, mentions_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def kinds(record):
    return list(history_of(record).values_list("kind", "by__name"))


def test_a_touchpoint_is_a_step_of_the_way(cast):
    stop = add_touchpoint(
        key="desk", name="The desk", stage="using", order=2, by=cast.mina, now=NOW, owner=cast.north
    )
    assert list(Touchpoint.objects.values_list("key", "name", "stage", "order", "owner")) == [
        ("desk", "The desk", "using", 2, cast.north.pk)
    ]
    assert kinds(stop) == [("touchpoint.added", cast.mina.name)]


def test_anybody_proposes_and_somebody_confirms(cast):
    issue = propose_issue(title=" Waiting ", kind="service", by=cast.fay, now=NOW, owner=cast.north)
    assert (issue.title, issue.proposed_by, issue.confirmed_at) == ("Waiting", cast.fay, None)
    assert not Issue.objects.standing().exists()
    confirmed = confirm_issue(issue=issue, by=cast.adam, now=LATER)
    assert (confirmed.confirmed_by, confirmed.confirmed_at) == (cast.adam, LATER)
    assert Issue.objects.standing().get() == issue
    assert kinds(issue) == [("issue.proposed", cast.fay.name), ("issue.confirmed", cast.adam.name)]
    with pytest.raises(AlreadyConfirmed):
        confirm_issue(issue=issue, by=cast.mina, now=LATER)


def test_an_issue_has_a_title_and_a_kind_we_know(cast):
    with pytest.raises(NoTitle):
        propose_issue(title="  ", kind="service", by=cast.fay, now=NOW)
    with pytest.raises(ValueError, match="mood"):
        propose_issue(title="Waiting", kind="mood", by=cast.fay, now=NOW)


def test_words_are_kept_once_and_without_stray_spaces(cast):
    issue = issue_of(cast, "Waiting")
    route = set_route(
        issue=issue,
        phrases=[" long   queue ", "long queue", "", "wait*"],
        unless=["coffee"],
        topics=["Queue"],
        by=cast.adam,
        now=LATER,
    )
    assert (route.phrases, route.unless, route.topics) == (["long queue", "wait*"], ["coffee"], ["Queue"])
    assert (route.changed_by, route.changed_at) == (cast.adam, LATER)
    assert Route.objects.filter(issue=issue).count() == 1
    assert kinds(issue)[-1] == ("route.set", cast.adam.name)


@pytest.mark.parametrize("phrase", ["a", "*", "!!", "x" * 121])
def test_a_phrase_nobody_could_say_is_refused(cast, phrase):
    issue = issue_of(cast, "Waiting", "queue")
    with pytest.raises(BadPhrase):
        set_route(issue=issue, phrases=[phrase], by=cast.adam, now=NOW)
    assert Route.objects.get().phrases == ["queue"]


def test_there_is_a_limit_to_phrases(cast):
    with pytest.raises(TooManyPhrases):
        set_route(
            issue=issue_of(cast, "Waiting"), phrases=[f"word {n}" for n in range(301)], by=cast.adam, now=NOW
        )


def test_two_issues_become_one(cast):
    old = issue_of(cast, "Queue", "queue", topics=["Long queue"])
    new = issue_of(cast, "Waiting", "waited")
    older = issue_of(cast, "Lines", "lines")
    merge(issue=older, into=old, by=cast.adam, now=NOW)
    only_old, both = heard(cast, "A queue", "We waited and waited. A queue and a queue, Long queue lines!")
    fix = open_fix(
        issue=old,
        title="More desks",
        lane="this_week",
        owner=cast.sven,
        due_on=date(2026, 4, 1),
        by=cast.mina,
        now=NOW,
    )
    merged = merge(issue=old, into=new, by=cast.adam, now=LATER)
    assert merged.merged_into == new
    older.refresh_from_db()
    assert older.merged_into == new
    fix.refresh_from_db()
    assert fix.issue == new
    assert mentions_of(only_old) == [("Waiting", 0.6, True, "A queue")]
    assert [title for title, *_ in mentions_of(both)] == ["Waiting"]
    assert set(Route.objects.values_list("issue", flat=True)) == {new.pk}
    assert history_of(old).last().payload == {"into": new.pk}


def test_the_surer_of_two_mentions_stays(cast):
    old, new = issue_of(cast, "Queue", "queue", "line"), issue_of(cast, "Waiting", "waited")
    [said] = heard(cast, "A queue, a line. I waited.")
    assert mentions_of(said) == [
        ("Queue", 0.8, True, "A queue, a line."),
        ("Waiting", 0.6, True, "I waited."),
    ]
    settle(mention=said.mentions.get(issue=new), issue=new, by=cast.adam, now=NOW)
    merge(issue=old, into=new, by=cast.adam, now=NOW)
    assert mentions_of(said) == [("Waiting", 1.0, True, "I waited.")]


def test_what_cannot_be_merged(cast):
    old, new = issue_of(cast, "Queue", "queue"), issue_of(cast, "Waiting", "waited")
    proposed = propose_issue(title="Noise", kind="service", by=cast.fay, now=NOW)
    for issue, into in ((old, old), (old, proposed)):
        with pytest.raises(CannotMerge):
            merge(issue=issue, into=into, by=cast.adam, now=NOW)
    merge(issue=proposed, into=old, by=cast.adam, now=NOW)
    merge(issue=old, into=new, by=cast.adam, now=NOW)
    with pytest.raises(CannotMerge):
        merge(issue=old, into=new, by=cast.adam, now=NOW)
    with pytest.raises(CannotMerge):
        merge(issue=new, into=old, by=cast.adam, now=NOW)
    with pytest.raises(Merged):
        set_route(issue=old, phrases=["queue"], by=cast.adam, now=NOW)
    with pytest.raises(AlreadyConfirmed):
        confirm_issue(issue=proposed, by=cast.adam, now=NOW)


def test_nothing_is_merged_while_a_fix_is_being_judged_by_its_counts(cast):
    old, new = issue_of(cast, "Queue", "queue"), issue_of(cast, "Waiting", "waited")
    fix = open_fix(
        issue=new,
        title="More desks",
        lane="this_week",
        owner=cast.sven,
        due_on=date(2026, 4, 1),
        by=cast.sven,
        now=NOW,
    )
    register_plan(
        fix=fix,
        measure="visits",
        baseline_from=date(2026, 1, 1),
        baseline_until=date(2026, 2, 1),
        judge=cast.mina,
        by=cast.adam,
        now=NOW,
    )
    with pytest.raises(UnderEvaluation):
        merge(issue=old, into=new, by=cast.adam, now=NOW)


def test_a_person_settles_what_was_in_doubt(cast):
    waiting = issue_of(cast, "Waiting")
    yes, none = heard(cast, "The door squeaks", "The lift squeaks")
    settled = settle(mention=yes.mentions.get(), issue=waiting, by=cast.adam, now=LATER)
    assert (settled.sorted_by, settled.settled_by, settled.settled_at) == ("person", cast.adam, LATER)
    assert mentions_of(yes) == [("Waiting", 1.0, True, "")]
    settle(mention=none.mentions.get(), issue=None, by=cast.adam, now=LATER)
    assert mentions_of(none) == [(None, 0.0, False, "")]
    assert not Mention.objects.unsure().exists()
    decided = Event.objects.filter(kind="mention.settled").order_by("id")
    assert list(decided.values_list("payload__issue", flat=True)) == [waiting.pk, None]


def test_what_is_settled_twice_stays_as_the_first_said(cast):
    waiting = issue_of(cast, "Waiting")
    [said] = heard(cast, "The door squeaks")
    mention = said.mentions.get()
    settle(mention=mention, issue=waiting, by=cast.adam, now=NOW)
    with pytest.raises(AlreadySettled):
        settle(mention=mention, issue=None, by=cast.mina, now=NOW)
    Mention.objects.all().delete()
    with pytest.raises(AlreadySettled):
        settle(mention=mention, issue=None, by=cast.mina, now=NOW)


def test_settling_to_an_issue_it_already_speaks_of_leaves_one_mention(cast):
    waiting = issue_of(cast, "Waiting", "queue")
    issue_of(cast, "Fees", "fee")
    [said] = heard(cast, "A queue for a fee")
    settle(mention=said.mentions.get(issue__title="Fees"), issue=waiting, by=cast.adam, now=NOW)
    assert mentions_of(said) == [("Waiting", 1.0, True, "A queue for a fee")]


def test_nothing_is_settled_to_an_issue_that_does_not_stand(cast):
    proposed = propose_issue(title="Noise", kind="service", by=cast.fay, now=NOW)
    [said] = heard(cast, "The door squeaks")
    with pytest.raises(NotStanding):
        settle(mention=said.mentions.get(), issue=proposed, by=cast.adam, now=NOW)


def test_the_deepest_way_of_knowing_is_the_one_that_stays(cast):
    [said] = heard(cast, "The door squeaks")
    for depth, at in (("listening", NOW), ("reading", LATER), ("resolving", LATER)):
        see(person=cast.olga, depth=depth, feedback=said, now=at)
    assert list(Sighting.objects.values_list("person", "depth", "at")) == [(cast.olga.pk, "resolving", LATER)]
    assert not Event.objects.filter(kind__startswith="sighting").exists()
    with pytest.raises(NothingSeen):
        see(person=cast.olga, depth="reading", now=NOW)
