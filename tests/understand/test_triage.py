"""What waits is asked one at a time, the most useful first; one press decides, and can be taken back."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalface.records.models import (
    Clause,
    Feedback,
    Grant,
    Issue,
    Mention,
    SortingCheck,
    Theme,
    ThemeClause,
    ThemeRun,
)
from coalface.understand.actions import settle
from coalface.understand.queries import pile
from tests.people import NOW, client_for
from tests.understand import heard, issue_of
from tests.understand.test_pages import lately, page, press, text

pytestmark = pytest.mark.django_db


def shown(answer) -> str | None:
    """The words that are asked about."""
    line = answer.context["line"]
    return line.words if line else None


def decide(person, mention, **form):
    return press(person, "settle", mention.pk, **form)


def doubt(feedback: Feedback, issue: Issue, sure: float, *others: tuple[Issue, float]) -> Mention:
    """As learned sorting leaves it."""
    Mention.objects.filter(feedback=feedback).update(
        issue=issue, suggested=issue, suggested_by="model", sorted_by="model", confidence=sure,
        suggested_confidence=sure, runners_up=[[other.pk, share] for other, share in others],
    )  # fmt: skip
    return feedback.mentions.get()


def test_what_it_may_be_is_offered_the_likeliest_first(cast):
    app, fees, doors = (issue_of(cast, title) for title in ("App", "Fees", "Doors"))
    proposed = Issue.objects.create(title="Noise", kind="service", proposed_at=NOW)
    [told] = lately(cast, "The app takes a fee", customer=cast.petra)
    mention = doubt(told, app, 0.55, (fees, 0.3), (proposed, 0.1), (doors, 0.05))
    asked = page(cast.adam, "unsure")
    assert [(one.issue, one.confidence) for one in asked.context["suggestions"]] == [
        (app, 0.55), (fees, 0.3), (doors, 0.05),
    ]  # fmt: skip
    assert all(word in text(asked) for word in ("The app takes a fee", cast.petra.name, "55 %", "North"))
    decide(cast.adam, mention, issue=fees.pk)
    mention.refresh_from_db()
    assert (mention.issue, mention.settled_by, mention.suggested) == (fees, cast.adam, app)


def test_where_few_issues_stand_all_are_offered_and_nothing_has_to_be_typed(cast):
    app, fees = issue_of(cast, "App"), issue_of(cast, "Fees")
    lately(cast, "Nobody knows what this is")
    asked = page(cast.adam, "unsure")
    assert [(one.issue, one.confidence) for one in asked.context["suggestions"]] == [
        (app, None),
        (fees, None),
    ]
    assert ("Another issue" in text(asked), "It belongs to no issue" in text(asked)) == (False, True)
    for number in range(4):
        issue_of(cast, f"Issue {number}")
    asked = page(cast.adam, "unsure")
    assert (asked.context["suggestions"], "Which issue?" in text(asked)) == ([], True)


def test_the_clause_that_is_meant_is_marked_within_the_whole_words(cast):
    issue_of(cast, "Waiting", "queue")
    issue_of(cast, "Fees", "fee")
    lately(cast, "Good morning. A queue for a fee! Bye.")
    asked = page(cast.adam, "unsure")
    assert 'Good morning. <strong class="meant">A queue for a fee!</strong> Bye.' in text(asked)
    assert [one.issue.title for one in asked.context["suggestions"]] in (
        ["Fees", "Waiting"],
        ["Waiting", "Fees"],
    )


def test_very_long_words_are_cut_around_what_is_meant(cast):
    issue_of(cast, "Waiting", "queue")
    issue_of(cast, "Fees", "fee")
    lately(cast, f"{'a ' * 3000}. A queue for a fee! {'b ' * 3000}")
    context = page(cast.adam, "unsure").context
    words, spoken = context["words"], context["line"].spoken.text
    assert spoken[words.meant_from : words.meant_to] == "A queue for a fee!"
    assert (words.cut_before, words.cut_after) == (True, True)
    assert (words.meant_from - words.start, words.end - words.goes_on_at) == (400, 400)


def test_none_another_and_a_new_issue(cast):
    doors = issue_of(cast, "Doors")
    lately(cast, "one", "two", "three")
    one, two, three = Mention.objects.order_by("pk")
    decide(cast.adam, one, decision="none")
    decide(cast.adam, two, decision="other", other="doors ")
    decide(cast.adam, three, decision="new", title="Lifts are slow", kind="product")
    assert [mention.issue and mention.issue.title for mention in Mention.objects.order_by("pk")] == [
        None, "Doors", "Lifts are slow",
    ]  # fmt: skip
    assert Issue.objects.standing().count() == 2 and doors.mentions.counted().count() == 1
    done = text(page(cast.adam, "unsure"))
    assert "Everything is sorted" in done and "within minutes" in done


def test_what_makes_no_sense_leaves_it_where_it_was(cast):
    issue_of(cast, "Fees", "fee")
    lately(cast, "The door squeaks", "The lift squeaks")
    mention = Mention.objects.first()
    for form in (
        {"decision": "other", "other": "Doors"}, {"issue": 999}, {"issue": "x"}, {"decision": "shrug"}, {},
    ):  # fmt: skip
        answer = decide(cast.adam, mention, **form)
        assert "Choose one of the issues" in text(answer) and answer.context["line"].mention == mention
    assert "needs a title" in text(decide(cast.adam, mention, decision="new", title=" "))
    assert Mention.objects.unsure().count() == 2


def test_somebody_was_quicker_and_nothing_is_lost(cast):
    fees = issue_of(cast, "Fees")
    lately(cast, "one", "two")
    first = page(cast.adam, "unsure").context["line"].mention
    decide(cast.mina, first, decision="none")
    answer = decide(cast.adam, first, issue=fees.pk)
    assert "Somebody was quicker" in text(answer) and answer.context["line"].mention != first
    assert Mention.objects.get(pk=first.pk).settled_by == cast.mina
    assert "Somebody was quicker" in text(press(cast.adam, "settle", 999, decision="none"))


def test_later_means_all_others_first_and_then_again(cast):
    lately(cast, "one", "two")
    client = client_for(cast.adam)
    pile_at = reverse("understand:unsure")
    first = client.get(pile_at).context["line"].mention
    at = reverse("understand:settle", args=[first.pk])
    second = client.post(at, {"decision": "skip"}, follow=True).context["line"].mention
    assert second != first
    again = client.post(reverse("understand:settle", args=[second.pk]), {"decision": "skip"}, follow=True)
    assert again.context["line"].mention == first and "comes again" in text(again)
    assert page(cast.mina, "unsure").context["line"].mention == first


def test_decisions_of_today_are_taken_back_one_after_the_other(cast):
    fees = issue_of(cast, "Fees")
    lately(cast, "one", "two")
    one, two = Mention.objects.order_by("pk")
    decide(cast.adam, one, issue=fees.pk)
    answer = decide(cast.adam, two, decision="none")
    assert (answer.context["done"], answer.context["last"]) == (2, two)
    back = press(cast.adam, "undo")
    assert (back.context["line"].mention, back.context["done"], back.context["last"]) == (two, 1, one)
    assert "It was put to “Fees”." in text(back)
    assert press(cast.adam, "undo").context["line"].mention == one
    assert "nothing to take back" in text(press(cast.adam, "undo"))
    decide(cast.adam, one, issue=fees.pk)
    assert "nothing to take back" in text(press(cast.mina, "undo"))
    assert press(cast.olga, "undo").status_code == press(cast.olga, "settle", one.pk).status_code == 403


def test_who_sorts_in_one_place_is_asked_about_that_place(cast):
    Grant.objects.filter(person=cast.adam).update(unit=cast.south)
    lately(cast, "north")
    assert shown(page(cast.adam, "unsure")) is None
    assert press(cast.adam, "settle", Mention.objects.get().pk, decision="none").status_code == 403
    lately(cast, "south", unit=cast.south)
    assert shown(page(cast.adam, "unsure")) == "south"
    north = Mention.objects.get(unit=cast.north)
    assert shown(page(cast.adam, "unsure", at=north.pk)) == "south"


def next_of(**more) -> str:
    return pile(Q(), now=NOW, **more).next.feedback.verbatim.text


def test_most_doubt_comes_first_then_what_many_say_then_what_nobody_has_seen(cast):
    app, fees = issue_of(cast, "App"), issue_of(cast, "Fees")
    sure, even, *many = heard(cast, "sure", "even", *(f"fee {number}" for number in range(6)))
    doubt(sure, app, 0.8)
    doubt(even, app, 0.5)
    for each in many:
        doubt(each, fees, 0.45)
    assert next_of() == "fee 5"
    for each in many[4:]:
        settle(mention=each.mentions.get(), issue=fees, by=cast.adam, now=NOW)
    assert next_of() == "even"
    assert next_of(skipped=[even.mentions.get().pk]) == "sure"


def test_themes_part_what_no_issue_was_found_for(cast):
    first, *doors = heard(cast, "a lift", "door one", "door two", "door three")
    run = ThemeRun.objects.create(as_of=NOW, seed=1, clauses=3, noise=0, shared=0, ended_at=NOW)
    theme = Theme.objects.create(found_in=run, seen_in=run)
    for each in doors:
        clause = Clause.objects.create(verbatim=each.verbatim, start=0, end=4)
        ThemeClause.objects.create(clause=clause, theme=theme)
        Mention.objects.filter(feedback=each).update(clause=clause)
    assert next_of().startswith("door")
    settle(mention=doors[0].mentions.get(), issue=None, by=cast.adam, now=NOW)
    assert next_of() == "a lift"
    assert first.mentions.get().settled_at is None


def test_the_page_says_how_right_sorting_was_or_that_nobody_knows(cast):
    assert "Not enough evidence yet" in text(page(cast.adam, "unsure"))
    assert "It does not learn yet: that takes 2 issues with 5 decisions each, and 0 have as many." in text(
        page(cast.adam, "unsure")
    )
    given = {"as_of": NOW, "decided": 130, "suggested": 120, "right": 96, "examples": 130, "sure_from": 0.85}
    SortingCheck.objects.create(**given)
    SortingCheck.objects.create(**given | {"language": "de", "suggested": 4, "right": 3})
    known = text(page(cast.adam, "unsure"))
    assert "80 %" in known and "between 72 and 86 %" in known
    assert "Not enough evidence yet. Of 4 issues it had named, people said the same of 3." in known


def test_what_was_sorted_by_itself_can_be_put_elsewhere_from_the_list(cast):
    app, fees = issue_of(cast, "App"), issue_of(cast, "Fees")
    [told] = lately(cast, "The app takes a fee")
    mention = doubt(told, app, 0.9)
    Mention.objects.filter(pk=mention.pk).update(counted=True)
    listed = page(cast.adam, "mentions", app.pk)
    assert "It belongs elsewhere" in text(listed) and "90 % sure" in text(listed)
    assert "It belongs elsewhere" not in text(page(cast.fay, "mentions", app.pk))
    answer = press(cast.adam, "settle", mention.pk, decision="other", other="Fees", back=app.pk)
    assert answer.redirect_chain[-1][0] == reverse("understand:mentions", args=[app.pk])
    mention.refresh_from_db()
    assert (mention.issue, mention.counted, mention.suggested) == (fees, True, app)
    assert "It belongs elsewhere" not in text(page(cast.adam, "mentions", fees.pk))


def test_the_rows_are_still_a_list_to_take_along(cast):
    lately(cast, "one", "two")
    rows = b"".join(page(cast.adam, "unsure", **{"as": "csv"}).streaming_content).decode()
    assert rows.count("\n") == 3 and "one" in rows


def test_it_costs_the_same_for_one_and_for_many(cast):
    app = issue_of(cast, "App")
    costs = []
    for many in (1, 30):
        for each in lately(cast, *(f"{many} {number}" for number in range(many))):
            doubt(each, app, 0.5)
        client = client_for(cast.adam)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("understand:unsure"))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_twenty_thousand_waiting_are_no_burden(cast):
    issues = [issue_of(cast, f"Issue {number}") for number in range(20)]
    [told] = heard(cast, "one")
    template = told.mentions.get()
    many = 20_000
    Feedback.objects.bulk_create(
        Feedback(
            source="x",
            channel="web",
            kind="complaint",
            unit=cast.north,
            received_at=NOW,
            verbatim=told.verbatim,
        )
        for _ in range(many)
    )
    pks = Feedback.objects.filter(source="x").values_list("pk", flat=True)
    Mention.objects.bulk_create(
        Mention(
            feedback_id=pk, issue=issues[number % 20], suggested=issues[number % 20], sorted_by="model",
            suggested_by="model", confidence=0.5, suggested_confidence=(number % 100) / 100, counted=False,
            happened_at=NOW - timedelta(minutes=number), unit=template.unit,
        )
        for number, pk in enumerate(pks)
    )  # fmt: skip
    before = time.thread_time()
    answer = page(cast.adam, "unsure")
    assert answer.context["pile"].waiting == many + 1
    assert time.thread_time() - before < 10
