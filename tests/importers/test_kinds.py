"""Every kind of list comes in, is there the second time, and goes when it is undone."""

import io
from datetime import date

import pytest

from coalface.customers.actions import NewCustomer, add_customers
from coalface.importers.actions import approve, begin, carry_on, choose, mend, try_out, undo
from coalface.importers.queries import kept, reasons
from coalface.people.actions import issue_pin
from coalface.records.history import history_of
from coalface.records.models import (
    Departure,
    Exposure,
    Feedback,
    ImportedRow,
    Indicator,
    IndicatorValue,
    Person,
    Position,
    Purchase,
    Referral,
    StaffPin,
    Unit,
    Verbatim,
)
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def customers(cast):
    rows = [NewCustomer(name="Anna", reference="1"), NewCustomer(name="Bea", email="bea@home.example")]
    return add_customers(rows=rows, by=None, now=NOW)


def tried(cast, kind, text, **mapping):
    run = begin(kind=kind, file=io.BytesIO(text.encode()), name="list.csv", by=cast.mina, now=NOW)
    run = choose(run=run, mapping=run.mapping | {"source": "shop"} | mapping, by=cast.mina, now=NOW)
    return try_out(run=run, now=NOW)


def let_in(cast, run, **given):
    return carry_on(run=approve(run=run, by=cast.mina, now=NOW, **given), now=NOW)


def counts(run):
    return run.taken_in, run.changed, run.already_there, run.refused


FILES = {
    "purchases": (
        Purchase,
        "Customer;Date;Amount;Currency;Product\n1;1.2.2025;1'234.50;CHF;Bike\nbea@home.example;13.2.2025;9.90;EUR;\n",
    ),
    "referrals": (Referral, "referred by,customer,on\n1,bea@home.example,2025-03-01\n1,,2025-03-02\n"),
    "departures": (
        Departure,
        "customer,left_on,reason,text\n1,2025-03-01,price,Too expensive.\nbea@home.example,2025-03-02,,\n",
    ),
    "exposures": (Exposure, "measure,unit,month,count\norders,north,2025-03,500\norders,south,2025-03,700\n"),
    "figures": (
        IndicatorValue,
        "indicator,unit,month,value\nSolved at once,north,2025-03,0.7\nSick,,2025-03,4\n",
    ),
}


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_list_comes_in_once_and_goes_again(cast, customers, kind):
    model, text = FILES[kind]
    if kind == "figures":
        text = text.replace(",,", ",lindner,")
    run = tried(cast, kind, text)
    assert (counts(run), reasons(run)) == ((2, 0, 0, 0), [])
    run = let_in(cast, run)
    assert (counts(run), model.objects.filter(run=run).count()) == ((2, 0, 0, 0), 2)
    assert counts(let_in(cast, tried(cast, kind, text))) == (0, 0, 2, 0)
    undo(run=run, by=cast.mina, now=NOW)
    assert (model.objects.count(), Verbatim.objects.count(), Indicator.objects.count(), kept(run)) == (
        0,
        0,
        0,
        [],
    )
    assert counts(let_in(cast, tried(cast, kind, text))) == (2, 0, 0, 0)


def test_money_is_kept_in_minor_units(cast, customers):
    let_in(cast, tried(cast, "purchases", FILES["purchases"][1]))
    assert list(Purchase.objects.order_by("on").values_list("amount", "currency", "on")) == [
        (123450, "CHF", date(2025, 2, 1)),
        (990, "EUR", date(2025, 2, 13)),
    ]


def test_another_amount_under_the_same_id_is_a_change(cast, customers):
    text = "id,customer,bought_on,amount\n7,1,2025-02-01,10 CHF\n"
    first = let_in(cast, tried(cast, "purchases", text))
    run = tried(cast, "purchases", text.replace("10", "12"))
    assert counts(run) == (0, 1, 0, 0)
    assert counts(let_in(cast, run, changes=False)) == (0, 0, 1, 0)
    run = let_in(cast, tried(cast, "purchases", text.replace("10", "12")), changes=True)
    assert (counts(run), Purchase.objects.get().amount) == ((0, 1, 0, 0), 1200)
    undo(run=run, by=cast.mina, now=NOW)
    assert (Purchase.objects.get().amount, Purchase.objects.get().run) == (1000, first)


def test_an_unknown_customer_is_named_and_the_others_go_in(cast, customers):
    run = tried(cast, "purchases", "customer,date,amount\n1,2025-02-01,1 EUR\n2,2025-02-01,1 EUR\n")
    assert [(each.reason, each.column) for each in reasons(run)] == [("unknown_customer", "customer")]
    assert counts(let_in(cast, run)) == (1, 0, 0, 1)


@pytest.mark.parametrize("week", ["2014-W49", "2014-12-01"])
def test_a_column_of_weeks_holds_weeks_by_whatever_it_names_them(cast, week):
    """The first of a month in such a column is a Monday, not a month; one word for all rows is no mistake."""
    text = f"week,unit,measure,quantity\n{week},north,cases,12\n{week},south,cases,0\n"
    let_in(cast, tried(cast, "exposures", text))
    found = Exposure.objects.order_by("unit__key").values_list("unit__key", "from_on", "until_on", "quantity")
    monday, after = date(2014, 12, 1), date(2014, 12, 8)
    assert list(found) == [("north", monday, after, 12), ("south", monday, after, 0)]


def test_days_are_not_counted_twice(cast):
    run = tried(
        cast,
        "exposures",
        "measure,unit,from,until,count\nx,north,2025-03-01,2025-03-31,5\nx,lindner,2025-03-20,2025-04-02,5\n",
    )
    assert [each.reason for each in reasons(run)] == ["overlaps"]


