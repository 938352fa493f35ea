"""Photos come in pieces or at once, and nothing that was said hangs on them."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
import uuid_utils.compat as uuid
from django.conf import settings
from django.db import connection
from django.urls import reverse
from PIL import Image

from coalface.hear.actions import report
from coalface.meet.actions import (
    Damaged,
    Hole,
    IdTaken,
    Refused,
    TooMuch,
    announce_photo,
    keep_upload,
    take_piece,
)
from coalface.meet.queries import PhotoState, arriving_path, photo_state, photos_of, picture_path
from coalface.records.models import Attachment, Policy
from tests.edges.pictures import SOMEWHERE, exif, picture
from tests.meet import LATER, at, held, kinds, said
from tests.people import client_for

SENT = picture(exif=exif(SOMEWHERE))
HALF = len(SENT) // 2


@pytest.fixture(autouse=True)
def attachments(settings, tmp_path):
    """A folder of their own for the files of one test."""
    settings.ATTACHMENTS = tmp_path
    return tmp_path


def announced(cast, content: bytes = SENT, **more) -> Attachment:
    """Olga's phone will send a photo with a remark."""
    given = {"id": uuid.uuid7(), "size": len(content), "sha256": sha256(content).hexdigest()} | more
    if not {"encounter", "remark", "feedback"} & set(given):
        given["remark"] = said(held(cast), cast.olga)
    return announce_photo(by=cast.olga, now=LATER, **given)


def piece(cast, photo: Attachment, start: int, end: int, content: bytes = SENT) -> Attachment:
    return take_piece(photo=photo, offset=start, piece=content[start:end], by=cast.olga, now=LATER)


def files() -> list[str]:
    """What lies in the folder, but for folders."""
    there = settings.ATTACHMENTS.rglob("*")
    return sorted(path.relative_to(settings.ATTACHMENTS).as_posix() for path in there if path.is_file())


def test_a_photo_in_pieces_is_kept_without_its_place(cast):
    photo = announced(cast)
    assert photo_state(piece(cast, photo, 0, HALF)) == PhotoState(HALF, "arriving", "", False)
    kept = piece(cast, photo, HALF, len(SENT))
    assert photo_state(kept) == PhotoState(len(SENT), "kept", "", True)
    assert (kept.width, kept.height, kept.kept_at) == (64, 48, LATER)
    assert files() == [f"{str(photo.pk)[-2:]}/{photo.pk}.jpg"]
    with Image.open(picture_path(photo.pk)) as there:
        assert dict(there.getexif()) == {}
    assert kinds(photo) == ["photo.announced", "photo.kept"]


def test_announced_twice_it_comes_once(cast):
    photo = announced(cast)
    again = announced(cast, id=photo.pk, remark=photo.remark)
    assert (again, Attachment.objects.count(), kinds(photo)) == (photo, 1, ["photo.announced"])


@pytest.mark.parametrize("other", [{"size": 1}, {"sha256": "0" * 64}, {"remark": None}])
def test_another_photo_under_the_same_id_is_refused(cast, other):
    photo = announced(cast)
    other = {"id": photo.pk, "remark": photo.remark} | other
    if other["remark"] is None:
        other["encounter"] = photo.remark.encounter
    with pytest.raises(IdTaken):
        announced(cast, **other)


def test_pieces_may_overlap_and_come_again_but_leave_no_hole(cast):
    photo = announced(cast)
    with pytest.raises(Hole) as hole:
        piece(cast, photo, 10, 20)
    assert hole.value.received == 0
    for start, end in ((0, 50), (0, 50), (30, 90), (10, 20)):
        photo_now = piece(cast, photo, start, end)
    assert photo_state(photo_now).received == 90
    with pytest.raises(TooMuch):
        take_piece(photo=photo, offset=90, piece=SENT, by=cast.olga, now=LATER)
    assert photo_state(piece(cast, photo, 90, len(SENT))).state == "kept"
    assert photo_state(piece(cast, photo, 0, len(SENT))).state == "kept"
    assert len(files()) == 1


