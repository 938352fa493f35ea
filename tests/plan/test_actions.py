"""Formats, promises, exemptions and encounters that are planned."""

from datetime import date, timedelta

import pytest

from coalface.plan.actions import (
    EndsBeforeItStarts,
    KeyTaken,
    MustBeAnnounced,
    NotADay,
    RemoteNotOffered,
    add_format,
    commit_level,
    commit_person,
    exempt,
    plan_encounter,
)
from coalface.records.history import history_of
from coalface.records.models import ChosenBy, Commitment, Encounter, Exemption, Outcome
from tests.people import NOW

TODAY = date(2026, 3, 2)


def plan(cast, format=None, **more):
    given = {
        "format": format or cast.visit,
        "unit": cast.north,
        "starts_at": NOW + timedelta(days=1),
        "person": cast.olga,
        "customers": [cast.petra, cast.rosa],
        "chosen_by": ChosenBy.PERSON,
        "by": cast.olga,
        "now": NOW,
    }
    return plan_encounter(**(given | more))


def test_a_format_is_added_once(cast):
    shift = add_format(
        key="shift",
        name="Counter shift",
        depth="doing",
        minutes=120,
        guide="Ask\nListen",
        may_be_unannounced=True,
        by=cast.mina,
        now=NOW,
    )
    assert (shift.name, shift.depth, shift.minutes, shift.guide, shift.may_be_unannounced) == (
        "Counter shift", "doing", 120, "Ask\nListen", True,
    )  # fmt: skip
    assert [event.kind for event in history_of(shift)] == ["format.added"]
    with pytest.raises(KeyTaken):
        add_format(key="shift", name="Again", depth="doing", minutes=1, by=cast.mina, now=NOW)
    with pytest.raises(ValueError, match="gazing"):
        add_format(key="gaze", name="Gaze", depth="gazing", minutes=1, by=cast.mina, now=NOW)


def test_a_new_promise_ends_the_one_before(cast):
    commit_level(level="top", every_days=30, starts_on=TODAY, by=cast.mina, now=NOW)
    commit_person(person=cast.olga, every_days=10, starts_on=TODAY, by=cast.mina, now=NOW)
    later = TODAY + timedelta(days=50)
    commit_level(level="top", every_days=20, starts_on=later, by=cast.mina, now=NOW)
    commit_person(person=cast.olga, every_days=15, starts_on=later, by=cast.mina, now=NOW)
    rows = Commitment.objects.values_list("level", "person", "every_days", "starts_on", "ends_on")
    assert list(rows) == [
        ("top", None, 30, TODAY, later),
        ("", cast.olga.pk, 10, TODAY, later),
        ("top", None, 20, later, None),
        ("", cast.olga.pk, 15, later, None),
    ]


def test_a_rhythm_is_a_day_or_more(cast):
    with pytest.raises(NotADay):
        commit_person(person=cast.olga, every_days=0, starts_on=TODAY, by=cast.mina, now=NOW)
    with pytest.raises(ValueError, match="boss"):
        commit_level(level="boss", every_days=5, starts_on=TODAY, by=cast.mina, now=NOW)


@pytest.mark.parametrize("offered", [None, TODAY + timedelta(days=1)])
def test_nobody_is_let_off_before_a_remote_way_was_offered(cast, offered):
    with pytest.raises(RemoteNotOffered):
        exempt(
            person=cast.olga, starts_on=TODAY, until_on=date(2026, 6, 1), remote_offered_on=offered,
            by=cast.mina, now=NOW,
        )  # fmt: skip
    assert Exemption.objects.count() == 0


def test_an_exemption_ends_and_keeps_no_reason(cast):
    given = {"person": cast.olga, "starts_on": TODAY, "remote_offered_on": TODAY, "by": cast.mina, "now": NOW}
    with pytest.raises(EndsBeforeItStarts):
        exempt(until_on=TODAY, **given)
    one = exempt(until_on=date(2026, 6, 1), **given)
    assert (one.person, one.starts_on, one.until_on, one.agreed_by) == (
        cast.olga, TODAY, date(2026, 6, 1), cast.mina,
    )  # fmt: skip
    (event,) = history_of(one)
    assert (event.kind, event.payload) == ("exemption.agreed", {})


def test_an_encounter_is_planned_with_who_goes_and_who_comes(cast):
    encounter = plan(cast)
    assert (encounter.outcome, encounter.minutes, encounter.announced, encounter.chosen_by) == (
        Outcome.PLANNED, 30, True, "person",
    )  # fmt: skip
    assert [(one.person, one.depth, one.minutes) for one in encounter.attendances.all()] == [
        (cast.olga, "conversing", 30)
    ]
    assert [guest.customer for guest in encounter.guests.all()] == [cast.petra, cast.rosa]
    (event,) = history_of(encounter)
    assert (event.kind, event.by, event.payload) == ("encounter.planned", cast.olga, {"person": cast.olga.pk})


def test_somebody_may_go_along_to_listen_only_and_nobody_may_come(cast):
    encounter = plan(cast, depth="beside", customers=[])
    assert (encounter.attendances.get().depth, encounter.guests.count()) == ("beside", 0)


def test_only_some_formats_may_surprise(cast):
    with pytest.raises(MustBeAnnounced):
        plan(cast, announced=False)
    assert Encounter.objects.count() == 0
    surprise = add_format(
        key="drop-in",
        name="Drop in",
        depth="conversing",
        minutes=5,
        by=None,
        now=NOW,
        may_be_unannounced=True,
    )
    assert plan(cast, format=surprise, announced=False).announced is False


def test_the_planner_and_others_are_told_apart(cast):
    with pytest.raises(ValueError, match="a friend"):
        plan(cast, chosen_by="a friend")
