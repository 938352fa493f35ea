"""The planner sees who cannot come, and takes the time they propose or keeps the old one."""

from datetime import timedelta

from django.utils import timezone

from coalface.plan.actions import plan_encounter
from coalface.records.models import Encounter, Invitation
from coalface.worker.actions import drain
from tests.people import Cast, client_for

HOUR = timedelta(hours=1)


def declined(cast: Cast, **reply: object) -> Encounter:
    now = timezone.now()
    encounter = plan_encounter(
        format=cast.visit, unit=cast.north, starts_at=now + timedelta(days=3), person=cast.olga,
        customers=[cast.petra], chosen_by="planner", by=cast.mina, now=now,
    )  # fmt: skip
    drain(now=now)
    Invitation.objects.filter(encounter=encounter).update(replied_at=now, **reply)
    return encounter


def answer(cast: Cast, encounter: Encounter, **pressed: str) -> str:
    kept = Invitation.objects.get(encounter=encounter)
    answered = client_for(cast.mina).post(f"/plan/invitations/{kept.pk}/answer/", pressed, follow=True)
    return answered.content.decode()


def test_who_declined_stands_on_the_planners_page_only(cast: Cast):
    declined(cast, reply="declined")
    assert "Olga Lindner declined." in client_for(cast.mina).get("/plan/").content.decode()
    assert client_for(cast.olga).get("/plan/").status_code == 403


def test_a_new_time_is_taken_with_one_click(cast: Cast):
    encounter = declined(cast, reply="countered", other_start=timezone.now() + timedelta(days=4))
    assert "Moved." in answer(cast, encounter)
    drain(now=timezone.now())
    kept = Invitation.objects.get(encounter=encounter)
    assert (kept.sequence, kept.reply, kept.other_start) == (1, "none", None)


def test_keeping_the_time_asks_once_more(cast: Cast):
    encounter = declined(cast, reply="countered", other_start=timezone.now() + timedelta(days=4))
    assert "The time stays" in answer(cast, encounter, keep="")
    kept = Invitation.objects.get(encounter=encounter)
    assert (kept.sequence, kept.reply, kept.other_start) == (1, "none", None)
    kept.encounter.refresh_from_db()
    assert kept.encounter.starts_at == encounter.starts_at


def test_nothing_is_moved_onto_something_else_or_into_the_past(cast: Cast):
    at = timezone.now() + timedelta(days=4)
    encounter, other = declined(cast, reply="countered", other_start=at), declined(cast, reply="accepted")
    Encounter.objects.filter(pk=other.pk).update(starts_at=at)
    assert "has something else then" in answer(cast, encounter)
    Invitation.objects.filter(encounter=encounter).update(other_start=timezone.now() - HOUR)
    assert "that time has passed" in answer(cast, encounter)
    assert Encounter.objects.get(pk=encounter.pk).starts_at == encounter.starts_at
