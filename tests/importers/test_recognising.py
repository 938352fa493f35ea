"""Columns are recognised by their names in seven languages and by their looks; unsure stays open."""

from collections import Counter

import pytest

from coalface.importers import values
from coalface.importers.customers import CUSTOMERS
from coalface.importers.reading import How, guessed, opened
from coalface.importers.recognising import Field, folded, recognised
from tests.importers.lists import workshop

FEEDBACK = (
    Field("id", "Id", "key", required=True),
    Field("received_at", "Received", "moment", required=True),
    Field("text", "Words"),
    Field("nps", "Recommends us", "number"),
    Field("customer", "Customer", "customer"),
)
GERMAN = ("Kd-Nr", "Name", "Tel/Mail", "Kunde seit", "Umsatz/Jahr")
GERMAN_ROWS = [
    ("1001", "Müller, Anna", "anna.mueller@gmx.de", "3.4.2019", "1.234,50"),
    ("1002", "Groß, Jörg", "089 12345678", "17.11.2020", "99,00"),
    ("1003", "Bäckerei Huber GmbH", "0170 1234567", "01.02.2021", "12.000,00"),
]


def test_a_list_of_a_workshop_is_recognised():
    assert recognised(GERMAN, GERMAN_ROWS, CUSTOMERS.fields) == {
        "reference": "Kd-Nr",
        "name": "Name",
        "phone": "Tel/Mail",
        "since_on": "Kunde seit",
        "yearly_value": "Umsatz/Jahr",
    }


@pytest.mark.parametrize(
    "header",
    [
        ("Ticket number", "Created at", "Comment", "Net Promoter Score", "Customer ID"),
        ("Vorgangsnummer", "Eingangsdatum", "Rückmeldung", "Würden Sie uns weiterempfehlen?", "Kundennummer"),
        ("Numéro", "Créé le", "Commentaires", "Allez-vous nous recommander ?", "N° client"),
        ("Número", "Fecha de creación", "Comentarios", "¿Nos recomendaría?", "ID cliente"),
        ("Nummer", "Ontvangen op", "Opmerkingen", "Zou u ons aanbevelen?", "Klantnummer"),
        ("Numer", "Data wpływu", "Treść", "Czy poleci nas Pan/Pani?", "Nr klienta"),
        ("Numero", "Data di ricezione", "Commenti", "Ci consiglierebbe?", "Codice cliente"),
    ],
    ids=["en", "de", "fr", "es", "nl", "pl", "it"],
)
def test_names_are_known_in_seven_languages(header):
    rows = [("A1", "2026-02-01", "It took long", "9", "C-1"), ("A2", "2026-02-02", "Thank you", "10", "C-2")]
    names = ("id", "received_at", "text", "nps", "customer")
    assert recognised(header, rows, FEEDBACK) == dict(zip(names, header, strict=True))


def test_case_accents_marks_and_small_slips_do_not_matter():
    assert [folded(each) for each in ("CustomerId", "customer_id", "Währung", "WAEHRUNG", "N° client")] == [
        "customer id", "customer id", "wahrung", "wahrung", "n client",
    ]  # fmt: skip
    fields = (Field("received_at", "Received", "moment"), Field("text", "Words"))
    assert recognised(("RECIEVED AT", "comentar"), [("2026-01-02", "x")], fields) == {
        "received_at": "RECIEVED AT",
        "text": "comentar",
    }


def test_a_name_whose_cells_say_otherwise_is_left_open():
    assert recognised(("Date", "Mail"), [("soon", "by post")], (Field("on", "Day", "day"),)) == {}


def test_what_has_no_name_is_known_by_its_looks():
    fields = (
        Field("reference", "Number", "key", required=True),
        Field("email", "E-mail", "email"),
        Field("on", "Day", "day", required=True),
    )
    rows = [("x1", "anna@x.de", "1.2.2026", "a"), ("x2", "tom@x.de", "2.2.2026", "a")]
    assert recognised(("Column 1", "Column 2", "Column 3", "Column 4"), rows, fields) == {
        "reference": "Column 1",
        "email": "Column 2",
        "on": "Column 3",
    }


def test_each_column_is_used_once_and_required_fields_choose_first():
    fields = (Field("topic", "Subject"), Field("reason", "Reason", required=True))
    assert recognised(("Reason",), [("x",)], fields) == {"reason": "Reason"}


def test_nothing_is_recognised_in_nothing():
    assert recognised((), [], FEEDBACK) == {}
    assert recognised(("Foo", "Bar"), [("", "")], FEEDBACK) == {}


def test_a_workshop_with_43_customers_needs_no_explanation(tmp_path):
    path = tmp_path / "Kunden.csv"
    path.write_bytes(workshop())
    how = guessed(path, name=path.name)
    assert how == How("csv", encoding="cp1252", delimiter=";", header_line=2)
    with opened(path, how, name=path.name) as table:
        rows = [row.fields for row in table.rows()]
        found = recognised(table.header, rows, CUSTOMERS.fields)
    assert found == {
        "reference": "Kd-Nr",
        "name": "Name",
        "phone": "Tel/Mail",
        "since_on": "Kunde seit",
        "yearly_value": "Umsatz/Jahr",
    }
    names, contacts, days, sums = list(zip(*rows, strict=True))[1:]
    assert values.turned_round(names) and values.name(names[0]) == "Anna Müller"
    reasons = Counter(values.phone(each, country="DE").reason for each in contacts)
    assert reasons == {"": 22, "email_not_phone": 21}
    dates, numbers = values.dates_of(days), values.numbers_of(sums)
    assert (dates.order, dates.sure, numbers.decimal, numbers.sure) == ("dmy", True, ",", True)
    assert all(
        dates.day(day).value and numbers.money(each, "EUR").value
        for day, each in zip(days, sums, strict=True)
    )
