"""A photo, sent in pieces by a phone."""

import os
from hashlib import sha256

import pytest
import uuid_utils.compat as uuid

from coalface.hear.actions import report
from coalface.meet.queries import arriving_path
from coalface.records.models import Attachment
from tests.api import NOBODY, Phone
from tests.edges.pictures import SOMEWHERE, exif, picture
from tests.meet import LATER, held, said

SENT = picture(size=(640, 480), exif=exif(SOMEWHERE))
HALF = len(SENT) // 2


@pytest.fixture(autouse=True)
def attachments(settings, tmp_path):
    """A folder of their own for the files of one test."""
    settings.ATTACHMENTS = tmp_path


@pytest.fixture
def olga(cast):
    """Olga's phone."""
    return Phone(cast.olga)


def about(of: dict, content: bytes = SENT, **more) -> dict:
    return {"of": of, "size": len(content), "sha256": sha256(content).hexdigest()} | more


def state(received: int, state: str = "arriving", refusal: str = "", removed: bool = False) -> dict:
    return {"received": received, "state": state, "refusal": refusal, "location_removed": removed}


@pytest.fixture
def remark(cast):
    """What the photo comes with."""
    return said(held(cast), cast.olga)


def test_a_photo_goes_up_in_pieces_and_says_that_its_place_was_removed(olga, remark):
    address, body = f"photos/{uuid.uuid7()}", about({"remark": str(remark.pk)})
    assert olga.put(address, body) == (201, state(0))
    assert olga.patch(address, SENT[:HALF], **{"Upload-Offset": "0"}) == (200, state(HALF))
    assert olga.patch(address, SENT[:HALF], **{"Upload-Offset": "0"}) == (200, state(HALF))
    assert olga.put(address, body) == (200, state(HALF))
    assert olga.patch(address, b"x", **{"Upload-Offset": str(HALF + 9)}) == (
        409,
        {"code": "hole", "received": HALF},
    )
    kept = state(len(SENT), "kept", removed=True)
    assert olga.patch(address, SENT[HALF:], **{"Upload-Offset": str(HALF)}) == (200, kept)
    assert olga.get(address) == olga.put(address, body) == (200, kept)
    shown = olga.client.get(f"/meet/{address}/")
    assert (shown.status_code, shown.headers["Content-Type"], b"Secret" in shown.content) == (
        200,
        "image/jpeg",
        False,
    )


def test_damaged_it_begins_again(olga, remark):
    address = f"photos/{uuid.uuid7()}"
    olga.put(address, about({"remark": str(remark.pk)}))
    wrong = olga.patch(address, SENT[:-1] + b"x", **{"Upload-Offset": "0"})
    assert wrong == (409, {"code": "damaged", "received": 0})
    assert olga.get(address) == (200, state(0))


def test_killed_before_it_was_looked_at_announcing_it_again_is_enough(olga, remark):
    id = uuid.uuid7()
    olga.put(f"photos/{id}", about({"remark": str(remark.pk)}))
    arriving_path(id).parent.mkdir()
    arriving_path(id).write_bytes(SENT)
    assert olga.get(f"photos/{id}") == (200, state(len(SENT)))
    again = olga.put(f"photos/{id}", about({"remark": str(remark.pk)}))
    assert again == (200, state(len(SENT), "kept", removed=True))


def test_killed_and_damaged_it_says_so_too(olga, remark):
    id = uuid.uuid7()
    olga.put(f"photos/{id}", about({"remark": str(remark.pk)}))
    arriving_path(id).parent.mkdir()
    arriving_path(id).write_bytes(bytes(len(SENT)))
    again = olga.put(f"photos/{id}", about({"remark": str(remark.pk)}))
    assert again == (409, {"code": "damaged", "received": 0})


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"MZ" + bytes(99), "not_a_photo"), (b"<svg/>", "not_a_photo"), (SENT[:900], "broken")],
)
def test_what_is_no_photo_is_refused_and_the_remark_stays(olga, remark, content, refusal):
    address = f"photos/{uuid.uuid7()}"
    olga.put(address, about({"remark": str(remark.pk)}, content))
    refused = (200, state(0, "refused", refusal))
    assert olga.patch(address, content, **{"Upload-Offset": "0"}) == refused == olga.get(address)
    remark.refresh_from_db()


@pytest.mark.parametrize(("size", "refusal"), [(0, "broken"), (60_000_001, "too_large")])
def test_some_are_refused_before_anything_is_sent(olga, remark, size, refusal):
    body = about({"remark": str(remark.pk)}, size=size)
    assert olga.put(f"photos/{uuid.uuid7()}", body) == (201, state(0, "refused", refusal))


