"""Who of us knows what customers say, and of whom nothing is told."""

import pytest
from django.db.models import Q

from coalface.measure.actions import take_snapshots
from coalface.measure.queries import known_issues, own_awareness, unheard, what_levels_know, word_for
from coalface.people.actions import move_person
from coalface.records.models import Awareness, Depth, Level, Mention, Person, Snapshot
from coalface.understand.actions import merge, see
from tests.measure import ago, crowd, heard, issue, met, noted, said
from tests.people import NOW

pytestmark = pytest.mark.django_db


def company(cast):
    """Six at the front, and too few above: two supervisors, two in the middle, two at the top."""
    crowd(cast, Level.FRONT_LINE, ["Kim", "Lou", "Max", "Noa"])
    crowd(cast, Level.SUPERVISOR, ["Pat"])


def test_two_remarks_of_different_age_and_depth_add_up(cast):
    waiting = issue(cast, "Waiting at noon")
    heard(cast.olga, said(cast, waiting, 50), 45, depth=Depth.LISTENING)
    heard(cast.olga, said(cast, waiting, 210), 200, depth=Depth.READING)
    assert round(own_awareness(cast.olga, NOW)[waiting.pk], 5) == 0.46128


def test_levels_too_small_are_joined_until_they_are_five(cast):
    company(cast)
    waiting, fee = issue(cast, "Waiting at noon"), issue(cast, "A fee nobody understands")
    complaint = said(cast, waiting, 3)
    heard(cast.fay, complaint, 0)
    heard(cast.olga, complaint, 90)
    take_snapshots(now=NOW)
    told = Snapshot.objects.get(kind="awareness").figures
    assert [(one["group"], one["people"], one["aware"], one["issues"]) for one in told["groups"]] == [
        ("top+middle+supervisor", 6, 1, 2),
        ("front_line", 6, 1, 2),
    ]
    assert (told["hidden"], told["issues"]) == ([], [waiting.pk, fee.pk])
    leaders, front = told["groups"]
    assert leaders["someone"] == {"estimate": 0.25, "low": None, "high": None, "n": 1}
    assert round(leaders["typical"]["estimate"], 4) == round(0.25 / 6, 4)
    assert front["someone"]["estimate"] == 0.5
    assert list(Awareness.objects.values_list("group", "issue", "value", "n")) == [
        ("front_line", waiting.pk, 1.0, 6), ("front_line", fee.pk, 0.0, 6),
        ("top+middle+supervisor", waiting.pk, 0.5, 6), ("top+middle+supervisor", fee.pk, 0.0, 6),
    ]  # fmt: skip


def test_through_what_a_group_knows_it_is_told_only_where_nobody_can_be_found_by_subtraction(cast):
    company(cast)
    front = [cast.fay, cast.gus, *Person.objects.filter(name__endswith="Front_Line").order_by("pk")]
    everybody, some, deeper = (issue(cast, title) for title in ("Everybody", "Some", "Deeper"))
    for person in front:
        heard(person, said(cast, everybody, 3), 1)
    for person in front[:5]:
        heard(person, said(cast, some, 3), 1, depth=Depth.READING)
    for person in front:
        heard(person, said(cast, deeper, 3), 2, depth=Depth.LISTENING)
        heard(person, said(cast, deeper, 3), 1, depth=Depth.RESOLVING)
    heard(cast.olga, said(cast, some, 3), 1)
    take_snapshots(now=NOW)
    rows = Awareness.objects.order_by("group", "issue_id").values_list("group", "issue__title", "through")
    assert list(rows) == [
        ("front_line", "Everybody", {"resolving": 6}),
        ("front_line", "Some", {}),
        ("front_line", "Deeper", {"resolving": 6}),
        ("top+middle+supervisor", "Everybody", {"not_at_all": 6}),
        ("top+middle+supervisor", "Some", {}),
        ("top+middle+supervisor", "Deeper", {"not_at_all": 6}),
    ]


