"""Holding, calling off, finishing and reopening."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid

from coalface.meet.actions import (
    AlreadyDecided,
    AlreadyFinished,
    NotHeld,
    StillOpen,
    WasHeld,
    accept,
    call_off,
    drop_in,
    finish,
    fix_now,
    hand_over,
    hold,
    keep,
    note_remark,
    own,
)
from coalface.meet.queries import counts_by_state, encounters_of, in_state
from coalface.records.models import ChosenBy, Encounter, Finishing
from tests.meet import LATER, held, kinds, planned, said
from tests.people import NOW


def test_a_held_encounter_says_how_long_it_took_and_who_looked_on(cast):
    met = planned(cast)
    hold(encounter=met, by=cast.olga, now=LATER, minutes=45, entourage=3, camera=True, press=True)
    met = Encounter.objects.get(pk=met.pk)
    assert (met.outcome, met.outcome_at, met.starts_at) == ("held", LATER, NOW + timedelta(hours=1))
    assert (met.minutes, met.entourage, met.camera, met.press) == (45, 3, True, True)
    assert met.attendances.get().minutes == 45
    assert kinds(met) == ["encounter.planned", "encounter.held"]


def test_held_before_its_time_it_began_then(cast):
    assert hold(encounter=planned(cast), by=cast.olga, now=NOW).starts_at == NOW


def test_without_minutes_the_planned_ones_stand(cast):
    met = hold(encounter=planned(cast), by=cast.olga, now=LATER)
    assert (met.minutes, met.attendances.get().minutes) == (30, 30)


@pytest.mark.parametrize("outcome", ["cancelled", "no_show", "delegated"])
def test_it_did_not_take_place(cast, outcome):
    met = call_off(encounter=planned(cast), outcome=outcome, by=cast.olga, now=LATER)
    assert (met.outcome, met.outcome_at) == (outcome, LATER)
    assert kinds(met)[-1] == "encounter.called_off"


def test_what_became_of_it_is_said_once(cast):
    met = held(cast)
    with pytest.raises(AlreadyDecided):
        hold(encounter=met, by=cast.olga, now=LATER)
    with pytest.raises(AlreadyDecided):
        call_off(encounter=met, outcome="cancelled", by=cast.olga, now=LATER)


@pytest.mark.parametrize("outcome", ["held", "planned"])
def test_calling_off_is_not_holding(cast, outcome):
    with pytest.raises(WasHeld):
        call_off(encounter=planned(cast), outcome=outcome, by=cast.olga, now=LATER)


def test_calling_off_wants_a_known_word(cast):
    with pytest.raises(ValueError, match="rained"):
        call_off(encounter=planned(cast), outcome="rained", by=cast.olga, now=LATER)


def test_a_customer_met_without_a_plan_goes_straight_into_the_ledger(cast):
    met = drop_in(
        format=cast.visit,
        unit=cast.south,
        person=cast.gus,
        customers=[cast.rosa],
        by=cast.gus,
        now=LATER,
        minutes=5,
    )
    assert (met.outcome, met.chosen_by, met.starts_at) == ("held", ChosenBy.PERSON, LATER)
    assert (met.minutes, met.attendances.get().person) == (5, cast.gus)
    assert met.guests.get().customer == cast.rosa
    assert kinds(met) == ["encounter.planned", "encounter.held"]


def test_an_encounter_is_finished_when_all_is_answered(cast):
    met = held(cast)
    first, second = said(met, cast.olga), said(met, cast.olga, "It takes too long.")
    offered = hand_over(remark=first, to=cast.sven, by=cast.olga, now=LATER)
    with pytest.raises(StillOpen) as left:
        finish(encounter=met, by=cast.olga, now=LATER)
    assert (left.value.remarks, left.value.hand_overs) == ((second,), (offered,))
    keep(remark=second, by=cast.olga, now=LATER)
    accept(hand_over=offered, by=cast.sven, now=LATER)
    finish(encounter=met, by=cast.olga, now=LATER)
    assert kinds(met)[-1] == "encounter.finished"
    assert not Encounter.objects.open().exists()
    with pytest.raises(AlreadyFinished):
        finish(encounter=met, by=cast.olga, now=LATER)


def test_what_did_not_take_place_cannot_be_finished(cast):
    with pytest.raises(NotHeld):
        finish(encounter=planned(cast), by=cast.olga, now=LATER)


def test_a_late_remark_opens_it_again_and_both_stay_on_record(cast):
    met = held(cast)
    finish(encounter=met, by=cast.olga, now=LATER)
    late = LATER + timedelta(days=1)
    note_remark(id=uuid.uuid7(), encounter=met, kind="idea", by=cast.olga, now=late, text="One more thing")
    assert list(Finishing.objects.values_list("at", "reopened_at")) == [(LATER, late)]
    assert kinds(met)[-1] == "encounter.reopened"
    assert list(Encounter.objects.open()) == [met]


def test_handing_over_after_the_end_opens_it_again(cast):
    met = held(cast)
    remark = said(met, cast.olga)
    own(remark=remark, by=cast.olga, now=LATER)
    finish(encounter=met, by=cast.olga, now=LATER)
    hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    assert list(Encounter.objects.open()) == [met]


def test_what_somebody_holds_can_be_brought_to_an_end_after_it_was_finished(cast):
    met = held(cast)
    remark = said(met, cast.olga)
    own(remark=remark, by=cast.olga, now=LATER)
    finish(encounter=met, by=cast.olga, now=LATER)
    fix_now(remark=remark, by=cast.olga, now=LATER)
    assert not Encounter.objects.open().exists()


def test_each_encounter_stands_in_one_state(cast):
    to_come, still_open, done, off = (held(cast) if n in (1, 2) else planned(cast) for n in range(4))
    said(still_open, cast.olga)
    finish(encounter=done, by=cast.olga, now=LATER)
    call_off(encounter=off, outcome="no_show", by=cast.olga, now=LATER)
    mine = encounters_of(cast.olga)
    assert counts_by_state(mine) == {"next": 1, "open": 1, "finished": 1, "off": 1}
    states = {state: list(in_state(mine, state)) for state in ("next", "open", "finished", "off")}
    assert states == {"next": [to_come], "open": [still_open], "finished": [done], "off": [off]}
    assert not encounters_of(cast.rolf).exists()
