"""Which entries of the directory may be one customer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalface.customers.actions import NewCustomer, add_customers, merge, propose_merges, tell_apart
from coalface.customers.queries import Pair, duplicates, entries, folded, proposed
from coalface.records.models import Customer, Snapshot
from tests.people import NOW


def names(pairs):
    known = dict(Customer.objects.values_list("pk", "name"))
    return [tuple(sorted((known[pair.one], known[pair.other]))) for pair in pairs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë Müller", "MUELLER, Zoe"),
        ("Strauß Bau GmbH", "strauss bau"),
        ("Frei & Co", "Frei Co."),
        ("José Núñez", "Nunez Jose"),
    ],
)
def test_names_are_folded_to_what_is_compared(one, other):
    assert folded(one) == folded(other)


def test_pairs_are_found_by_what_they_share(cast):
    rows = [
        NewCustomer(name="Frei, Petra", email="PETRA@home.example", unit=cast.south),
        NewCustomer(name="Quentin Roi", phone="+41 79 555 66 77", unit=cast.north),
        NewCustomer(name="Quentin Roy", phone="079 555 66 77", unit=cast.south),
        NewCustomer(name="Rosa Conti", unit=cast.north),
        NewCustomer(name="Somebody Else", email="rosa@home.example", unit=cast.south),
    ]
    add_customers(rows=rows, by=None, now=NOW)
    found, as_of = proposed()
    assert [(pair, one.reasons) for pair, one in zip(names(found), found, strict=True)] == [
        (("Frei, Petra", "Petra Frei"), ("same_email", "alike_name")),
        (("Quentin Roi", "Quentin Roy"), ("same_phone",)),
        (("Rosa Conti", "Rosa Conti"), ("same_name",)),
    ]
    assert as_of is None


def test_who_was_told_apart_or_merged_is_not_proposed_again(cast):
    twins = add_customers(
        rows=[NewCustomer(name=name, unit=cast.north) for name in ("Petra Frei", "Rosa Conti")],
        by=None,
        now=NOW,
    )
    assert len(proposed()[0]) == 2
    tell_apart(one=twins[0], other=cast.petra, by=cast.mina, now=NOW)
    assert names(proposed()[0]) == [("Rosa Conti", "Rosa Conti")]
    merge(kept=cast.rosa, gone=twins[1], by=cast.mina, now=NOW)
    assert proposed()[0] == []


def test_an_address_of_many_is_nobodys(cast):
    rows = [NewCustomer(name=f"Team {n}", email="info@lake.example") for n in range(8)]
    add_customers(rows=rows, by=None, now=NOW)
    assert duplicates(entries()) == []


def test_a_large_directory_is_looked_through_by_night(cast):
    for start in range(0, 3_000, 1_000):
        rows = [
            NewCustomer(name=f"{chr(97 + n % 26) * 6} {n}x{start}", unit=cast.north) for n in range(1_000)
        ]
        add_customers(rows=rows, by=None, now=NOW)
    (twin,) = add_customers(rows=[NewCustomer(name="Petra Frei", unit=cast.north)], by=None, now=NOW)
    assert proposed() == ([], None)
    assert (propose_merges(now=NOW), propose_merges(now=NOW)) == (1, 1)
    pairs, as_of = proposed()
    assert ({pairs[0].one, pairs[0].other}, as_of) == ({cast.petra.pk, twin.pk}, NOW.date())
    assert Snapshot.objects.filter(kind="duplicates").count() == 1
    with CaptureQueriesContext(connection) as seen:
        proposed()
    assert len(seen) == 3


def test_a_small_directory_keeps_no_proposals(cast):
    assert (propose_merges(now=NOW), Snapshot.objects.count()) == (0, 0)
    assert Pair(cast.petra.pk, cast.rosa.pk, 90).reasons == ()
