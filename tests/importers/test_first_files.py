"""The files that lie around on the first morning go in as they are."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from coalface.importers.actions import approve, begin, carry_on, choose, mend, try_out
from coalface.importers.exports import exports
from coalface.importers.queries import reasons
from coalface.records.models import Customer, Feedback
from tests.importers.lists import workshop
from tests.people import NOW

pytestmark = pytest.mark.django_db

READY = Path(__file__).parent / "ready"


def tried(cast, kind, content, name, **more):
    """The file as it was recognised, tried out."""
    run = begin(kind=kind, file=io.BytesIO(content), name=name, by=cast.adam, now=NOW)
    always = run.mapping["always"] | more.pop("always", {})
    run = choose(run=run, mapping=run.mapping | {"always": always} | more, by=cast.adam, now=NOW)
    return try_out(run=run, now=NOW)


def taken_in(cast, run):
    return carry_on(run=approve(run=run, by=cast.adam, now=NOW), now=NOW)


@pytest.mark.parametrize("export", exports(), ids=lambda export: export.key)
def test_an_export_goes_in_without_a_word_about_its_columns(cast, export):
    content = (READY / f"{export.key}.csv").read_bytes()
    always = {"kind": "complaint"} if export.always.get("channel") == "survey" else {}
    run = tried(cast, export.of, content, f"{export.key}.csv", always=always)
    assert (run.refused, reasons(run)) == (0, [])
    expected = 1 if export.key.startswith(("plain", "salesforce-c")) else 2
    assert (run.rows, run.taken_in, run.source) == (expected, expected, export.source)
    assert taken_in(cast, run).taken_in == expected


def test_the_words_of_a_survey_are_the_answers_and_not_the_questions(cast):
    content = (READY / "qualtrics.csv").read_bytes()
    taken_in(cast, tried(cast, "feedback", content, "qualtrics.csv", always={"kind": "complaint"}))
    first, second = Feedback.objects.order_by("received_at")
    assert (first.source, first.source_id, first.nps, first.csat, first.channel) == (
        "qualtrics", "R_1a2B3c4D5e6F7g8", 3, 2, "survey",
    )  # fmt: skip
    assert first.verbatim.text == "The counter was closed\nagain, without a word."
    assert (second.nps, second.verbatim.text) == (10, "Danke, schnelle Hilfe!")


def test_the_list_of_a_workshop_goes_in_after_two_questions(cast):
    before = Customer.objects.count()
    run = tried(cast, "customers", workshop(), "Kunden.csv", country="DE", always={"currency": "EUR"})
    assert (run.rows, run.taken_in) == (43, 22)
    assert [(each.reason, each.mending, each.rows) for each in reasons(run)] == [
        ("email_not_phone", "split_contact", 21)
    ]
    assert mend(run=run, lines="all", by=cast.adam, now=NOW) == 21
    assert taken_in(cast, run).taken_in == 43
    assert Customer.objects.count() == before + 43
    anna, soeren = (Customer.objects.get(reference=each) for each in ("1001", "1012"))
    assert (anna.name, anna.phone, anna.yearly_value, anna.currency) == (
        "Anna Müller", "+498912345600", 110050, "EUR",
    )  # fmt: skip
    assert (soeren.email, soeren.phone) == ("soeren@gmail.com", "")


def test_a_spreadsheet_with_a_title_goes_in(cast, tmp_path):
    path = tmp_path / "customers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Customers")
        sheet.merge_range("A1:C1", "Customers 2026")
        rows = [
            ["Customer number", "Name", "Customer since"],
            ["1", "Anna Berger", 44230],
            ["2", "Tom Lind", 44231],
        ]
        for number, row in enumerate(rows, 2):
            sheet.write_row(number, 0, row)
    run = taken_in(cast, tried(cast, "customers", path.read_bytes(), path.name))
    assert (run.taken_in, run.refused) == (2, 0)
    assert Customer.objects.get(reference="1").since_on.isoformat() == "2021-02-03"
