"""What stands in somebody's weekly mail: numbers and ids, no words."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings

from coalface.act.queries import published_since
from coalface.measure.queries import Unheard
from coalface.permissions import rights_of
from coalface.records.models import Encounter, Person

from .changes import Change
from .week import Thanks, Waiting, Week, week

MOST: Final = 5


def digest_of(person: Person, now: datetime) -> tuple[dict[str, Any], Encounter | None]:
    """The figures of a person's week as of now, and their next encounter."""
    found = week(person, now, rights_of(person, now))
    figures = _clock(found) | {
        "waiting": _waiting(found.waiting),
        "changes": [_change(change) for change in found.became],
        "unheard": [_unheard(one) for one in found.unheard],
        "thank": [_thanks(found.thanks)] if found.thanks else [],
        "passed_on": found.passed_on.count,
        "changed": found.passed_on.changed,
        "published": [{"publishedchange": pk} for pk in _published(person, now)],
    }
    return figures, found.next


def _published(person: Person, now: datetime) -> list[int]:
    """What was said in public this week, each fix once, in the language the mail is in."""
    rows = published_since(person.language or settings.LANGUAGE_CODE, now)
    return list(rows.values_list("pk", flat=True)[:MOST])


def _clock(found: Week) -> dict[str, Any]:
    own = found.mine
    last = own and (own.direct or own.observed)
    return {
        "days": last.days if last else None,
        "depth": last.meeting.depth if last else "",
        "spoken": bool(own and own.direct),
        "resolved": own.resolution.resolved if own else 0,
        "of": own.resolution.of if own else 0,
    }


def _waiting(waiting: Waiting) -> dict[str, int]:
    return {
        "hand_overs": waiting.hand_overs.count,
        "fixes": waiting.fixes.count,
        "offers": waiting.offers.count,
        "decisions": waiting.decisions.count,
        "promises": waiting.promises.count,
        "encounters": waiting.encounters.count,
        "remarks": waiting.remarks,
        "verdicts": len(waiting.to_judge),
    }


def _change(change: Change) -> dict[str, Any]:
    return {"code": change.code, change.kind: change.record.pk}


def _unheard(one: Unheard) -> dict[str, Any]:
    near = one.first_hand
    return {
        "issue": one.issue.pk,
        "mention": one.mention.pk if one.mention else None,
        "times": one.mentions,
        "format": near.format.pk if near else None,
        "unit": near.unit.pk if near else None,
        "here": near.here if near else 0,
        "all": near.of if near else 0,
    }


def _thanks(thanks: Thanks) -> dict[str, Any]:
    if thanks.guest:
        return {"guest": thanks.guest.pk}
    return {"feedback": str(thanks.praise.pk)}
