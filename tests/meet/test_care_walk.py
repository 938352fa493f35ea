"""A care walk: letters, signs, refusals, forms, hold messages, each judged with its picture or its words."""

from io import BytesIO

import pytest
import uuid_utils.compat as uuid
from django.core.files.uploadedfile import SimpleUploadedFile

from coalface.meet.actions import (
    Cares,
    Finished,
    ItemRaised,
    NotHeld,
    NothingToSee,
    Refused,
    change_item,
    finish,
    judge_item,
    keep,
    raise_item,
)
from coalface.meet.queries import care_walk_of
from coalface.methods.results import wilson
from coalface.records.models import Attachment, CareItem, Remark, Verbatim
from tests.edges.pictures import picture
from tests.meet import LATER, at, count, kinds
from tests.meet.formats import begun, of_kind
from tests.people import client_for

BLUE = picture()


@pytest.fixture(autouse=True)
def attachments(settings, tmp_path):
    """Pictures of one test lie in a folder of its own."""
    settings.ATTACHMENTS = tmp_path


def judged(cast, walk, name="Reminder", order=1, kind="letter", cares=False, **more):
    given = {"by": cast.olga, "now": LATER} | more
    if kind != "hold_message":
        given = {"photo": BytesIO(BLUE), "photo_id": uuid.uuid7()} | given
    return judge_item(encounter=walk, order=order, kind=kind, name=name, cares=cares, **given)


def test_a_letter_is_judged_with_its_picture_and_a_hold_message_with_its_words(cast):
    walk = begun(cast, "care_walk")
    letter = judged(cast, walk, " Reminder ")
    music = judged(cast, walk, "Queue", 2, "hold_message", True, words="Your call is important.")
    assert (letter.name, letter.kind, letter.cares, letter.words) == ("Reminder", "letter", False, None)
    assert letter.photo.kept_at == LATER and letter.photo.encounter == walk
    assert (music.order, music.words.text, music.photo) == (2, "Your call is important.", None)
    assert kinds(walk)[-2:] == ["care.judged", "care.judged"]


@pytest.mark.parametrize(
    "given", [{"kind": "letter", "words": "Dear customer"}, {"kind": "hold_message", "words": " "}]
)
def test_nothing_is_judged_unseen(cast, given):
    walk = begun(cast, "care_walk")
    with pytest.raises(NothingToSee):
        judge_item(encounter=walk, order=1, name="It", cares=True, by=cast.olga, now=LATER, **given)


def test_what_is_no_picture_is_refused_and_nothing_is_judged(cast):
    walk = begun(cast, "care_walk")
    with pytest.raises(Refused):
        judged(cast, walk, photo=BytesIO(b"MZ not a picture"))
    assert not CareItem.objects.exists() and not Attachment.objects.exists()


def test_sent_twice_it_is_one_and_two_at_once_come_one_after_the_other(cast):
    walk, id = begun(cast, "care_walk"), uuid.uuid7()
    assert judged(cast, walk, photo_id=id) == judged(cast, walk, photo_id=id)
    for _ in range(2):
        judged(cast, walk, "Queue", 1, "hold_message", words="Hold the line.")
    assert list(CareItem.objects.values_list("order", "name")) == [(1, "Reminder"), (2, "Queue")]
    assert Attachment.objects.count() == 1


def test_a_judgement_is_corrected(cast):
    walk = begun(cast, "care_walk")
    letter = judged(cast, walk)
    given = {"kind": "sign", "name": "Lift", "cares": True, "words": "Out.", "by": cast.olga, "now": LATER}
    for _ in range(2):
        item = change_item(item=letter, **given)
    assert (item.kind, item.name, item.cares, item.words.text, item.photo) == (
        "sign", "Lift", True, "Out.", letter.photo,
    )  # fmt: skip
    assert kinds(walk).count("care.changed") == 1
    music = judged(cast, walk, "Queue", 2, "hold_message", words="Hold.")
    with pytest.raises(NothingToSee):
        change_item(item=music, **(given | {"words": ""}))


def test_what_does_not_care_becomes_a_remark_once(cast):
    walk = begun(cast, "care_walk")
    item = judged(cast, walk)
    given = {"item": item, "id": uuid.uuid7(), "reading": "Cold.", "by": cast.olga, "now": LATER}
    assert raise_item(**given) == raise_item(**given) == Remark.objects.get()
    remark = Remark.objects.get()
    assert (remark.kind, remark.said_by, remark.verbatim, remark.reading.text) == (
        "dislike", "employee", None, "Cold.",
    )  # fmt: skip
    assert kinds(walk).count("care.raised") == 1
    with pytest.raises(ItemRaised):
        raise_item(**(given | {"id": uuid.uuid7()}))
    with pytest.raises(Cares):
        raise_item(**(given | {"item": judged(cast, walk, "Thanks", 2, cares=True)}))


def test_it_is_judged_while_the_walk_is_under_way(cast):
    with pytest.raises(NotHeld):
        judged(cast, of_kind(cast, "care_walk"), by=cast.mina)
    walk = of_kind(cast, "care_walk")
    item = judged(cast, walk)
    assert "encounter.held" in kinds(walk)
    finish(encounter=walk, by=cast.olga, now=LATER)
    with pytest.raises(Finished):
        judged(cast, walk, order=2)
    with pytest.raises(Finished):
        raise_item(item=item, id=uuid.uuid7(), reading="Cold.", by=cast.olga, now=LATER)


