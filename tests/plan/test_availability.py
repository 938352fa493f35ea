"""Who can take which slot: hours, holidays, absences, what is planned – in everybody's own zone."""

import time as clock
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalface.plan.actions import plan_encounter
from coalface.plan.queries import free
from coalface.records.models import (
    Assignment,
    Format,
    Person,
    Position,
    Slot,
    Unavailability,
    Unit,
    WorkingHours,
)
from tests.people import NOW, Cast

ZURICH, NEW_YORK = ZoneInfo("Europe/Zurich"), ZoneInfo("America/New_York")
MONDAY = date(2026, 3, 9)


def at(hour: int, minute: int = 0, day: date = MONDAY, zone: ZoneInfo = ZURICH, fold: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, fold=fold), zone)


def slot(cast: Cast, starts_at: datetime, minutes: int = 60, unit: Unit | None = None, remote: bool = False):
    way = cast.visit
    if remote:
        way, _ = Format.objects.get_or_create(
            key="call", defaults={"name": "Call", "depth": "conversing", "remote": True}
        )
    return Slot.objects.create(
        format=way, unit=unit or cast.north, starts_at=starts_at, minutes=minutes, offered_at=NOW
    )


def works(from_time: str, until_time: str, *weekdays: int, **whose: object) -> None:
    WorkingHours.objects.bulk_create(
        WorkingHours(
            weekday=day,
            from_time=time.fromisoformat(from_time),
            until_time=time.fromisoformat(until_time),
            **whose,
        )
        for day in weekdays
    )


def can(person: Person, *slots: Slot) -> list[bool]:
    answer = free([person], slots)
    assert set(answer) == {person.pk}
    return [one.pk in answer[person.pk] for one in slots]


def test_without_a_word_everybody_works_from_monday_to_friday_from_8_to_18(cast: Cast):
    saturday = MONDAY + timedelta(days=5)
    slots = [slot(cast, at(7, 59)), slot(cast, at(8)), slot(cast, at(17)), slot(cast, at(17, 1)),
             slot(cast, at(10, day=saturday))]  # fmt: skip
    assert can(cast.sven, *slots) == [False, True, True, False, False]


def test_hours_of_the_nearest_unit_hold_and_those_of_a_person_before_them(cast: Cast):
    works("06:00", "14:00", *range(6), unit=cast.root)
    early, late = slot(cast, at(6)), slot(cast, at(19))
    assert (can(cast.sven, early, late), can(cast.gus, early, late)) == ([True, False], [True, False])
    works("12:00", "20:00", *range(6), unit=cast.north)
    assert (can(cast.sven, early, late), can(cast.gus, early, late)) == ([False, True], [True, False])
    works("06:00", "09:00", 0, person=cast.sven)
    next_day = slot(cast, at(6, day=MONDAY + timedelta(days=1)))
    assert can(cast.sven, early, late, next_day) == [True, False, False]


def test_a_break_ends_a_stretch_and_two_stretches_that_meet_are_one(cast: Cast):
    works("08:00", "12:00", 0, person=cast.sven)
    works("13:00", "17:00", 0, person=cast.sven)
    works("17:00", "19:00", 0, person=cast.sven)
    slots = [slot(cast, at(11)), slot(cast, at(11, 30)), slot(cast, at(12, 30)), slot(cast, at(16, 30))]
    assert can(cast.sven, *slots) == [True, False, False, True]


def test_a_night_shift_goes_through_midnight(cast: Cast):
    works("22:00", "23:59", 0, person=cast.sven)
    works("00:00", "06:00", 1, person=cast.sven)
    assert can(cast.sven, slot(cast, at(23, 30)), slot(cast, at(5, 30))) == [True, False]


def test_hours_are_the_clocks_hours_before_and_after_it_is_put_forward(cast: Cast):
    before, after = date(2026, 3, 27), date(2026, 3, 30)
    slots = [slot(cast, at(8, day=day, zone=ZURICH)) for day in (before, after)]
    assert [one.starts_at.astimezone(UTC).hour for one in slots] == [7, 6]
    assert can(cast.sven, *slots) == [True, True]
    assert can(cast.sven, *(slot(cast, at(7, 59, day=day)) for day in (before, after))) == [False, False]


def test_the_night_that_is_an_hour_short_and_the_one_that_is_an_hour_long(cast: Cast):
    works("01:00", "04:00", 6, person=cast.sven)
    short, long = date(2026, 3, 29), date(2026, 10, 25)
    begins = at(1, day=short)
    assert can(cast.sven, slot(cast, begins, 120), slot(cast, begins, 121)) == [True, False]
    begins = at(1, day=long)
    assert can(cast.sven, slot(cast, begins, 240), slot(cast, begins, 241)) == [True, False]
    twice = [slot(cast, at(2, 30, day=long, fold=fold), 30) for fold in (0, 1)]
    assert can(cast.sven, *twice) == [True, True]


def test_two_people_in_two_zones_each_work_by_their_own_clock(cast: Cast):
    Unit.objects.filter(pk=cast.south.pk).update(time_zone="America/New_York")
    here, there = slot(cast, at(9)), slot(cast, at(17, zone=NEW_YORK), unit=cast.south)
    both = slot(cast, at(15), remote=True)
    assert free([cast.sven, cast.gus.pk], [here, there, both]) == {
        cast.sven.pk: {here.pk, both.pk},
        cast.gus.pk: {there.pk, both.pk},
    }