def test_where_all_levels_together_are_too_few_nothing_is_stored(cast):
    for person in (cast.mina, cast.adam, cast.sven):
        move_person(person=person, unit=cast.north, by=None, now=NOW, on=NOW.date(), level="")
    heard(cast.olga, said(cast, issue(cast, "Waiting at noon"), 3), 0)
    take_snapshots(now=NOW)
    told = Snapshot.objects.get(kind="awareness").figures
    assert (told["groups"], told["hidden"]) == ([], ["top", "front_line"])
    assert not Awareness.objects.exists()


def test_without_issues_there_is_nothing_to_know(cast):
    company(cast)
    known = what_levels_know(NOW.date(), NOW)
    assert (known.groups, known.issues) == ([], [])


def test_what_was_heard_at_an_encounter_counts_and_what_is_not_counted_does_not(cast):
    waiting = issue(cast, "Waiting at noon")
    remark = noted(met(cast, cast.olga, 0), cast.olga, 0)
    see(person=cast.olga, depth=Depth.CONVERSING, now=NOW, remark=remark)
    mention = Mention.objects.create(
        issue=waiting, remark=remark, sorted_by="route", confidence=0.3, counted=False,
        happened_at=NOW, unit=cast.north,
    )  # fmt: skip
    assert own_awareness(cast.olga, NOW) == {}
    mention.counted = True
    mention.save()
    assert own_awareness(cast.olga, NOW) == {waiting.pk: pytest.approx(0.9)}


def test_taken_twice_a_day_the_figures_are_replaced(cast):
    company(cast)
    waiting = issue(cast, "Waiting at noon")
    take_snapshots(now=ago(0.1))
    heard(cast.fay, said(cast, waiting, 0), 0)
    assert [snapshot.kind for snapshot in take_snapshots(now=NOW)] == ["awareness", "contact", "chain"]
    assert Snapshot.objects.count() == 3
    assert Awareness.objects.get(group="front_line").value == 1


def test_before_there_is_an_organisation_nothing_is_taken(db):
    assert take_snapshots(now=NOW) == []


def test_the_day_is_the_one_of_the_organisations_own_calendar(cast):
    late = NOW.replace(hour=23, minute=30)
    assert {snapshot.as_of.isoformat() for snapshot in take_snapshots(now=late)} == {"2026-03-03"}


def test_issues_in_soft_words(cast):
    company(cast)
    waiting = issue(cast, "Waiting at noon")
    heard(cast.fay, said(cast, waiting, 100), 100)
    take_snapshots(now=NOW)
    (row,) = known_issues(Snapshot.objects.get(kind="awareness"), NOW)
    assert [(one.group, one.word) for one in row.by_group] == [
        ("top+middle+supervisor", "not_known"), ("front_line", "fading"),
    ]  # fmt: skip
    assert [word_for(value, 0.5) for value in (0.5, 0.25, 0.24)] == ["known", "fading", "not_known"]


def test_what_i_have_not_heard_the_most_frequent_first_in_the_customers_words(cast):
    waiting, fee, old, quiet = (issue(cast, title) for title in ("Waiting", "Fee", "Old", "Quiet"))
    for _ in range(3):
        said(cast, waiting, 5)
    said(cast, waiting, 4, "Eleven of us were in the queue and one window was open.")
    said(cast, fee, 3, "short")
    said(cast, old, 120, "This was said long ago, and nobody has said it since then.")
    heard(cast.olga, said(cast, quiet, 2), 1)
    found = [(one.issue.title, one.mentions, one.words) for one in unheard(cast.olga, NOW, Q())]
    assert found == [
        ("Waiting", 4, "Eleven of us were in the queue and one window was open."),
        ("Fee", 1, ""),
    ]
    assert [one.issue.title for one in unheard(cast.rolf, NOW, Q(), most=1)] == ["Waiting"]


def test_what_was_merged_is_known_under_its_new_name(cast):
    waiting, queue = issue(cast, "Waiting"), issue(cast, "The queue")
    heard(cast.olga, said(cast, queue, 0), 0)
    merge(issue=queue, into=waiting, by=cast.adam, now=NOW)
    assert own_awareness(cast.olga, NOW) == {waiting.pk: 1.0}
