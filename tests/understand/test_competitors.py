"""Competitors are found by what customers call them, owned by somebody, and never guessed at."""

import re

import pytest
import uuid_utils.compat as uuid
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.hear.actions import NewFeedback, take_in
from coalface.meet.actions import hold, note_remark
from coalface.plan.actions import plan_encounter
from coalface.records.models import (
    Clause,
    Competitor,
    CompetitorMention,
    Event,
    Feedback,
    Kind,
    Polarity,
    Remark,
)
from coalface.understand import actions
from coalface.understand.actions import add_competitor, change_competitor, end_competitor, find_competitors
from coalface.worker.actions import drain
from tests.people import NOW, Cast, client_for

pytestmark = pytest.mark.django_db


def take(cast: Cast, *texts: str, kind: str = Kind.COMPLAINT, at=NOW, **more) -> list[Feedback]:
    """Feedback of a kind, and everything that follows from it."""
    rows = [
        NewFeedback(
            source="web", source_id=str(uuid.uuid7()), channel="web", kind=kind, unit=cast.north, text=text,
            received_at=at, **more,
        )
        for text in texts
    ]  # fmt: skip
    take_in(rows=rows, by=None, now=at)
    drain(now=at)
    by_text = {one.verbatim.text: one for one in Feedback.objects.exclude(verbatim=None)}
    return [by_text[text] for text in texts]


def remark(cast: Cast, text: str, kind: str = Kind.COMPETITOR, **more) -> Remark:
    visit = plan_encounter(
        format=cast.visit, unit=cast.north, starts_at=NOW, person=cast.olga, customers=[cast.petra],
        chosen_by="person", by=cast.olga, now=NOW,
    )  # fmt: skip
    hold(encounter=visit, by=cast.olga, now=NOW)
    noted = note_remark(
        id=uuid.uuid7(), encounter=visit, kind=kind, text=text, customer=cast.petra, by=cast.olga, now=NOW,
        **more,
    )  # fmt: skip
    drain(now=NOW)
    return noted


def harbour(cast: Cast, *called: str, now=NOW) -> Competitor:
    competitor = add_competitor(name="Harbour Bank", called=called, owner=cast.olga, by=cast.adam, now=now)
    drain(now=now)
    return competitor


def named() -> list[tuple[str | None, str]]:
    """Who is named, and by which words."""
    found = [
        (one.competitor.name if one.competitor else None, one.clause.text if one.clause else "")
        for one in CompetitorMention.objects.order_by("pk")
    ]
    return sorted(found, key=lambda one: one[0] is None)


# --- finding -------------------------------------------------------------------------------------


def test_any_clause_that_names_one_is_found_whatever_it_is_about(cast):
    harbour(cast, "the harbour people")
    take(cast, "The queue was long. HARBOUR BANK has more tills.", "Nothing of the sort", "Harbours are nice")
    take(cast, "I went to the harbour people.", kind=Kind.COMPLIMENT)
    remark(cast, "At Harbour-Bank they ring you back!", Kind.NEED)
    assert named() == [
        ("Harbour Bank", "HARBOUR BANK has more tills."),
        ("Harbour Bank", "I went to the harbour people."),
        ("Harbour Bank", "At Harbour-Bank they ring you back!"),
    ]


def test_a_remark_about_a_competitor_that_names_none_waits_for_a_person(cast):
    remark(cast, "The others are cheaper.")
    take(cast, "Elsewhere it is faster.", kind=Kind.COMPETITOR)
    take(cast, "Nothing of the sort.")
    assert named() == [(None, ""), (None, "")]


def test_before_any_competitor_is_known_a_batch_costs_two_questions(cast):
    take_in(
        rows=[
            NewFeedback(source="w", source_id=str(n), channel="web", kind="complaint", unit=cast.north,
                        text=f"Words {n}", received_at=NOW)
            for n in range(100)
        ],
        by=None, now=NOW,
    )  # fmt: skip
    event = Event.objects.get(kind="feedback.taken_in")
    with CaptureQueriesContext(connection) as asked:
        assert find_competitors(event=event, now=NOW) == 0
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) == 2


