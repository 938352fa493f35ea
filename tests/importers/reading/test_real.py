"""Files as the world writes them: every row is read, and the columns are recognised."""

from itertools import islice

import pytest

from coalface.importers.kinds import KINDS
from coalface.importers.reading import guessed, opened
from coalface.importers.recognising import recognised

pytestmark = pytest.mark.real


def told(path, kind="feedback"):
    """How many rows there are, how many are refused, and what the columns seem to mean."""
    with opened(path, guessed(path, name=path.name), name=path.name) as table:
        first = list(islice(table.rows(), 200))
        header = table.header
        more = list(table.rows())
    rows = [row.fields for row in first if not row.refused]
    bad = sum(1 for row in [*first, *more] if row.refused)
    return len(first) + len(more), bad, recognised(header, rows, KINDS[kind].fields)


def test_complaints_to_a_regulator(real_data):
    count, bad, found = told(real_data / "cfpb" / "complaints.csv.gz")
    assert (count, bad) == (4390, 0)
    assert found["id"] == "Complaint ID"
    assert found["received_at"] == "Date received"
    assert found["text"] == "Consumer complaint narrative"
    assert found["channel"] == "Submitted via"
    assert {"nps", "csat", "ces", "customer"}.isdisjoint(found)


def test_requests_to_a_city(real_data):
    count, bad, found = told(real_data / "sf311" / "cases.csv.gz")
    assert (count, bad) == (7472, 0)
    assert (found["id"], found["received_at"]) == ("unique_key", "created_date")


@pytest.mark.parametrize(
    ("place", "rows", "columns"),
    [
        ("banking77/train.csv", 10_003, 2),
        ("cdnow/CDNOW_master.txt", 69_659, 4),
        ("cdnow/CDNOW_sample.txt", 6_919, 5),
        ("vader/tweets_GroundTruth.txt", 4_200, 3),
        ("vader/movieReviewSnippets_GroundTruth.txt", 10_605, 3),
        ("sicily/sicily.csv", 59, 7),
    ],
)
def test_other_files(real_data, place, rows, columns):
    path = real_data / place
    with opened(path, guessed(path, name=path.name), name=path.name) as table:
        assert len(table.header) == columns
        assert [row.refused for row in table.rows()] == [""] * rows


def test_purchases_of_music(real_data):
    found = told(real_data / "cdnow" / "CDNOW_master.txt", "purchases")[2]
    assert found == {
        "customer": "customer_id",
        "bought_on": "date",
        "amount": "dollar_value",
        "quantity": "number_of_cds",
    }
