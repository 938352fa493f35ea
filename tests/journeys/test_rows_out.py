"""Every list of every page can be taken along in every form, and somebody can see who did."""

import io
import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pyarrow import parquet
from python_calamine import CalamineWorkbook

from coalface.records.models import Event
from tests.journeys.rows import House, add_rows, addresses, house
from tests.people import Cast, client_for

LINK = re.compile(r'<a href="(?P<query>\?[^"]*as=csv[^"]*)" download>CSV</a>')
FEW, MANY = 3, 7


def lists_of(client: Client, ours: House) -> set[str]:
    """The address of every list that some page offers."""
    found = set()
    pages = addresses(ours)
    del pages["components"]  # an example, without rows
    for page in pages.values():
        path, _, own = page.partition("?")
        for link in LINK.finditer(client.get(page).content.decode()):
            query = dict(parse_qs(own)) | parse_qs(urlsplit(unescape(link["query"])).query)
            found.add(f"{path}?{urlencode({key: value[0] for key, value in query.items() if key != 'as'})}")
    return found


def rows_in(form: str, content: bytes) -> int:
    if form == "parquet":
        return int(parquet.read_table(io.BytesIO(content)).num_rows)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return len(book.get_sheet_by_index(0).to_python()) - 1


@pytest.mark.django_db
def test_every_list_goes_out_and_asks_no_more_for_more_rows(cast: Cast):
    ours = house(cast, timezone.now() - timedelta(hours=8))
    add_rows(ours, 0, FEW)
    client = client_for(ours.reader)
    lists = lists_of(client, ours)
    assert len(lists) >= 30
    few = {address: _taken(client, address) for address in lists}
    add_rows(ours, FEW, MANY)
    many = {address: _taken(client, address) for address in lists}
    assert {address: (few[address], many[address]) for address in lists if many[address] > few[address]} == {}


def _taken(client: Client, address: str) -> int:
    """How often the list asks the database, once its three forms have proved to hold the same rows."""
    noted = Event.objects.filter(kind="rows.taken_along")
    for form in ("xlsx", "parquet"):
        answer = client.get(f"{address}&as={form}")
        assert answer.status_code == 200, address
        event = noted.latest("id")
        assert rows_in(form, answer.getvalue()) == event.payload["rows"], address
        assert event.payload["form"] == form
    with CaptureQueriesContext(connection) as asked:
        text = client.get(f"{address}&as=csv").getvalue().decode()
    assert text.startswith("\ufeff"), address
    assert event.payload["rows"] > 0, address
    return len(asked)
