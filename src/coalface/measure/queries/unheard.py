"""What customers say that one person has not heard, in the customers' own words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length

from coalface.policies import number
from coalface.records.models import Issue, Mention, Person, Speaker, Verbatim

from .first_hand import FirstHand, first_hand
from .levels import own_awareness
from .stored import said_lately

# A quote that reads well: long enough to say something, short enough to stand in a list.
SHORTEST, LONGEST = 25, 200


@dataclass(frozen=True, slots=True)
class Unheard:
    """An issue, how often it was said lately, one customer saying it, and how one could hear it oneself.

    Without words (there are only taps, or the person may not read them) there is no mention.
    """

    issue: Issue
    mentions: int
    known: float
    mention: Mention | None
    first_hand: FirstHand | None

    @property
    def words(self) -> str:
        return self.spoken.text if self.spoken else ""

    @property
    def by(self) -> int | None:
        """Who of us brought it in."""
        if self.mention is None:
            return None
        remark, feedback = self.mention.remark, self.mention.feedback
        return remark.noted_by_id if remark else feedback.reported_by_id

    @property
    def language(self) -> str:
        return self.spoken.language if self.spoken else ""

    @property
    def spoken(self) -> Verbatim | None:
        return (self.mention.remark or self.mention.feedback).verbatim if self.mention else None


def unheard(person: Person, now: datetime, readable: Q, most: int = 3) -> list[Unheard]:
    """Issues with the most mentions in ninety days among those the person does not know.

    `readable` leaves the mentions whose words the person may read; without such an issue has no quote.
    """
    known, enough = own_awareness(person, now), number("aware_from")
    aware = [issue for issue, value in known.items() if value >= enough]
    lately = said_lately(now)
    issues = list(
        Issue.objects.standing()
        .select_related("touchpoint")
        .exclude(pk__in=aware)
        .annotate(
            lately=Count("mentions", filter=lately),
            quoted=Subquery(_quotable(now, readable).values("pk")[:1]),
        )
        .filter(lately__gt=0)
        .order_by("-lately", "id")[:most]
    )
    quotes = {
        mention.pk: mention
        for mention in Mention.objects.filter(pk__in=[issue.quoted for issue in issues]).select_related(
            "remark__verbatim", "feedback__verbatim", "unit"
        )
    }
    nearest = first_hand(issues, now)
    return [
        Unheard(
            issue, issue.lately, known.get(issue.pk, 0.0), quotes.get(issue.quoted), nearest.get(issue.pk)
        )
        for issue in issues
    ]


def _quotable(now: datetime, readable: Q) -> QuerySet:
    length = Coalesce(
        Length("remark__verbatim__text"), Length("feedback__verbatim__text"), output_field=IntegerField()
    )
    by_customer = Q(remark=None) | Q(remark__said_by=Speaker.CUSTOMER)
    said = Mention.objects.counted().filter(by_customer, readable, issue=OuterRef("pk"), happened_at__lte=now)
    fitting = said.annotate(length=length).filter(length__range=(SHORTEST, LONGEST))
    return fitting.order_by("-happened_at", "-id")
