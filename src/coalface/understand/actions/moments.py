"""What customers live through at each touchpoint, judged once a day."""

from datetime import date, datetime, timedelta

from django.db import transaction

from coalface.methods.touchpoints import Asymmetry, Bars, TouchpointVerdict, asymmetry, judge
from coalface.policies import number, numbers
from coalface.records.models import Moment, TouchpointJudgement

from ..queries.moments import Answers, answers_by_touchpoint, today_of


def judge_touchpoints(*, now: datetime) -> list[TouchpointJudgement]:
    """Store what each touchpoint's answers of the policy's days amount to, in place of earlier ones of today.

    Of fewer answers than a group may have nothing is stored but that there are some.
    """
    today = today_of(now)
    if today is None:
        return []
    from_on = today - timedelta(days=int(number("journey_days")) - 1)
    answers = answers_by_touchpoint(from_on=from_on, now=now)
    bars, least = Bars(**numbers("moment_")), int(number("smallest_group"))
    rows = [_judged(pk, given, bars, least, from_on, today) for pk, given in sorted(answers.items())]
    with transaction.atomic():
        TouchpointJudgement.objects.filter(as_of=today).delete()
        return TouchpointJudgement.objects.bulk_create(rows)


def _judged(
    touchpoint: int, given: Answers, bars: Bars, least: int, from_on: date, today: date
) -> TouchpointJudgement:
    row = TouchpointJudgement(
        touchpoint_id=touchpoint, as_of=today, from_on=from_on, n=len(given.ratings), moment=Moment.UNCLEAR
    )
    if row.n < least:
        return row
    _tell(row, judge(given.ratings, given.sounds, bars=bars))
    if min(given.rated_with_whole()) >= least:
        _weigh(row, asymmetry(given.wholes, given.rated))
    return row


def _tell(row: TouchpointJudgement, verdict: TouchpointVerdict) -> None:
    row.moment = Moment(verdict.moment)
    for name in ("misery", "magic"):
        figure = getattr(verdict, name)
        setattr(row, name, figure.estimate)
        setattr(row, f"{name}_low", figure.low)
        setattr(row, f"{name}_high", figure.high)
    row.split = {
        "ratings": list(verdict.ratings),
        "sounds": dict(verdict.sounds),
        "voiced": verdict.magic.n,
        "divided": verdict.divided,
    }


def _weigh(row: TouchpointJudgement, found: Asymmetry) -> None:
    row.penalty, row.reward = found.penalty, found.reward
    row.asymmetry, row.asymmetry_n = found.impact.estimate, found.impact.n
    row.asymmetry_low, row.asymmetry_high = found.impact.low, found.impact.high
    row.split["impact"] = found.kind
