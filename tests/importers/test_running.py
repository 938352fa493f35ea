"""A list of customers comes in: tried, mended, approved, taken in once, changed, and undone as one."""

import io

import pytest

from coalface.importers.actions import approve, begin, carry_on, choose, mend, try_out, undo
from coalface.importers.queries import changes, reasons, refused, refused_rows
from coalface.records.models import Customer
from tests.people import NOW

pytestmark = pytest.mark.django_db

HEADER = "Kundennummer;Name;E-Mail;Filiale;Kunde seit\n"
FIRST = "1;Anna Berger;anna@home.example;north;3.2.2021\n"


def begun(cast, text, *, kind="customers", name="list.csv", **mapping):
    run = begin(kind=kind, file=io.BytesIO(text.encode("cp1252")), name=name, by=cast.mina, now=NOW)
    return choose(run=run, mapping=run.mapping | mapping, by=cast.mina, now=NOW)


def taken_in(cast, text, **given):
    run = try_out(run=begun(cast, text, **given), now=NOW)
    return carry_on(run=approve(run=run, by=cast.mina, now=NOW), now=NOW)


def counts(run):
    return run.taken_in, run.changed, run.already_there, run.refused


def test_a_list_is_tried_and_taken_in(cast):
    text = HEADER + FIRST + "2;Jürg Meier;;South;1.12.2020\n"
    run = try_out(run=begun(cast, text), now=NOW)
    assert (counts(run), run.rows, run.tried_at) == ((2, 0, 0, 0), 2, NOW)
    assert Customer.objects.count() == 3
    run = carry_on(run=approve(run=run, by=cast.mina, now=NOW), now=NOW)
    assert (counts(run), run.line, run.ended_at) == ((2, 0, 0, 0), 3, NOW)
    juerg = Customer.objects.get(reference="2")
    assert (juerg.name, juerg.unit, juerg.since_on.isoformat()) == ("Jürg Meier", cast.south, "2020-12-01")


def test_the_same_list_again_changes_nothing_and_another_one_says_what_would_change(cast):
    taken_in(cast, HEADER + FIRST)
    before = list(Customer.objects.order_by("pk").values())
    assert counts(taken_in(cast, HEADER + FIRST)) == (0, 0, 1, 0)
    assert list(Customer.objects.order_by("pk").values()) == before
    run = try_out(run=begun(cast, HEADER + FIRST.replace("north", "south")), now=NOW)
    assert counts(run) == (0, 1, 0, 0)
    (change,) = changes(run, now=NOW)
    assert (change.line, change.name, change.before, change.after) == (
        2,
        "Anna Berger",
        {"unit": "North"},
        {"unit": "South"},
    )
    run = carry_on(run=approve(run=run, by=cast.mina, now=NOW, changes=True), now=NOW)
    assert counts(run) == (0, 1, 0, 0)
    assert Customer.objects.get(reference="1").unit == cast.south
    undo(run=run, by=cast.mina, now=NOW)
    assert list(Customer.objects.order_by("pk").values()) == before


def test_what_a_run_made_goes_when_it_is_undone_and_comes_again(cast):
    run = taken_in(cast, HEADER + FIRST)
    undone = undo(run=run, by=cast.mina, now=NOW)
    assert (undone.undone_at, Customer.objects.count()) == (NOW, 3)
    assert counts(taken_in(cast, HEADER + FIRST)) == (1, 0, 0, 0)


def test_a_proposal_is_shown_and_taken(cast):
    text = HEADER + "1;Anna;;Nort;3.13.2021\n2;Bea;;north;13.1.2021\n3;;;north;1.1.2021\n"
    run = try_out(run=begun(cast, text), now=NOW)
    assert counts(run) == (1, 0, 0, 2)
    assert [(each.reason, each.mending, each.rows) for each in reasons(run)] == [
        ("missing", "", 1),
        ("other_order", "swap_day_month", 1),
    ]
    first, second = refused(run, now=NOW)
    assert (first.row.line, first.written, first.proposed) == (2, "3.13.2021", "2021-03-13")
    assert (second.row.line, second.fields) == (4, ("3", "", "", "north", "1.1.2021"))
    assert mend(run=run, by=cast.mina, now=NOW) == 1
    run = carry_on(run=approve(run=run, by=cast.mina, now=NOW), now=NOW)
    assert counts(run) == (2, 0, 0, 1)
    anna = Customer.objects.get(reference="1")
    assert (anna.unit, anna.since_on.isoformat()) == (cast.north, "2021-03-13")
    assert list(refused_rows(run))[1:] == [("3", "", "", "north", "1.1.2021", "missing")]


def test_an_address_and_a_number_in_one_column_are_taken_apart(cast):
    text = "Name;Tel/Mail\nAnna;anna@home.example\nBea;+41 44 668 18 00\nCleo;\n"
    run = begun(cast, text, country="CH")
    assert run.mapping["columns"] == {"name": "Name", "phone": "Tel/Mail"}
    run = try_out(run=run, now=NOW)
    assert [(each.reason, each.mending) for each in reasons(run)] == [("email_not_phone", "split_contact")]
    mend(run=run, by=cast.mina, now=NOW, code="split_contact")
    carry_on(run=approve(run=run, by=cast.mina, now=NOW), now=NOW)
    assert list(Customer.objects.filter(unit=None).values_list("name", "email", "phone")) == [
        ("Anna", "anna@home.example", ""),
        ("Bea", "", "+41446681800"),
        ("Cleo", "", ""),
    ]
    assert counts(taken_in(cast, text, country="CH")) == (0, 0, 2, 1)


def test_two_of_one_name_are_a_question(cast):
    text = "Name;Mail\nPetra Frei;other@home.example\nTom;tom@a.example\nTom;tom@b.example\nTom;\n"
    run = try_out(run=begun(cast, text), now=NOW)
    assert counts(run) == (1, 0, 0, 3)
    assert [(bad.row.line, bad.row.reason, bad.row.mending) for bad in refused(run, now=NOW)] == [
        (2, "two_of_one_name", "another_one"),
        (4, "two_of_one_name", "another_one"),
        (5, "two_of_one_name", ""),
    ]
    mend(run=run, by=cast.mina, now=NOW, lines=[2, 4])
    run = carry_on(run=approve(run=run, by=cast.mina, now=NOW), now=NOW)
    assert counts(run) == (3, 0, 0, 1)
    assert (
        Customer.objects.filter(name="Tom").count() == Customer.objects.filter(name="Petra Frei").count() == 2
    )
