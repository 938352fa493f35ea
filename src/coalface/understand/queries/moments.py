"""What customers answered at each touchpoint, and how it was judged."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from coalface.records.models import Clause, Feedback, Polarity, Touchpoint, TouchpointJudgement, Unit
from coalface.records.tables import Column, Of, Table
from coalface.shell.charts import Part, SplitBar

from .days import midnight

LOW: Final = (1, 2)
TOP: Final = 5
MONTHS: Final = Table(
    "months",
    (
        Column("as_of", Of.DAY),
        Column("from_on", Of.DAY),
        Column("moment"),
        Column("answers", Of.WHOLE, "n"),
        *(
            Column(f"{share}{end}", Of.NUMBER)
            for share in ("misery", "magic")
            for end in ("", "_low", "_high")
        ),
    ),
)


@dataclass(slots=True)
class Answers:
    """Ratings with what their words sound like; `wholes` and `rated`: those whose recommendation is known."""

    ratings: list[int] = field(default_factory=list)
    sounds: list[str | None] = field(default_factory=list)
    wholes: list[float] = field(default_factory=list)
    rated: list[int] = field(default_factory=list)

    def rated_with_whole(self) -> tuple[int, int, int]:
        """How many of those rated low, in the middle, and at the top."""
        given = Counter(self.rated)
        low, top = sum(given[rating] for rating in LOW), given[TOP]
        return low, len(self.rated) - low - top, top


def today_of(now: datetime) -> date | None:
    """The day at the organisation; none where there is none."""
    root = Unit.objects.filter(parent=None).first()
    return now.astimezone(ZoneInfo(root.time_zone)).date() if root else None


def answers_by_touchpoint(*, from_on: date, now: datetime) -> dict[int, Answers]:
    """Every rating given at a touchpoint since that day, by touchpoint."""
    heard = Feedback.objects.standing().filter(received_at__gte=midnight(from_on), received_at__lte=now)
    scores = heard.filter(nps__isnull=False, customer__isnull=False).order_by("received_at", "pk")
    whole = dict(scores.values_list("customer_id", "nps").iterator())
    found: dict[int, Answers] = defaultdict(Answers)
    rows = with_sounds(heard.filter(touchpoint__isnull=False, csat__isnull=False)).order_by("pk")
    names = ("touchpoint_id", "csat", "nps", "customer_id", "verbatim_id", *Polarity.values)
    for touchpoint, rating, nps, customer, verbatim, *sounds in rows.values_list(*names).iterator():
        answers = found[touchpoint]
        answers.ratings.append(rating)
        answers.sounds.append(_sound(*sounds) if verbatim else None)
        score = whole.get(customer) if nps is None else nps
        if score is not None:
            answers.wholes.append(score)
            answers.rated.append(rating)
    return dict(found)


def with_sounds(rows: QuerySet[Feedback]) -> QuerySet[Feedback]:
    """Feedback with whether any of its words sound positive, neutral or negative, where that is known."""
    said = Clause.objects.filter(verbatim=OuterRef("verbatim"))
    return rows.annotate(**{one: Exists(said.filter(polarity=one)) for one in Polarity.values})


def _sound(positive: bool, neutral: bool, negative: bool) -> str:
    if positive and negative:
        return "mixed"
    if positive or negative:
        return "positive" if positive else "negative"
    return "neutral" if neutral else ""


def judgements_now() -> dict[int, TouchpointJudgement]:
    """How each touchpoint was judged on the newest day on which any was."""
    newest = TouchpointJudgement.objects.order_by("-as_of").values("as_of")[:1]
    return {row.touchpoint_id: row for row in TouchpointJudgement.objects.filter(as_of=newest).order_by("pk")}


def months_of(touchpoint: Touchpoint, *, most: int = 12) -> list[TouchpointJudgement]:
    """The last judgement of each month, the newest first."""
    by_month: dict[tuple[int, int], TouchpointJudgement] = {}
    for row in TouchpointJudgement.objects.filter(touchpoint=touchpoint).order_by("-as_of")[: 31 * most]:
        by_month.setdefault((row.as_of.year, row.as_of.month), row)
    return list(by_month.values())[:most]


def quotes_at(
    touchpoint: Touchpoint, *, readable: Q, from_on: date, most: int = 5
) -> tuple[list[Feedback], list[Feedback]]:
    """What was said with the worst ratings or in bad words, and with the best ones, the latest first."""
    words = Q(verbatim__isnull=False, verbatim__erased_at=None)
    rows = Feedback.objects.standing().filter(words, readable, touchpoint=touchpoint)
    rows = with_sounds(rows.filter(csat__isnull=False, received_at__gte=midnight(from_on)))
    rows = rows.select_related("verbatim", "customer", "unit").order_by("-received_at", "-pk")
    misery = rows.filter(Q(csat__in=LOW) | Q(negative=True, positive=False))
    magic = rows.filter(csat=TOP, negative=False)
    return list(misery[:most]), list(magic[:most])


def ratings_of(row: TouchpointJudgement | None) -> SplitBar | None:
    """How often each rating was given, the worst first; nothing where too few answered."""
    if row is None or not row.split:
        return None
    tones = ("bad", "bad", "middling", "middling", "good")
    return SplitBar(
        [
            Part(f"{rating}:", count, tone)
            for rating, (count, tone) in enumerate(zip(row.split["ratings"], tones, strict=True), 1)
        ]
    )
