"""Writing down what was said."""

import pytest
import uuid_utils.compat as uuid

from coalface.meet.actions import IdTaken, NotHeld, NoWords, note_remark
from coalface.meet.queries import next_sequence
from coalface.records.models import Kind, Remark, Touchpoint, Verbatim
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


def test_nothing_is_said_where_nobody_met(cast):
    with pytest.raises(NotHeld):
        said(planned(cast), cast.olga)


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
