"""Writing down what was said."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid

from coalface.meet.actions import IdTaken, NotHeld, NotTold, NoWords, call_off, note_remark
from coalface.meet.queries import next_sequence
from coalface.records.models import Format, FormatKind, Kind, Remark, Touchpoint, Verbatim
from tests.meet import LATER, held, kinds, planned, said


def test_the_words_are_kept_apart_from_what_the_observer_makes_of_them(cast):
    counter = Touchpoint.objects.create(key="counter", name="Counter", stage="using")
    met = held(cast)
    id = uuid.uuid7()
    note_remark(
        id=id,
        encounter=met,
        kind="need",
        by=cast.olga,
        now=LATER,
        text="  Je voudrais un rendez-vous.\n",
        reading="She means the evening.",
        customer=cast.petra,
        touchpoint=counter,
        language="fr",
    )
    remark = Remark.objects.get()
    assert (remark.pk, remark.encounter, remark.noted_by, remark.noted_at) == (id, met, cast.olga, LATER)
    assert (remark.kind, remark.said_by, remark.customer) == ("need", "customer", cast.petra)
    assert (remark.touchpoint, remark.sequence) == (counter, 1)
    assert (remark.verbatim.text, remark.verbatim.language) == ("Je voudrais un rendez-vous.", "fr")
    assert (remark.reading.text, remark.reading.language) == ("She means the evening.", "en")
    assert kinds(remark) == ["remark.noted"]


def test_a_reading_alone_is_enough_and_nothing_is_too_little(cast):
    met = held(cast)
    assert said(met, cast.olga, "", reading="They were tired of waiting.").verbatim is None
    with pytest.raises(NoWords):
        said(met, cast.olga, " ", reading="\n")


@pytest.mark.parametrize("wrong", [{"kind": "shout"}, {"said_by": "parrot"}])
def test_only_known_kinds_and_speakers(cast, wrong):
    met = held(cast)
    with pytest.raises(ValueError, match=next(iter(wrong.values()))):
        said(met, cast.olga, **wrong)


def test_the_first_remark_of_who_takes_part_says_that_they_met(cast):
    met = planned(cast)
    remark = said(met, cast.olga)
    met.refresh_from_db()
    assert (met.outcome, met.outcome_at, remark.encounter) == ("held", LATER, met)
    assert kinds(met) == ["encounter.planned", "encounter.held"]


def test_nothing_is_said_by_others_where_nobody_met_yet(cast):
    with pytest.raises(NotHeld):
        said(planned(cast), cast.mina)


@pytest.mark.parametrize("outcome", ["cancelled", "no_show", "delegated"])
def test_nothing_is_said_where_nobody_met(cast, outcome):
    met = call_off(encounter=planned(cast), outcome=outcome, by=cast.mina, now=LATER)
    with pytest.raises(NotHeld):
        said(met, cast.olga)


def test_when_it_was_noted_lies_between_the_encounter_and_now(cast):
    met = held(cast)
    hours = [timedelta(hours=-9), timedelta(minutes=-40), timedelta(hours=9)]
    given = [said(met, cast.olga, noted_at=LATER + one).noted_at for one in hours]
    assert given == [met.starts_at, LATER - timedelta(minutes=40), LATER]


def test_the_order_of_a_device_is_its_own_count_and_not_its_clock(cast):
    met, ago = held(cast), {1: 5, 3: 50, 2: 0, 4: 20}
    for sequence, minutes in ago.items():
        at = LATER - timedelta(minutes=minutes)
        said(met, cast.olga, str(sequence), device="phone", sequence=sequence, noted_at=at)
    said(met, cast.olga, "0", device="tablet", sequence=9, noted_at=LATER - timedelta(minutes=30))
    in_order = met.remarks.order_by("noted_at", "sequence").values_list("verbatim__text", flat=True)
    assert list(in_order) == ["0", "1", "2", "3", "4"]


INCOGNITO = {"customer": None, "text": ""}


def unannounced(cast):
    met = held(cast)
    Format.objects.update(kind=FormatKind.INCOGNITO)
    return met


@pytest.mark.parametrize("given", [{"text": ""}, {"customer": None}, {}])
def test_after_an_incognito_visit_words_and_name_want_a_customer_who_was_told(cast, given):
    met = unannounced(cast)
    given = {"reading": "He waited long."} | given
    with pytest.raises(NotTold):
        said(met, cast.olga, **given)
    assert Verbatim.objects.count() == 0
    assert said(met, cast.olga, told_afterwards=True, **given).told_afterwards is True


def test_what_we_saw_ourselves_or_one_of_us_said_is_kept_all_the_same(cast):
    met = unannounced(cast)
    assert said(met, cast.olga, reading="Nobody looked up.", **INCOGNITO).verbatim is None
    assert said(met, cast.olga, "We are two short.", said_by="employee", customer=None).verbatim


def test_the_author_counts_up_unless_the_device_did(cast):
    met = held(cast)
    given = [said(met, cast.olga, sequence=sequence).sequence for sequence in (None, 7, None)]
    assert (given, next_sequence(met, cast.olga)) == ([1, 7, 8], 9)
    assert (said(met, cast.mina).sequence, next_sequence(met, cast.rolf)) == (1, 1)


def test_the_same_remark_sent_twice_is_kept_once(cast):
    met, id = held(cast), uuid.uuid7()
    first = said(met, cast.olga, id=id, reading="Cross.")
    again = said(met, cast.olga, id=id, reading="Cross.", sequence=first.sequence)
    assert (again, Remark.objects.count(), Verbatim.objects.count()) == (first, 1, 2)
    assert kinds(first) == ["remark.noted"]


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Nobody told her."},
        {"reading": "Cross."},
        {"kind": Kind.IDEA},
        {"said_by": "employee"},
        {"customer": None},
        {"sequence": 5},
    ],
)
def test_another_body_under_the_same_id_is_refused(cast, other):
    met, id = held(cast), uuid.uuid7()
    said(met, cast.olga, id=id)
    with pytest.raises(IdTaken):
        said(met, cast.olga, **({"id": id} | other))
    assert (Remark.objects.count(), Verbatim.objects.count()) == (1, 1)


def test_another_author_or_encounter_under_the_same_id_is_refused(cast):
    met, id = held(cast), uuid.uuid7()
    said(met, cast.olga, id=id)
    for encounter, by in ((met, cast.mina), (held(cast), cast.olga)):
        with pytest.raises(IdTaken):
            said(encounter, by, id=id)


def test_what_was_erased_does_not_come_back_with_a_resend(cast):
    met, id = held(cast), uuid.uuid7()
    first = said(met, cast.olga, id=id)
    Verbatim.objects.update(text="", erased_at=LATER)
    assert said(met, cast.olga, id=id) == first
    assert Verbatim.objects.get().text == ""
