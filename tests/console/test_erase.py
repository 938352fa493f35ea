"""Forgetting and handing out from the command line."""

import zipfile
from argparse import Namespace

import pytest

from coalface.console import erase, hold
from coalface.customers.queries import erased_list
from coalface.records.models import Customer


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME, settings.ATTACHMENTS = tmp_path, tmp_path / "attachments"
    settings.RECORDINGS = tmp_path / "recordings"


def erasing(customer="", email="ada@lindner.example", yes=True, again=False):
    return erase.run(Namespace(customer=str(customer), email=email, yes=yes, again=again))


def test_a_customer_is_forgotten_once(cast, capsys):
    Customer.objects.filter(pk=cast.petra.pk).update(reference="K-1")
    assert [erasing("K-1"), erasing("K-1"), erasing(cast.rosa.pk)] == [0, 2, 0]
    assert capsys.readouterr().out.startswith("Erased: customer 1")
    assert Customer.objects.exclude(erased_at=None).count() == 2


def test_without_a_customer_or_somebody_who_decides_nothing_is_done(cast, capsys):
    assert [erasing("nobody"), erasing(cast.petra.pk, email="")] == [2, 2]
    assert "who decides" in capsys.readouterr().err
    assert not erased_list().exists()


def test_what_the_list_says_is_done_again(cast, capsys):
    erasing(cast.petra.pk)
    Customer.objects.filter(pk=cast.petra.pk).update(erased_at=None, name="Petra Frei")
    assert (erasing(again=True), Customer.objects.get(pk=cast.petra.pk).name[0]) == (0, "#")
    assert capsys.readouterr().out.endswith("1 erased again.\n")


def test_everything_about_one_is_written_to_a_file(cast, tmp_path, capsys):
    path = tmp_path / "petra.zip"
    options = {"email": "ada@lindner.example", "to": str(path)}
    assert hold.run(Namespace(customer=str(cast.petra.pk), **options)) == 0
    assert "about-you.html" in zipfile.ZipFile(path).namelist()
    assert path.stat().st_mode & 0o777 == 0o600
    assert hold.run(Namespace(customer="nobody", **options)) == 2
