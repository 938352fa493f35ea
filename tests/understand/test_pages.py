"""Pages of issues: what they show, to whom, and at what cost."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.meet.actions import hold, note_remark
from coalface.plan.actions import plan_encounter
from coalface.records.models import Awareness, Event, Feedback, Issue, Route, Sighting
from coalface.understand.actions import propose_issue, sort_remark
from tests.people import NOW, client_for
from tests.understand import heard, issue_of

pytestmark = pytest.mark.django_db


def lately(cast, *texts, days_ago=3, **more):
    """Heard some days before the day on which the test runs."""
    return heard(cast, *texts, days_ago=(NOW - timezone.now()).days + days_ago, **more)


def page(person, name, *args, **query):
    return client_for(person).get(reverse(f"understand:{name}", args=args), query)


def press(person, name, /, *args, **form):
    return client_for(person).post(reverse(f"understand:{name}", args=args), form, follow=True)


def text(response):
    return " ".join(response.content.decode().split())


def cost(person, name, *args, **query):
    client = client_for(person)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(reverse(f"understand:{name}", args=args), query).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["index", "propose"])
def test_everybody_sees_issues(cast, name):
    for person in (cast.olga, cast.mina, cast.adam, cast.fay, cast.ada):
        assert page(person, name).status_code == 200
    assert reverse("account_login") in page_of_a_stranger(name).url


def page_of_a_stranger(name):
    from django.test import Client

    return Client().get(reverse(f"understand:{name}"))


def test_only_those_who_study_sort_confirm_and_merge(cast):
    issue = issue_of(cast, "Waiting", "queue")
    for person, status in ((cast.adam, 200), (cast.mina, 200), (cast.olga, 403), (cast.fay, 403)):
        assert page(person, "unsure").status_code == status
        assert page(person, "route", issue.pk).status_code == status
    for name in ("confirm", "merge"):
        assert press(cast.olga, name, issue.pk).status_code == 403
        assert page(cast.adam, name, issue.pk).status_code == 405


def test_without_issues_the_page_says_what_an_issue_is(cast):
    assert "No issue yet" in text(page(cast.fay, "index"))
    assert "No issue fits these filters" in text(page(cast.fay, "index", kind="price"))


def test_the_list_says_how_often_and_every_number_opens_its_rows(cast):
    issue = issue_of(cast, "Waiting", "queue")
    lately(cast, "A queue", "Another queue")
    lately(cast, "An old queue", days_ago=200)
    lately(cast, "A very old queue", days_ago=500)
    listed = page(cast.fay, "index")
    [(row, known)] = listed.context["rows"]
    assert (row.said_quarter, row.said_year, known) == (2, 3, [])
    year_ago = listed.context["year_ago"]
    assert (
        f'<a href="{reverse("understand:mentions", args=[issue.pk])}?from={year_ago:%Y-%m-%d}">3</a>'
        in text(listed)
    )
    behind = page(cast.fay, "mentions", issue.pk, **{"from": year_ago.isoformat()})
    assert behind.context["page"].paginator.count == 3


def test_what_is_said_most_of_all_lately_comes_first(cast):
    issue_of(cast, "Fees", "fee")
    issue_of(cast, "Waiting", "queue")
    lately(cast, "A queue")
    assert [issue.title for issue, _ in page(cast.fay, "index").context["rows"]] == ["Waiting", "Fees"]
    proposed = propose_issue(title="Noise", kind="people", by=cast.fay, now=NOW)
    assert [issue for issue, _ in page(cast.fay, "index", show="proposed").context["rows"]] == [proposed]
    assert page(cast.fay, "index", kind="people").context["rows"] == []


def test_lists_cost_the_same_with_one_row_and_with_three(cast):
    first = issue_of(cast, "Issue 1", "word 1")
    lately(cast, "word 1", "nothing")
    Awareness.objects.create(group="top", issue=first, unit=cast.root, as_of=NOW.date(), value=0.5, n=5)
    before = [
        cost(cast.adam, "index"),
        cost(cast.adam, "mentions", first.pk),
        cost(cast.adam, "unsure"),
        cost(cast.adam, "issue", first.pk),
    ]
    for number in (2, 3):
        other = issue_of(cast, f"Issue {number}", f"word {number}")
        Awareness.objects.create(group="top", issue=other, unit=cast.root, as_of=NOW.date(), value=0.5, n=5)
        lately(cast, "word 1", f"word {number}", f"nothing {number}", unit=cast.south)
    after = [
        cost(cast.adam, "index"),
        cost(cast.adam, "mentions", first.pk),
        cost(cast.adam, "unsure"),
        cost(cast.adam, "issue", first.pk),
    ]
    assert after == before


def test_an_issue_speaks_in_customers_words_to_those_who_may_read_them(cast):
    issue = issue_of(cast, "Waiting", "queue")
    lately(cast, "Hello there. The queue is endless!", customer=cast.petra)
    lately(cast, "My queue story", unit=cast.south, reported_by=cast.gus)
    leader = text(page(cast.olga, "issue", issue.pk))
    assert "The queue is endless!" in leader
    assert "Hello there" not in leader
    assert "My queue story" in leader
    assert "Open a fix" in leader
    member = text(page(cast.gus, "issue", issue.pk))
    assert "My queue story" in member
    assert "The queue is endless!" not in member
    assert "Open a fix" not in member
    assert "units you lead" in text(page(cast.fay, "issue", issue.pk))
    rows = text(page(cast.fay, "mentions", issue.pk))
    assert "Said 2 times" in rows
    assert rows.count("Whoever leads this unit can read the words.") == 2
    assert "My queue story" not in rows


def test_answers_without_words_can_be_left_out(cast):
    issue = issue_of(cast, "Waiting", "queue")
    _, tapped = lately(cast, "The queue is endless!", "The queue again")
    Feedback.objects.filter(pk=tapped.pk).update(verbatim=None)
    said = [text(page(cast.adam, "mentions", issue.pk, **narrowed)) for narrowed in ({}, {"worded": "on"})]
    assert ["Said 2 times" in said[0], "Said 1 time." in said[1]] == [True, True]
    assert "The queue is endless!" in said[1]


def test_a_remark_opens_its_encounter_for_those_who_may(cast):
    issue = issue_of(cast, "Waiting", "queue")
    visit = plan_encounter(
        format=cast.visit,
        unit=cast.north,
        starts_at=NOW,
        person=cast.olga,
        customers=[cast.petra],
        chosen_by="planner",
        by=cast.mina,
        now=NOW,
    )
    hold(encounter=visit, by=cast.olga, now=NOW)
    note_remark(id=uuid.uuid7(), encounter=visit, kind="complaint", by=cast.olga, now=NOW, text="A queue!")
    note_remark(
        id=uuid.uuid7(),
        encounter=visit,
        kind="complaint",
        by=cast.olga,
        now=NOW,
        reading="They meant the queue",
    )
    for event in Event.objects.filter(kind="remark.noted"):
        sort_remark(event=event, now=NOW)
    href = reverse("meet:encounter", args=[visit.pk])
    assert href in text(page(cast.olga, "mentions", issue.pk))
    assert href in text(page(cast.mina, "mentions", issue.pk))
    seen_by_rolf = text(page(cast.rolf, "mentions", issue.pk))
    assert href not in seen_by_rolf
    assert "A queue!" in seen_by_rolf
    assert "They meant the queue" in seen_by_rolf


def test_an_issue_says_where_when_and_who_knows(cast):
    issue = issue_of(cast, "Waiting", "queue")
    lately(cast, "A queue", "A second queue")
    lately(cast, "A queue", unit=cast.south)
    for group, value in (("front_line+supervisor", 0.9), ("top", 0.25)):
        Awareness.objects.create(group=group, issue=issue, unit=cast.root, as_of=NOW.date(), value=value, n=6)
    Awareness.objects.create(
        group="top", issue=issue, unit=cast.root, as_of=NOW.date() - timedelta(1), value=1, n=6
    )
    shown = page(cast.olga, "issue", issue.pk)
    assert [
        (place.unit, place.said, place.figure, place.hidden) for place in shown.context["named_by"].places
    ] == [(cast.north, 2, None, True), (cast.south, 1, None, False)]
    assert [(known.levels, known.value) for known in shown.context["known"]] == [
        (("front_line", "supervisor"), 0.9),
        (("top",), 0.25),
    ]
    assert sum(week.count for week in shown.context["weeks"].weeks) == 3
    rows = reverse("understand:mentions", args=[issue.pk])
    link = f'{rows}?unit={cast.north.pk}&amp;from={shown.context["year_ago"]:%Y-%m-%d}">2</a>'
    assert link in text(shown)
    assert page(cast.olga, "mentions", issue.pk, unit=cast.north.pk).context["page"].paginator.count == 2
    assert page(cast.olga, "mentions", issue.pk, unit=cast.root.pk).context["page"].paginator.count == 3


def test_the_days_of_a_spike_can_be_left_out(cast):
    issue = issue_of(cast, "Waiting", "queue")
    for day in (2, 9, 16):
        heard(cast, "A queue", days_ago=day)  # 28, 21 and 14 February
    found = page(
        cast.olga,
        "mentions",
        issue.pk,
        spike_from="2026-02-20",
        spike_until="2026-02-22",
        **{"from": "2026-02-14", "until": "2026-03-01"},
    )
    assert found.context["page"].paginator.count == 2
    assert "without the weeks of the spike" in text(found)
    assert page(cast.olga, "mentions", issue.pk, **{"from": "nonsense"}).context["page"].paginator.count == 3
    assert "Nothing was said about it" in text(page(cast.olga, "mentions", issue.pk, until="2026-01-01"))
    for name in ("from", "until", "spike_from"):  # where the calendar ends no midnight can be told
        for day in ("0001-01-01", "9999-12-31"):
            assert page(cast.olga, "mentions", issue.pk, **{name: day}).context["page"].paginator.count == 3


def test_anybody_proposes_and_an_analyst_confirms_at_once(cast):
    form = {"title": "Waiting", "kind": "service", "owner": cast.north.pk}
    assert "Nothing is sorted to it" in text(press(cast.fay, "propose", **form))
    proposed = Issue.objects.get()
    assert (proposed.proposed_by, proposed.owner, proposed.confirmed_at) == (cast.fay, cast.north, None)
    press(cast.adam, "confirm", proposed.pk)
    assert Issue.objects.standing().get() == proposed
    assert "before you" in text(press(cast.adam, "confirm", proposed.pk))
    press(cast.adam, "propose", **form | {"title": "Fees", "confirm": "yes"})
    assert Issue.objects.standing().count() == 2
    press(cast.fay, "propose", **form | {"title": "Noise", "confirm": "yes"})
    assert Issue.objects.standing().count() == 2
    assert "errorlist" in text(press(cast.fay, "propose", kind="service"))


def test_words_are_edited_one_a_line(cast):
    issue = issue_of(cast, "Waiting", "queue")
    lately(cast, "", topic="Parking")
    form = page(cast.adam, "route", issue.pk)
    assert "Parking" in text(form)
    press(cast.adam, "route", issue.pk, phrases="queue\r\nlong wait*\r\n", unless="coffee", topics="")
    route = Route.objects.get()
    assert (route.phrases, route.unless, route.topics) == (["queue", "long wait*"], ["coffee"], [])
    assert "too short" in text(press(cast.adam, "route", issue.pk, phrases="q"))
    many = "\n".join(f"word {number}" for number in range(301))
    assert "at most 300" in text(press(cast.adam, "route", issue.pk, phrases=many))
    assert Route.objects.get() == route


def test_issues_are_merged_on_the_page_of_one_of_them(cast):
    old, new = issue_of(cast, "Queue", "queue"), issue_of(cast, "Waiting", "waited")
    assert "Choose the issue" in text(press(cast.adam, "merge", old.pk, into=old.pk))
    assert "They are one issue now." in text(press(cast.adam, "merge", old.pk, into=new.pk))
    assert page(cast.fay, "issue", old.pk).url == reverse("understand:issue", args=[new.pk])
    assert "merged by somebody else" in text(press(cast.adam, "merge", old.pk, into=new.pk))


def test_reading_counts_by_an_explicit_press_and_nobody_else_sees_it(cast):
    [said] = lately(cast, "A queue")
    assert press(cast.fay, "read", said.pk).status_code == 403
    assert press(cast.olga, "read", said.pk).status_code == 200
    assert list(Sighting.objects.values_list("person", "depth")) == [(cast.olga.pk, "reading")]
    page_of_it = reverse("hear:feedback", args=[said.pk])
    assert cast.olga.name in text(client_for(cast.olga).get(page_of_it)).split("Who of us knows")[1]
    assert cast.olga.name not in text(client_for(cast.rolf).get(page_of_it)).split("Who of us knows")[1]
