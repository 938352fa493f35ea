"""Issues, what is done about them, and how much could have gone wrong."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse

from coalface.act.actions import (
    Size,
    accept_fix,
    decide,
    decline_fix,
    leave_out,
    merge_fixes,
    offer_fix,
    open_fix,
    publish_change,
    return_fix,
    set_needs,
    ship,
)
from coalface.act.queries.letters import stop_address
from coalface.hear.actions import NewFeedback, take_in
from coalface.records.models import (
    Customer,
    Decided,
    Fix,
    Issue,
    IssueKind,
    Kind,
    Lane,
    Person,
    SayPlace,
)
from coalface.understand.actions import confirm_issue, propose_issue, set_route
from coalface.verify.actions import (
    NewExposure,
    ask_customers_instead,
    record_exposures,
    register_plan,
)
from tests.journeys.hearing import TILL
from tests.journeys.insight import meet_on_insight
from tests.people import Cast, welcome

NOT_DONE = "Open every till"


def an_issue(cast: Cast, title: str, phrases: list[str], then: datetime) -> Issue:
    issue = propose_issue(title=title, kind=IssueKind.SERVICE, by=cast.adam, now=then)
    confirm_issue(issue=issue, by=cast.adam, now=then)
    set_route(issue=issue, phrases=phrases, by=cast.adam, now=then)
    return issue


def _fix(
    cast: Cast, now: datetime, number: int, issue: Issue, title: str, lanes: Sequence[Lane] = tuple(Lane)
) -> Fix:
    asks = {"decider": cast.mina, "decide_by": now.date() + timedelta(days=number % 5 - 40)}
    return open_fix(
        issue=issue,
        title=f"{title} {number}",
        lane=lanes[number % len(lanes)],
        size=Size(worth=number % 5 + 1, effort=number % 4 + 1),
        **asks,
        owner=cast.sven,
        due_on=now.date() + timedelta(days=number % 9 - 4),
        by=cast.mina,
        now=now - timedelta(days=50),
    )


def fixes_of(cast: Cast, now: datetime, number: int, issue: Issue) -> None:
    then = now - timedelta(days=50)
    _fix(cast, now, number, issue, "Explain the bill")
    unwanted = _fix(cast, now, number, issue, "Print it larger")
    decline_fix(fix=unwanted, reason="Paper is dear.", by=cast.mina, now=then)
    counted = _taken(cast, now, number, issue, "Write it anew")
    register_plan(
        fix=counted,
        measure="contacts",
        baseline_from=then.date() - timedelta(days=70),
        baseline_until=then.date(),
        judge=cast.mina,
        by=cast.mina,
        now=then,
    )
    ship(fix=counted, by=cast.sven, now=then)
    asked = _taken(cast, now, number, issue, "Ring them up")
    ask_customers_instead(fix=asked, by=cast.mina, now=then)
    _beside(cast, now, number)
    meet_on_insight(cast, now, number)


def _taken(cast: Cast, now: datetime, number: int, issue: Issue, title: str) -> Fix:
    """One that can ship: an opportunity would first have to be wanted by enough."""
    then, lanes = now - timedelta(days=50), (Lane.THIS_WEEK, Lane.NEEDS_A_DECISION)
    fix = accept_fix(fix=_fix(cast, now, number, issue, title, lanes), by=cast.sven, now=then)
    if fix.lane == Lane.NEEDS_A_DECISION:
        decide(fix=fix, answer=Decided.DO_IT, by=cast.mina, now=then)
    return Fix.objects.get(pk=fix.pk)


def _beside(cast: Cast, now: datetime, number: int) -> None:
    """To the first open fix of all: one it needs, one that became part of it, and an offer that came back."""
    then = now - timedelta(days=49)
    first = Fix.objects.open().filter(evaluation_plan=None).order_by("id").first()
    needed = _fix(cast, now, number, first.issue, "Ask the printer")
    first.refresh_from_db()
    if first.offers.waiting().exists():
        return_fix(fix=first, reason=f"Not mine {number}.", by=cast.sven, now=then)
        offer_fix(fix=first, to=cast.sven, by=cast.mina, now=then)
    set_needs(fix=first, needs=[*first.needs.all(), needed], by=cast.mina, now=then)
    set_needs(
        fix=_fix(cast, now, number, first.issue, "Say so at the till"), needs=[first], by=cast.mina, now=then
    )
    double = open_fix(
        issue=first.issue,
        title=f"The same {number}",
        lane=Lane.THIS_WEEK,
        owner=cast.mina,
        due_on=now.date(),
        by=cast.mina,
        now=then,
    )
    merge_fixes(fix=double, into=first, by=cast.mina, now=then)


def begin_telling(cast: Cast, issue: Issue, now: datetime) -> None:
    """What everybody spoke of will not be changed: there is something to tell them."""
    fix = _taken(cast, now, 0, issue, NOT_DONE)
    decline_fix(fix=fix, reason="Two people would be needed.", by=cast.sven, now=now - timedelta(days=2))


def tell_one_more(cast: Cast, number: int, guest: Customer, now: datetime) -> None:
    """Our words in public, and one more guest who is left out of the letters."""
    judged = Fix.objects.get(title=f"Write it anew {number}")
    words = {"heard": f"The bill is hard to read {number}.", "did": f"We wrote it anew {number}."}
    publish_change(fix=judged, language="en", by=cast.mina, now=now, **words)
    other, _ = welcome(f"Left{number} Out", f"Not{number} Known", unit=cast.north)
    for one in (guest, other):
        take_in(rows=[_spoke_of_the_till(cast, one, number, now)], by=cast.adam, now=now)
    leave_out(fix=_not_done(), news="declined", customers=[other.pk], by=cast.mina, now=now)


def _spoke_of_the_till(cast: Cast, guest: Customer, number: int, now: datetime) -> NewFeedback:
    return NewFeedback(
        source="mail", source_id=f"till-{guest.pk}", channel="mail", kind=Kind.COMPLAINT, unit=cast.north,
        received_at=now - timedelta(days=20, minutes=number), text=f"{TILL} {number}", customer=guest,
    )  # fmt: skip


def _not_done() -> Fix:
    return Fix.objects.get(title=f"{NOT_DONE} 0")


def fix_lists() -> dict[str, str]:
    """The lists of fixes, and of how they are judged."""
    return {
        "fixes": reverse("act:index"),
        "board of fixes": reverse("act:board"),
        "fixes by day": reverse("act:index") + "?order=due&whose=mine",
        "shipped fixes": reverse("act:index") + "?show=shipped",
        "declined fixes": reverse("act:index") + "?show=declined",
        "verdicts": reverse("verify:index"),
        "how much was done": reverse("verify:exposures"),
    }


def fix_pages(reader: Person) -> dict[str, str]:
    """The pages about one fix each: an open one, one of the reader's own, a part of another, a judged one."""
    judged = Fix.objects.filter(verdicts__isnull=False).order_by("id").first()
    open_one = Fix.objects.open().filter(evaluation_plan=None).order_by("id").first()
    own = Fix.objects.open().filter(owner=reader).order_by("id").first()
    part = Fix.objects.exclude(merged_into=None).order_by("id").first()
    return {
        "fix": reverse("act:fix", args=[open_one.pk]),
        "give a fix": reverse("act:offer", args=[own.pk]),
        "ask for a decision": reverse("act:ask", args=[open_one.pk]),
        "weigh a fix": reverse("act:change", args=[open_one.pk]),
        "what a fix needs": reverse("act:needs", args=[open_one.pk]),
        "the same as another fix": reverse("act:merge", args=[open_one.pk]),
        "part of a fix": reverse("act:fix", args=[part.pk]),
        "judged fix": reverse("act:fix", args=[judged.pk]),
        "verdict": reverse("verify:verdict", args=[judged.pk]),
        "amend a yardstick": reverse("verify:amend", args=[judged.pk]),
        "yardstick": reverse("verify:register", args=[open_one.pk]),
    }


def telling_lists() -> dict[str, str]:
    """The lists about telling."""
    return {
        "to tell": reverse("act:to_tell"),
        "letters": reverse("act:batch", args=[_not_done().pk, "declined"]),
        "what is public": reverse("act:published"),
    }


def telling_pages(cast: Cast) -> dict[str, str]:
    """The pages about telling of one thing each."""
    return {
        "our words": reverse("act:publish", args=[_not_done().pk]),
        "heard and done": reverse("act_public:heard"),
        "heard and done here": reverse("act_public:heard_at", args=[SayPlace.objects.first().code]),
        "poster of a branch": reverse("act:poster", args=[cast.north.pk]),
        "no more letters": stop_address(cast.petra),
    }


def exposures_of(cast: Cast, now: datetime) -> None:
    first = now.date() - timedelta(weeks=30)
    rows = [
        NewExposure(
            unit, "contacts", first + timedelta(weeks=week), first + timedelta(weeks=week + 1), 500, "till"
        )
        for week in range(31)
        for unit in (cast.north, cast.south, cast.office)
    ]
    record_exposures(rows=rows, by=cast.adam, now=now)
