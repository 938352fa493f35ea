"""Notices of incognito visits, and encounters planned without a draw."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid
from django.urls import reverse
from django.utils import timezone

from coalface.plan.actions import NoText, NotPublishedYet, file_notice
from coalface.plan.queries import incognito_from
from coalface.records.models import Encounter, ProgrammeNotice
from tests.meet.formats import of_kind
from tests.people import NOW, client_for


def filed(cast, **more):
    given = {"unit": cast.north, "text": "We will come.", "published_on": NOW.date()} | more
    return file_notice(by=cast.mina, now=NOW, **given)


def test_a_notice_is_filed_once_word_for_word(cast):
    assert filed(cast) == filed(cast, text=" We will come. ")
    assert ProgrammeNotice.objects.count() == 1
    with pytest.raises(NoText):
        filed(cast, text=" ")
    with pytest.raises(NotPublishedYet):
        filed(cast, published_on=NOW.date() + timedelta(days=1))


def test_the_oldest_notice_at_or_above_a_unit_says_from_when_on(cast):
    assert incognito_from(cast.north) is None
    filed(cast)
    filed(cast, unit=cast.root, published_on=NOW.date() - timedelta(days=10))
    assert incognito_from(cast.north) == NOW.date() + timedelta(days=20)
    assert incognito_from(cast.south) == NOW.date() + timedelta(days=20)


def test_a_notice_is_filed_and_listed_on_its_page(cast):
    mina, address = client_for(cast.mina), reverse("plan:notices")
    assert client_for(cast.olga).get(address).status_code == 403
    assert "nobody visits incognito" in mina.get(address).content.decode()
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"unit": cast.root.pk, "published_on": tomorrow, "text": "We will come."}
    refused = mina.post(address, sent)
    assert refused.status_code == 422 and refused.context["form"].errors["published_on"]
    page = mina.post(address, sent | {"published_on": timezone.localdate()}, follow=True).content.decode()
    assert "The notice is on file" in page and "Visits from" in page
    old = timezone.localdate() - timedelta(days=40)
    page = mina.post(address, sent | {"published_on": old}, follow=True).content.decode()
    assert "Visits may happen" in page
    text = mina.get(reverse("plan:notice_text")).content.decode()
    assert "From 30 days after this notice on" in text


def test_an_encounter_without_a_draw_is_planned_once(cast):
    format, mina = of_kind(cast, "event").format, client_for(cast.mina)
    soon = timezone.localtime(timezone.now() + timedelta(days=3))
    sent = {
        "id": uuid.uuid7(),
        "person": cast.olga.pk,
        "format": format.pk,
        "unit": cast.north.pk,
        "starts_at": soon.strftime("%Y-%m-%dT%H:%M"),
    }
    address = reverse("plan:encounter")
    assert mina.get(address).status_code == 200
    refused = mina.post(address, sent | {"unannounced": "on"})
    assert refused.status_code == 422 and refused.context["form"].errors["unannounced"]
    for _ in range(2):
        assert mina.post(address, sent).url == reverse("meet:encounter", args=[sent["id"]])
    planned = Encounter.objects.get(pk=sent["id"])
    assert (planned.chosen_by, planned.announced) == ("planner", True)
    walk = of_kind(cast, "drop_in").format
    more = {"id": uuid.uuid7(), "format": walk.pk, "unannounced": "on"}
    mina.post(address, sent | more)
    planned = Encounter.objects.get(pk=more["id"])
    assert (planned.chosen_by, planned.announced) == ("customer", False)


def test_no_customer_is_drawn_for_an_incognito_visit(cast):
    of_kind(cast, "incognito")
    page = client_for(cast.mina).get(reverse("plan:index"))
    assert [format.kind for format in page.context["form"].fields["format"].queryset] == ["conversation"]
