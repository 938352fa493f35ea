"""How complete the chain is from heard to told, by the level at which something was heard."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from coalface.act.queries import standing_tellings
from coalface.methods.hiding import merged_groups
from coalface.methods.results import wilson
from coalface.policies import number
from coalface.records.models import (
    ASKS_OR_PRAISES,
    AdoptionVerdict,
    Answer,
    Disposition,
    Feedback,
    Fix,
    Kind,
    Mention,
    Position,
    Remark,
    Ruling,
    Verdict,
)

from .levels import FROM_THE_TOP
from .meetings import YEAR

LINKS: Final = ("issue", "fix", "verdict", "told")
ASKS: Final = tuple(kind for kind in ASKS_OR_PRAISES if kind != Kind.COMPLIMENT)
# Nothing more has to follow from what was settled by itself.
SETTLED: Final = (Answer.FIXED_NOW, Answer.PASSED_ON, Answer.KEPT, Answer.DECLINED)


class Thing(NamedTuple):
    """One thing somebody heard, and which links of its chain are there."""

    person: int
    on: date
    issue: bool
    fix: bool
    verdict: bool
    told: bool


class Answering(NamedTuple):
    """A fix: where it applies, since when it is over, and whether nothing is left to judge."""

    pk: int
    path: str
    over_at: datetime | None
    judged: bool


def chain_figures(now: datetime) -> dict:
    """By group of levels: how many things its people heard within a year, and the share with each link.

    Levels are those held then, joined until each group holds k people who heard something.
    """
    by_level: dict[str, list[Thing]] = defaultdict(list)
    things = [*_remarks(now), *_feedback(now)]
    levels = _levels({thing.person for thing in things})
    for thing in things:
        if level := _level_then(levels[thing.person], thing.on):
            by_level[level].append(thing)
    k = int(number("smallest_group"))
    groups = []
    for names in _grouped(by_level, k):
        heard = [thing for name in names for thing in by_level[name]]
        groups.append(_figures("+".join(names), len({thing.person for thing in heard}), heard))
    shown = {level for group in groups for level in group["group"].split("+")}
    hidden = [str(level) for level in FROM_THE_TOP if by_level[level] and level not in shown]
    return {"groups": groups, "hidden": hidden}


def _grouped(by_level: dict[str, list[Thing]], k: int) -> list[tuple[str, ...]]:
    """Neighbouring levels joined until k people heard something there.

    Who changed level within the year counts once, at the level they held when they last heard something:
    no group is k people only by counting one of them twice.
    """
    last: dict[int, tuple[date, str]] = {}
    for level in FROM_THE_TOP:
        for thing in by_level[level]:
            last[thing.person] = max(last.get(thing.person, (thing.on, level)), (thing.on, level))
    sizes = Counter(level for _, level in last.values())
    return [names for names, _ in merged_groups([(str(level), sizes[level]) for level in FROM_THE_TOP], k)]


def _figures(group: str, people: int, things: list[Thing]) -> dict:
    found = Counter(link for thing in things for link in LINKS if getattr(thing, link))
    return {
        "group": group,
        "people": people,
        "n": len(things),
        "links": [_share(link, found[link], len(things)) for link in LINKS],
    }


def _share(link: str, count: int, n: int) -> dict:
    share = wilson(count, n)
    return {
        "link": link,
        "count": count,
        "n": n,
        "estimate": share.estimate,
        "low": share.low,
        "high": share.high,
    }


def _remarks(now: datetime) -> list[Thing]:
    """What asks for something and was not settled by itself."""
    settled = Disposition.objects.filter(remark=OuterRef("pk"), ended_at=None, answer__in=SETTLED)
    rows = Remark.objects.filter(noted_at__range=(now - YEAR, now), kind__in=ASKS).exclude(Exists(settled))
    return _things(rows, "remark", "noted_by", "noted_at")


def _feedback(now: datetime) -> list[Thing]:
    """What one of us passed on."""
    rows = Feedback.objects.standing().filter(
        received_at__range=(now - YEAR, now), kind__in=ASKS, reported_by__isnull=False
    )
    return _things(rows, "feedback", "reported_by", "received_at")


def _things(rows: QuerySet, kind: str, by: str, at: str) -> list[Thing]:
    mentions: dict[UUID, list[tuple[int, str]]] = defaultdict(list)
    counted = Mention.objects.counted().filter(**{f"{kind}__in": rows}).order_by()
    for source, issue, path in counted.values_list(kind, "issue", "unit__path"):
        mentions[source].append((issue, path))
    fixes, told = _fixes(), _told()
    things = []
    for source, person, when, customer in rows.order_by().values_list("pk", by, at, "customer"):
        answers = [
            fix
            for issue, path in mentions[source]
            for fix in fixes[issue]
            if path.startswith(fix.path) and (fix.over_at is None or fix.over_at > when)
        ]
        heard = any((fix.pk, one) in told for fix in answers for one in (customer, person) if one)
        judged = any(fix.judged for fix in answers)
        links = (bool(mentions[source]), bool(answers), judged, heard)
        things.append(Thing(person, timezone.localdate(when), *links))
    return things


def _fixes() -> dict[int, list[Answering]]:
    """By issue; an opportunity may be judged by its adoption, and what was declined has nothing to judge.

    A verdict that only names the day on which there can be one is none yet.
    """
    newest = Verdict.objects.filter(fix=OuterRef("pk")).order_by("-judged_at", "-id")
    waits = Q(ruling=Ruling.NOT_ENOUGH_EVIDENCE, decidable_on__isnull=False)
    rows = Fix.objects.filter(merged_into=None).annotate(
        ruling=Subquery(newest.values("ruling")[:1]),
        decidable_on=Subquery(newest.values("decidable_on")[:1]),
        judged=Q(ruling__isnull=False) & ~waits
        | Exists(AdoptionVerdict.objects.filter(opportunity__fix=OuterRef("pk"))),
    )
    found: dict[int, list[Answering]] = defaultdict(list)
    values = rows.order_by("id").values_list(
        "issue", "pk", "unit__path", "shipped_at", "declined_at", "judged"
    )
    for issue, pk, path, shipped_at, declined_at, judged in values:
        over_at = shipped_at or declined_at
        found[issue].append(Answering(pk, path or "", over_at, bool(judged or declined_at)))
    return found


def _told() -> set[tuple[int, object]]:
    """Of which fix each customer, and each of us, has heard."""
    rows = standing_tellings().order_by().values_list("fix", "customer", "person")
    return {(fix, customer or person) for fix, customer, person in rows}


def _levels(people: set[int]) -> dict[int, list[Position]]:
    held: dict[int, list[Position]] = defaultdict(list)
    for position in Position.objects.filter(person__in=people).exclude(level="").order_by("starts_on", "id"):
        held[position.person_id].append(position)
    return held


def _level_then(held: list[Position], on: date) -> str:
    """The level of the position held on a day; of several at once the newest."""
    then = [one for one in held if one.starts_on <= on and (one.ends_on is None or on < one.ends_on)]
    return then[-1].level if then else ""
