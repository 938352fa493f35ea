"""A customer was met without a plan, and a phone says so."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid
from django.utils import timezone

from coalface.records.models import Encounter, Format, Unit, Verbatim
from tests.api import Phone, fresh, remark
from tests.people import Cast, welcome


def drop_in(cast: Cast, **more) -> dict:
    """Fay met Petra at the counter."""
    given = {"format": cast.visit.pk, "unit": cast.north.pk, "customer": str(cast.petra.pk), "minutes": 20}
    return given | more


def test_it_is_held_at_once_and_sent_twice_it_happened_once(cast):
    fay, id = Phone(cast.fay), uuid.uuid7()
    held = {"id": str(id), "outcome": "held"}
    assert fay.put(f"encounters/{id}", drop_in(cast, age_seconds=3600)) == (201, held)
    assert fay.put(f"encounters/{id}", drop_in(cast, minutes=5)) == (200, held)
    met = Encounter.objects.get()
    assert (met.minutes, met.unit, met.guests.get().customer, met.attendances.get().person) == (
        20,
        cast.north,
        cast.petra,
        cast.fay,
    )
    assert timedelta(hours=1) <= timezone.now() - met.starts_at < timedelta(hours=1, minutes=1)
    assert fay.put(fresh("remarks"), remark(met))[0] == 201


def test_without_a_customer_and_minutes(cast):
    fay = Phone(cast.fay)
    body = drop_in(cast, customer=None)
    del body["minutes"]
    assert fay.put(fresh("encounters"), body)[0] == 201
    assert (Encounter.objects.get().minutes, Encounter.objects.get().guests.count()) == (30, 0)


@pytest.mark.parametrize("called", ["Petra Frei", " petra frei ", "Petra"])
def test_the_one_customer_meant_is_found_and_the_words_are_kept_nowhere(cast, called):
    fay, id = Phone(cast.fay), uuid.uuid7()
    found = {"id": str(id), "outcome": "held", "customer": str(cast.petra.pk)}
    body = drop_in(cast, customer=None, called=called)
    assert fay.put(f"encounters/{id}", body) == (201, found)
    assert fay.put(f"encounters/{id}", body) == (200, found)
    assert Encounter.objects.get().guests.get().customer == cast.petra
    assert not Verbatim.objects.exists()


@pytest.mark.parametrize("called", ["", "  ", "Nobody Known", "Q", "Gus Meyer"])
def test_where_none_or_several_are_meant_the_meeting_is_held_all_the_same(cast, called):
    welcome("Quirin Roy", unit=cast.north)
    id = uuid.uuid7()
    answer = Phone(cast.fay).put(f"encounters/{id}", drop_in(cast, customer=None, called=called))
    assert answer == (201, {"id": str(id), "outcome": "held"})
    assert not Encounter.objects.get().guests.exists()


def test_the_beginning_of_a_name_is_enough_only_where_one_works(cast):
    id, body = uuid.uuid7(), drop_in(cast, customer=None, called="Petra", unit=cast.south.pk)
    assert Phone(cast.gus).put(f"encounters/{id}", body) == (201, {"id": str(id), "outcome": "held"})


@pytest.mark.parametrize("kind", ["incognito", "focus_group", "event", "town_hall"])
def test_where_several_or_nobody_is_named_no_words_say_who_it_was(cast, kind):
    Format.objects.update(kind=kind)
    body = drop_in(cast, customer=None, called="Petra Frei")
    answer = Phone(cast.fay).put(fresh("encounters"), body)
    assert answer == (422, {"code": "invalid", "fields": ["called"]})


def test_somebody_elses_id_is_taken(cast):
    address = fresh("encounters")
    assert Phone(cast.fay).put(address, drop_in(cast))[0] == 201
    taken = Phone(cast.gus).put(address, drop_in(cast, customer=None))
    assert taken == (409, {"code": "taken", "kept_aside": False})


def test_a_customer_one_has_never_met_and_may_not_look_up(cast):
    gus = Phone(cast.gus)
    assert gus.put(fresh("encounters"), drop_in(cast)) == (422, {"code": "invalid", "fields": ["customer"]})
    assert Encounter.objects.count() == 0


WRONG = [
    ({"format": 99}, ["format"]),
    ({"format": 99, "unit": 99}, ["format", "unit"]),
    ({"format": "x"}, ["format"]),
    ({"unit": 2**65}, ["unit"]),
    ({"minutes": 0}, ["minutes"]),
    ({"minutes": 1441}, ["minutes"]),
    ({"customer": "Petra"}, ["customer"]),
]


@pytest.mark.parametrize(("wrong", "fields"), WRONG, ids=str)
def test_what_cannot_be_is_named(cast, wrong, fields):
    body = drop_in(cast, **wrong)
    assert Phone(cast.fay).put(fresh("encounters"), body) == (422, {"code": "invalid", "fields": fields})


def test_somebody_at_the_top_may_look_up_customers_of_no_unit(cast):
    Unit.objects.get(pk=cast.north.pk)
    cast.petra.unit = None
    cast.petra.save()
    assert Phone(cast.olga).put(fresh("encounters"), drop_in(cast))[0] == 201
    assert Phone(cast.fay).put(fresh("encounters"), drop_in(cast))[0] == 422
