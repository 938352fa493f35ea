"""What a customer told one of us, passed on by phone."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid
from django.utils import timezone

from coalface.records.models import Feedback
from tests.api import NOBODY, Phone, fresh
from tests.people import Cast


def told(cast: Cast, **more) -> dict:
    """Petra told Fay."""
    given = {"kind": "complaint", "text": "It is too dark.", "unit": cast.north.pk}
    return given | {"customer": str(cast.petra.pk), "device": "a", "sequence": 1, "age_seconds": 0} | more


def test_it_is_passed_on_once(cast):
    fay, id = Phone(cast.fay), uuid.uuid7()
    body = told(cast, age_seconds=7200)
    assert fay.put(f"feedback/{id}", body) == (201, {"id": str(id)})
    assert fay.put(f"feedback/{id}", body | {"age_seconds": 9000}) == (200, {"id": str(id)})
    heard = Feedback.objects.get()
    assert (heard.verbatim.text, heard.customer, heard.unit, heard.reported_by, heard.channel) == (
        "It is too dark.",
        cast.petra,
        cast.north,
        cast.fay,
        "report",
    )
    assert timedelta(hours=2) <= timezone.now() - heard.received_at < timedelta(hours=2, minutes=1)


def test_other_words_under_the_id_become_a_report_of_their_own(cast):
    fay, address = Phone(cast.fay), fresh("feedback")
    fay.put(address, told(cast))
    taken = (409, {"code": "taken", "kept_aside": True, "see": "/hear/report/"})
    for _ in range(2):
        assert fay.put(address, told(cast, text="It is still too dark.")) == taken
    assert Phone(cast.sven).put(address, told(cast)) == taken
    words = Feedback.objects.order_by("received_at").values_list("verbatim__text", "reported_by__name")
    assert list(words) == [
        ("It is too dark.", "Fay Burns"),
        ("It is still too dark.", "Fay Burns"),
        ("It is too dark.", "Sven Olsen"),
    ]


def test_what_was_erased_meanwhile_does_not_come_back(cast):
    fay, address = Phone(cast.fay), fresh("feedback")
    fay.put(address, told(cast))
    words = Feedback.objects.get().verbatim
    words.text, words.erased_at = "", timezone.now()
    words.save()
    assert fay.put(address, told(cast))[0] == 200
    assert Feedback.objects.get().verbatim.text == ""


WRONG = [
    ({"text": " "}, ["text"]),
    ({"text": "\0"}, ["text"]),
    ({"kind": "shout"}, ["kind"]),
    ({"unit": 99}, ["unit"]),
    ({"unit": None}, ["unit"]),
    ({"customer": NOBODY}, ["customer"]),
]


@pytest.mark.parametrize(("wrong", "fields"), WRONG, ids=str)
def test_what_cannot_be_is_named(cast, wrong, fields):
    body = told(cast, **wrong)
    assert Phone(cast.fay).put(fresh("feedback"), body) == (422, {"code": "invalid", "fields": fields})


def test_only_where_one_may_report(cast):
    body = told(cast, unit=cast.south.pk, customer=None)
    assert Phone(cast.fay).put(fresh("feedback"), body) == (422, {"code": "invalid", "fields": ["unit"]})
    assert Phone(cast.olga).put(fresh("feedback"), body)[0] == 201
