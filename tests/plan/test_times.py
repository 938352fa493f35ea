"""Pages about times: hours of places and people, when somebody cannot, and a calendar of one's own."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalface.people.actions import add_unit
from coalface.plan.actions import NotTheirs, be_away, be_back, set_hours_of_unit
from coalface.plan.forms import HoursForm, UnitHoursForm
from coalface.plan.queries import week_of
from coalface.records.models import Calendar, Unavailability, Unit, WorkingHours
from tests.edges.radicale import SECRET, USER, CalendarServer
from tests.people import NOW, Cast, client_for

MORNING = (time(8), time(12))


def week(**days: str) -> dict[str, str]:
    return {f"day_{day}": "" for day in range(7)} | days


def test_hours_are_read_as_people_write_them():
    form = HoursForm(week(day_0="8:00–12:00, 13.00 - 24:00", day_4=" 9:30-10:00 "))
    assert form.is_valid()
    assert form.cleaned_data == {
        "week": [(0, *MORNING), (0, time(13), time(23, 59)), (4, time(9, 30), time(10))]
    }


@pytest.mark.parametrize("text", ["8-12", "12:00–8:00", "8:00–12:00, 11:00–13:00", "25:00–26:00", "noon"])
def test_what_are_no_hours_is_said(text: str):
    assert list(HoursForm(week(day_2=text)).errors) == ["day_2"]


def test_a_part_of_a_country_has_to_be_one_of_that_country():
    given = week(country="CH", subdivision="lu")
    assert UnitHoursForm(given).is_valid()
    assert list(UnitHoursForm(given | {"subdivision": "BY"}).errors) == ["subdivision"]
    assert UnitHoursForm(given | {"country": "DE", "subdivision": "BY"}).is_valid()


def test_hours_and_country_of_a_place_are_set_by_who_looks_after_it(cast: Cast):
    address = f"/plan/hours/units/{cast.north.pk}/"
    given = week(day_0="8:00–12:00", country="CH", subdivision="ZH")
    assert client_for(cast.sven).post(address, given).status_code == 403
    client = client_for(cast.mina)
    assert client.post(address, given | {"day_1": "8"}).status_code == 422
    assert client.post(address, given).status_code == 302
    north = Unit.objects.get(pk=cast.north.pk)
    assert (week_of(north.working_hours.all()), north.country, north.subdivision) == (
        {0: "08:00–12:00"}, "CH", "ZH"
    )  # fmt: skip
    assert "08:00–12:00" in client.get("/plan/hours/").content.decode()
    assert "08:00–12:00" in client.get(address).content.decode()
    client.post(address, week(country="", subdivision=""))
    assert WorkingHours.objects.count() == 0


def test_hours_of_a_person_are_set_by_themselves_and_by_who_looks_after_them(cast: Cast):
    address = f"/plan/hours/people/{cast.sven.pk}/"
    assert client_for(cast.fay).post(address, week()).status_code == 403
    for who, hours in ((cast.sven, "08:00–12:00"), (cast.mina, "09:00–12:00")):
        assert client_for(who).post(address, week(day_0=hours)).status_code == 302
        assert week_of(cast.sven.working_hours.all()) == {0: hours}
    assert "09:00–12:00" in client_for(cast.sven).get("/plan/times/").content.decode()


def test_somebody_says_when_they_cannot_and_takes_it_back(cast: Cast):
    client, day = client_for(cast.sven), timezone.localdate() + timedelta(days=3)
    given = {"starts_at": f"{day}T09:00", "ends_at": f"{day}T12:00"}
    assert client.post("/plan/times/away/", given | {"ends_at": f"{day}T09:00"}).status_code == 422
    assert client.post("/plan/times/away/", {"starts_at": "2020-01-01T09:00", "ends_at": "2020-01-01T10:00"}
                       ).status_code == 422  # fmt: skip
    for _ in range(2):
        assert client.post("/plan/times/away/", given).status_code == 302
    away = Unavailability.objects.get()
    assert (away.person, away.ends_at - away.starts_at) == (cast.sven, timedelta(hours=3))
    assert "09:00" in client.get("/plan/times/").content.decode()
    assert client_for(cast.fay).post(f"/plan/times/away/{away.pk}/remove/").status_code == 403
    for _ in range(2):
        assert client.post(f"/plan/times/away/{away.pk}/remove/").status_code == 302
    assert Unavailability.objects.count() == 0


def test_what_a_calendar_says_is_not_taken_back_here(cast: Cast):
    theirs = Calendar.objects.create(
        person=cast.sven, address="https://c.example/", user_name="s", password="", joined_at=NOW
    )
    busy = Unavailability.objects.create(
        person=cast.sven, starts_at=NOW, ends_at=NOW + timedelta(hours=1), calendar=theirs
    )
    with pytest.raises(NotTheirs):
        be_back(absence=busy, by=cast.sven, now=NOW)


def test_the_page_of_hours_asks_as_often_for_many_places_as_for_few(cast: Cast):
    client = client_for(cast.mina)
    client.get("/plan/hours/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/plan/hours/")
        return len(queries)

    few = asked()
    for n in range(5):
        desk = add_unit(key=f"d{n}", name=f"D{n}", kind="department", parent=cast.north, by=None, now=NOW)
        days = [(day, *MORNING) for day in range(5)]
        set_hours_of_unit(unit=desk, week=days, country="CH", subdivision="", by=cast.mina, now=NOW)
    assert asked() == few


def test_absences_can_be_taken_along(cast: Cast):
    now = timezone.now()
    be_away(starts_at=now, ends_at=now + timedelta(hours=1), by=cast.sven, now=now)
    be_away(starts_at=now, ends_at=now + timedelta(hours=1), by=cast.fay, now=now)
    answer = client_for(cast.sven).get("/plan/times/?as=csv")
    assert len(b"".join(answer).decode().strip().splitlines()) == 2


def test_a_calendar_is_connected_and_disconnected_on_the_page(cast: Cast, radicale: CalendarServer):
    client = client_for(cast.sven)
    given = {"address": radicale.root, "user_name": USER, "password": "another"}
    radicale.make()
    wrong = client.post("/plan/times/calendar/", given)
    assert (wrong.status_code, "The user name or the password is wrong." in wrong.content.decode()) == (
        422,
        True,
    )
    radicale.make("home")
    several = client.post("/plan/times/calendar/", given | {"password": SECRET})
    page = several.content.decode()
    assert (several.status_code, radicale.calendar("home") in page, SECRET in page) == (422, True, False)
    chosen = given | {"password": SECRET, "address": radicale.calendar("home")}
    assert client.post("/plan/times/calendar/", chosen).status_code == 302
    page = client.get("/plan/times/").content.decode()
    assert (radicale.calendar("home") in page, SECRET in page) == (True, False)
    Calendar.objects.update(failure="not_reached", next_at=NOW)
    assert "Nobody answers at this address." in client.get("/plan/times/").content.decode()
    for _ in range(2):
        assert client.post("/plan/times/calendar/leave/").status_code == 302
    assert Calendar.objects.get().left_at
