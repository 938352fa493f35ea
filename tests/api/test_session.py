"""Who is signed in, and what a phone takes along."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coalface.meet.actions import finish, hold
from coalface.plan.actions import plan_encounter
from coalface.records.models import Format, FormatKind, Kind
from tests.api import Phone
from tests.people import Cast


def visit(cast: Cast, days: float, person=None):
    """Olga meets Petra so many days from today."""
    now = timezone.now()
    return plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=now + timedelta(days=days),
        person=person or cast.olga,
        customers=[cast.petra],
        chosen_by="planner",
        by=cast.mina,
        now=now,
    )


@pytest.mark.django_db
def test_whoever_has_not_signed_in_is_told_so_and_nothing_else():
    phone = Phone()
    token = phone.knows.pop("csrf")
    assert phone.knows == {"signed_in": False, "schema": 1, "oldest_schema": 1}
    assert len(token) == 64
    assert phone.client.get("/api/session").headers["Cache-Control"] == "no-store"


def test_a_phone_takes_along_what_it_needs(cast):
    met = visit(cast, 1)
    phone = Phone(cast.fay)
    met.attendances.update(person=cast.fay)
    knows = phone.session()
    knows.pop("csrf")
    units = knows.pop("units")
    assert (len(knows.pop("account")), units) == (36, [{"id": cast.north.pk, "name": "North"}])
    assert knows == {
        "signed_in": True,
        "schema": 1,
        "oldest_schema": 1,
        "name": "Fay Burns",
        "language": "en",
        "kinds": list(Kind),
        "formats": [{"id": cast.visit.pk, "name": "Visit", "kind": "conversation"}],
        "unit": cast.north.pk,
        "encounters": [
            {
                "id": str(met.pk),
                "title": "Visit · Petra Frei",
                "unit": "North",
                "starts_at": met.starts_at.isoformat()[:23] + "Z",
                "kind": "conversation",
                "outcome": "planned",
                "incognito": False,
                "guests": [{"id": str(cast.petra.pk), "name": "Petra Frei"}],
            }
        ],
    }


def test_of_the_encounters_those_soon_undecided_or_open_newest_first(cast):
    now = timezone.now()
    soon, undecided, open_one, done = (visit(cast, days) for days in (13, -40, -50, -60))
    visit(cast, 15)
    visit(cast, 1, person=cast.fay)
    for one in (open_one, done):
        hold(encounter=one, by=cast.olga, now=now)
    finish(encounter=done, by=cast.olga, now=now)
    found = [one["id"] for one in Phone(cast.olga).knows["encounters"]]
    assert found == [str(one.pk) for one in (soon, undecided, open_one)]


def test_never_more_than_thirty_and_as_few_questions_as_for_one(cast, django_assert_num_queries):
    visit(cast, 1)
    phone = Phone(cast.olga)
    for number in range(2, 34):
        visit(cast, number / 10)
    with django_assert_num_queries(9):
        assert len(phone.session()["encounters"]) == 30


def test_an_incognito_visit_says_so(cast):
    visit(cast, 1)
    Format.objects.update(kind=FormatKind.INCOGNITO)
    assert [one["incognito"] for one in Phone(cast.olga).knows["encounters"]] == [True]


def test_an_account_keeps_its_name_and_shares_it_with_nobody(cast):
    names = [Phone(person).knows["account"] for person in (cast.olga, cast.olga, cast.fay)]
    assert (names[0] == names[1], names[0] == names[2]) == (True, False)
