"""What was said of a fix a moment ago is taken back, as long as nobody has heard it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coalface.act.actions import (
    NotItsOwner,
    TooLateToUndo,
    decide,
    decline_fix,
    open_fix,
    publish_change,
    ship,
    undo,
)
from coalface.records.models import Event, Fix, Verbatim
from tests.people import client_for
from tests.verify import issue, planned, proposed_fix

pytestmark = pytest.mark.django_db


def stands(fix):
    return Fix.objects.values_list("shipped_at", "declined_at", "decline_reason").get(pk=fix.pk)


def test_what_nobody_has_heard_is_undone_and_leaves_no_reason(cast):
    now = timezone.now()
    live = ship(fix=planned(cast, proposed_fix(cast, issue(cast, "Queues"))).fix, by=cast.sven, now=now)
    no = decline_fix(fix=proposed_fix(cast, issue(cast, "Noise")), reason="Dear.", by=cast.sven, now=now)
    for fix in (live, no):
        undo(fix=fix, by=cast.sven, now=now + timedelta(minutes=5))
        assert stands(fix) == (None, None, None)
    assert not Verbatim.objects.filter(text="Dear.").exists()
    told = Event.objects.filter(kind="fix.undone").order_by("id").values_list("payload__what", flat=True)
    assert list(told) == ["shipped", "declined"]


def test_it_is_too_late_once_somebody_heard_it_or_an_hour_is_over_and_only_its_owner_can(cast):
    now = timezone.now()
    fix = ship(fix=planned(cast, proposed_fix(cast, issue(cast, "Queues"))).fix, by=cast.sven, now=now)
    with pytest.raises(NotItsOwner):
        undo(fix=fix, by=cast.mina, now=now)
    with pytest.raises(TooLateToUndo):
        undo(fix=fix, by=cast.sven, now=now + timedelta(minutes=61))
    publish_change(fix=fix, language="en", heard="Queues.", did="Shorter.", by=cast.mina, now=now)
    with pytest.raises(TooLateToUndo):
        undo(fix=fix, by=cast.sven, now=now)


def test_the_no_of_a_decider_stands(cast):
    now, today = timezone.now(), timezone.localdate()
    fix = open_fix(
        issue=issue(cast, "Noise"), title="Carpets", lane="needs_a_decision", owner=cast.sven, due_on=today,
        decider=cast.rolf, decide_by=today, by=cast.sven, now=now,
    )  # fmt: skip
    decide(fix=fix, answer="no", reason="Dear.", by=cast.rolf, now=now)
    with pytest.raises(TooLateToUndo):
        undo(fix=fix, by=cast.sven, now=now)


def test_the_page_and_the_board_offer_it(cast):
    now = timezone.now()
    fix, sven = planned(cast, proposed_fix(cast, issue(cast, "Queues"))).fix, client_for(cast.sven)
    page = sven.post(reverse("act:move", args=[fix.pk]), {"to": "shipped", "back": "waits=ship"}, follow=True)
    assert f"“{fix.title}” is live now. Nobody has been told yet." in page.text
    again = sven.post(reverse("act:undo", args=[fix.pk]), {"back": "waits=ship"}, follow=True)
    assert "Undone. It stands as it stood before." in again.text
    assert "is live now" not in again.text
    decline_fix(fix=fix, reason="Dear.", by=cast.sven, now=now)
    here = reverse("act:fix", args=[fix.pk])
    assert "is declined now. Nobody has been told yet." in sven.get(here).text
    assert "is declined now" not in client_for(cast.mina).get(here).text
    assert "Not live after all" in sven.get(here).text
    sven.post(reverse("act:undo", args=[fix.pk]))
    late = sven.post(reverse("act:undo", args=[fix.pk]), follow=True)
    assert "It is too late for that" in late.text
