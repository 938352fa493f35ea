"""Which of the quotes on a page one person has come to know of, for nobody but them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from coalface.records.models import Depth, Mention, Person, Sighting


@dataclass(frozen=True, slots=True)
class HavingRead:
    """Mentions this person does not know yet, and those they said they have read."""

    unread: list[int]
    read: list[int]


def having_read(*, person: Person, mentions: Sequence[Mention]) -> HavingRead:
    """What was heard or solved in any other way needs no reading: it is in neither list."""
    mine = Sighting.objects.filter(
        Q(feedback__in=[each.feedback_id for each in mentions if each.feedback_id])
        | Q(remark__in=[each.remark_id for each in mentions if each.remark_id]),
        person=person,
    )
    how = {
        feedback or remark: depth
        for feedback, remark, depth in mine.values_list("feedback", "remark", "depth")
    }
    known = {each.pk: how.get(each.feedback_id or each.remark_id) for each in mentions}
    return HavingRead(
        unread=[pk for pk, depth in known.items() if depth is None],
        read=[pk for pk, depth in known.items() if depth == Depth.READING],
    )
