"""A customer who came in by a file is forgotten: nothing of them is left, counts stay, and so it stays."""

import io
import os
import sqlite3
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.urls import reverse

from coalface.customers.actions import erase, merge
from coalface.importers.actions import approve, begin, carry_on, choose, try_out, undo
from coalface.importers.actions.holding import somebody_went
from coalface.importers.rows import Given
from coalface.records.models import Customer, Departure, Feedback, ImportRun, Purchase
from tests.people import NOW, client_for

CUSTOMERS = """Kundennummer;Name;E-Mail;Telefon;Filiale
K-10042;Xenia Quast;xenia@quast.example;+41 44 668 18 00;North
K-2;Bo Ek;;;North
"""
PURCHASES = """id;customer;on;amount;currency;product
xenia-1;K-10042;2026-01-05;12.50;CHF;Xenias Torte
2;K-2;2026-01-05;3.00;CHF;Brot
"""
DEPARTURES = """id;customer;left_on;reason;text
xenia-9;K-10042;2026-02-01;Quasts reason;Adieu from Xenia Quast
"""
FEEDBACK = """id;customer;date;kind;text
7;K-10042;2026-01-07;complaint;I am Xenia and the till was closed
8;K-2;2026-01-07;complaint;Xenia Quast before me took long
"""
OF_THEM = ("Xenia", "xenia@quast", "668 18 00", "6681800", "K-10042", "Quasts")
ALL = (
    ("customers", CUSTOMERS),
    ("purchases", PURCHASES),
    ("departures", DEPARTURES),
    ("feedback", FEEDBACK),
)


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.ATTACHMENTS, settings.RECORDINGS = tmp_path / "attachments", tmp_path / "recordings"


def tried(cast, kind, text):
    run = begin(kind=kind, file=io.BytesIO(text.encode()), name=f"{kind}.csv", by=cast.mina, now=NOW)
    return try_out(run=choose(run=run, mapping=run.mapping, by=cast.mina, now=NOW), now=NOW)


def brought_in(cast, kind, text, changes=False):
    run = tried(cast, kind, text)
    run = carry_on(run=approve(run=run, by=cast.mina, now=NOW, changes=changes), now=NOW)
    return run.taken_in, run.changed, run.already_there, run.refused


def left():
    """What can still be found of them: in any column of any table, and in any file."""
    whole = StringIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                whole.write(f"{table} {row!r}\n")
    for path in settings.HOME.rglob("*"):
        if path.is_file():
            whole.write(f"{path.name} {path.read_bytes()!r}\n")
    return lines_about_them(whole.getvalue())


def lines_about_them(text):
    return [line for line in text.splitlines() if any(one.lower() in line.lower() for one in OF_THEM)]


def dumped():
    """What a backup would hold, made by the database's own program; of SQLite also its files as they lie."""
    at = connection.settings_dict
    if connection.vendor == "postgresql":
        command = ["pg_dump", "-h", at["HOST"], "-p", str(at["PORT"]), "-U", at["USER"], at["NAME"]]
        with_password = os.environ | {"PGPASSWORD": at["PASSWORD"]}
        return subprocess.run(command, env=with_password, capture_output=True, text=True, check=True).stdout
    with sqlite3.connect(at["NAME"]) as beside:
        whole = "\n".join(beside.iterdump())
    beside.close()
    files = Path(at["NAME"]).parent.glob(f"{Path(at['NAME']).name}*")
    return whole + "\n".join(file.read_bytes().decode("latin-1") for file in files)


def counts():
    models = apps.get_app_config("records").get_models()
    return {model._meta.model_name: model._default_manager.count() for model in models}


@pytest.mark.django_db
def test_an_imported_customer_is_forgotten_and_stays_so(cast):
    assert [brought_in(cast, kind, text) for kind, text in ALL] == [
        (2, 0, 0, 0), (2, 0, 0, 0), (1, 0, 0, 0), (2, 0, 0, 0),
    ]  # fmt: skip
    waiting = tried(cast, "customers", CUSTOMERS.replace("Quast", "Quast-Roth"))
    xenia = Customer.objects.get(reference="K-10042")
    assert len(left()) > 5
    before = counts() | {"erasure": 1, "event": counts()["event"] + 2}
    erase(customer=xenia, by=cast.ada, now=NOW)
    assert left() == []
    assert counts() == before
    assert ImportRun.objects.get(pk=waiting.pk).failure == "erased"
    # the same files once more: what was erased is known, and not written down again
    assert brought_in(cast, "feedback", FEEDBACK, changes=True)[:2] == (0, 1)
    assert brought_in(cast, "purchases", PURCHASES, changes=True)[:2] == (0, 0)
    assert Feedback.objects.get(source_id="7").verbatim.text == ""
    assert (Purchase.objects.count(), Departure.objects.count()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_no_dump_and_no_list_that_is_taken_along_holds_them(cast):
    for kind, text in ALL:
        brought_in(cast, kind, text)
    client = client_for(cast.mina)
    lists = tuple(f"{reverse(name)}?" for name in ("customers:index", "hear:index"))
    assert lines_about_them(dumped())
    assert lines_about_them(client.get("/customers/?as=csv").getvalue().decode())
    before = counts()
    erase(customer=Customer.objects.get(reference="K-10042"), by=cast.ada, now=NOW)
    assert lines_about_them(dumped()) == []
    for address in lists:
        taken = client.get(f"{address}as=csv")
        assert taken.status_code == 200, address
        assert lines_about_them(taken.getvalue().decode()) == [], address
    assert {name: counts()[name] for name in ("customer", "feedback", "purchase", "departure")} == {
        name: before[name] for name in ("customer", "feedback", "purchase", "departure")
    }


@pytest.mark.django_db
def test_undoing_the_file_afterwards_brings_nothing_back(cast):
    brought_in(cast, "customers", CUSTOMERS)
    brought_in(cast, "customers", CUSTOMERS.replace("Xenia Quast", "Xenia Quast-Roth"), changes=True)
    xenia = Customer.objects.get(reference="K-10042")
    erase(customer=xenia, by=cast.ada, now=NOW)
    for run in ImportRun.objects.order_by("-id"):
        undo(run=run, by=cast.mina, now=NOW)
    assert left() == []
    assert Customer.objects.filter(pk=xenia.pk).exists()


def test_who_went_since_a_chunk_was_understood_is_noticed(cast):
    """Then the chunk is understood once more, and its customers are held fast."""
    brought_in(cast, "customers", CUSTOMERS)
    xenia, bo = Customer.objects.get(reference="K-10042"), Customer.objects.get(reference="K-2")
    given = [Given(line=2, values={"customer": xenia}), Given(line=3, values={"customer": bo})]
    assert not somebody_went(given=given)
    merge(kept=bo, gone=xenia, by=None, now=NOW)
    assert somebody_went(given=given)
    assert not somebody_went(given=given[1:])
    erase(customer=bo, by=None, now=NOW)
    assert somebody_went(given=given[1:])