def test_what_follows_twice_is_written_once(cast):
    harbour(cast)
    take(cast, "Harbour Bank!")
    for event in Event.objects.filter(kind="feedback.taken_in"):
        assert find_competitors(event=event, now=NOW) == 0
    assert named() == [("Harbour Bank", "Harbour Bank!")]


def test_who_is_added_is_found_in_what_was_said_before(cast):
    take(cast, "Harbour Bank is quicker.", "Something else")
    remark(cast, "Harbour Bank rings back.")
    assert named() == [(None, "")]
    harbour(cast)
    assert named() == [
        ("Harbour Bank", "Harbour Bank is quicker."),
        ("Harbour Bank", "Harbour Bank rings back."),
    ]


def test_other_names_find_more_and_lost_names_find_less(cast):
    competitor = harbour(cast, "harbourside")
    remark(cast, "Harbourside rings back.")
    take(cast, "The blue bank is nearer.")
    change_competitor(
        competitor=competitor, name="Harbour Bank", called=["the blue bank"], owner=cast.fay, by=cast.adam,
        now=NOW,
    )  # fmt: skip
    drain(now=NOW)
    assert named() == [("Harbour Bank", "The blue bank is nearer."), (None, "")]
    events = Event.objects.filter(kind__startswith="competitor").values_list("kind", "payload")
    assert all(isinstance(value, int | type(None)) for _, payload in events for value in payload.values())


def test_a_new_owner_alone_looks_through_nothing(cast):
    competitor = harbour(cast)
    given = change_competitor(
        competitor=competitor, name="Harbour Bank", called=[], owner=cast.fay, by=cast.adam, now=NOW
    )
    assert (given.owner, Event.objects.filter(kind="competitor.changed").count()) == (cast.fay, 0)


def test_who_is_ended_is_found_no_more_and_what_was_said_stays_until_taken_up_again(cast):
    competitor = harbour(cast)
    take(cast, "Harbour Bank was first.")
    end_competitor(competitor=competitor, by=cast.adam, now=NOW)
    take(cast, "Harbour Bank was second.")
    assert named() == [("Harbour Bank", "Harbour Bank was first.")]
    harbour(cast)
    assert (Competitor.objects.count(), len(named())) == (1, 2)


def test_what_is_taken_back_names_nobody(cast):
    harbour(cast)
    (said,) = take(cast, "Harbour Bank!")
    event = Event.objects.filter(kind="feedback.taken_in").last()
    event.about_id = said.pk
    actions.forget_withdrawn(event=event, now=NOW)
    assert named() == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 1_000_000,
        "😀" * 50,
        "\u200b\u200bHarbour\u200b Bank",
        "<script>Harbour Bank</script>",
        "הַנָּמָל",
    ],
    ids=["nothing", "one long word", "emoji", "zero width", "script", "right to left"],
)
def test_bad_input_is_looked_through_calmly(cast, text):
    harbour(cast)
    rows = [
        NewFeedback(source="w", source_id="1", channel="web", kind="complaint", unit=cast.north, text=text,
                    received_at=NOW)
    ]  # fmt: skip
    take_in(rows=rows, by=None, now=NOW)
    drain(now=NOW)
    assert len(named()) == ("Bank" in text)


# --- naming --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "  ", "x", "!!", "n" * 81])
def test_a_competitor_has_a_name_one_can_say(cast, name):
    with pytest.raises(actions.NoName):
        add_competitor(name=name, by=cast.adam, now=NOW)


def test_a_name_is_taken_once(cast):
    competitor = harbour(cast)
    other = add_competitor(name="Lakeside", by=cast.adam, now=NOW)
    with pytest.raises(actions.NameTaken):
        add_competitor(name="harbour  bank", by=cast.adam, now=NOW)
    with pytest.raises(actions.NameTaken):
        change_competitor(
            competitor=other, name=competitor.name, called=[], owner=None, by=cast.adam, now=NOW
        )


