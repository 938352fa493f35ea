"""Bringing in a list by the pages: choose, look, try, mend, take in, take back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coalface.importers.actions import choose, try_out
from coalface.importers.kinds import KINDS
from coalface.importers.standing import state_of
from coalface.people.actions import grant
from coalface.records.models import Customer, ImportRun, RefusedRow, Role, SavedMapping
from tests.people import NOW, Cast, client_for

HEADER = "Kundennummer;Name;E-Mail;Kunde seit\r\n"
LIST = HEADER + "1;Jürg Müller;j@home.example;3.2.2021\r\n2;Käthi Frei;k@home.example;14.2.2021\r\n"


def send(client, content: bytes | str, *, kind: str = "customers", name: str = "kunden.csv", **more):
    content = content.encode("cp1252") if isinstance(content, str) else content
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("importers:index"), {"kind": kind, "file": file, **more}, follow=True)


def press(client, page, **given):
    """The form of the columns as it stands, with what is changed."""
    form = page.context["form"]
    data = {name: value for name in form.fields if (value := form[name].value()) not in (None, False, "")}
    return client.post(page.request["PATH_INFO"], data | given, follow=True)


def shown(page) -> str:
    return page.content.decode()


def to_trial(client, content: str, **more):
    return press(client, send(client, content, **more))


def take_in(client, page):
    return client.post(reverse("importers:approve", args=[page.context["run"].pk]), follow=True)


def test_a_list_of_customers_goes_in_by_four_pages(cast: Cast):
    client = client_for(cast.mina)
    page = send(client, LIST)
    assert "Jürg Müller" in shown(page)
    trial = press(client, page)
    assert "Take in 2 customers" in shown(trial)
    done = take_in(client, trial)
    assert "2 customers are in" in shown(done)
    assert Customer.objects.filter(name__in=["Jürg Müller", "Käthi Frei"]).count() == 2
    first = done.context["first"]
    assert reverse("meet:thank_one", args=[first.pk]) in shown(done)
    assert first.name == "Jürg Müller"


def test_a_pasted_list_is_a_list(cast: Cast):
    client = client_for(cast.mina)
    words = "Name\tE-Mail\nAnna Lang\tanna@home.example"
    page = client.post(reverse("importers:index"), {"kind": "customers", "words": words}, follow=True)
    assert "Take in 1 customer" in shown(press(client, page))


def test_the_same_list_read_otherwise_shows_at_once(cast: Cast):
    client = client_for(cast.mina)
    page = send(client, LIST)
    address = page.request["PATH_INFO"]
    wrong = client.post(address, {"look": "1", "encoding": "mac_roman", "delimiter": ";"}, follow=True)
    assert "Jürg Müller" not in shown(wrong)
    right = client.post(address, {"look": "1", "encoding": "cp1252", "delimiter": ";"}, follow=True)
    assert "Jürg Müller" in shown(right)


def test_what_was_chosen_once_is_chosen_the_next_time(cast: Cast):
    client = client_for(cast.mina)
    odd = "Wer;Mail\nAnna Lang;anna@home.example\n"
    page = send(client, odd)
    press(client, page, **{"column-0": "name", "column-1": "email"})
    again = send(client, odd.replace("Anna", "Bea"))
    form = again.context["form"]
    assert (form["column-0"].value(), form["column-1"].value()) == ("name", "email")
    assert again.context["remembered"]
    assert SavedMapping.objects.count() == 1


def test_what_must_be_there_is_said(cast: Cast):
    client = client_for(cast.adam)
    page = send(client, "Nachricht\nZu teuer\n", kind="feedback")
    wrong = press(client, page, **{"column-0": "text"})
    assert "It must be there." in shown(wrong)
    assert state_of(ImportRun.objects.get()) == "columns"


def test_a_column_is_one_thing_only(cast: Cast):
    client = client_for(cast.mina)
    page = send(client, LIST)
    wrong = press(client, page, **{"column-0": "name", "column-1": "name"})
    assert "Another column is this already." in shown(wrong)


def test_bad_rows_say_why_and_are_mended_by_a_press(cast: Cast):
    client = client_for(cast.mina)
    rows = "1;Anna;a@home.example;13.2.2021\n2;Bea;b@home.example;2.13.2021\n3;;c@home.example;1.1.2021\n"
    trial = to_trial(client, HEADER + rows)
    run = trial.context["run"]
    assert (run.taken_in, run.refused) == (1, 2)
    assert "2.13.2021" in shown(trial)
    assert "Take in 1 customer" in shown(trial)
    line = RefusedRow.objects.exclude(mending="").get().line
    mended = client.post(reverse("importers:mend", args=[run.pk]), {"line": line}, follow=True)
    assert "Take in 2 customers" in shown(mended)
    back = client.post(reverse("importers:mend", args=[run.pk]), {"line": line, "back": "1"}, follow=True)
    assert "Take in 1 customer" in shown(back)
    code = RefusedRow.objects.exclude(mending="").get().mending
    client.post(reverse("importers:mend", args=[run.pk]), {"code": code, "list": "1"})
    done = take_in(client, mended)
    assert "2 customers are in" in shown(done)
    assert "1 row was left out" in shown(done)


def test_the_refused_rows_are_a_list_of_their_own(cast: Cast):
    client = client_for(cast.mina)
    trial = to_trial(client, HEADER + "1;Anna;a@home.example;1.1.2021\n2;;=1+1;1.1.2021\n")
    answer = client.get(reverse("importers:refused_file", args=[trial.context["run"].pk]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Kundennummer,Name,E-Mail,Kunde seit,reason"
    assert lines[1].startswith("2,,'=1+1,1.1.2021,")
    assert len(lines) == 2


def test_a_change_is_shown_before_and_after(cast: Cast):
    client = client_for(cast.mina)
    take_in(client, to_trial(client, LIST))
    trial = to_trial(client, LIST.replace("j@home", "juerg@home"))
    assert trial.context["run"].changed == 1
    for page in (trial, client.get(reverse("importers:changes", args=[trial.context["run"].pk]))):
        assert "<del>j@home.example</del>" in shown(page)
        assert "<ins>juerg@home.example</ins>" in shown(page)


def test_nothing_new_has_no_button_to_take_it_in(cast: Cast):
    client = client_for(cast.mina)
    take_in(client, to_trial(client, LIST))
    trial = to_trial(client, LIST)
    assert "There is nothing new in this list." in shown(trial)


def test_the_whole_list_is_taken_back(cast: Cast):
    client = client_for(cast.mina)
    done = take_in(client, to_trial(client, LIST))
    address = reverse("importers:undo", args=[done.context["run"].pk])
    assert "Taken back" in shown(client.post(address, follow=True))
    assert Customer.objects.count() == 3
    assert "There is nothing to take back." in shown(client.post(address, follow=True))


def test_a_list_can_be_put_away(cast: Cast):
    client = client_for(cast.mina)
    trial = to_trial(client, LIST)
    page = client.post(reverse("importers:cancel", args=[trial.context["run"].pk]), follow=True)
    assert "Nothing of it was taken in." in shown(page)
    assert Customer.objects.count() == 3


def long_list(rows: int) -> str:
    return HEADER + "".join(f"{n};Customer {n};c{n}@home.example;1.1.2021\n" for n in range(rows))


def test_a_large_file_waits_for_the_worker_and_the_page_shows_how_far_it_is(cast: Cast):
    client = client_for(cast.mina)
    page = to_trial(client, long_list(8_000))
    assert "Being tried out" in shown(page)
    assert 'data-state="trying"' in shown(page)


def test_a_long_list_shows_its_progress_and_can_be_stopped(cast: Cast):
    client = client_for(cast.mina)
    page = take_in(client, to_trial(client, long_list(1_001)))
    assert "0 of 1,001 rows" in shown(page)
    stopped = client.post(reverse("importers:cancel", args=[page.context["run"].pk]), follow=True)
    assert "Somebody stopped it." in shown(stopped)
    assert Customer.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nothing.csv", b"", "empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), ""),
        ("torn.csv.gz", b"\x1f\x8b\x08\x00\x00", ""),
    ],
    ids=["nothing", "picture", "torn"],
)
def test_what_is_no_list_says_so_beside_the_field(cast: Cast, name: str, content: bytes, words: str):
    page = send(client_for(cast.mina), content, name=name)
    (said,) = page.context["form"].errors["file"]
    assert words in said
    assert ImportRun.objects.count() == 0


def test_neither_paste_nor_file_is_asked_for(cast: Cast):
    page = client_for(cast.mina).post(reverse("importers:index"), {"kind": "customers"})
    assert "Paste a list, or choose a file." in shown(page)


def test_everybody_sees_the_kinds_they_may_bring_in(cast: Cast):
    def kinds(person) -> list[str]:
        page = client_for(person).get(reverse("importers:index"))
        return [kind.key for kind in page.context["kinds"]]

    assert kinds(cast.ada) == ["people"]
    assert kinds(cast.adam) == ["feedback", "figures", "exposures"]
    assert kinds(cast.mina) == [
        "customers", "people", "feedback", "purchases", "figures", "exposures", "referrals", "departures",
    ]  # fmt: skip
    assert client_for(cast.fay).get(reverse("importers:index")).status_code == 403
    assert client_for(cast.olga).get(reverse("importers:index")).status_code == 403


def test_a_list_of_others_is_nobodys_business(cast: Cast):
    trial = to_trial(client_for(cast.mina), LIST)
    pk = trial.context["run"].pk
    assert client_for(cast.ada).get(reverse("importers:run", args=[pk])).status_code == 404
    assert client_for(cast.ada).post(reverse("importers:approve", args=[pk])).status_code == 404


def test_a_list_knows_no_bounds_so_who_looks_after_one_place_brings_in_none(cast: Cast):
    trial = to_trial(client_for(cast.mina), LIST)
    grant(person=cast.sven, role=Role.PROGRAMME_MANAGER, unit=cast.north, by=None, now=NOW)
    sven = client_for(cast.sven)
    assert sven.get(reverse("importers:index")).status_code == 403
    assert sven.get(reverse("importers:run", args=[trial.context["run"].pk])).status_code == 404
    assert "Bring in a list" not in shown(sven.get(reverse("customers:index")))
    assert "Bring in a list" not in shown(sven.get(reverse("hear:index")))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_sample_of_each_kind_is_recognised_as_it_is(cast: Cast, kind: str):
    client = client_for(cast.mina)
    sample = client.get(reverse("importers:sample", args=[kind]))
    assert sample["Content-Disposition"].startswith("attachment")
    page = send(client, sample.content, kind=kind)
    form = page.context["form"]
    recognised = {form[key].value() for key in form.columns} - {""}
    assert recognised >= {field.name for field in KINDS[kind].fields if field.required}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_page_asks_as_often_for_three_lists_as_for_one(
    cast: Cast, django_assert_num_queries, rows: int
):
    client = client_for(cast.mina)
    for number in range(rows):
        to_trial(client, LIST.replace("Frei", f"Frei{number}"))
    client.get(reverse("importers:index"))
    with django_assert_num_queries(8):
        page = client.get(reverse("importers:index"))
    assert len(page.context["rows"]) == rows


def test_a_list_whose_file_is_gone_is_chosen_again(cast: Cast):
    client = client_for(cast.mina)
    page = send(client, LIST)
    ImportRun.objects.update(stored_as="")
    again = client.get(page.request["PATH_INFO"], follow=True)
    assert "This file is gone. Choose it once more." in shown(again)


def test_a_list_that_was_let_in_keeps_its_columns(cast: Cast):
    client = client_for(cast.mina)
    done = take_in(client, to_trial(client, LIST))
    pk = done.context["run"].pk
    page = client.get(reverse("importers:columns", args=[pk]))
    assert page["Location"] == reverse("importers:run", args=[pk])


def test_ten_thousand_bad_rows_stay_quick(cast: Cast, django_assert_max_num_queries):
    client = client_for(cast.mina)
    rows = "".join(f"{number};;x{number}@home.example;1.1.2021\n" for number in range(10_000))
    page = send(client, HEADER + rows)
    begun = ImportRun.objects.get()
    choose(run=begun, mapping=begun.mapping, by=cast.mina, now=NOW)
    tried = try_out(run=ImportRun.objects.get(), now=NOW)
    assert tried.refused == 10_000
    with django_assert_max_num_queries(14):
        page = client.get(reverse("importers:refused", args=[tried.pk]), {"after": 9_000})
    assert [bad.row.line for bad in page.context["rows"][:2]] == [9_001, 9_002]
    assert len(page.context["rows"]) == 50
