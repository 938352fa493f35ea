"""The page of one issue: by whom, how often, through what, worth how much – and who may see which of it."""

from datetime import date, timedelta

import pytest
import uuid_utils.compat as uuid
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.act.actions import open_fix
from coalface.customers.actions import NewCustomer, add_customers
from coalface.meet.actions import hold, note_remark
from coalface.methods.results import wilson
from coalface.plan.actions import plan_encounter
from coalface.records.models import Depth, Event, Feedback, Fix, Issue, Lane, Mention, Sighting
from coalface.understand import queries
from coalface.understand.actions import see, sort_remark
from coalface.understand.queries.sources import SOURCES
from tests.people import NOW, Cast, client_for
from tests.understand import heard, issue_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


def people_of(cast: Cast, segment: str, count: int, unit, **more) -> list:
    rows = [NewCustomer(name=f"{segment} {n}", unit=unit, segment=segment, **more) for n in range(count)]
    return add_customers(rows=rows, by=None, now=NOW)


def complain(cast: Cast, customers, days_ago: int = 1, **more) -> None:
    for customer in customers:
        heard(cast, "A queue", days_ago=days_ago, customer=customer, unit=customer.unit, **more)


def page(person, issue: Issue, **query):
    return client_for(person).get(reverse("understand:issue", args=[issue.pk]), query)


def words(response) -> str:
    return " ".join(response.content.decode().split())


# --- who says it ---------------------------------------------------------------------------------


def test_a_rate_is_of_those_we_serve_so_the_largest_is_not_at_the_top(cast):
    issue = issue_of(cast, "Waiting", "queue")
    private = people_of(cast, "many", 100, cast.north)
    business = people_of(cast, "few", 20, cast.south)
    complain(cast, private[:10])
    complain(cast, business[:8])
    found = queries.named_by(issue=issue, today=TODAY)
    assert [(rate.segment, rate.figure, rate.hidden) for rate in found.segments] == [
        ("few", wilson(8, 20), False),
        ("many", wilson(10, 100), False),
        ("private", None, True),
    ]
    assert [(rate.unit, rate.figure, rate.said) for rate in found.places] == [
        (cast.south, wilson(8, 20), 8),
        (cast.north, wilson(10, 103), 10),
    ]
    assert found.most == wilson(8, 20).high


def test_a_customer_who_says_it_twice_is_one_and_a_year_ago_is_too_long_ago(cast):
    issue = issue_of(cast, "Waiting", "queue")
    ours = people_of(cast, "many", 30, cast.north)
    complain(cast, [*ours[:6], *ours[:6]])
    complain(cast, ours[10:20], days_ago=400)
    (rate, _) = queries.named_by(issue=issue, today=TODAY).segments
    assert rate.figure == wilson(6, 30)


def test_a_small_group_is_hidden_and_so_is_the_one_by_which_it_could_be_told(cast):
    issue = issue_of(cast, "Waiting", "queue")
    groups = {name: people_of(cast, name, 40, cast.south) for name in ("a", "b", "c")}
    for name, count in (("a", 9), ("b", 7), ("c", 2)):
        complain(cast, groups[name][:count])
    found = queries.named_by(issue=issue, today=TODAY)
    assert {rate.segment: (rate.figure, rate.hidden) for rate in found.segments} == {
        "a": (wilson(9, 40), False),
        "b": (None, True),
        "c": (None, True),
        "private": (None, True),
    }


def test_where_nobody_knows_how_many_customers_there_are_only_the_rows_are_told(cast):
    issue = issue_of(cast, "Waiting", "queue")
    heard(cast, "A queue", days_ago=1, unit=cast.south)
    (place,) = queries.named_by(issue=issue, today=TODAY).places
    assert (place.unit, place.figure, place.hidden, place.said) == (cast.south, None, False, 1)


def test_value_at_risk_by_currency_and_for_how_many_it_is_unknown(cast):
    issue = issue_of(cast, "Waiting", "queue")
    francs = people_of(cast, "many", 2, cast.north, yearly_value=120_000, currency="CHF")
    euros = people_of(cast, "few", 1, cast.north, yearly_value=50_000, currency="EUR")
    silent = people_of(cast, "rest", 3, cast.north, yearly_value=9_000_000, currency="CHF")
    complain(cast, [*francs, *euros, *people_of(cast, "none", 2, cast.north)])
    complain(cast, silent, days_ago=500)
    worth = queries.named_by(issue=issue, today=TODAY).worth
    assert worth == queries.Worth([("CHF", 240_000), ("EUR", 50_000)], customers=5, unknown=2)


def test_what_customers_are_worth_is_told_to_those_who_may_see_it(cast):
    issue = issue_of(cast, "Waiting", "queue")
    lately = (NOW - timezone.now()).days + 2
    rich = people_of(cast, "many", 1, cast.north, yearly_value=120_000, currency="CHF")
    complain(cast, rich, days_ago=lately)
    assert "CHF 1,200" in words(page(cast.adam, issue))
    assert "Value at risk" not in words(page(cast.fay, issue))


