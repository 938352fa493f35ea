"""One fix: how far it is, what it waits for, and what happened to it."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from coalface.permissions import Right, Rights
from coalface.records.history import history_of
from coalface.records.models import Decision, Event, Fix, FixOffer, Person, Verdict
from coalface.understand.queries import reasons_of_merged


def fix_with_all(pk: int) -> QuerySet[Fix]:
    """One fix with everything its page names."""
    offers = FixOffer.objects.select_related("giver", "receiver", "answered_by", "reason")
    decisions = Decision.objects.select_related("decider", "decided_by", "asked_by", "reason")
    return (
        Fix.objects.filter(pk=pk)
        .select_related(
            "issue",
            "unit",
            "owner",
            "opened_by",
            "decline_reason",
            "evaluation_plan__judge",
            "merged_into",
            "opportunity",
        )
        .prefetch_related(
            Prefetch("verdicts", Verdict.objects.select_related("judged_by")),
            Prefetch("offers", offers.order_by("-offered_at", "-id")),
            Prefetch("decisions", decisions.order_by("-asked_at", "-id")),
            Prefetch("needs", Fix.objects.select_related("owner").order_by("due_on", "id")),
            Prefetch("needed_by", Fix.objects.select_related("owner").order_by("due_on", "id")),
            Prefetch("merged", Fix.objects.order_by("id")),
            "issue__whys",
            reasons_of_merged("issue__"),
        )
    )


def offered(fix: Fix) -> FixOffer | None:
    """The offer that waits, of a fix read with all."""
    return next((one for one in fix.offers.all() if one.answered_at is None), None)


def to_decide(fix: Fix) -> Decision | None:
    """The decision that waits, of a fix read with all."""
    return next((one for one in fix.decisions.all() if one.decided_at is None), None)


def waiting_for(fix: Fix) -> str:
    """The next step as a code: accept, decide, register, ship, judge, or nothing more.

    Nothing more is judged, declined, or merged.
    """
    if fix.declined_at:
        return "declined"
    if fix.merged_into_id:
        return "merged"
    if fix.shipped_at:
        return "judged" if fix.verdicts.all() else "judge"
    if not fix.accepted_at or offered(fix):
        return "accept"
    if to_decide(fix):
        return "decide"
    return "ship" if hasattr(fix, "evaluation_plan") else "register"


def history(fix: Fix) -> QuerySet[Event]:
    """What happened to a fix, newest first."""
    return history_of(fix).order_by("-id")


def may(rights: Rights, right: Right, fix: Fix) -> bool:
    """Whether a right reaches a fix; one for everywhere is in reach of all who have the right."""
    return rights.reach(right, fix.unit) if fix.unit else rights.has(right)


def reached(rights: Rights, right: Right, of: str = "") -> Q:
    """The same as a filter, for fixes or for rows of one (`of="fix__"`)."""
    return rights.within(right, f"{of}unit") | Q(**{f"{of}unit": None})


def may_change(fix: Fix, person: Person, rights: Rights) -> bool:
    """Whether somebody may change an open fix: their own, or where they may open some."""
    still = not (fix.shipped_at or fix.declined_at or fix.merged_into_id)
    return still and (fix.owner_id == person.pk or may(rights, Right.OPEN_FIXES, fix))


def owners(today: date) -> QuerySet[Person]:
    """Everybody who works here and could own a fix."""
    return Person.objects.working(today).order_by("name", "id")