def test_how_many_care_with_the_interval(cast):
    walk = begun(cast, "care_walk")
    assert care_walk_of(walk).share == wilson(0, 0)
    for order in range(1, 9):
        judged(cast, walk, f"No. {order}", order, "hold_message", order > 3, words="Hold.")
    care = care_walk_of(walk)
    assert (care.cares, care.share, care.next_order) == (5, wilson(5, 8), 9)


def item_form(page, **more):
    form = page.context["item_form"]
    hidden = {name: form[name].value() for name in ("order", "photo_id")}
    return hidden | {"name": "Reminder", "kind": "letter", "cares": "no"} | more


def upload(content=BLUE, name="letter.jpg"):
    return SimpleUploadedFile(name, content, "image/jpeg")


def test_a_whole_care_walk_through_its_pages(cast):
    walk, olga = of_kind(cast, "care_walk"), client_for(cast.olga)
    address = at("encounter", walk.pk)
    assert "The first one says that you set out." in olga.get(address).content.decode()
    sent = olga.post(at("judge_item", walk.pk), item_form(olga.get(address), photo=upload()))
    assert sent.url == f"{address}?walking#next-item"
    page = olga.get(sent.url)
    assert "autofocus" in str(page.context["item_form"]["name"])
    assert "0 of 1 thing says “we care”." in page.content.decode()
    music = item_form(page, name="Queue", kind="hold_message", cares="yes", words="Thank you.")
    olga.post(at("judge_item", walk.pk), music)
    letter, queue = CareItem.objects.all()
    page = olga.get(address).content.decode()
    assert "1 of 2 things say “we care”." in page and "“Thank you.”" in page
    olga.post(at("raise_item", letter.pk))
    assert Remark.objects.get().reading.text == "“Reminder” does not say “we care”."
    assert "remark already" in olga.post(at("raise_item", letter.pk), follow=True).content.decode()
    assert "nothing to raise" in olga.post(at("raise_item", queue.pk), follow=True).content.decode()
    change = {"name": "Queue", "kind": "hold_message", "cares": "no", "words": "Hold."}
    assert olga.post(at("care_item", queue.pk), change).url == f"{address}#care"
    olga.post(at("raise_item", queue.pk))
    assert Remark.objects.last().reading.text == "“Queue” does not say “we care”. “Hold.”"
    sheet = olga.get(at("care_sheet", walk.pk)).content.decode()
    assert "0 of 2 things say" in sheet and "Olga Lindner" in sheet
    for remark in Remark.objects.all():
        keep(remark=remark, by=cast.olga, now=LATER)
    olga.post(at("finish", walk.pk))
    assert "Judge this" not in olga.get(address).content.decode()
    assert olga.get(at("care_item", queue.pk)).url == f"{address}#care"
    for address, given in (
        (at("judge_item", walk.pk), music | {"order": 9}),
        (at("care_item", queue.pk), change | {"name": "Else"}),
        (at("raise_item", queue.pk), {}),
    ):
        late = olga.post(address, given, follow=True).content.decode()
        assert "under way" in late


def test_what_cannot_be_comes_back_with_the_reason(cast):
    walk, olga = begun(cast, "care_walk"), client_for(cast.olga)
    page = olga.get(at("encounter", walk.pk))
    for wrong, field in (
        ({}, "photo"),
        ({"kind": "hold_message"}, "words"),
        ({"cares": "", "photo": upload()}, "cares"),
        ({"photo": upload(b"MZ\x90", "letter.jpg")}, "photo"),
        ({"photo": upload(BLUE[:300])}, "photo"),
    ):
        answer = olga.post(at("judge_item", walk.pk), item_form(page, **wrong))
        assert (answer.status_code, list(answer.context["item_form"].errors)) == (422, [field])
    assert not CareItem.objects.exists()
    olga.post(at("judge_item", walk.pk), item_form(page, photo=upload()))
    other = item_form(page, photo=upload(picture(size=(80, 60))))
    again = olga.post(at("judge_item", walk.pk), other)
    assert "did not go through" in again.content.decode()
    assert again.context["item_form"]["photo_id"].value() != other["photo_id"]
    music = judged(cast, walk, "Queue", 2, "hold_message", words="Hold.")
    bare = {"name": "Queue", "kind": "other", "cares": "no", "words": ""}
    assert list(olga.post(at("care_item", music.pk), bare).context["form"].errors) == ["words"]


def test_nobody_else_judges(cast):
    item, stranger = judged(cast, begun(cast, "care_walk")), client_for(cast.rolf)
    addresses = [at(name, item.encounter_id) for name in ("judge_item", "care_sheet")]
    addresses += [at(name, item.pk) for name in ("care_item", "raise_item")]
    assert {stranger.post(address).status_code for address in addresses} == {403}


def test_erased_words_leave_the_page(cast):
    item = judged(cast, begun(cast, "care_walk"), "Queue", kind="hold_message", words="Hold on.")
    Verbatim.objects.filter(pk=item.words_id).update(text="", erased_at=LATER)
    page = client_for(cast.olga).get(at("care_sheet", item.encounter_id)).content.decode()
    assert "erased" in page and "Hold on." not in page


def test_a_care_walk_asks_as_much_with_three_things_as_with_one(cast):
    asked = []
    for things in (1, 3):
        walk = begun(cast, "care_walk")
        for order in range(1, things + 1):
            judged(cast, walk, f"No. {order}", order)
        asked.append(count(client_for(cast.olga), at("encounter", walk.pk)))
    assert asked[0] == asked[1]