def test_a_person_says_whom_words_mean_or_that_it_is_nobody_and_that_stands(cast):
    competitor = harbour(cast)
    remark(cast, "The ones by the water are cheaper.")
    remark(cast, "My cousin does it better.")
    first, second = CompetitorMention.objects.order_by("pk")
    actions.say_whom(mention=first, competitor=competitor, by=cast.adam, now=NOW)
    actions.say_whom(mention=second, competitor=None, by=cast.adam, now=NOW)
    for event in Event.objects.filter(kind="remark.noted"):
        assert find_competitors(event=event, now=NOW) == 0
    with pytest.raises(actions.AlreadyNamed):
        actions.say_whom(mention=first, competitor=None, by=cast.adam, now=NOW)
    rows = CompetitorMention.objects.order_by("pk").values_list("competitor__name", "settled_by")
    assert list(rows) == [("Harbour Bank", cast.adam.pk), (None, cast.adam.pk)]


def test_who_is_named_meanwhile_is_named_once(cast):
    competitor = harbour(cast)
    noted = remark(cast, "The ones by the water.")
    (waiting,) = CompetitorMention.objects.all()
    CompetitorMention.objects.create(competitor=competitor, remark=noted, happened_at=NOW, unit=cast.north)
    actions.say_whom(mention=waiting, competitor=competitor, by=cast.adam, now=NOW)
    (left,) = CompetitorMention.objects.all()
    assert (left.competitor, left.settled_by) == (competitor, cast.adam)


# --- pages ---------------------------------------------------------------------------------------


def page(person, name, *args, **query):
    return client_for(person).get(reverse(f"understand:{name}", args=args), query)


def press(person, name, /, *args, **form):
    return client_for(person).post(reverse(f"understand:{name}", args=args), form, follow=True)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_says_who_knows_them_best_how_often_they_are_named_and_how_that_sounds(cast):
    competitor = harbour(cast)
    take(cast, "Harbour Bank is quicker.", "Harbour Bank is dear.", "Harbour Bank.", at=timezone.now())
    for sound, words in ((Polarity.POSITIVE, "quicker"), (Polarity.NEGATIVE, "dear")):
        Clause.objects.filter(verbatim__text__contains=words).update(polarity=sound)
    (row,) = page(cast.fay, "competitors").context["page"]
    assert (row.owner, row.said_quarter, row.said_year, row.praised, row.blamed) == (cast.olga, 3, 3, 1, 1)
    shown = page(cast.fay, "competitor", competitor.pk, sound="positive")
    assert shown.context["page"].paginator.count == 1
    parts = shown.context["parts"]
    assert [(part.code, part.count) for part in parts.sound] == [("", 1), ("negative", 1), ("positive", 1)]
    assert [(part.code, part.count) for part in parts.kinds] == [("complaint", 3)]


def test_the_words_are_for_whoever_may_read_them(cast):
    competitor = harbour(cast)
    take(cast, "Harbour Bank is quicker.")
    assert "is quicker" in text(page(cast.olga, "competitor", competitor.pk))
    seen_by_gus = text(page(cast.gus, "competitor", competitor.pk))
    assert "is quicker" not in seen_by_gus
    assert "Whoever leads this unit can read the words" in seen_by_gus
    out = page(cast.gus, "competitor", competitor.pk, **{"as": "csv", "rows": "competitor_words"})
    assert "is quicker" not in b"".join(out.streaming_content).decode()


