"""Which question a signed link belongs to, and what those who were asked said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from coalface.records.models import Basis, CustomerAnswer, Fix, Verdict
from coalface.shell.links import Expired, Forged, signed, unsigned

EXPIRES_AFTER = timedelta(days=90)
BETTER = "coalface.verify.better"


@dataclass(frozen=True, slots=True)
class Answers:
    """How many were asked, and what they said."""

    asked: int
    yes: int
    no: int

    @property
    def silent(self) -> int:
        return self.asked - self.yes - self.no


def token_of(answer: CustomerAnswer) -> str:
    """The part of a link that only we can make."""
    return signed(UUID(str(answer.pk)).hex, BETTER)


def answer_of(token: str, now: datetime) -> CustomerAnswer:
    """The question a link belongs to."""
    found = (
        CustomerAnswer.objects.filter(pk=unsigned(token, BETTER))
        .select_related("customer", "fix__issue", "fix__unit", "fix__owner")
        .first()
    )
    if found is None:
        raise Forged(token)
    if found.asked_at + EXPIRES_AFTER < now:
        raise Expired(token)
    return found


def settled(answer: CustomerAnswer) -> bool:
    """Whether the customers' verdict was given since this answer, so that it stays as it is."""
    last = Verdict.objects.filter(fix=answer.fix_id, basis=Basis.CUSTOMERS).first()
    return bool(answer.answered_at and last and last.judged_at >= answer.answered_at)


def answers_to(fix: Fix) -> Answers:
    """What those who raised it said when asked."""
    said = list(CustomerAnswer.objects.filter(fix=fix).values_list("better", flat=True))
    return Answers(len(said), said.count(True), said.count(False))
