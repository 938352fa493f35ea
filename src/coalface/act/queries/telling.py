"""Who was told what became of a fix."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from coalface.records.history import history_of
from coalface.records.models import Fix, Telling

from .letters import NOT_REACHED, batches
from .news import by_question, fixes_with_news, standing_tellings
from .raised import ended_at

NOT_TOLD = NOT_REACHED


@dataclass(frozen=True, slots=True)
class Told:
    """How many heard what became of it; `not_told` says for which reason how many did not.

    So many as `waiting` are to hear its newest `news`, by themselves on `by_itself_on`.
    """

    customers: int
    people: int
    not_told: dict[str, int]
    waiting: int = 0
    news: str = ""
    by_itself_on: date | None = None


def told(fix: Fix, now: datetime) -> Told:
    """Who was told anything of it, and who is to be told its newest news or was to be asked."""
    if ended_at(fix) is None:
        return Told(0, 0, {})
    customers = standing_tellings().filter(fix=fix).aggregate(n=Count("customer", distinct=True))["n"]
    people = Telling.objects.filter(fix=fix).aggregate(n=Count("person", distinct=True))["n"]
    with_news = [one for one in fixes_with_news(now).filter(pk=fix.pk) if not by_question(one)]
    for batch in batches(with_news, Q(), now):
        return Told(customers, people, batch.bars, batch.reached, batch.news, batch.by_itself_on)
    last = history_of(fix).filter(kind="customers.asked").order_by("-id").first()
    payload = last.payload if last else {}
    return Told(customers, people, {bar: payload[bar] for bar in NOT_REACHED if payload.get(bar)})
