"""Which question a signed link belongs to, and what those who were asked said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer

from coalface.records.models import Basis, CustomerAnswer, Fix, Verdict

EXPIRES_AFTER = timedelta(days=90)
_SIGNER_SALT = "coalface.verify.better"


class Expired(Exception):
    """The question is older than ninety days."""


class Forged(Exception):
    """The link was not made here, or the question is gone."""


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
    return Signer(salt=_SIGNER_SALT, sep=".").sign(UUID(str(answer.pk)).hex)


def answer_of(token: str, now: datetime) -> CustomerAnswer:
    """The question a link belongs to."""
    try:
        pk = Signer(salt=_SIGNER_SALT, sep=".").unsign(token)
    except BadSignature as forged:
        raise Forged(token) from forged
    found = (
        CustomerAnswer.objects.filter(pk=pk)
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
