"""One thing that was said, sent by a phone."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid
from django.utils import timezone

from coalface.meet.actions import call_off, finish, fix_now
from coalface.plan.actions import file_notice
from coalface.records.models import Format, FormatKind, Remark, SecondVersion, Touchpoint, Verbatim
from tests.api import Phone, fresh, remark
from tests.api.test_session import visit


@pytest.fixture
def met(cast):
    """Olga's visit, this morning."""
    return visit(cast, -0.1)


@pytest.fixture
def olga(cast):
    """Olga's phone."""
    return Phone(cast.olga)


def test_the_first_remark_holds_the_visit_and_the_same_again_changes_nothing(cast, met, olga):
    id = uuid.uuid7()
    counter = Touchpoint.objects.create(key="counter", name="Counter", stage="using")
    body = remark(met, reading="Cross.", touchpoint=counter.pk, sequence=7, age_seconds=600)
    assert olga.put(f"remarks/{id}", body) == (201, {"id": str(id), "sequence": 7})
    assert olga.put(f"remarks/{id}", body | {"age_seconds": 900}) == (200, {"id": str(id), "sequence": 7})
    noted = Remark.objects.get()
    met.refresh_from_db()
    assert (met.outcome, noted.noted_by, noted.customer) == ("held", cast.olga, cast.petra)
    assert (noted.verbatim.text, noted.reading.text, noted.touchpoint) == (
        "Nobody told me.",
        "Cross.",
        counter,
    )
    assert (noted.device, noted.sequence, noted.verbatim.language) == ("a-phone", 7, "en")
    assert timedelta(seconds=600) <= timezone.now() - noted.noted_at < timedelta(seconds=700)


@pytest.mark.parametrize("seconds", [-5, -(10**40), 10**40])
def test_a_clock_that_lies_is_bounded(met, olga, seconds):
    assert olga.put(fresh("remarks"), remark(met, age_seconds=seconds))[0] == 201
    noted = Remark.objects.get()
    met.refresh_from_db()
    late = noted.noted_at - met.starts_at if seconds > 0 else timezone.now() - noted.noted_at
    assert timedelta() <= late < timedelta(minutes=1)


def test_a_late_remark_opens_a_finished_encounter_again(cast, met, olga):
    olga.put(fresh("remarks"), remark(met))
    fix_now(remark=Remark.objects.get(), by=cast.olga, now=timezone.now())
    finish(encounter=met, by=cast.olga, now=timezone.now())
    assert olga.put(fresh("remarks"), remark(met, sequence=2))[0] == 201
    assert met.finishings.get().reopened_at


def test_a_guest_of_a_group_is_quoted_only_once_they_agreed(cast, met, olga):
    Format.objects.update(kind=FormatKind.FOCUS_GROUP)
    assert olga.session()["encounters"][0]["guests"] == []
    assert olga.put(fresh("remarks"), remark(met)) == (422, {"code": "not_agreed"})
    met.guests.update(agreed_at=timezone.now())
    assert [guest["name"] for guest in olga.session()["encounters"][0]["guests"]] == ["Petra Frei"]
    assert olga.put(fresh("remarks"), remark(met))[0] == 201


TAKEN = (409, {"code": "taken", "kept_aside": True, "see": "/meet/second-versions/"})


def test_another_body_under_the_id_is_kept_for_a_person_once(cast, met, olga):
    id = uuid.uuid7()
    olga.put(f"remarks/{id}", remark(met))
    for _ in range(2):
        assert olga.put(f"remarks/{id}", remark(met, text="Nobody told her.")) == TAKEN
    second = SecondVersion.objects.get()
    assert (second.sent_id, second.sent_by, second.verbatim.text) == (id, cast.olga, "Nobody told her.")
    assert Remark.objects.get().verbatim.text == "Nobody told me."


def test_so_is_the_same_body_of_somebody_else(cast, met, olga):
    id = uuid.uuid7()
    olga.put(f"remarks/{id}", remark(met))
    assert Phone(cast.mina).put(f"remarks/{id}", remark(met)) == TAKEN
    assert SecondVersion.objects.get().sent_by == cast.mina