def test_what_was_written_when_the_power_went_is_where_it_goes_on(cast):
    photo = announced(cast)
    piece(cast, photo, 0, 100)
    with arriving_path(photo.pk).open("ab") as half_written:
        half_written.write(SENT[100:117])
    assert photo_state(photo).received == 117
    assert photo_state(piece(cast, photo, 117, len(SENT))).state == "kept"


def test_stopped_before_it_was_looked_at_it_is_looked_at_with_the_next_word(cast):
    photo = announced(cast)
    arriving_path(photo.pk).parent.mkdir(parents=True)
    arriving_path(photo.pk).write_bytes(SENT)
    picture_path(photo.pk).parent.mkdir()
    picture_path(photo.pk).write_bytes(b"half a picture")
    assert photo_state(piece(cast, photo, len(SENT), len(SENT))).state == "kept"
    with Image.open(picture_path(photo.pk)) as there:
        assert there.size == (64, 48)
    assert len(files()) == 1


def test_a_photo_damaged_on_its_way_comes_once_more(cast):
    photo = announced(cast)
    wrong = SENT[:-1] + b"x"
    with pytest.raises(Damaged):
        piece(cast, photo, 0, len(SENT), wrong)
    assert photo_state(Attachment.objects.get()) == PhotoState(0, "arriving", "", False)
    assert photo_state(piece(cast, photo, 0, len(SENT))).state == "kept"


def test_what_is_no_photo_is_refused_and_the_remark_stays(cast):
    program = b"MZ" + bytes(600)
    photo = announced(cast, program)
    refused = piece(cast, photo, 0, len(program), program)
    assert photo_state(refused) == PhotoState(0, "refused", "not_a_photo", False)
    assert (photo.remark.verbatim.text, files()) == ("Nobody told me.", [])
    assert kinds(photo) == ["photo.announced", "photo.refused"]
    assert photo_state(piece(cast, photo, 0, 9, program)).state == "refused"
    assert files() == []


@pytest.mark.parametrize(("size", "why"), [(0, "broken"), (60_000_001, "too_large"), (2**60, "too_large")])
def test_empty_or_too_large_it_is_refused_at_once(cast, size, why):
    photo = announced(cast, size=size)
    assert photo_state(photo) == PhotoState(0, "refused", why, False)
    assert kinds(photo) == ["photo.refused"]


def test_how_large_is_a_policy(cast):
    Policy.objects.create(key="photo_megabytes", value=1, set_by=cast.mina, set_at=LATER)
    assert announced(cast, size=1_000_000).refusal == ""
    assert announced(cast, size=1_000_001).refusal == "too_large"


def test_forty_megabytes_are_taken_and_become_small(cast):
    noise = Image.effect_noise((4800, 3600), 120).convert("RGB")
    file = BytesIO()
    noise.save(file, "PNG", compress_level=0)
    content = file.getvalue()
    assert 40_000_000 < len(content) < 60_000_000
    kept = keep_upload(content=BytesIO(content), encounter=held(cast), by=cast.olga, now=LATER)
    assert (kept.width, kept.height) == (2560, 1920)
    assert picture_path(kept.pk).stat().st_size < 10_000_000


def upload(cast, content: bytes = SENT, **more) -> Attachment:
    given = {"by": cast.olga, "now": LATER} | more
    return keep_upload(content=BytesIO(content), **given)


def test_a_form_brings_a_photo_whole(cast):
    met, id = held(cast), uuid.uuid7()
    photo = upload(cast, encounter=met, id=id)
    assert (photo.pk, photo.encounter, photo.location_removed) == (id, met, True)
    assert photos_of(met) == [photo]
    assert upload(cast, encounter=met, id=id, now=LATER + timedelta(hours=1)) == photo
    with pytest.raises(IdTaken):
        upload(cast, picture("PNG"), encounter=met, id=id)
    assert (len(files()), kinds(photo)) == (1, ["photo.announced", "photo.kept"])


REFUSED = [(b"", "broken"), (b"<svg/>", "not_a_photo"), (SENT[:200], "broken")]


@pytest.mark.parametrize(("content", "why"), REFUSED)
def test_of_what_is_not_kept_nothing_is_left(cast, content, why):
    with pytest.raises(Refused) as refused:
        upload(cast, content, encounter=held(cast))
    assert (refused.value.refusal, Attachment.objects.count(), files()) == (why, 0, [])


