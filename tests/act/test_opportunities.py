"""Opportunities: wanted before they are built, adopted, or not, after."""

from datetime import timedelta

import pytest

from coalface.act.actions import (
    AlreadyHeard,
    AlreadyRegistered,
    JudgesTheirOwn,
    NotAnOpportunity,
    NotLiveYet,
    NotWantedEnough,
    TooSoonToJudge,
    judge_adoption,
    register_opportunity,
    ship,
    validate,
)
from coalface.act.queries import standing_of
from coalface.customers.actions import erase
from coalface.methods.results import wilson
from coalface.records.models import Fix
from coalface.verify.actions import ask_customers_instead
from tests.act.test_pages import count
from tests.people import NOW, client_for
from tests.verify import issue, proposed_fix

pytestmark = pytest.mark.django_db
LIVE = NOW + timedelta(days=30)
AFTER = LIVE + timedelta(days=30)


def idea(cast):
    fix = proposed_fix(cast, issue(cast, "Rain at the stop"))
    Fix.objects.filter(pk=fix.pk).update(lane="opportunity")
    fix.refresh_from_db()
    return fix


def registered(cast, wanted=2, share=0.2):
    return register_opportunity(
        fix=idea(cast), customers_wanted=wanted, smallest_share=share, by=cast.sven, now=NOW
    )


def live(cast, **more):
    found = registered(cast, **more)
    Fix.objects.filter(pk=found.fix_id).update(shipped_at=LIVE)
    return found


def hear(found, customer, wants, by):
    return validate(opportunity=found, customer=customer, wants=wants, by=by, now=NOW)


def test_it_is_written_down_once_and_only_of_opportunities(cast):
    found = registered(cast)
    given = {"customers_wanted": 1, "smallest_share": 0.1, "by": cast.sven, "now": NOW}
    with pytest.raises(AlreadyRegistered):
        register_opportunity(fix=found.fix, **given)
    with pytest.raises(NotAnOpportunity):
        register_opportunity(fix=proposed_fix(cast, issue(cast, "Other")), **given)


def test_each_customer_counts_once_erased_ones_too(cast):
    found = registered(cast)
    hear(found, cast.petra, True, cast.fay)
    hear(found, cast.quentin, False, cast.fay)
    with pytest.raises(AlreadyHeard):
        hear(found, cast.petra, False, cast.fay)
    half = standing_of(found)
    assert (half.asked, half.want, half.missing, half.validated) == (2, 1, 1, False)
    assert half.share == wilson(1, 2)
    hear(found, cast.rosa, True, cast.fay)
    erase(customer=cast.petra, by=cast.mina, now=NOW)
    assert standing_of(found).validated


def test_it_ships_once_as_many_want_it_as_was_written_down(cast):
    fix = idea(cast)
    ask_customers_instead(fix=fix, by=cast.mina, now=NOW)
    with pytest.raises(NotWantedEnough):
        ship(fix=fix, by=cast.sven, now=LIVE)
    found = register_opportunity(fix=fix, customers_wanted=2, smallest_share=0.2, by=cast.sven, now=NOW)
    hear(found, cast.petra, True, cast.fay)
    hear(found, cast.quentin, False, cast.fay)
    page = client_for(cast.sven).post(f"/act/{fix.pk}/ship/", follow=True).content.decode()
    assert "An opportunity ships once enough customers want it" in page
    hear(found, cast.rosa, True, cast.fay)
    assert ship(fix=fix, by=cast.sven, now=LIVE).shipped_at == LIVE


def test_a_form_sent_twice_is_one_verdict(cast):
    given = {"opportunity": live(cast), "offered": 100, "adopted": 30, "by": cast.mina, "now": AFTER}
    assert judge_adoption(**given) == judge_adoption(**given)
    assert judge_adoption(**given | {"adopted": 31}) != judge_adoption(**given)


@pytest.mark.parametrize(
    ("adopted", "ruling"), [(30, "adopted"), (25, "not_enough_evidence"), (5, "not_adopted")], ids=str
)
def test_its_verdict_is_that_of_the_interval(cast, adopted, ruling):
    found = live(cast)
    verdict = judge_adoption(opportunity=found, offered=100, adopted=adopted, by=cast.mina, now=AFTER)
    share = wilson(adopted, 100)
    assert (verdict.ruling, verdict.share_low, verdict.share_high) == (ruling, share.low, share.high)
    assert standing_of(found).verdict == verdict


def test_by_somebody_else_on_a_later_day_once_it_is_live(cast):
    found = registered(cast)
    given = {"opportunity": found, "offered": 100, "adopted": 30}
    with pytest.raises(NotLiveYet):
        judge_adoption(by=cast.mina, now=AFTER, **given)
    Fix.objects.update(shipped_at=LIVE)
    with pytest.raises(JudgesTheirOwn):
        judge_adoption(by=cast.sven, now=AFTER, **given)
    with pytest.raises(TooSoonToJudge):
        judge_adoption(by=cast.mina, now=LIVE, **given)


def test_from_the_idea_to_its_verdict_on_one_page(cast):
    fix = idea(cast)
    at, sven = f"/act/{fix.pk}/opportunity/", client_for(cast.sven)
    assert "Nothing was written down" in client_for(cast.fay).get(at).content.decode()
    assert client_for(cast.fay).post(f"{at}register/").status_code == 403
    assert "customers_wanted" in sven.post(f"{at}register/", {}).content.decode()
    sven.post(f"{at}register/", {"customers_wanted": "1", "per_cent": "20"})
    assert "1 more customer has to want it" in sven.get(at).content.decode()
    fay = client_for(cast.fay)
    assert (
        "Nobody of that name"
        in fay.post(f"{at}validate/", {"customer": "Nobody", "wants": "yes"}).content.decode()
    )
    fay.post(f"{at}validate/", {"customer": "Petra Frei", "wants": "yes"})
    fay.post(f"{at}validate/", {"customer": "Petra Frei", "wants": "no"})
    assert "Enough customers want it." in fay.get(at).content.decode()
    Fix.objects.update(shipped_at=LIVE)
    olga = client_for(cast.olga)
    assert "These are more" in olga.post(f"{at}judge/", {"offered": "10", "adopted": "11"}).content.decode()
    olga.post(f"{at}judge/", {"offered": "100", "adopted": "30"})
    page = olga.get(at).content.decode()
    assert "Adopted" in page and "30 of 100 customers took it up: between 22 and 40 %." in page
    assert fay.post(f"{at}judge/", {"offered": "100", "adopted": "30"}).status_code == 403
    assert "A customer was shown it" in fay.get(f"/act/{fix.pk}/").content.decode()


def test_it_asks_as_often_for_three_as_for_one(cast):
    found, client = registered(cast), client_for(cast.fay)
    at = f"/act/{found.fix_id}/opportunity/"
    hear(found, cast.petra, True, cast.fay)
    one = count(client, at)
    hear(found, cast.quentin, True, cast.fay)
    hear(found, cast.rosa, True, cast.fay)
    assert count(client, at) == one <= 10