def test_with_an_encounter_or_with_what_was_passed_on(cast, olga):
    met, fay, id = held(cast), Phone(cast.fay), uuid.uuid7()
    report(id=id, text="Too dark.", kind="complaint", unit=cast.north, by=cast.fay, now=LATER)
    assert olga.put(f"photos/{uuid.uuid7()}", about({"encounter": str(met.pk)}))[0] == 201
    assert fay.put(f"photos/{uuid.uuid7()}", about({"feedback": str(id)}))[0] == 201
    assert {one.added_by for one in Attachment.objects.all()} == {cast.olga, cast.fay}


def test_only_with_what_is_there_and_ones_own(cast, olga, remark):
    fay, told, nothing = Phone(cast.fay), uuid.uuid7(), str(uuid.uuid7())
    report(id=told, text="Too dark.", kind="complaint", unit=cast.north, by=cast.fay, now=LATER)
    others = {"remark": str(remark.pk), "encounter": str(remark.encounter_id)}
    for noun, id in others.items():
        assert fay.put(f"photos/{nothing}", about({noun: id})) == (403, {"code": "not_yours"})
    assert olga.put(f"photos/{nothing}", about({"feedback": str(told)})) == (403, {"code": "not_yours"})
    for noun in ("remark", "encounter", "feedback"):
        assert olga.put(f"photos/{nothing}", about({noun: nothing})) == (404, {"code": f"no_such_{noun}"})
    assert olga.get(f"photos/{nothing}") == (404, {"code": "no_such_photo"})
    assert olga.patch(f"photos/{nothing}", b"x", **{"Upload-Offset": "0"})[0] == 404


def test_anothers_photo_is_neither_shown_nor_written_to(cast, olga, remark):
    address = f"photos/{uuid.uuid7()}"
    olga.put(address, about({"remark": str(remark.pk)}))
    mina = Phone(cast.mina)
    assert mina.get(address) == (403, {"code": "not_yours"})
    assert mina.patch(address, SENT, **{"Upload-Offset": "0"}) == (403, {"code": "not_yours"})
    assert mina.put(address, about({"remark": str(remark.pk)})) == (
        409,
        {"code": "taken", "kept_aside": False},
    )


WRONG = [
    ({"of": {}}, "of"),
    ({"of": {"remark": "x"}}, "of.remark"),
    ({"of": {"fish": NOBODY}}, "of.fish"),
    ({"of": {"remark": NOBODY, "encounter": NOBODY}}, "of"),
    ({"size": -1}, "size"),
    ({"size": 2**63}, "size"),
    ({"sha256": "x"}, "sha256"),
    ({"sha256": "A" * 64}, "sha256"),
    ({"sha256": None}, "sha256"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG, ids=str)
def test_what_cannot_be_is_named(olga, remark, wrong, field):
    body = about({"remark": str(remark.pk)}) | wrong
    answer = olga.put(f"photos/{uuid.uuid7()}", body)
    assert answer == (422, {"code": "invalid", "fields": [field]})


def test_pieces_are_small_and_end_where_the_photo_does(olga, remark):
    address = f"photos/{uuid.uuid7()}"
    olga.put(address, about({"remark": str(remark.pk)}))
    assert olga.patch(address, bytes(256 * 1024 + 1), **{"Upload-Offset": "0"}) == (
        413,
        {"code": "too_large"},
    )
    assert olga.patch(address, SENT + b"x", **{"Upload-Offset": "0"}) == (
        422,
        {"code": "invalid", "fields": ["body"]},
    )
    for wrong in ("-1", "x", str(2**63), ""):
        answer = olga.patch(address, b"x", **{"Upload-Offset": wrong})
        assert answer == (422, {"code": "invalid", "fields": ["upload_offset"]})
    assert olga.get(address) == (200, state(0))


def test_nobody_fills_the_disk_with_beginnings(olga, remark):
    of, large = {"remark": str(remark.pk)}, {"size": 60_000_000}
    begun = [f"photos/{uuid.uuid7()}" for _ in range(21)]
    for address in begun:
        assert olga.put(address, about(of) | large)[0] == 201
    answers = [olga.patch(address, b"x", **{"Upload-Offset": "0"}) for address in begun]
    assert [status for status, _ in answers] == [200] * 20 + [429]
    assert answers[-1] == (429, {"code": "too_many"})
    assert olga.patch(begun[0], b"y", **{"Upload-Offset": "1"})[1]["received"] == 2
    os.utime(arriving_path(uuid.UUID(begun[1][7:])), (0, 0))
    assert olga.patch(begun[-1], b"x", **{"Upload-Offset": "0"}) == (200, state(1))
    assert olga.get(begun[1]) == (200, state(0))
