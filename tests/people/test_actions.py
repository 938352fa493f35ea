"""What is written down about us: units, positions, roles, sign-ins, clocks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connections

from coalface.people.actions import (
    AlreadyFounded,
    AlreadyGranted,
    AlreadyHasAnAccount,
    AlreadyLeft,
    AlreadyPublished,
    AlreadyRevoked,
    EmailTaken,
    KeyTaken,
    NobodyWouldManage,
    NotAfterTheLastMove,
    NotPublished,
    StaffCodeTaken,
    add_person,
    add_unit,
    found_organisation,
    grant,
    leave,
    move_person,
    open_account,
    publish_clock,
    revoke,
    withdraw_clock,
)
from coalface.people.queries import position_of, positions_on, published_clock_of, tree
from coalface.permissions import Rights, rights_of
from coalface.records.history import history_of
from coalface.records.models import Event, Level, Person, PublishedClock, Role, Unit, UnitKind
from tests.people import CAME_ON, NOW

TODAY = date(2026, 3, 2)


def new(cast, name="Nia", **more):
    return add_person(name=name, unit=cast.south, by=cast.mina, now=NOW, starts_on=TODAY, **more)


def test_one_installation_serves_one_organisation(cast):
    assert (cast.root.path, cast.root.time_zone, cast.root.kind) == (
        f"{cast.root.pk}/", "Europe/Zurich", UnitKind.ORGANISATION,
    )  # fmt: skip
    with pytest.raises(AlreadyFounded):
        found_organisation(name="Second", key="second", time_zone="UTC", now=NOW)


def test_a_unit_hangs_below_another_and_keeps_its_time(cast):
    desk = add_unit(
        key="desk", name="Desk", kind=UnitKind.DEPARTMENT, parent=cast.north, by=cast.ada, now=NOW
    )
    assert (desk.path, desk.time_zone) == (f"{cast.north.path}{desk.pk}/", "Europe/Zurich")
    assert [cast.root.contains(desk), cast.north.contains(desk), cast.south.contains(desk)] == [
        True,
        True,
        False,
    ]
    assert [event.kind for event in history_of(desk)] == ["unit.added"]
    with pytest.raises(KeyTaken):
        add_unit(key="desk", name="Desk", kind=UnitKind.SITE, parent=cast.root, by=cast.ada, now=NOW)
    with pytest.raises(ValueError, match="planet"):
        add_unit(key="x", name="X", kind="planet", parent=cast.root, by=cast.ada, now=NOW)
    assert Unit.objects.filter(key="x").count() == 0


def test_the_tree_counts_who_works_there_and_below(cast):
    assert [(branch.unit.key, branch.depth, branch.people) for branch in tree(TODAY)] == [
        ("lindner", 0, 8),
        ("north", 1, 2),
        ("south", 1, 1),
        ("office", 1, 3),
    ]


def test_somebody_joins_with_a_first_position(cast):
    nia = new(
        cast,
        email="nia@x.example",
        level="middle",
        job="Baker",
        manager=cast.olga,
        staff_code="S1",
        language="de",
    )
    position = position_of(nia, TODAY)
    assert (position.unit, position.level, position.job, position.manager) == (
        cast.south, Level.MIDDLE, "Baker", cast.olga,
    )  # fmt: skip
    assert position_of(nia, TODAY - timedelta(days=1)) is None
    assert (nia.email, nia.staff_code, nia.language) == ("nia@x.example", "S1", "de")
    assert [event.kind for event in history_of(nia)] == ["person.added"]


def test_a_staff_code_is_one_persons_and_may_be_missing(cast):
    new(cast, staff_code="S1")
    with pytest.raises(StaffCodeTaken):
        new(cast, staff_code="S1")
    assert [new(cast, staff_code="").staff_code, new(cast).staff_code] == [None, None]


def test_a_level_that_does_not_exist_is_refused_with_everything_else(cast):
    with pytest.raises(ValueError, match="boss"):
        new(cast, name="Nobody", level="boss")


def test_a_move_leaves_what_was_before(cast):
    move_person(
        person=cast.fay, unit=cast.south, by=cast.mina, now=NOW, on=TODAY, level="supervisor", job="Lead"
    )
    yesterday = TODAY - timedelta(days=1)
    assert (position_of(cast.fay, yesterday).unit, position_of(cast.fay, yesterday).level) == (
        cast.north,
        "front_line",
    )
    assert (position_of(cast.fay, TODAY).unit, position_of(cast.fay, TODAY).job) == (cast.south, "Lead")
    assert [one.person.name for one in positions_on(TODAY) if one.unit == cast.south] == [
        "Fay Burns",
        "Gus Meyer",
    ]


@pytest.mark.parametrize("on", [CAME_ON, CAME_ON - timedelta(days=1)])
def test_nobody_moves_before_their_position_began(cast, on):
    with pytest.raises(NotAfterTheLastMove):
        move_person(person=cast.fay, unit=cast.south, by=cast.mina, now=NOW, on=on)
    assert position_of(cast.fay, TODAY).unit == cast.north


def test_a_role_is_given_once_and_taken_back_once(cast):
    given = grant(person=cast.fay, role=Role.LEADER, unit=cast.north, by=cast.ada, now=NOW)
    assert (given.starts_on, given.granted_by) == (TODAY, cast.ada)
    with pytest.raises(AlreadyGranted):
        grant(person=cast.fay, role="leader", unit=cast.north, by=cast.ada, now=NOW)
    revoke(grant=given, by=cast.ada, now=NOW + timedelta(days=3))
    given.refresh_from_db()
    assert given.ends_on == TODAY + timedelta(days=3)
    with pytest.raises(AlreadyRevoked):
        revoke(grant=given, by=cast.ada, now=NOW)
    with pytest.raises(ValueError, match="king"):
        grant(person=cast.fay, role="king", unit=cast.north, by=cast.ada, now=NOW)


def test_somebody_always_manages_people(cast):
    revoke(grant=cast.ada.grants.get(), by=cast.mina, now=NOW)
    with pytest.raises(NobodyWouldManage):
        revoke(grant=cast.mina.grants.get(), by=cast.mina, now=NOW)
    assert cast.mina.grants.get().ends_on is None


def test_a_sign_in_is_opened_once_with_the_address_in_small_letters(cast):
    nia = new(cast, language="de")
    account = open_account(person=nia, email=" Nia@X.example ", password="quite secret", by=cast.ada, now=NOW)
    assert (account.email, account.language, account.created_at) == ("nia@x.example", "de", NOW)
    assert account.check_password("quite secret")
    with pytest.raises(AlreadyHasAnAccount):
        open_account(person=nia, email="other@x.example", password="quite secret", by=cast.ada, now=NOW)
    with pytest.raises(EmailTaken):
        open_account(person=new(cast), email="NIA@x.example", password="quite secret", by=cast.ada, now=NOW)


def test_a_clock_is_opened_and_withdrawn_by_its_owner(cast):
    with pytest.raises(NotPublished):
        withdraw_clock(by=cast.olga, now=NOW)
    opened = publish_clock(by=cast.olga, now=NOW)
    assert published_clock_of(cast.olga) == opened
    with pytest.raises(AlreadyPublished):
        publish_clock(by=cast.olga, now=NOW)
    later = NOW + timedelta(days=1)
    withdraw_clock(by=cast.olga, now=later)
    assert published_clock_of(cast.olga) is None
    publish_clock(by=cast.olga, now=later)
    assert list(PublishedClock.objects.values_list("person", "withdrawn_at")) == [
        (cast.olga.pk, later),
        (cast.olga.pk, None),
    ]
    kinds = Event.objects.filter(kind__startswith="clock").values_list("kind", flat=True)
    assert list(kinds) == ["clock.published", "clock.withdrawn", "clock.published"]


def test_who_leaves_is_in_no_list_and_may_do_nothing_from_that_day(cast):
    leave(person=cast.gus, on=TODAY, by=cast.mina, now=NOW)
    assert cast.gus not in [one.person for one in positions_on(TODAY)]
    assert cast.gus in [one.person for one in positions_on(TODAY - timedelta(days=1))]
    assert rights_of(cast.gus, NOW) == Rights(())
    assert [event.kind for event in history_of(cast.gus)] == ["person.added", "person.left"]
    with pytest.raises(AlreadyLeft):
        leave(person=cast.gus, on=TODAY, by=cast.mina, now=NOW)


def test_who_was_moved_today_can_leave_today(cast):
    move_person(person=cast.gus, unit=cast.north, by=cast.mina, now=NOW, on=TODAY)
    leave(person=cast.gus, on=TODAY, by=cast.mina, now=NOW)
    assert list(cast.gus.positions.values_list("unit__key", "ends_on")) == [("south", TODAY)]


def test_nobody_leaves_before_they_came(cast):
    with pytest.raises(NotAfterTheLastMove):
        leave(person=cast.gus, on=CAME_ON, by=cast.mina, now=NOW)
    assert Person.objects.get(pk=cast.gus.pk).left_on is None


def test_who_left_can_come_back(cast):
    leave(person=cast.gus, on=date(2025, 6, 1), by=cast.mina, now=NOW)
    move_person(person=cast.gus, unit=cast.north, by=cast.mina, now=NOW, on=TODAY)
    assert position_of(cast.gus, TODAY).unit == cast.north
    assert Person.objects.get(pk=cast.gus.pk).left_on is None


def test_the_last_who_manages_people_does_not_leave(cast):
    leave(person=cast.ada, on=TODAY, by=cast.mina, now=NOW)
    with pytest.raises(NobodyWouldManage):
        leave(person=cast.mina, on=TODAY, by=cast.mina, now=NOW)
    with pytest.raises(NobodyWouldManage):
        revoke(grant=cast.mina.grants.get(), by=cast.mina, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_leave_at_once_one_stays_to_manage(cast):
    barrier = Barrier(2)

    def go(person):
        try:
            barrier.wait(timeout=10)
            return leave(person=person, on=TODAY, by=person, now=NOW)
        except NobodyWouldManage:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(go, (cast.ada, cast.mina)))
    assert answers.count(None) == 1
    assert Person.objects.filter(left_on=None, pk__in=(cast.ada.pk, cast.mina.pk)).count() == 1
