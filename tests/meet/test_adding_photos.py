"""A photo is added on the page of what was said."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coalface.meet.actions import hand_over
from coalface.records.models import Attachment, Policy
from tests.edges.pictures import SOMEWHERE, exif, picture
from tests.meet import LATER, at, held, said
from tests.people import client_for


@pytest.fixture(autouse=True)
def attachments(settings, tmp_path):
    """A folder of their own for the files of one test."""
    settings.ATTACHMENTS = tmp_path


@pytest.fixture
def remark(cast):
    """Olga wrote it down."""
    return said(held(cast), cast.olga)


def sent(client, remark, content: bytes | None, **more):
    """The form on the page, with this file chosen."""
    given = {"id": client.get(at("remark", remark.pk)).context["photo_form"]["id"].value()} | more
    if content is not None:
        given["photo"] = SimpleUploadedFile("till.jpg", content, "image/jpeg")
    return client.post(at("add_photo", remark.pk), given, follow=True)


def test_it_is_kept_shown_and_the_place_is_removed(cast, remark):
    olga = client_for(cast.olga)
    page = sent(olga, remark, picture(exif=exif(SOMEWHERE)))
    assert page.redirect_chain == [(f"{at('remark', remark.pk)}#photos", 302)]
    kept = Attachment.objects.get()
    assert (kept.remark, kept.added_by, kept.location_removed) == (remark, cast.olga, True)
    words = page.content.decode()
    assert "The place where it was taken was removed." in words and at("photo", kept.pk) in words
    page = sent(olga, remark, picture())
    assert "The photo is kept.</" in page.content.decode().replace("\n", "")
    assert Attachment.objects.count() == 2


def test_the_same_form_twice_is_one_photo_and_another_gets_an_id_of_its_own(cast, remark):
    olga, content = client_for(cast.olga), picture()
    first = str(olga.get(at("remark", remark.pk)).context["photo_form"]["id"].value())
    for _ in range(2):
        sent(olga, remark, content, id=first)
    page = sent(olga, remark, picture("PNG"), id=first)
    assert "did not go through" in page.context["photo_form"].errors["photo"][0]
    assert page.context["photo_form"]["id"].value() != first and Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"MZ" + bytes(400), "not a picture we know"),
        (picture()[:200], "This picture is broken."),
        (b"", "empty"),
        (None, "Choose a photo."),
    ],
)
def test_what_is_no_photo_is_refused_beside_its_field(cast, remark, content, why):
    page = sent(client_for(cast.olga), remark, content)
    assert why in page.context["photo_form"].errors["photo"][0] and why in page.content.decode()
    assert not Attachment.objects.exists()


def test_one_that_is_too_large_is_refused_too(cast, remark):
    Policy.objects.create(key="photo_megabytes", value=1, set_by=cast.mina, set_at=LATER)
    page = sent(client_for(cast.olga), remark, picture() + bytes(1_000_000))
    assert page.context["photo_form"].errors["photo"] == ["This picture is too large."]


def test_who_may_write_there_may_add_one_and_who_only_answers_for_it_may_not(cast, remark):
    assert client_for(cast.mina).get(at("remark", remark.pk)).context["photo_form"]
    hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    sven = client_for(cast.sven)
    assert sven.get(at("remark", remark.pk)).context["photo_form"] is None
    assert sven.post(at("add_photo", remark.pk)).status_code == 403
    assert client_for(cast.gus).post(at("add_photo", remark.pk)).status_code == 403


def test_who_comes_there_by_hand_is_taken_to_the_remark(cast, remark):
    assert client_for(cast.olga).get(at("add_photo", remark.pk)).url == at("remark", remark.pk)