@pytest.mark.parametrize("outcome", ["cancelled", "no_show", "delegated"])
def test_nothing_is_noted_where_nobody_met(cast, met, olga, outcome):
    call_off(encounter=met, outcome=outcome, by=cast.olga, now=timezone.now())
    assert olga.put(fresh("remarks"), remark(met)) == (409, {"code": "not_held", "outcome": outcome})


def test_who_looks_after_the_programme_does_not_hold_it(cast, met):
    answer = Phone(cast.mina).put(fresh("remarks"), remark(met))
    assert answer == (409, {"code": "not_held", "outcome": "planned"})


def test_an_incognito_visit_wants_to_know_that_the_customer_was_told(cast, met, olga):
    Format.objects.update(kind=FormatKind.INCOGNITO)
    announced = {"unit": cast.root, "text": "We visit incognito.", "by": cast.mina, "now": timezone.now()}
    assert olga.put(fresh("remarks"), remark(met, told_afterwards=True)) == (
        409,
        {"code": "not_ready", "wanted": ["notice_missing"]},
    )
    file_notice(published_on=timezone.localdate() - timedelta(days=31), **announced)
    assert olga.put(fresh("remarks"), remark(met)) == (422, {"code": "not_told"})
    assert (Verbatim.objects.count(), met.remarks.count()) == (0, 0)
    assert olga.put(fresh("remarks"), remark(met, told_afterwards=True))[0] == 201


def test_what_it_is_about_may_be_said_and_need_not(met, olga):
    id = uuid.uuid7()
    assert olga.put(f"remarks/{id}", remark(met, about="price"))[0] == 201
    assert olga.put(f"remarks/{id}", remark(met, about="price"))[0] == 200
    assert olga.put(f"remarks/{id}", remark(met)) == TAKEN
    assert olga.put(fresh("remarks"), remark(met, about=None))[0] == 201
    assert sorted(Remark.objects.values_list("about", flat=True)) == ["", "price"]


def test_what_one_of_us_said_has_no_customer(cast, met, olga):
    assert olga.put(fresh("remarks"), remark(met, said_by="employee"))[0] == 201
    assert Remark.objects.get().customer is None


def test_others_encounters_and_none_at_all(cast, met):
    fay = Phone(cast.fay)
    assert fay.put(fresh("remarks"), remark(met)) == (403, {"code": "not_yours"})
    nowhere = remark(met, encounter=str(uuid.uuid7()))
    assert fay.put(fresh("remarks"), nowhere) == (404, {"code": "no_such_encounter"})


WRONG = [
    ({"text": " "}, ["text"]),
    ({"text": "a\0b"}, ["text"]),
    ({"text": "\ud800"}, ["text"]),
    ({"text": "a" * 10_001}, ["text"]),
    ({"text": 7}, ["text"]),
    ({"reading": None}, ["reading"]),
    ({"kind": "shout"}, ["kind"]),
    ({"said_by": "parrot"}, ["said_by"]),
    ({"about": "weather"}, ["about"]),
    ({"encounter": "x"}, ["encounter"]),
    ({"customer": "00000000-0000-0000-0000-000000000000"}, ["customer"]),
    ({"touchpoint": 99}, ["touchpoint"]),
    ({"touchpoint": 2**70}, ["touchpoint"]),
    ({"sequence": -1}, ["sequence"]),
    ({"sequence": 2**31}, ["sequence"]),
    ({"sequence": 10**30, "kind": []}, ["kind", "sequence"]),
    ({"device": "\0"}, ["device"]),
    ({"age_seconds": "soon"}, ["age_seconds"]),
    ({"colour": "red"}, ["colour"]),
    ({"schema": "x"}, ["schema"]),
    ({"account": None}, ["account"]),
]


@pytest.mark.parametrize(("wrong", "fields"), WRONG, ids=str)
def test_what_cannot_be_is_named(met, olga, wrong, fields):
    assert olga.put(fresh("remarks"), remark(met, **wrong)) == (422, {"code": "invalid", "fields": fields})
    assert (met.remarks.count(), Verbatim.objects.count()) == (0, 0)


def test_an_id_is_an_id(met, olga):
    assert olga.put("remarks/x", remark(met)) == (422, {"code": "invalid", "fields": ["id"]})
