"""How complete the chain is, by the level at which something was heard."""

from datetime import timedelta

import pytest

from coalface.act.actions import decline_fix, judge_adoption, register_opportunity
from coalface.measure.actions import take_snapshots
from coalface.measure.queries import chain_figures
from coalface.meet.actions import fix_now
from coalface.methods.results import wilson
from coalface.records.models import Fix, Level, Mention, News, Position, SortedBy, Telling, Verdict
from tests.measure import ago, crowd, issue, large, met, noted
from tests.people import NOW, client_for
from tests.verify import proposed_fix

pytestmark = pytest.mark.django_db
NAMES = ["Kim", "Lou", "Max", "Noa", "Pat"]


def share(link, count, n):
    found = wilson(count, n)
    figures = {"estimate": found.estimate, "low": found.low, "high": found.high}
    return {"link": link, "count": count, "n": n, **figures}


def of(*counts, n, group="front_line", people=5):
    links = zip(("issue", "fix", "verdict", "told"), counts, strict=True)
    return {"group": group, "people": people, "n": n, "links": [share(link, c, n) for link, c in links]}


def each_hears_one_thing(cast, level=Level.FRONT_LINE, names=NAMES):
    people = crowd(cast, level, names)
    return [noted(met(cast, one, 20, [cast.petra], noted_after=None), one, 20) for one in people]


def speaks_of(about, remarks):
    Mention.objects.bulk_create(
        Mention(
            issue=about,
            remark=one,
            sorted_by=SortedBy.PERSON,
            confidence=1,
            counted=True,
            happened_at=one.noted_at,
            unit=one.encounter.unit,
        )
        for one in remarks
    )


def test_each_link_is_counted_over_everything_that_was_heard(cast):
    remarks = each_hears_one_thing(cast)
    about, unwanted = issue(cast, "Blocked cards"), issue(cast, "More parking")
    speaks_of(about, remarks[:3])
    speaks_of(unwanted, remarks[3:4])
    fix = proposed_fix(cast, about)
    assert chain_figures(NOW)["groups"] == [of(4, 3, 0, 0, n=5)]
    given = {"fix": fix, "basis": "counts", "judged_by": cast.mina}
    until = {"ruling": "not_enough_evidence", "decidable_on": ago(-30).date(), "judged_at": ago(1)}
    Verdict.objects.create(**given, **until)
    assert chain_figures(NOW)["groups"] == [of(4, 3, 0, 0, n=5)]
    Verdict.objects.create(**given, ruling="no_change", judged_at=NOW)
    Telling.objects.create(fix=fix, person=remarks[0].noted_by, news=News.VERDICT, at=NOW)
    decline_fix(fix=proposed_fix(cast, unwanted), reason="No room.", by=cast.sven, now=NOW)
    assert chain_figures(NOW) == {"groups": [of(4, 4, 4, 1, n=5)], "hidden": []}


def test_what_was_settled_on_the_spot_is_left_out(cast):
    remarks = each_hears_one_thing(cast, names=[*NAMES, "Ray"])
    fix_now(remark=remarks[0], by=remarks[0].noted_by, now=NOW)
    assert chain_figures(NOW)["groups"] == [of(0, 0, 0, 0, n=5)]


def test_a_fix_elsewhere_or_from_before_does_not_count(cast):
    remarks = each_hears_one_thing(cast)
    about = issue(cast, "Blocked cards")
    speaks_of(about, remarks)
    proposed_fix(cast, about, cast.south)
    before = proposed_fix(cast, about)
    decline_fix(fix=before, reason="No.", by=cast.sven, now=ago(21))
    assert chain_figures(NOW)["groups"] == [of(5, 0, 0, 0, n=5)]


def test_small_levels_are_joined_or_hidden_and_the_level_is_that_of_then(cast):
    each_hears_one_thing(cast, names=NAMES[:4])
    assert chain_figures(NOW) == {"groups": [], "hidden": ["front_line"]}
    each_hears_one_thing(cast, Level.SUPERVISOR, ["Ray"])
    joined = of(0, 0, 0, 0, n=5, group="supervisor+front_line")
    assert chain_figures(NOW) == {"groups": [joined], "hidden": []}


def test_who_changed_level_counts_once_however_the_levels_are_joined(cast):
    """Four people, one of them at two levels within the year, are not five."""
    kim, lou = crowd(cast, Level.FRONT_LINE, NAMES[:2])
    people = [kim, lou, *crowd(cast, Level.SUPERVISOR, NAMES[2:4])]
    heard = [noted(met(cast, one, 20, [cast.petra], noted_after=None), one, 20) for one in people]
    Position.objects.filter(person=kim).update(ends_on=NOW.date() - timedelta(days=10))
    Position.objects.create(
        person=kim, unit=cast.north, level=Level.SUPERVISOR, starts_on=NOW.date() - timedelta(days=10)
    )
    noted(met(cast, kim, 5, [cast.petra], noted_after=None), kim, 5)
    assert len({one.noted_by for one in heard}) == 4
    assert chain_figures(NOW) == {"groups": [], "hidden": ["supervisor", "front_line"]}


def test_an_opportunity_is_judged_by_its_adoption(cast):
    remarks, about = each_hears_one_thing(cast), issue(cast, "Rain at the stop")
    speaks_of(about, remarks)
    Fix.objects.filter(pk=proposed_fix(cast, about).pk).update(lane="opportunity")
    given = {"fix": Fix.objects.get(), "customers_wanted": 1, "smallest_share": 0.2}
    found = register_opportunity(**given, by=cast.sven, now=NOW)
    Fix.objects.update(shipped_at=ago(2))
    judge_adoption(opportunity=found, offered=100, adopted=30, by=cast.mina, now=NOW)
    assert chain_figures(NOW)["groups"] == [of(5, 5, 5, 0, n=5)]


def test_the_page_shows_each_group_and_says_so_where_there_is_none(cast):
    client = client_for(cast.fay)
    large()
    assert "The first will be here tomorrow." in client.get("/measure/chain/").content.decode()
    take_snapshots(now=NOW)
    assert "At no level have 5 people heard" in client.get("/measure/chain/").content.decode()
    speaks_of(issue(cast, "Blocked cards"), each_hears_one_thing(cast)[:2])
    take_snapshots(now=NOW)
    page = client.get("/measure/chain/").content.decode()
    assert "Heard by: Front line" in page and "5 things, heard by 5 people." in page
    rows = client.get("/measure/chain/?as=csv").getvalue().decode().splitlines()
    assert len(rows) == 5