# --- through what --------------------------------------------------------------------------------


def of_each_source(cast: Cast) -> Issue:
    issue = issue_of(cast, "Waiting", "queue")
    visit = plan_encounter(
        format=cast.visit, unit=cast.north, starts_at=NOW, person=cast.olga, customers=[cast.petra],
        chosen_by="person", by=cast.olga, now=NOW - timedelta(days=1),
    )  # fmt: skip
    hold(encounter=visit, by=cast.olga, now=NOW)
    note_remark(
        id=uuid.uuid7(), encounter=visit, kind="complaint", text="We stood in a queue", customer=cast.petra,
        by=cast.olga, now=NOW,
    )  # fmt: skip
    for event in Event.objects.filter(kind="remark.noted"):
        sort_remark(event=event, now=NOW)
    heard(cast, "The queue, a customer told me", "The queue again, I was told", reported_by=cast.fay)
    heard(cast, "Queue!", "Such a queue", "A queue at noon")
    heard(cast, "Seven of ten because of the queue", nps=7)
    heard(cast, "The queue, in a survey", channel="survey")
    return issue


def test_the_same_thing_is_heard_in_five_ways_side_by_side(cast):
    issue = of_each_source(cast)
    found = queries.heard_by(issue=issue, today=TODAY, words=queries.has_words())
    assert [(one.source, one.count, round(one.share, 3)) for one in found] == [
        ("own_contact", 1, 0.125),
        ("front_line", 2, 0.25),
        ("unasked", 3, 0.375),
        ("surveys", 2, 0.25),
        ("research", 0, 0.0),
    ]
    newest = [one.newest and (one.newest.feedback or one.newest.remark).verbatim.text for one in found]
    assert (newest[0], newest[4]) == ("We stood in a queue", None)
    assert newest[1] in ("The queue, a customer told me", "The queue again, I was told")


def test_each_number_leads_to_as_many_rows(cast):
    issue = of_each_source(cast)
    found = queries.heard_by(issue=issue, today=TODAY, words=queries.has_words())
    for one in found:
        rows = queries.mentions_of(issue, queries.Narrowed(source=one.source))
        assert rows.count() == one.count
    assert tuple(one.source for one in found) == SOURCES
    for how in queries.sorted_how(issue=issue):
        assert queries.mentions_of(issue, queries.Narrowed(sorted_by=how.by)).count() == how.count


@pytest.mark.parametrize(("whom", "rows"), [("known", 1), ("valued", 0), ("unknown", 7)])
def test_rows_by_whether_we_know_the_customer(cast, whom, rows):
    issue = of_each_source(cast)
    address = reverse("understand:mentions", args=[issue.pk])
    for person, seen in ((cast.adam, rows), (cast.fay, 8)):
        answer = client_for(person).get(address, {"customers": whom})
        assert answer.context["page"].paginator.count == seen


def test_a_segment_is_followed_to_its_words_only_by_who_may_look_at_all_customers(cast):
    issue = issue_of(cast, "Waiting", "queue")
    complain(cast, people_of(cast, "few", 3, cast.south))
    complain(cast, people_of(cast, "many", 2, cast.south))
    address = reverse("understand:mentions", args=[issue.pk])
    for person, seen in ((cast.adam, 3), (cast.olga, 3), (cast.fay, 5), (cast.ada, 5)):
        answer = client_for(person).get(address, {"segment": "few"})
        assert answer.context["page"].paginator.count == seen


def test_how_it_was_sorted_and_what_waits_for_a_person(cast):
    issue = issue_of(cast, "Waiting", "queue", "waited")
    heard(cast, "A queue", "I waited in a queue")
    Mention.objects.create(
        issue=issue, feedback=heard(cast, "Something else")[0], sorted_by="model", confidence=0.4,
        counted=False, happened_at=NOW, unit=cast.north,
    )  # fmt: skip
    (how,) = queries.sorted_how(issue=issue)
    assert (how.by, how.count, round(how.confidence, 2)) == ("route", 2, 0.7)
    assert "1 more may belong here" in words(page(cast.adam, issue))
    assert "may belong here" not in words(page(cast.olga, issue))


# --- how often -----------------------------------------------------------------------------------


def weekly(cast: Cast, counts) -> None:
    """So many in each week, the last of them the week before that of NOW."""
    for back, count in enumerate(reversed(counts), 1):
        days = 7 * back - 2
        if count:
            heard(cast, *(f"A queue, number {n} of {back}" for n in range(count)), days_ago=days)


def test_a_week_that_is_out_of_the_usual_is_news(cast):
    issue = issue_of(cast, "Waiting", "queue")
    weekly(cast, [4, 6, 5] * 5 + [5] * 7 + [16])
    chart = queries.weeks_of(issue=issue, today=TODAY)
    told = [(week.starts_on, week.count, week.signal) for week in chart.told()]
    assert told == [(date(2026, 2, 23), 16, "above")]
    assert (chart.chart.n, chart.chart.centre, chart.weeks[-1].phase) == (15, 5.0, "running")


