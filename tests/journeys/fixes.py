"""Issues, what is done about them, and how much could have gone wrong."""

from datetime import datetime, timedelta

from coalface.act.actions import (
    Size,
    accept_fix,
    decide,
    decline_fix,
    merge_fixes,
    offer_fix,
    open_fix,
    return_fix,
    set_needs,
    ship,
)
from coalface.records.models import (
    Decided,
    Fix,
    Issue,
    IssueKind,
    Lane,
)
from coalface.understand.actions import confirm_issue, propose_issue, set_route
from coalface.verify.actions import (
    NewExposure,
    ask_customers_instead,
    record_exposures,
    register_plan,
)
from tests.journeys.insight import meet_on_insight
from tests.people import Cast


def an_issue(cast: Cast, title: str, phrases: list[str], then: datetime) -> Issue:
    issue = propose_issue(title=title, kind=IssueKind.SERVICE, by=cast.adam, now=then)
    confirm_issue(issue=issue, by=cast.adam, now=then)
    set_route(issue=issue, phrases=phrases, by=cast.adam, now=then)
    return issue


def _fix(cast: Cast, now: datetime, number: int, issue: Issue, title: str) -> Fix:
    lanes = list(Lane)
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
    then = now - timedelta(days=50)
    fix = accept_fix(fix=_fix(cast, now, number, issue, title), by=cast.sven, now=then)
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
