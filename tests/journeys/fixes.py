"""Issues, what is done about them, and how much could have gone wrong."""

from datetime import datetime, timedelta

from coalface.act.actions import accept_fix, decline_fix, open_fix, ship
from coalface.records.models import (
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
from tests.people import Cast


def an_issue(cast: Cast, title: str, phrases: list[str], then: datetime) -> Issue:
    issue = propose_issue(title=title, kind=IssueKind.SERVICE, by=cast.adam, now=then)
    confirm_issue(issue=issue, by=cast.adam, now=then)
    set_route(issue=issue, phrases=phrases, by=cast.adam, now=then)
    return issue


def _fix(cast: Cast, now: datetime, number: int, issue: Issue, title: str) -> Fix:
    lanes = list(Lane)
    return open_fix(
        issue=issue,
        title=f"{title} {number}",
        lane=lanes[number % len(lanes)],
        owner=cast.sven,
        due_on=now.date() + timedelta(days=number % 9 - 4),
        by=cast.mina,
        now=now - timedelta(days=50),
    )


def fixes_of(cast: Cast, now: datetime, number: int, issue: Issue) -> None:
    then = now - timedelta(days=50)
    _fix(cast, now, number, issue, "Explain the bill")
    unwanted = _fix(cast, now, number, issue, "Print it larger")
    decline_fix(fix=unwanted, reason="Paper is dear.", by=cast.sven, now=then)
    counted = accept_fix(fix=_fix(cast, now, number, issue, "Write it anew"), by=cast.sven, now=then)
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
    asked = accept_fix(fix=_fix(cast, now, number, issue, "Ring them up"), by=cast.sven, now=then)
    ask_customers_instead(fix=asked, by=cast.mina, now=then)


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
