"""Who is due, and the draw with its reason."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.people.actions import grant
from coalface.plan.actions import commit_level, exempt
from coalface.records.history import history_of
from coalface.records.models import Assignment, Commitment, Exemption, Format, Position, Role
from tests.people import NOW, client_for, join, welcome


def page(person, name, /, *args, **params):
    return client_for(person).get(reverse(f"plan:{name}", args=args), params)


def send(person, name, /, *args, **data):
    return client_for(person).post(reverse(f"plan:{name}", args=args), data)


def wish(cast, **more):
    at = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    given = {
        "person": cast.olga.pk,
        "format": cast.visit.pk,
        "unit": cast.root.pk,
        "starts_at": at,
        "channel": "phone",
        "seed": 5,
    }
    return given | more


@pytest.fixture
def monthly(cast):
    return commit_level(level="top", every_days=30, starts_on=date(2025, 3, 2), by=cast.mina, now=NOW)


@pytest.mark.parametrize("name", ["index", "commit", "exempt", "add_format"])
def test_planning_is_for_the_programme_manager(cast, client, name):
    assert client.get(reverse(f"plan:{name}")).status_code == 302
    for person in (cast.olga, cast.adam, cast.fay, cast.ada):
        assert page(person, name).status_code == 403
    assert page(cast.mina, name).status_code == 200


def test_an_empty_plan_says_how_to_begin(cast):
    Format.objects.all().delete()
    content = page(cast.mina, "index").content
    assert b"Nobody has promised anything yet" in content
    assert b"First say how customers can be met" in content


def test_who_is_due_is_listed_and_who_is_let_off_only_counted(cast, monthly):
    today = timezone.localdate()
    exempt(
        person=cast.rolf,
        starts_on=today,
        until_on=today + timedelta(days=9),
        remote_offered_on=today,
        by=cast.mina,
        now=timezone.now(),
    )
    answer = page(cast.mina, "index")
    assert [row.person for row in answer.context["page"]] == [cast.olga]
    assert answer.context["exempt_ends"] == [today + timedelta(days=9)]
    assert b"1 person owes no encounter for now" in answer.content


def test_the_list_costs_the_same_for_few_and_many(cast, monthly):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert page(cast.mina, "index").status_code == 200
        return len(seen)

    few = cost()
    for name in ("Tia One", "Tor Two", "Tam Three"):
        join(name, cast.root, "top")
    assert cost() == few


def test_the_programme_manager_of_a_part_plans_for_that_part(cast, monthly):
    grant(person=cast.sven, role=Role.PROGRAMME_MANAGER, unit=cast.north, by=None, now=NOW)
    answer = page(cast.sven, "index")
    assert list(answer.context["page"]) == []
    assert [list(answer.context["form"].fields[name].queryset) for name in ("unit", "person")] == [
        [cast.north],
        [cast.fay, cast.sven],
    ]
    send(cast.mina, "draw", **wish(cast))
    assert page(cast.sven, "assignment", Assignment.objects.get().pk).status_code == 404


def test_a_draw_leads_to_its_reason(cast):
    answer = send(cast.mina, "draw", **wish(cast))
    drawn = Assignment.objects.get()
    assert answer.url == reverse("plan:assignment", args=[drawn.pk])
    content = page(cast.mina, "assignment", drawn.pk).content.decode()
    assert f"Olga Lindner meets {drawn.customer.name}" in content
    assert "lies 1.0 encounters behind its share" in content
    assert "is one of 3 of them who could be asked" in content
    assert page(cast.olga, "assignment", drawn.pk).status_code == 403
    assert drawn.customer.name in page(cast.mina, "index").content.decode()


def test_a_draw_that_finds_nobody_says_so(cast):
    answer = send(cast.mina, "draw", **wish(cast, unit=cast.south.pk))
    assert (answer.status_code, Assignment.objects.count()) == (422, 0)
    assert b"Nobody there agreed to be asked this way" in answer.content


@pytest.mark.parametrize(
    "wrong",
    [{"starts_at": "2020-01-01T10:00"}, {"starts_at": "9999-12-31T23:59"}, {"seed": "-1"}, {"person": "0"}],
)
def test_a_draw_wants_a_person_and_a_time_to_come(cast, wrong):
    assert send(cast.mina, "draw", **wish(cast, **wrong)).status_code == 422
    assert client_for(cast.mina).get(reverse("plan:draw")).status_code == 405


def test_a_group_without_a_name_and_a_group_that_is_ahead_have_their_own_reasons(cast):
    welcome("Una Named", unit=cast.south, segment="")
    send(cast.mina, "draw", **wish(cast, unit=cast.south.pk))
    assert b"no segments yet" in page(cast.mina, "assignment", Assignment.objects.get().pk).content
    Assignment.objects.update(stratum="trade", deficit=-0.5)
    assert (
        b"No segment that could be asked lies behind"
        in page(cast.mina, "assignment", Assignment.objects.get().pk).content
    )


def test_a_rhythm_is_promised_for_a_person_where_few_work(cast):
    assert "level" not in page(cast.mina, "commit").context["form"].fields
    assert send(cast.mina, "commit", every_days=30, starts_on="2026-03-02").status_code == 200
    send(cast.mina, "commit", person=cast.fay.pk, every_days=30, starts_on="2026-03-02")
    assert Commitment.objects.get().person == cast.fay


def test_a_rhythm_is_promised_for_a_level_or_for_a_person_where_many_work(cast):
    for number in range(12):
        join(f"P{number} More", cast.south)
    rhythm = {"every_days": 30, "starts_on": "2026-03-02"}
    for wrong in ({}, {"level": "top", "person": cast.fay.pk}):
        assert b"Choose a level, a job or one person" in send(cast.mina, "commit", **rhythm, **wrong).content
    send(cast.mina, "commit", **rhythm, level="top")
    assert Commitment.objects.get().level == "top"


def test_somebody_is_let_off(cast):
    today = timezone.localdate()
    given = {
        "person": cast.fay.pk,
        "starts_on": today,
        "until_on": today + timedelta(days=9),
        "remote_offered_on": today,
    }
    nothing = send(cast.mina, "exempt", **given)
    assert b"No way of meeting can be done from anywhere yet" in nothing.content
    Format.objects.filter(key="visit").update(remote=True)
    assert b"From anywhere they could: Visit." in page(cast.mina, "exempt").content
    not_yet = send(cast.mina, "exempt", **(given | {"remote_offered_on": today + timedelta(days=1)}))
    assert b"Offer it first" in not_yet.content
    assert b"after the first day" in send(cast.mina, "exempt", **(given | {"until_on": today})).content
    assert send(cast.mina, "exempt", **given).status_code == 302
    assert Exemption.objects.get().agreed_by == cast.mina


def test_a_way_of_meeting_is_added_once(cast):
    given = {
        "name": "Call", "key": "call", "depth": "conversing", "minutes": 15, "kind": "own_walk", "seats": 4,
    }  # fmt: skip
    assert send(cast.mina, "add_format", **given).status_code == 302
    assert b"Another format has this short name" in send(cast.mina, "add_format", **given).content
    added = Format.objects.get(key="call")
    assert (added.minutes, added.kind, added.seats) == (15, "own_walk", 4)
    assert b"Own walk" in page(cast.mina, "index").content


def test_a_way_of_meeting_is_changed_and_what_was_planned_with_it_stays(cast):
    send(cast.mina, "draw", **wish(cast))
    content = page(cast.mina, "change_format", cast.visit.pk).content
    assert b"0 encounters took place in this way. 1 is planned." in content
    given = {"name": "A long visit", "minutes": 60, "seats": 2, "guide": " Why?\n\nHow? ", "remote": "on"}
    assert send(cast.mina, "change_format", cast.visit.pk, **given).url.endswith("#formats")
    changed = Format.objects.get()
    assert (changed.name, changed.minutes, changed.seats, changed.guide, changed.remote, changed.key) == (
        "A long visit", 60, 2, "Why?\nHow?", True, "visit",
    )  # fmt: skip
    assert Assignment.objects.get().encounter.minutes == 30
    assert [event.kind for event in history_of(changed)] == ["format.added", "format.changed"]
    send(cast.mina, "change_format", cast.visit.pk, **given)
    assert len(history_of(changed)) == 2
    assert send(cast.mina, "change_format", cast.visit.pk, **(given | {"minutes": 0})).status_code == 422
    assert page(cast.olga, "change_format", cast.visit.pk).status_code == 403


def test_a_rhythm_is_promised_for_a_job_and_for_some_ways_of_meeting(cast):
    for number in range(12):
        join(f"P{number} More", cast.south)
    assert "job" not in page(cast.mina, "commit").context["form"].fields
    Position.objects.filter(person=cast.gus).update(job="Driver")
    rhythm = {"every_days": 30, "starts_on": "2026-03-02", "formats": [cast.visit.pk]}
    send(cast.mina, "commit", **rhythm, job="Driver")
    made = Commitment.objects.get()
    assert (made.job, made.level, list(made.formats.all())) == ("Driver", "", [cast.visit])


def test_the_ready_formats_are_taken_once_and_in_the_readers_language(cast):
    assert b"18 ready formats" in page(cast.mina, "index").content
    taken = client_for(cast.mina).post(reverse("plan:take_ready_formats"), follow=True)
    assert b"18 formats were added." in taken.content
    assert b"ready format" not in taken.content
    kinds = dict(Format.objects.exclude(key="visit").values_list("key", "kind"))
    assert len(kinds) == 18 and len(set(kinds.values())) == 10
    remote = Format.objects.filter(remote=True).values_list("key", flat=True)
    assert set(remote) == {"video", "thank-you-call", "complaint-call", "remote-listening"}
    shift = Format.objects.get(key="shift")
    assert (shift.depth, shift.kind) == ("doing", "shift")
    assert all(4 <= len(one.guide.splitlines()) <= 7 for one in Format.objects.exclude(key="visit"))
    Format.objects.filter(key="shift").update(name="At the till")
    again = client_for(cast.mina).post(reverse("plan:take_ready_formats"), follow=True)
    assert b"all there already" in again.content and b"At the till" in again.content
    assert send(cast.fay, "take_ready_formats").status_code == 403
