"""The chain from heard to told, from every link of it, with what is missing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from coalface.act.actions import decline_fix, judge_adoption, merge_fixes, register_opportunity
from coalface.act.queries import chain_of_fix, chain_of_issue, chain_of_source
from coalface.customers.actions import erase
from coalface.hear.actions import withdraw
from coalface.records.models import (
    EvaluationPlan,
    Fix,
    Issue,
    Mention,
    News,
    OutgoingMessage,
    SortedBy,
    Telling,
    Verdict,
)
from coalface.understand.actions import merge
from coalface.verify.queries import decidable_on
from tests.act.test_pages import count
from tests.meet import LATER, held
from tests.meet import said as noted
from tests.people import client_for
from tests.verify import issue, proposed_fix, said, shipped

pytestmark = pytest.mark.django_db
WORDS = "Nobody told me. Write to petra@home.example."


def speaks_of(remark, about: Issue, **more) -> Mention:
    given = {"sorted_by": SortedBy.PERSON, "confidence": 1, "counted": True} | more
    return Mention.objects.create(
        issue=about, remark=remark, happened_at=remark.noted_at, unit=remark.encounter.unit, **given
    )


def remark_of(cast):
    return noted(held(cast), cast.olga, WORDS)


def shipped_now(cast, about, unit=None):
    fix = shipped(cast, proposed_fix(cast, about, unit))
    fix.shipped_at = LATER + timedelta(days=1)
    fix.save()
    return fix


def judged(cast, fix, **more):
    given = {"ruling": "no_change", "basis": "counts", "judged_by": cast.mina, "judged_at": timezone.now()}
    return Verdict.objects.create(fix=fix, **given | more)


def tell(fix, **whom):
    message = OutgoingMessage.objects.create(key=f"{fix.pk}-{whom}", template="told", due_at=LATER, **whom)
    return Telling.objects.create(fix=fix, news=News.SHIPPED, at=LATER, message=message, **whom)


def links(chain):
    return [(strand.issue.title, strand.fix, strand.missing) for strand in chain.strands]


def test_what_nobody_has_sorted_waits_and_what_belongs_nowhere_is_whole(cast):
    remark = remark_of(cast)
    Mention.objects.all().delete()
    waits = chain_of_source(remark)
    assert (waits.strands, waits.waits, waits.missing) == ([], True, "issue")
    speaks_of(remark, None, counted=False, settled_at=LATER, settled_by=cast.adam)
    nowhere = chain_of_source(remark)
    assert (nowhere.strands, nowhere.waits, nowhere.missing) == ([], None, "")


def test_each_link_is_added_as_it_comes_about(cast):
    remark, about = remark_of(cast), issue(cast, "Blocked cards")
    Mention.objects.all().delete()
    speaks_of(remark, about)
    assert links(chain_of_source(remark)) == [("Blocked cards", None, "fix")]
    fix = shipped_now(cast, about)
    EvaluationPlan.objects.update(decidable_on=date(2025, 10, 1))
    strand = chain_of_source(remark).strands[0]
    late = fix.shipped_at.date() - fix.due_on
    assert (strand.fix, strand.missing, strand.not_before) == (fix, "verdict", date(2025, 10, 1) + late)
    assert strand.not_before == decidable_on(fix)
    judged(cast, fix, ruling="not_enough_evidence", decidable_on=date(2025, 12, 1))
    strand = chain_of_source(remark).strands[0]
    assert (strand.missing, strand.not_before) == ("verdict", date(2025, 12, 1))
    judged(cast, fix)
    assert chain_of_source(remark).missing == "told"
    tell(fix, customer=cast.rosa)
    assert chain_of_source(remark).missing == "told"
    tell(fix, customer=cast.petra)
    tell(fix, person=cast.olga)
    whole = chain_of_source(remark)
    assert (whole.missing, whole.strands[0].them_at, whole.strands[0].us_at) == ("", LATER, LATER)
    of_all = chain_of_fix(fix).strands[0]
    assert (of_all.customers, of_all.people, of_all.missing) == (2, 1, "")


def test_a_fix_elsewhere_or_from_before_answers_something_else(cast):
    remark, about = remark_of(cast), issue(cast, "Blocked cards")
    Mention.objects.all().delete()
    speaks_of(remark, about)
    shipped(cast, proposed_fix(cast, about))
    shipped_now(cast, about, unit=cast.south)
    assert links(chain_of_source(remark)) == [("Blocked cards", None, "fix")]
    assert len(chain_of_issue(about).strands) == 2


def test_an_opportunity_is_judged_by_whether_it_was_taken_up(cast):
    fix = proposed_fix(cast, issue(cast, "Rain at the stop"))
    Fix.objects.filter(pk=fix.pk).update(lane="opportunity")
    given = {"customers_wanted": 1, "smallest_share": 0.2, "by": cast.sven, "now": LATER}
    found = register_opportunity(fix=fix, **given)
    Fix.objects.update(shipped_at=LATER)
    fix.refresh_from_db()
    assert chain_of_fix(fix).missing == "verdict"
    after = LATER + timedelta(days=9)
    verdict = judge_adoption(opportunity=found, offered=100, adopted=30, by=cast.mina, now=after)
    chain = chain_of_fix(fix)
    assert (chain.strands[0].adoption, chain.missing) == (verdict, "told")
    assert "Adopted" in client_for(cast.mina).get(f"/act/chain/fix/{fix.pk}/").content.decode()


def test_a_no_has_nothing_to_judge_but_is_told(cast):
    about = issue(cast, "Blocked cards")
    fix = proposed_fix(cast, about)
    decline_fix(fix=fix, reason="Too dear.", by=cast.sven, now=LATER)
    assert chain_of_issue(about).missing == "told"


def test_not_enough_evidence_says_when_it_is_looked_at_again(cast):
    fix = shipped_now(cast, issue(cast, "Blocked cards"))
    judged(cast, fix, ruling="not_enough_evidence", decidable_on=date(2026, 9, 1))
    assert chain_of_fix(fix).strands[0].not_before == date(2026, 9, 1)


def test_what_was_merged_leads_to_what_it_is_part_of(cast):
    old, new = issue(cast, "Cards blocked"), issue(cast, "Blocked cards")
    one, other = proposed_fix(cast, old), proposed_fix(cast, new)
    merge(issue=old, into=new, by=cast.adam, now=LATER)
    one.refresh_from_db()
    merge_fixes(fix=one, into=other, by=cast.sven, now=LATER)
    one.refresh_from_db()
    assert links(chain_of_issue(new)) == [("Blocked cards", other, "verdict")]
    assert chain_of_fix(one).strands == chain_of_fix(other).strands
    client = client_for(cast.fay)
    assert client.get(f"/act/chain/issue/{old.pk}/").headers["Location"] == f"/act/chain/issue/{new.pk}/"
    assert client.get(f"/act/chain/fix/{one.pk}/").headers["Location"] == f"/act/chain/fix/{other.pk}/"
    page = client.get(f"/act/chain/fix/{other.pk}/").content.decode()
    assert "Another fix became part of it: Warn before the card is blocked." in page


def test_words_are_open_to_who_wrote_them_down_masked_to_who_leads_and_closed_to_others(cast):
    remark, about = remark_of(cast), issue(cast, "Blocked cards")
    Mention.objects.all().delete()
    speaks_of(remark, about)
    own = client_for(cast.olga).get(f"/act/chain/remark/{remark.pk}/").content.decode()
    assert "petra@home.example" in own and "there is no fix" in own
    assert client_for(cast.fay).get(f"/act/chain/remark/{remark.pk}/").status_code == 403
    seen = client_for(cast.fay).get(f"/act/chain/issue/{about.pk}/").content.decode()
    assert "Said 1 time" in seen
    assert "Nobody told me" not in seen


def test_of_an_erased_customer_the_chain_stays_without_their_words(cast):
    remark, about = remark_of(cast), issue(cast, "Blocked cards")
    Mention.objects.all().delete()
    speaks_of(remark, about)
    erase(customer=cast.petra, by=cast.mina, now=LATER)
    page = client_for(cast.mina).get(f"/act/chain/remark/{remark.pk}/").content.decode()
    assert "These words were erased at the customer’s wish." in page
    assert "by a customer who was erased" in page
    assert "Nobody told me" not in page and "Petra" not in page
    assert "Blocked cards" in page


def test_of_what_was_taken_back_nothing_follows(cast):
    feedback = said(issue(cast, "Blocked cards"), cast.north, [1])[0].feedback
    withdraw(feedback=feedback, now=LATER)
    feedback.refresh_from_db()
    chain = chain_of_source(feedback)
    assert (chain.strands, chain.missing) == ([], "")
    page = client_for(cast.olga).get(f"/act/chain/feedback/{feedback.pk}/").content.decode()
    assert "Nothing more follows from it." in page
    assert "Nobody has sorted it yet." not in page and "belongs to no issue" not in page


def test_from_feedback_it_is_for_who_reads_it(cast):
    about = issue(cast, "Blocked cards")
    feedback = said(about, cast.north, [1])[0].feedback
    assert client_for(cast.fay).get(f"/act/chain/feedback/{feedback.pk}/").status_code == 404
    page = client_for(cast.olga).get(f"/act/chain/feedback/{feedback.pk}/")
    assert page.context["chain"].missing == "fix"


@pytest.mark.parametrize("at", ["issue", "fix"])
def test_it_asks_as_often_for_three_as_for_one(cast, at):
    about = issue(cast, "One")
    fix = shipped_now(cast, about)
    said(about, cast.north, [1])
    address = f"/act/chain/{at}/{fix.pk if at == 'fix' else about.pk}/"
    client = client_for(cast.olga)
    one = count(client, address)
    judged(cast, proposed_fix(cast, about))
    proposed_fix(cast, about)
    said(about, cast.north, [3])
    assert count(client, address) == one <= 14
