"""A fix as it is now, locked: whether it can still be changed, and whose it is."""

from datetime import datetime

from coalface.records.models import (
    Decision,
    EvaluationPlan,
    Fix,
    FixOffer,
    OutgoingMessage,
    Person,
    Verbatim,
)


class NotItsOwner(PermissionError):
    """It is somebody else's."""


class AlreadyShipped(ValueError):
    """The fix is live already."""


class AlreadyDeclined(ValueError):
    """The fix was declined."""


class AlreadyMerged(ValueError):
    """The fix is part of another one now."""


class NoReason(ValueError):
    """Who says no says why."""


class WouldJudgeIt(ValueError):
    """Who is to judge a fix does not make it."""


def held(*, fix: Fix) -> Fix:
    """The fix as it is now, locked, if it is still open."""
    fix = Fix.objects.select_for_update(of=("self",)).select_related("issue", "unit").get(pk=fix.pk)
    if fix.shipped_at:
        raise AlreadyShipped(fix)
    if fix.declined_at:
        raise AlreadyDeclined(fix)
    if fix.merged_into_id:
        raise AlreadyMerged(fix)
    return fix


def held_by(*, fix: Fix, by: Person) -> Fix:
    """The same, if it is theirs."""
    fix = held(fix=fix)
    if fix.owner_id != by.pk:
        raise NotItsOwner(fix)
    return fix


def not_its_judge(*, fix: Fix, person: Person) -> None:
    """Whoever makes a fix does not judge it."""
    if EvaluationPlan.objects.filter(fix=fix, judge=person).exists():
        raise WouldJudgeIt(fix, person)


def waiting_offer(*, fix: Fix) -> FixOffer | None:
    """The offer of the fix nobody has answered."""
    return FixOffer.objects.waiting().select_related("giver", "receiver").filter(fix=fix).first()


def waiting_decision(*, fix: Fix) -> Decision | None:
    """The decision on the fix nobody has taken."""
    return Decision.objects.waiting().select_related("decider").filter(fix=fix).first()


def close_offer(
    *,
    offer: FixOffer,
    by: Person | None,
    now: datetime,
    accepted: bool = False,
    reason: Verbatim | None = None,
) -> None:
    """Answered: accepted, returned by the receiver, taken back by the giver, or, by nobody, out of time."""
    offer.accepted, offer.answered_by, offer.answered_at, offer.reason = accepted, by, now, reason
    offer.save(update_fields=["accepted", "answered_by", "answered_at", "reason"])


def close_decision(
    *, decision: Decision, answer: str, by: Person, now: datetime, reason: Verbatim | None
) -> None:
    """Taken."""
    decision.answer, decision.decided_by, decision.decided_at, decision.reason = answer, by, now, reason
    decision.save(update_fields=["answer", "decided_by", "decided_at", "reason"])


def words(*, reason: str, by: Person) -> Verbatim:
    """A reason in the words of who gives it; nothing is no reason."""
    if not reason.strip():
        raise NoReason
    return Verbatim.objects.create(text=reason.strip(), language=by.language)


def say_no(*, fix: Fix, reason: Verbatim, now: datetime) -> None:
    """The fix ends here, with its reason."""
    fix.decline_reason, fix.declined_at = reason, now
    fix.save(update_fields=["declined_at", "decline_reason"])


def write_to(*, person: Person, template: str, key: str, about: dict[str, int], now: datetime) -> None:
    """One mail; who has no address reads it in My week."""
    if person.email:
        mail = {"template": template, "person": person, "about": about, "due_at": now}
        OutgoingMessage.objects.get_or_create(key=key, defaults=mail)
