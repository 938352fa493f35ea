"""Happy with the price, the service, the product, or how they were treated: asked, and kept as such."""

import pytest
import uuid_utils.compat as uuid

from coalface.meet.actions import IdTaken, keep_aside, keep_both
from coalface.records.models import About, Remark
from tests.meet import LATER, at, held, said, words
from tests.people import client_for


def test_it_is_kept_as_it_was_said_and_blank_where_nobody_said(cast):
    met = held(cast)
    asked = [said(met, cast.olga, f"It is {about}.", about=about).about for about in ("price", "treatment")]
    assert [*asked, said(met, cast.olga).about] == [About.PRICE, About.TREATMENT, ""]
    with pytest.raises(ValueError, match="weather"):
        said(met, cast.olga, about="weather")


def test_the_same_words_about_something_else_are_another_version(cast):
    met, id = held(cast), uuid.uuid7()
    sent = {"text": "Not again.", "about": "price", "id": id}
    assert said(met, cast.olga, **sent) == said(met, cast.olga, **sent)
    with pytest.raises(IdTaken):
        said(met, cast.olga, **sent | {"about": "service"})


def test_a_second_version_keeps_it_and_becomes_a_remark_with_it(cast):
    met = held(cast)
    id = said(met, cast.olga).pk
    given = {"id": id, "encounter": met, "kind": "complaint", "text": "Too dear.", "by": cast.olga}
    for about in ("price", "price", "product"):
        version = keep_aside(about=about, now=LATER, **given)
    assert met.second_versions.count() == 2
    page = client_for(cast.olga).get(at("second_versions")).content.decode()
    assert "about the price" in page and "about the product" in page
    assert keep_both(version=version, by=cast.olga, now=LATER).about == About.PRODUCT


def test_on_the_page_it_is_asked_folded_and_shown_beside_the_kind(cast):
    met, olga = held(cast), client_for(cast.olga)
    page = olga.get(at("encounter", met.pk))
    assert "Is it about…" in page.content.decode()
    olga.post(at("note", met.pk), words(page, about="treatment"))
    remark = Remark.objects.get()
    assert remark.about == About.TREATMENT
    for address in (at("encounter", met.pk), at("remark", remark.pk), at("remarks")):
        assert "about how they were treated" in olga.get(address).content.decode(), address


def test_nobody_has_to_say(cast):
    met, olga = held(cast), client_for(cast.olga)
    page = olga.get(at("encounter", met.pk))
    assert olga.post(at("note", met.pk), words(page, about="weather")).context["note_form"].errors["about"]
    olga.post(at("note", met.pk), words(page))
    assert Remark.objects.get().about == ""
