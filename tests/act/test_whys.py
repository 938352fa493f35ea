"""Five whys on an issue."""

import pytest

from coalface.act.actions import SaysNothing, change_why, remove_why, write_why
from coalface.records.models import Why
from coalface.understand.actions import merge
from tests.act.test_pages import count
from tests.people import NOW, client_for
from tests.verify import issue, proposed_fix

pytestmark = pytest.mark.django_db


def steps(about):
    return list(Why.objects.filter(issue=about).order_by("place").values_list("place", "text"))


def write(cast, about, *texts):
    return [write_why(issue=about, text=text, by=cast.fay, now=NOW) for text in texts]


def test_one_below_the_other_changed_and_taken_out(cast):
    about = issue(cast, "Waiting at noon")
    first, second, _third = write(cast, about, "Tills are closed", " Lunch is at noon ", "A rule of 1998")
    change_why(why=second, text="All lunch at noon", by=cast.olga, now=NOW)
    assert steps(about) == [(1, "Tills are closed"), (2, "All lunch at noon"), (3, "A rule of 1998")]
    assert Why.objects.get(pk=second.pk).written_by == cast.olga
    remove_why(why=first, by=cast.fay, now=NOW)
    assert steps(about) == [(1, "All lunch at noon"), (2, "A rule of 1998")]
    with pytest.raises(SaysNothing):
        write(cast, about, "  ")


def test_of_two_issues_that_become_one_the_reasons_of_the_one_that_stays_stay(cast):
    one, other, third = issue(cast, "One"), issue(cast, "Other"), issue(cast, "Third")
    write(cast, one, "Because of one")
    merge(issue=one, into=other, by=cast.adam, now=NOW)
    assert steps(other) == [(1, "Because of one")]
    write(cast, third, "Because of three")
    merge(issue=third, into=other, by=cast.adam, now=NOW)
    assert steps(other) == [(1, "Because of one")]
    old = Why.objects.get(issue=third)
    client, fix = client_for(cast.fay), proposed_fix(cast, other)
    for page in (f"/act/whys/{other.pk}/", f"/understand/{other.pk}/", f"/act/{fix.pk}/"):
        words = client.get(page).content.decode()
        assert "Of what became part of it: Third" in words and "Because of three" in words
        assert "Of what became part of it: One" not in words
    assert client.get(f"/act/whys/{third.pk}/").headers["Location"] == f"/act/whys/{other.pk}/"
    client.post(f"/act/whys/step/{old.pk}/", {"remove": "1"})
    assert Why.objects.filter(pk=old.pk).exists()


def test_everybody_writes_and_the_issue_and_its_fixes_show_it(cast):
    about = issue(cast, "Waiting at noon")
    fix, client, at = proposed_fix(cast, about), client_for(cast.fay), f"/act/whys/{about.pk}/"
    client.post(at, {"text": "Tills are closed"})
    client.post(at, {"text": "Lunch"})
    client.post(at, {"text": ""})
    step = Why.objects.get(place=2)
    client.post(f"/act/whys/step/{step.pk}/", {"text": "All lunch at noon"})
    client.post(f"/act/whys/step/{step.pk}/", {"text": ""})
    for page in (at, f"/understand/{about.pk}/", f"/act/{fix.pk}/"):
        words = client.get(page).content.decode()
        assert "Tills are closed" in words and "All lunch at noon" in words
    client.post(f"/act/whys/step/{step.pk}/", {"text": "All lunch at noon", "remove": "1"})
    assert steps(about) == [(1, "Tills are closed")]


def test_it_asks_as_often_for_three_as_for_one(cast):
    about, client = issue(cast, "Waiting at noon"), client_for(cast.fay)
    write(cast, about, "One")
    one = count(client, f"/act/whys/{about.pk}/")
    write(cast, about, "Two", "Three")
    assert count(client, f"/act/whys/{about.pk}/") == one <= 9