def test_no_more_is_read_of_a_form_than_would_be_taken(cast):
    Policy.objects.create(key="photo_megabytes", value=1, set_by=cast.mina, set_at=LATER)
    endless = BytesIO(bytes(5_000_000))
    with pytest.raises(Refused, match="too_large"):
        keep_upload(content=endless, encounter=held(cast), by=cast.olga, now=LATER)
    assert endless.tell() < 3_000_000


@pytest.mark.django_db(transaction=True)
def test_two_pages_send_the_same_pieces_at_once_and_it_is_kept_once(cast):
    photo, steps = announced(cast), range(0, len(SENT), 100)

    def send(_: int) -> str:
        try:
            for start in steps:
                state = photo_state(piece(cast, photo, start, start + 100)).state
            return state
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pages:
        assert list(pages.map(send, range(4))) == ["kept"] * 4
    assert kinds(photo) == ["photo.announced", "photo.kept"]
    assert len(files()) == 1


def test_the_picture_is_shown_to_who_may_see_what_it_came_with(cast):
    remark = said(held(cast), cast.olga)
    photo = upload(cast, remark=remark)
    shown = client_for(cast.olga).get(at("photo", photo.pk))
    assert shown.content == picture_path(photo.pk).read_bytes()
    assert {
        name: shown.headers[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")
    } == {
        "Content-Type": "image/jpeg",
        "Cache-Control": "private, max-age=86400",
        "X-Content-Type-Options": "nosniff",
    }
    seen = {
        name: client_for(getattr(cast, name)).get(at("photo", photo.pk)) for name in ("mina", "rolf", "fay")
    }
    assert {name: answer.status_code for name, answer in seen.items()} == {
        "mina": 200,
        "rolf": 403,
        "fay": 403,
    }


def statuses(cast, photo: Attachment) -> dict[str, int]:
    found = {}
    for name in ("olga", "mina", "rolf", "fay"):
        found[name] = client_for(getattr(cast, name)).get(at("photo", photo.pk)).status_code
    return found


def test_so_is_one_of_an_encounter_or_of_feedback(cast):
    photo = upload(cast, encounter=held(cast))
    assert statuses(cast, photo) == {"olga": 200, "mina": 200, "rolf": 403, "fay": 403}
    told = report(text="Too dark.", kind="complaint", unit=cast.north, by=cast.fay, now=LATER)
    photo = upload(cast, feedback=told, by=cast.gus)
    assert statuses(cast, photo) == {"olga": 200, "mina": 200, "rolf": 200, "fay": 200}
    told = report(text="Too dark.", kind="complaint", unit=cast.north, by=cast.sven, now=LATER)
    assert statuses(cast, upload(cast, feedback=told, by=cast.sven))["fay"] == 403


def test_one_that_is_not_kept_is_shown_to_nobody(cast):
    assert statuses(cast, announced(cast)) == dict.fromkeys(("olga", "mina", "rolf", "fay"), 404)
    photo = upload(cast, encounter=held(cast))
    picture_path(photo.pk).unlink()
    assert statuses(cast, photo)["olga"] == 404
    assert client_for(cast.olga).post(at("photo", photo.pk)).status_code == 405


def test_photos_stand_beside_what_they_came_with(cast):
    met = held(cast)
    photos = {"encounter": [upload(cast, encounter=met)], "remark": [], "feedback": []}
    remark = said(met, cast.olga)
    photos["remark"] = [upload(cast, remark=remark), upload(cast, picture("PNG"), remark=remark)]
    announced(cast, remark=remark)
    told = report(text="Too dark.", kind="complaint", unit=cast.north, by=cast.olga, now=LATER)
    photos["feedback"] = [upload(cast, feedback=told)]
    pages = {
        at("encounter", met.pk): photos["remark"] + photos["encounter"],
        at("remark", remark.pk): photos["remark"],
        reverse("hear:feedback", args=[told.pk]): photos["feedback"],
    }
    olga = client_for(cast.olga)
    for address, there in pages.items():
        page = olga.get(address).content.decode()
        assert re.findall(r'<img src="([^"]*)"', page) == [at("photo", photo.pk) for photo in there]
