"""Places with a poster: whose they are, what hangs there, and what may be changed."""

import pytest
from django.urls import reverse

from coalface.hear.actions import NoName, change_place, close_place, open_again, open_place
from coalface.hear.queries import new_code
from coalface.hear.queries.places import LETTERS
from coalface.records.models import Event, SayPlace
from tests.people import NOW, Cast, client_for


def door(cast: Cast, name: str = "Front door", **more: object) -> SayPlace:
    given = {"unit": cast.north, "by": cast.mina, "now": NOW} | more
    return open_place(name=name, **given)


def test_a_place_is_opened_changed_closed_and_opened_again_each_told_once(cast: Cast):
    place = door(cast, " Front door ", languages=["fr"])
    change_place(place=place, name="Side door", languages=["nl"], by=cast.mina, now=NOW)
    for _ in range(2):
        close_place(place=place, by=cast.mina, now=NOW)
    for _ in range(2):
        open_again(place=place, by=cast.mina, now=NOW)
    place.refresh_from_db()
    assert (place.name, place.languages, place.closed_at) == ("Side door", ["nl"], None)
    told = Event.objects.filter(about_type="sayplace").order_by("id").values_list("kind", flat=True)
    assert list(told) == ["place.opened", "place.changed", "place.closed", "place.opened_again"]


def test_a_place_has_a_name_and_a_code_of_its_own(cast: Cast):
    for refused in (
        lambda: door(cast, " "),
        lambda: change_place(place=door(cast), name="", by=cast.mina, now=NOW),
    ):
        with pytest.raises(NoName):
            refused()
    assert door(cast, code="taken2").code == "taken2"
    other = door(cast, code="taken2").code
    assert (other != "taken2", len(other), set(other) <= set(LETTERS)) == (True, 6, True)
    assert len({new_code() for _ in range(50)}) == 50


def test_who_leads_opens_places_in_their_units_and_others_do_not(cast: Cast):
    for person, status in ((cast.olga, 200), (cast.mina, 200), (cast.adam, 403), (cast.fay, 403)):
        assert client_for(person).get(reverse("hear:places")).status_code == status


def test_from_the_empty_list_to_a_poster_on_the_wall(cast: Cast):
    mina = client_for(cast.mina)
    assert "No place yet" in mina.get(reverse("hear:places")).content.decode()
    given = {"name": "At the till", "unit": cast.north.pk, "language": "fr"}
    response = mina.post(reverse("hear:open_place"), given, follow=True)
    place = SayPlace.objects.get()
    assert "The place is open." in response.content.decode()
    assert f"/c/say/{place.code}/kiosk/" in response.content.decode()
    for paper in ("a4", "a5"):
        poster = mina.get(reverse("hear:poster", args=[place.pk, paper])).content.decode()
        assert "Dites-le-nous." in poster
        for language, words in (
            ("es", "Díganoslo."),
            ("nl", "Vertel het ons."),
            ("pl", "Proszę powiedzieć."),
        ):
            assert f'<li lang="{language}"><strong>{words}</strong>' in poster
        assert f"poster-{paper}.css" in poster
        assert place.code in poster
    assert mina.get(reverse("hear:poster", args=[place.pk, "a3"])).status_code == 404
    mina.post(reverse("hear:place", args=[place.pk]), given | {"name": "Second till"})
    assert "Second till" in mina.get(reverse("hear:places")).content.decode()
    closed = mina.post(reverse("hear:close_place", args=[place.pk]), follow=True).content.decode()
    assert "Open it again" in closed
    mina.post(reverse("hear:close_place", args=[place.pk]), {"again": "yes"})
    assert SayPlace.objects.get().closed_at is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_places_as_for_one(
    cast: Cast, rows: int, django_assert_num_queries: object
):
    for number in range(rows):
        door(cast, f"Table {number}")
    mina = client_for(cast.mina)
    mina.get(reverse("hear:places"))
    with django_assert_num_queries(8):
        page = mina.get(reverse("hear:places"))
    assert [place.name for place in page.context["page"]] == [f"Table {number}" for number in range(rows)]