def test_one_is_added_changed_and_ended_by_who_may_and_changed_by_who_owns_it(cast):
    assert press(cast.olga, "competitors", name="Lakeside", called="").status_code == 403
    assert "is being looked through" in text(
        press(cast.adam, "competitors", name="Lakeside", called="the lake\n\nlakeside*", owner=cast.fay.pk)
    )
    lakeside = Competitor.objects.get()
    assert (lakeside.called, lakeside.owner, lakeside.added_by) == (
        ["the lake", "lakeside*"], cast.fay, cast.adam,
    )  # fmt: skip
    again = press(cast.adam, "competitors", name="LAKESIDE", called="")
    assert (again.status_code, "Another competitor has this name" in text(again)) == (422, True)
    assert press(cast.gus, "change_competitor", lakeside.pk, name="X").status_code == 403
    press(cast.fay, "change_competitor", lakeside.pk, name="Lakeside Savings", called="", owner="")
    lakeside.refresh_from_db()
    assert (lakeside.name, lakeside.called, lakeside.owner) == ("Lakeside Savings", [], None)
    assert press(cast.fay, "end_competitor", lakeside.pk).status_code == 403
    press(cast.mina, "end_competitor", lakeside.pk)
    assert "looked for no more since" in text(page(cast.fay, "competitor", lakeside.pk))
    assert list(page(cast.fay, "competitors").context["page"]) == []
    assert list(page(cast.fay, "competitors", show="ended").context["page"]) == [lakeside]


def test_the_pile_asks_whom_they_mean(cast):
    competitor = harbour(cast)
    remark(cast, "The ones by the water are cheaper.")
    remark(cast, "My cousin does it better.")
    assert (page(cast.olga, "whom").status_code, page(cast.adam, "whom").status_code) == (403, 200)
    first, second = CompetitorMention.objects.order_by("pk")
    assert "Choose one of them" in text(press(cast.adam, "say_whom", first.pk))
    press(cast.adam, "say_whom", first.pk, competitor=competitor.pk)
    press(cast.adam, "say_whom", second.pk, competitor=competitor.pk, none="yes")
    assert "Somebody was quicker" in text(press(cast.adam, "say_whom", first.pk, none="yes"))
    assert "Nobody is left to be named" in text(page(cast.adam, "whom"))
    assert [one.competitor for one in CompetitorMention.objects.order_by("pk")] == [competitor, None]
    assert press(cast.olga, "say_whom", second.pk, none="yes").status_code == 403


def test_who_has_answered_is_led_to_the_remark_below_and_who_chose_nobody_stays(cast):
    remark(cast, "The ones by the water are cheaper.")
    remark(cast, "My cousin does it better.")
    first, below = CompetitorMention.objects.order_by("pk")
    address, listed = reverse("understand:say_whom", args=[first.pk]), reverse("understand:whom")
    client = client_for(cast.adam)
    assert client.post(address, {"page": 1}).url == f"{listed}?page=1#mention-{first.pk}"
    given = {"page": 1, "none": "yes", "following": below.pk}
    assert client.post(address, given).url == f"{listed}?page=1#mention-{below.pk}"


def test_no_name_of_ours_is_named_on_the_page(cast):
    assert "No competitor yet" in text(page(cast.fay, "competitors"))
    assert not re.search(r"Add a competitor", text(page(cast.fay, "competitors")))


@pytest.mark.parametrize(("name", "cost"), [("competitors", 11), ("competitor", 14), ("whom", 9)])
def test_a_page_asks_as_often_for_fifty_as_for_three(cast, name, cost):
    competitor = harbour(cast)
    client, args = client_for(cast.mina), [competitor.pk] if name == "competitor" else []
    costs = []
    for first, last in ((0, 3), (3, 50)):
        take(cast, *(f"Harbour Bank, number {n}." for n in range(first, last)), at=timezone.now())
        take(cast, *(f"The others, number {n}." for n in range(first, last)), kind=Kind.COMPETITOR)
        for n in range(first, last):
            add_competitor(name=f"Bank {n}", owner=cast.fay, by=cast.adam, now=NOW)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"understand:{name}", args=args)).status_code == 200
        costs.append(len(asked))
    assert costs == [cost, cost]