def test_before_anything_was_heard_there_was_no_silence(cast):
    issue = issue_of(cast, "Waiting", "queue")
    weekly(cast, [5, 5, 5])
    chart = queries.weeks_of(issue=issue, today=TODAY)
    assert ([week.count for week in chart.weeks], chart.chart.missing) == ([5, 5, 5, 0], "points")


def test_limits_come_from_before_the_first_fix(cast):
    issue = issue_of(cast, "Waiting", "queue")
    weekly(cast, [8, 10, 9] * 7 + [9] + [2] * 10)
    fix = open_fix(
        issue=issue, title="A second till", lane=Lane.THIS_WEEK, owner=cast.sven, due_on=TODAY, by=cast.olga,
        now=NOW - timedelta(weeks=12),
    )  # fmt: skip
    shipped_at = NOW - timedelta(weeks=10)
    Fix.objects.filter(pk=fix.pk).update(accepted_at=shipped_at, shipped_at=shipped_at)
    chart = queries.weeks_of(issue=issue, today=TODAY)
    assert (chart.chart.n, chart.shipped_on) == (22, TODAY - timedelta(weeks=10))
    assert {week.signal for week in chart.told()} == {"low"}
    assert len(chart.told()) == 3


# --- having read it ------------------------------------------------------------------------------


def press(person, issue: Issue, **form):
    return client_for(person).post(reverse("understand:read_quotes", args=[issue.pk]), form)


def test_reading_is_said_by_a_press_seen_by_the_reader_alone_and_taken_back(cast):
    issue = issue_of(cast, "Waiting", "queue")
    heard(cast, "We stood in a queue for an hour", "A queue as long as the street is")
    shown = page(cast.olga, issue)
    assert Sighting.objects.count() == 0  # looking at a page is no reading
    quotes = [line.mention.pk for line in shown.context["quotes"]]
    assert (sorted(shown.context["reading"].unread), shown.context["reading"].read) == (sorted(quotes), [])
    events = Event.objects.count()
    assert press(cast.olga, issue, quotes=quotes).url.endswith(f"/{issue.pk}/#words")
    assert set(Sighting.objects.values_list("person", "depth")) == {(cast.olga.pk, "reading")}
    assert "You have read 2 of these" in words(page(cast.olga, issue))
    assert "You have read" not in words(page(cast.rolf, issue))
    press(cast.olga, issue, quotes=quotes, undo="yes")
    assert (Sighting.objects.count(), Event.objects.count()) == (0, events)


def test_who_met_the_customer_need_not_read_it_and_forgets_nothing_by_taking_back(cast):
    issue = issue_of(cast, "Waiting", "queue")
    (feedback,) = heard(cast, "We stood in a queue for an hour")
    see(person=cast.olga, depth=Depth.CONVERSING, feedback=feedback, now=NOW)
    reading = page(cast.olga, issue).context["reading"]
    assert (reading.unread, reading.read) == ([], [])
    press(cast.olga, issue, quotes=[feedback.mentions.get().pk], undo="yes")
    assert Sighting.objects.get().depth == "conversing"


def test_only_what_somebody_may_read_can_be_said_to_be_read(cast):
    issue = issue_of(cast, "Waiting", "queue")
    (feedback,) = heard(cast, "We stood in a queue for an hour")
    for given in ([feedback.mentions.get().pk], ["x"], ["9" * 30], []):
        press(cast.gus, issue, quotes=given)
    assert Sighting.objects.count() == 0


def test_quotes_that_tell_come_before_cries_and_nothing_is_quoted_twice(cast):
    issue = issue_of(cast, "Waiting", "queue")
    heard(cast, "Queue!!!", "We waited twenty minutes in a queue of three.", days_ago=2)
    heard(cast, "Queue", days_ago=1)
    for day in range(3, 9):
        heard(cast, f"A queue of {day} people and nobody opened a window.", days_ago=day)
    heard(cast, "We waited twenty minutes in a queue of three.", days_ago=1)
    found = queries.quotes(issue=issue, readable=~queries.has_words() | queries.has_words())
    texts = [mention.feedback.verbatim.text for mention in found]
    assert texts[0] == "We waited twenty minutes in a queue of three."
    assert (len(texts), len(set(texts)), "Queue" in texts) == (5, 5, False)


# --- what it costs -------------------------------------------------------------------------------


def test_the_page_asks_as_often_for_fifty_as_for_three(cast):
    issue = of_each_source(cast)
    client, address = client_for(cast.mina), reverse("understand:issue", args=[issue.pk])
    costs = []
    for more in (3, 47):
        complain(cast, people_of(cast, f"group {more}", more, cast.south))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        costs.append(len(asked))
    assert costs == [30, 30]
    assert Feedback.objects.count() > 50
