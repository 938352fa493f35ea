"""Counting who sends, and telling where from."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.db import connection
from django.test import RequestFactory, override_settings

from coalface.shell.throttle import counted, sender, sender_range, sweep, too_many
from tests.people import NOW

PROXIES = [ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8")]


def request(address: str, **headers: str):
    return RequestFactory().get("/c/say/", REMOTE_ADDR=address, headers=headers)


@pytest.mark.django_db
def test_each_is_counted_for_itself_until_the_time_is_over():
    for times in (1, 2, 3):
        assert counted(["door", "window"], seconds=60, now=NOW) == [times, times]
    assert counted(["door"], seconds=60, now=NOW) == [4]
    assert counted(["door", "door"], seconds=60, now=NOW + timedelta(seconds=60)) == [1, 1]


@pytest.mark.django_db
def test_counting_and_sweeping_leaves_what_is_still_counted():
    counted(["long ago"], seconds=60, now=NOW)
    counted(["now"], seconds=60, now=NOW + timedelta(hours=1))
    sweep(now=NOW + timedelta(hours=1))
    assert counted(["now"], seconds=60, now=NOW + timedelta(hours=1)) == [2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        kept = [key for (key,) in cursor.fetchall() if "counted-now-" in key or "counted-long ago-" in key]
    assert ["now" in key for key in kept] == [True]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_are_counted_at_once_none_is_lost():
    def count(_: int) -> list[int]:
        try:
            return counted(["door", "window"], seconds=60, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as at_once:
        found = sorted(number for number, _ in at_once.map(count, range(40)))
    assert found == list(range(1, 41))


@pytest.mark.django_db
def test_neighbours_share_a_count():
    first = [too_many(request("192.0.2.7"), what="ask", most=2, seconds=60, now=NOW) for _ in range(2)]
    neighbour = too_many(request("192.0.2.200"), what="ask", most=2, seconds=60, now=NOW)
    stranger = too_many(request("198.51.100.1"), what="ask", most=2, seconds=60, now=NOW)
    assert (first, neighbour, stranger) == ([False, False], True, False)


@pytest.mark.parametrize(
    ("remote", "header", "found"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.3", "198.51.100.1"),
        ("127.0.0.1", "nonsense", "nonsense"),
        ("", "198.51.100.1", ""),
    ],
)
def test_a_header_is_believed_of_our_own_proxies_alone(remote: str, header: str, found: str):
    with override_settings(TRUSTED_PROXIES=PROXIES):
        assert sender(request(remote, x_forwarded_for=header)) == found


def test_without_proxies_of_ours_nobody_is_believed():
    assert sender_range(request("127.0.0.1", x_forwarded_for="198.51.100.1")) == "127.0.0.0-24"
    assert sender_range(request("2001:db8:0:ff::7")) == "2001:db8::-56"
    assert sender_range(request("")) == "unknown"
