"""No page asks the database more often because there is more to show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.journeys.rows import House, add_rows, addresses, house, list_addresses
from tests.people import Cast, client_for

FEW, MANY = 3, 50
# A page about one thing shows at most five of each other thing, and counts the rest once there is a rest.
SOME = 6


@pytest.mark.django_db
def test_no_page_issues_more_queries_with_50_rows_than_with_3(cast: Cast):
    ours = house(cast, timezone.now() - timedelta(hours=8))
    client = client_for(ours.reader)
    client.raise_request_exception = False
    add_rows(ours, 0, FEW)
    few = queries_by_page(client, ours)
    add_rows(ours, FEW, SOME)
    some = queries_by_page(client, ours)
    add_rows(ours, SOME, MANY)
    many = queries_by_page(client, ours)
    lists = list_addresses(ours)
    assert {page: (few[page], many[page]) for page in lists if many[page] > few[page]} == {}
    assert {page: (some[page], many[page]) for page in some if many[page] > some[page]} == {}


def queries_by_page(client: Client, ours: House) -> dict[str, int]:
    """How often each page asks, once what is read only once a process has been read."""
    pages = addresses(ours)
    status = {page: client.get(address).status_code for page, address in pages.items()}
    assert {page: code for page, code in status.items() if code != 200} == {}
    counts = {}
    for page, address in pages.items():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts[page] = len(asked)
    return counts
