"""The pages of telling: what is to be told, the letters, the public page, the poster, the way out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalface.act.actions import publish_change, ship
from coalface.act.queries import sheet
from coalface.act.queries.letters import stop_address
from coalface.hear.actions import open_place
from coalface.records.models import (
    ContactRestriction,
    Customer,
    OutgoingMessage,
    PublishedChange,
    Telling,
)
from coalface.verify.actions import ask_customers_instead
from coalface.worker.actions import drain
from tests.people import client_for
from tests.verify import planned, proposed_fix, shipped

from .test_telling import raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def fix(cast):
    """Live since this morning; three customers raised it."""
    made = proposed_fix(cast, raised(cast))
    planned(cast, made)
    return ship(fix=made, by=cast.sven, now=timezone.now() - timedelta(hours=3))


def test_whoever_answers_customers_sees_what_is_to_be_told_and_sends_it(cast, fix):
    mina = client_for(cast.mina)
    page = mina.get(reverse("act:to_tell")).content.decode()
    assert "Look at 3 letters" in page
    assert "0 of 3 told" in page
    here = reverse("act:batch", args=[fix.pk, "shipped"])
    page = mina.get(here).content.decode()
    assert "The letter to Petra Frei" in page
    assert "You told us, and we changed something" in page
    assert "The letter to Rosa Conti" in mina.get(here, {"of": str(cast.rosa.pk)}).content.decode()
    for _ in range(2):
        assert mina.post(reverse("act:send_news", args=[fix.pk, "shipped"])).url == reverse("act:to_tell")
    drain(now=timezone.now())
    assert Telling.objects.filter(customer__isnull=False).count() == 3
    assert "all told" in mina.get(reverse("act:to_tell")).content.decode()
    assert "3 customers told" in mina.get(reverse("act:fix", args=[fix.pk])).content.decode()


def test_of_a_fix_that_customers_judge_it_says_that_they_are_asked(cast):
    made = proposed_fix(cast, raised(cast))
    now = timezone.now() - timedelta(hours=3)
    ask_customers_instead(fix=made, by=cast.mina, now=now)
    ship(fix=made, by=cast.sven, now=now)
    page = client_for(cast.mina).get(reverse("act:to_tell")).content.decode()
    assert "they are asked whether it is better" in page
    assert "no customer to tell" not in page


def test_two_people_who_send_at_once_send_one_letter_each_customer(cast, fix):
    for person in (cast.mina, cast.rolf):
        client_for(person).post(reverse("act:send_news", args=[fix.pk, "shipped"]))
    drain(now=timezone.now())
    assert OutgoingMessage.objects.filter(customer__isnull=False).count() == 3


def test_customers_are_left_out_and_put_back_on_the_page(cast, fix):
    mina, here = client_for(cast.mina), reverse("act:batch", args=[fix.pk, "shipped"])
    leave = reverse("act:leave_out", args=[fix.pk, "shipped"])
    assert "Choose somebody first" in mina.post(leave, follow=True).content.decode()
    assert mina.post(leave, {"customer": ["nonsense", str(cast.petra.pk)]}).url == here
    page = mina.get(here).content.decode()
    assert "Tell them after all" in page
    assert "2 letters are ready" in page
    mina.post(leave, {"again": str(cast.petra.pk)})
    assert "3 letters are ready" in mina.get(here).content.decode()


def test_the_pages_are_for_who_answers_customers_and_news_that_is_over_is_nowhere(cast, fix):
    for name, args in (("act:to_tell", []), ("act:batch", [fix.pk, "shipped"]), ("act:published", [])):
        assert client_for(cast.fay).get(reverse(name, args=args)).status_code == 403
    mina = client_for(cast.mina)
    assert mina.get(reverse("act:batch", args=[fix.pk, "verdict"])).status_code == 404
    assert mina.post(reverse("act:send_news", args=[fix.pk, "verdict"])).status_code == 404


def words(**more):
    return {"heard_en": "The bell is dumb.", "did_en": "A new bell.", **more}


def test_our_words_are_suggested_published_changed_and_taken_off(cast, fix):
    mina, here = client_for(cast.mina), reverse("act:publish", args=[fix.pk])
    page = mina.get(here).content.decode()
    assert "The bell" in page
    assert fix.title in page
    assert "or neither" in mina.post(here, {"heard_en": "The bell is dumb."}).content.decode()
    assert mina.post(here, words(heard_fr="Muette.", did_fr="Neuve.")).url == reverse("act:published")
    mina.post(here, words(did_en="A louder bell."))
    standing = PublishedChange.objects.filter(withdrawn_at=None)
    assert list(standing.values_list("language", "did")) == [("en", "A louder bell.")]
    assert "A louder bell." in Client().get(reverse("act_public:heard")).content.decode()
    for _ in range(2):
        mina.post(reverse("act:withdraw", args=[standing.first().pk] if standing else [1]))
    assert "A louder bell." not in Client().get(reverse("act_public:heard")).content.decode()


def test_nothing_is_said_in_public_before_it_is_live_or_declined(cast):
    fix = proposed_fix(cast, raised(cast))
    page = client_for(cast.mina).get(reverse("act:publish", args=[fix.pk]), follow=True)
    assert "nothing to say in public" in page.content.decode()


def test_everybody_reads_the_public_page_in_their_language_and_for_their_place(cast, fix):
    now = timezone.now()
    elsewhere = shipped(cast, proposed_fix(cast, raised(cast, "South only"), cast.south))
    given = {"by": cast.mina, "now": now}
    publish_change(fix=fix, language="en", heard="The bell is dumb.", did="A new bell.", **given)
    publish_change(fix=fix, language="fr", heard="Muette.", did="Une cloche neuve.", **given)
    publish_change(fix=elsewhere, language="en", heard="Dark.", did="A lamp in the south.", **given)
    place = open_place(unit=cast.north, name="Door", by=cast.mina, now=now)
    general = Client().get(reverse("act_public:heard"), headers={"Accept-Language": "fr-CH"})
    assert "Une cloche neuve." in general.content.decode()
    assert "A lamp in the south." in general.content.decode()
    assert (general.headers["Content-Language"], general.headers["Cache-Control"]) == (
        "fr", "public, max-age=300",
    )  # fmt: skip
    assert "Accept-Language" in general.headers["Vary"]
    at = Client().get(reverse("act_public:heard_at", args=[place.code])).content.decode()
    assert "A new bell." in at
    assert "A lamp in the south." not in at
    assert Client().get(reverse("act_public:heard_at", args=["nowhere"])).status_code == 404


def test_the_poster_of_a_branch_shows_what_applies_there_and_leads_to_its_page(cast, fix):
    given = {"by": cast.mina, "now": timezone.now()}
    publish_change(fix=fix, language="en", heard="The bell is dumb.", did="A new bell.", **given)
    place = open_place(unit=cast.north, name="Door", **given)
    mina = client_for(cast.mina)
    page = mina.get(reverse("act:poster", args=[cast.north.pk])).content.decode()
    assert "A new bell." in page
    assert f"<wbr>{place.code}" in page
    assert "hear/poster-a4.css" in page
    assert mina.get(reverse("act:poster", args=[cast.office.pk])).status_code == 404
    for paper, css in (("a3", "act/poster-a3.css"), ("letter", "act/poster-letter.css")):
        there = mina.get(reverse("act:poster", args=[cast.north.pk]), {"paper": paper}).content.decode()
        assert css in there
        assert f'class="poster {paper} changes huge"' in there


def test_where_nothing_is_public_the_poster_asks_for_the_first_word(cast):
    mina = client_for(cast.mina)
    page = mina.get(reverse("act:poster", args=[cast.north.pk])).content.decode()
    assert "Be the first to tell us something." in page
    assert "This came of it." not in page


def change(heard: int, did: int, longest: int = 6) -> PublishedChange:
    """One that says so many letters."""
    return PublishedChange(heard="x" * heard, did=(("y" * (longest - 1) + " ") * 300)[:did])


@pytest.mark.parametrize(
    ("changes", "held", "size"),
    [
        ([], 0, "huge"),
        ([change(30, 25)], 1, "huge"),
        ([change(80, 55)] * 3, 3, "modest"),
        ([change(80, 55)] * 12, 3, "modest"),
        ([change(30, 25)] * 12, 5, "modest"),
        ([change(300, 300)] * 12, 1, "small"),
        ([change(80, 87, longest=36), change(300, 300), change(30, 25)], 2, "modest"),
    ],
    ids=["none", "one", "three", "twelve", "twelve short", "twelve of the longest", "a long one is left out"],
)
def test_a_poster_holds_what_can_be_read_from_two_metres(changes, held, size):
    found = sheet(changes, "a4")
    assert (len(found.changes), found.size) == (held, size)


def test_a_customer_stops_the_letters_or_all_of_us_and_opening_the_link_changes_nothing(cast, fix):
    here, stranger = stop_address(cast.petra), Client()
    assert "No more of these letters" in stranger.get(here).content.decode()
    consents = cast.petra.consents.filter(channel="email", purpose="telling", withdrawn_at=None)
    assert consents.exists()
    for _ in range(2):
        assert "No such letters any more" in stranger.post(here, {"stop": "yes"}).content.decode()
    assert not consents.exists()
    assert "not contact you again" in stranger.post(here, {"never": "yes"}).content.decode()
    assert ContactRestriction.objects.get().customer == cast.petra
    assert stranger.get(here[:-2] + "/").status_code == 404
    Customer.objects.filter(pk=cast.petra.pk).update(erased_at=timezone.now(), email="")
    assert stranger.get(here).status_code == 404


def test_what_is_said_in_public_about_a_branch_is_for_those_who_answer_there(cast):
    now = timezone.now()
    south, everywhere = (shipped(cast, proposed_fix(cast, raised(cast), unit)) for unit in (cast.south, None))
    given = {
        "language": "en",
        "heard": "The bell is dumb.",
        "did": "A new bell.",
        "by": cast.mina,
        "now": now,
    }
    change, ours = (publish_change(fix=fix, **given) for fix in (south, everywhere))
    cast.sven.grants.update(role="leader")  # of the north
    sven = client_for(cast.sven)
    rows = sven.get(reverse("act:published")).context["page"]
    assert {one.fix: one.theirs for one in rows} == {south: False, everywhere: True}
    assert sven.get(reverse("act:publish", args=[everywhere.pk])).status_code == 200
    assert sven.get(reverse("act:publish", args=[south.pk])).status_code == 404
    assert sven.post(reverse("act:withdraw", args=[change.pk])).status_code == 404
    sven.post(reverse("act:withdraw", args=[ours.pk]))
    assert list(PublishedChange.objects.filter(withdrawn_at=None)) == [change]
