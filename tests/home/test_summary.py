"""The figures `coalface summary` prints, and the page that explains them."""

import json
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from coalface.home.queries import summary
from coalface.measure.actions import take_snapshots
from coalface.records.models import Level
from coalface.verify.actions import judge
from tests.home import live_fix, soon
from tests.measure import crowd, heard, issue, met, nine_leaders, noted, said
from tests.people import NOW
from tests.verify import at, week

pytestmark = pytest.mark.django_db
EXPLAINED = Path(__file__).parents[2] / "docs" / "using" / "summary.md"


def test_before_there_is_anything(db):
    assert summary(NOW) == {
        "as_of": None,
        "organisation": None,
        "leaders": {"median_days_since_customer": None, "not_yet": False, "n": 0, "never": None},
        "resolution": {
            "estimate": None, "low": None, "high": None, "n": 0, "resolved": 0, "over": "everybody",
        },
        "remarks_open": 0,
        "awareness": [],
        "awareness_hidden": [],
        "next_encounters": [],
        "verdicts": [],
    }  # fmt: skip


def test_a_day_at_lindner(cast):
    leaders = nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    crowd(cast, Level.FRONT_LINE, ["Kim", "Lou", "Max"])
    heard(cast.fay, said(cast, issue(cast, "Waiting at noon"), 1), 0)
    noted(met(cast, cast.olga, 50), cast.olga, 50)
    soon(cast, cast.olga, 3, [cast.rosa])
    take_snapshots(now=NOW)
    found = summary(NOW)
    assert (found["as_of"], found["organisation"]) == ("2026-03-02", "Lindner & Co")
    assert found["leaders"] == {"median_days_since_customer": 21, "not_yet": False, "n": 9, "never": None}
    assert (found["resolution"]["n"], found["resolution"]["over"]) == (1, "published")
    assert found["next_encounters"] == [
        {"at": "2026-03-05T09:00:00+00:00", "format": "Visit", "place": "North", "who": ["Olga Lindner"]}
    ]
    assert [(level["group"], level["people"], level["someone"]) for level in found["awareness"]] == [
        ("top", 9, 0.0), ("middle+supervisor+front_line", 8, 1.0),
    ]  # fmt: skip
    assert leaders[7].name not in json.dumps(found)


def test_the_figures_of_one_person(cast):
    met(cast, cast.olga, 12, [cast.petra])
    assert summary(NOW, cast.olga)["mine"] == {
        "person": "Olga Lindner",
        "days_since_customer": 12,
        "depth": "conversing",
        "days_since_watching": None,
        "due_on": None,
        "resolved": 0,
        "raised": 0,
        "resolution_low": None,
        "resolution_high": None,
        "customers_met": 1,
        "choice_by_segment": "too_few",
        "choice_of_unhappy": None,
    }


def test_the_standing_verdict_of_each_fix(cast):
    fix = live_fix(cast)
    judge(fix=fix, by=cast.adam, now=at(week(40)))
    judge(fix=fix, by=cast.adam, now=at(week(41)))
    (verdict,) = summary(NOW)["verdicts"]
    assert (verdict["fix"], verdict["issue"], verdict["ruling"]) == (
        fix.title, fix.issue.title, fix.verdicts.latest("judged_at").ruling,
    )  # fmt: skip


def test_in_words(cast):
    nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    take_snapshots(now=NOW)
    words = render_to_string("home/summary.txt", summary(NOW, cast.olga))
    assert "Half of the 9 leaders met a customer within 21 days." in words
    assert "12 days ago, in conversation" in words


def names_in(figures, above=""):
    for key, value in figures.items():
        yield f"{above}{key}"
        if isinstance(value, dict):
            yield from names_in(value, f"{above}{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield from names_in(value[0], f"{above}{key}[].")


def test_every_key_is_explained(cast):
    nine_leaders(cast, [12, 4, 33, 70, 21, 48, 8, 27, None], published=7)
    issue(cast, "Waiting at noon")
    soon(cast, cast.olga, 3)
    shipped_fix = live_fix(cast)
    judge(fix=shipped_fix, by=cast.adam, now=at(week(41)))
    take_snapshots(now=NOW)
    explained = set()
    for line in EXPLAINED.read_text().splitlines():
        if line.startswith("| `"):
            first, *others = re.findall(r"`([^`]+)`", line.split("|")[1])
            above = first.rpartition(".")[0]
            explained |= {first, *(f"{above}.{other}" for other in others)}
    assert set(names_in(summary(NOW, cast.olga))) == explained