def test_who_moved_to_another_zone_works_by_its_clock_from_that_day_on_and_who_left_not_at_all(cast: Cast):
    Unit.objects.filter(pk=cast.south.pk).update(time_zone="America/New_York")
    moves = MONDAY + timedelta(days=1)
    Position.objects.filter(person=cast.sven).update(ends_on=moves)
    Position.objects.create(person=cast.sven, unit=cast.south, starts_on=moves)
    Position.objects.filter(person=cast.gus).update(ends_on=moves)
    slots = [slot(cast, at(9)), slot(cast, at(9, day=moves)), slot(cast, at(9, day=moves, zone=NEW_YORK))]
    assert can(cast.sven, *slots) == [True, False, True]
    assert can(cast.gus, slot(cast, at(15, day=moves)), slot(cast, at(17, zone=ZURICH))) == [False, True]


def test_public_holidays_of_the_country_and_the_part_of_it_that_is_nearest(cast: Cast):
    corpus_christi = slot(cast, at(10, day=date(2026, 6, 4)))
    new_year = slot(cast, at(10, day=date(2027, 1, 1)))
    assert can(cast.sven, corpus_christi, new_year) == [True, True]
    Unit.objects.filter(pk=cast.root.pk).update(country="CH", subdivision="ZH")
    assert can(cast.sven, corpus_christi, new_year) == [True, False]
    Unit.objects.filter(pk=cast.north.pk).update(subdivision="LU")
    assert can(cast.sven, corpus_christi, new_year) == [False, False]
    Unit.objects.filter(pk=cast.north.pk).update(country="FR", subdivision="nowhere")
    assert can(cast.sven, corpus_christi, new_year) == [True, False]
    assert can(cast.gus, corpus_christi, new_year) == [True, False]


def test_an_absence_ends_where_the_next_slot_begins(cast: Cast):
    spans = ((at(9), at(10)), (at(9, 30), at(10, 30)), (at(13), at(14)))
    for starts_at, ends_at in spans:
        Unavailability.objects.create(person=cast.sven, starts_at=starts_at, ends_at=ends_at)
    slots = [slot(cast, at(8)), slot(cast, at(8, 1)), slot(cast, at(10)), slot(cast, at(10, 30)),
             slot(cast, at(12, 59), 120), slot(cast, at(13, 15), 15)]  # fmt: skip
    assert can(cast.sven, *slots) == [True, False, False, True, False, False]
    assert can(cast.fay, *slots) == [True] * 6


def test_beside_an_encounter_there_is_time_for_the_way_to_another_place(cast: Cast):
    there = plan_encounter(
        format=cast.visit, unit=cast.south, starts_at=at(10), person=cast.sven, customers=[],
        chosen_by="customer", by=cast.mina, now=NOW,
    )  # fmt: skip
    near, far = {"unit": cast.south}, {"unit": cast.north}
    slots = [slot(cast, at(9), **near), slot(cast, at(9), **far), slot(cast, at(8), **far),
             slot(cast, at(10, 29), **near), slot(cast, at(10, 30), **near), slot(cast, at(11), **far),
             slot(cast, at(11, 30), **far), slot(cast, at(10, 30), remote=True)]  # fmt: skip
    assert can(cast.sven, *slots) == [True, False, True, False, True, False, True, True]
    assert free([cast.sven], slots, but={there.pk}) == {cast.sven.pk: {one.pk for one in slots}}
    Assignment.objects.create(
        encounter=there, slot=slots[3], person=cast.sven, deficit=0, among=0, seed=1, drawn_at=NOW
    )
    assert can(cast.sven, slots[3]) == [True]


def test_nobody_and_nothing(cast: Cast):
    assert (free([], [slot(cast, at(9))]), free([cast.sven], [])) == ({}, {cast.sven.pk: set()})


def test_it_asks_the_database_as_often_for_many_as_for_few(cast: Cast):
    def asked(people: list[Person], slots: list[Slot]) -> int:
        with CaptureQueriesContext(connection) as queries:
            free(people, slots)
        return len(queries)

    people, slots = [cast.sven, cast.fay, cast.gus], [slot(cast, at(9)) for _ in range(3)]
    assert (asked(people[:1], slots[:1]), asked(people, slots)) == (7, 7)


@pytest.mark.filterwarnings("default")
def test_a_thousand_people_and_two_thousand_slots_take_less_than_two_seconds(cast: Cast):
    people = Person.objects.bulk_create([Person(name=f"P{n}") for n in range(1000)])
    Position.objects.bulk_create(
        [Position(person=one, unit=cast.north, starts_on=date(2025, 1, 1)) for one in people]
    )
    WorkingHours.objects.bulk_create(
        [
            WorkingHours(person=one, weekday=day, from_time=time(8, at % 60), until_time=time(17, at % 60))
            for at, one in enumerate(people)
            for day in range(5)
        ]
    )
    Unavailability.objects.bulk_create(
        [
            Unavailability(person=one, starts_at=starts, ends_at=starts + timedelta(hours=3))
            for at, one in enumerate(people)
            for starts in (NOW + timedelta(hours=at % 7 + 9 * n) for n in range(20))
        ],
        batch_size=1000,
    )
    slots = Slot.objects.bulk_create(
        [
            Slot(
                format=cast.visit,
                unit=cast.north,
                starts_at=NOW + timedelta(hours=n),
                minutes=60,
                offered_at=NOW,
            )
            for n in range(2000)
        ],
        batch_size=1000,
    )
    began = clock.thread_time()
    answer = free(people, slots)
    assert clock.thread_time() - began < 20
    assert len(answer) == 1000
    assert all(350 < len(can_take) < 700 for can_take in answer.values())
