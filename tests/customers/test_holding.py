"""What do you hold about me? Everything, readable, without the names of others."""

import json
import zipfile
from io import BytesIO

from coalface.customers.actions import hand_out, merge
from coalface.customers.queries import NOT_ABOUT_THEM, held, reachable
from coalface.edges.photo import picture_path
from coalface.records.history import history_of
from coalface.records.models import Attachment, Customer, Erasure, Person
from tests.customers.everything import remember_everything
from tests.people import NOW


def fresh(customer):
    return Customer.objects.get(pk=customer.pk)


def test_a_row_of_every_table_is_handed_out_but_those_about_us(cast):
    remember_everything(cast, cast.petra, cast.rosa)
    Erasure.objects.create(customer=cast.petra, asked_at=NOW, due_on=NOW.date(), done_at=NOW)
    tables = held(fresh(cast.petra))
    wanted = {model._meta.model_name for model in reachable() - set(NOT_ABOUT_THEM)}
    assert set(tables) == wanted | {"event"}
    assert all(tables[name] for name in wanted)


def test_words_are_whole_and_other_people_have_no_names(cast):
    remember_everything(cast, cast.petra, cast.rosa)
    tables = held(fresh(cast.petra))
    (remark,) = tables["remark"]
    assert (remark["verbatim"], remark["reading"], remark["noted_by"], remark["customer"]) == (
        "The lift was broken", "She was upset", "one of us", "you",
    )  # fmt: skip
    assert {row.get("newcomer") for row in tables["referral"]} == {"another customer", "you"}
    whole = repr(tables)
    for person in Person.objects.all():
        assert person.name not in whole
    assert "Rosa" not in whole


def test_it_comes_as_a_page_and_as_json_with_photos_and_is_on_record(cast, settings, tmp_path):
    settings.ATTACHMENTS = tmp_path
    remember_everything(cast, cast.petra, cast.rosa)
    photo = Attachment.objects.filter(remark__isnull=False).get()
    picture_path(photo.pk).parent.mkdir(parents=True)
    picture_path(photo.pk).write_bytes(b"jpeg")
    merge(kept=cast.quentin, gone=fresh(cast.petra), by=None, now=NOW)
    packed = zipfile.ZipFile(BytesIO(hand_out(customer=fresh(cast.petra), by=cast.ada, now=NOW)))
    assert packed.namelist() == ["about-you.html", "about-you.json", f"photos/{photo.pk}.jpg"]
    page = packed.read("about-you.html").decode()
    for words in ("The lift was broken", "Petra Frei", "Quentin Roy", "A later train", "Petra&#x27;s cake"):
        assert words in page
    tables = json.loads(packed.read("about-you.json"))["tables"]
    assert [row["name"] for row in tables["customer"]] == ["Petra Frei", "Quentin Roy"]
    assert history_of(cast.quentin).last().kind == "customer.handed_out"