PEOPLE = (
    "Name,E-Mail,Staff code,Unit,Manager,Level,From,Until\n"
    "Ben Post,ben@lindner.example,17,North,Lea Kern,staff,2025-01-01,\n"
    "Lea Kern,lea@lindner.example,18,West / Basel,Olga Lindner,Teamleiterin,2024-01-01,2025-05-31\n"
    "Lea Kern,lea@lindner.example,18,West / Bern,Rolf Huber,middle,2025-06-01,\n"
)


def test_people_come_with_units_managers_and_positions_over_time(cast):
    run = tried(cast, "people", PEOPLE)
    assert [(each.reason, each.mending, each.rows) for each in reasons(run)] == [
        ("unknown_unit", "make_unit", 2)
    ]
    mend(run=run, by=cast.mina, now=NOW, code="make_unit")
    run = let_in(cast, run)
    assert counts(run) == (3, 0, 0, 0)
    lea = Person.objects.get(name="Lea Kern")
    rows = lea.positions.values_list(
        "unit__name", "unit__parent__name", "manager__name", "level", "starts_on", "ends_on"
    )
    assert list(rows) == [
        ("Basel", "West", "Olga Lindner", "supervisor", date(2024, 1, 1), date(2025, 6, 1)),
        ("Bern", "West", "Rolf Huber", "middle", date(2025, 6, 1), None),
    ]
    ben = Position.objects.get(person__name="Ben Post")
    assert (ben.manager, ben.unit, ben.person.staff_code, lea.left_on) == (lea, cast.north, "17", None)
    assert counts(tried(cast, "people", PEOPLE)) == (0, 0, 3, 0)
    undo(run=run, by=cast.mina, now=NOW)
    assert kept(run) == []
    assert Person.objects.filter(name__in=("Ben Post", "Lea Kern")).count() == 0
    assert not Unit.objects.filter(name__in=("West", "Bern", "Basel")).exists()


def test_somebody_known_gets_another_position_and_undoing_gives_the_old_one_back(cast):
    text = "Name,Staff code,Unit,Level,From\nFay Burns,,South,Supervisor,2026-01-01\n"
    run = let_in(cast, tried(cast, "people", text))
    assert counts(run) == (1, 0, 0, 0)
    assert list(cast.fay.positions.values_list("unit__name", "starts_on", "ends_on")) == [
        ("North", date(2025, 1, 1), date(2026, 1, 1)),
        ("South", date(2026, 1, 1), None),
    ]
    undo(run=run, by=cast.mina, now=NOW)
    assert list(cast.fay.positions.values_list("unit__name", "starts_on", "ends_on")) == [
        ("North", date(2025, 1, 1), None)
    ]


def test_a_last_day_closes_every_door_and_undoing_lets_them_stay(cast):
    issue_pin(person=cast.fay, by=cast.ada, now=NOW)
    text = "Name,E-Mail,Until\nFay Burns,fay@lindner.example,2026-02-28\n"
    run = tried(cast, "people", text)
    assert (counts(run), reasons(run)) == ((0, 1, 0, 0), [])
    run = let_in(cast, run, changes=True)
    cast.fay.refresh_from_db()
    left = date(2026, 3, 1)
    assert (cast.fay.left_on, StaffPin.objects.count(), cast.fay.account.sessions_ended_at) == (left, 0, NOW)
    assert [one.kind for one in history_of(cast.fay)][-2:] == ["person.left", "people.changed"]
    assert counts(let_in(cast, tried(cast, "people", text), changes=True)) == (0, 0, 1, 0)
    undo(run=run, by=cast.mina, now=NOW)
    cast.fay.refresh_from_db()
    assert (cast.fay.left_on, cast.fay.positions.get().ends_on, kept(run)) == (None, None, [])


def test_a_day_to_come_is_kept(cast):
    text = "Name,E-Mail,Until\nFay Burns,fay@lindner.example,2026-03-31\n"
    let_in(cast, tried(cast, "people", text), changes=True)
    cast.fay.refresh_from_db()
    kinds = [one.kind for one in history_of(cast.fay)][-2:]
    assert (cast.fay.left_on, kinds) == (date(2026, 4, 1), ["person.leaving", "people.changed"])


def test_the_last_who_manages_people_does_not_leave_by_a_list(cast):
    rows = "".join(f"{one.name},{one.email},2026-02-28\n" for one in (cast.mina, cast.fay, cast.ada))
    run = tried(cast, "people", f"Name,E-Mail,Until\n{rows}")
    assert [(each.reason, each.column, each.rows) for each in reasons(run)] == [
        ("nobody_would_manage", "Until", 1)
    ]
    assert counts(let_in(cast, run, changes=True)) == (0, 2, 0, 1)
    assert list(Person.objects.exclude(left_on=None).values_list("name", flat=True)) == [
        "Fay Burns", "Mina Aziz",
    ]  # fmt: skip


def test_other_words_under_the_same_id_are_a_change_and_sorted_again(cast):
    text = "id,date,text,kind\nA,2026-02-01,The queue is long.,complaint\n"
    let_in(cast, tried(cast, "feedback", text))
    run = tried(cast, "feedback", text.replace("long", "endless"))
    assert counts(run) == (0, 1, 0, 0)
    let_in(cast, run, changes=True)
    assert Feedback.objects.get().verbatim.text == "The queue is endless."
    assert ImportedRow.objects.count() == 1
