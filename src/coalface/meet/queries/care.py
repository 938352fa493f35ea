"""What was judged on a care walk, and how much of it says “we care”."""

from dataclasses import dataclass

from coalface.methods.results import Estimate, wilson
from coalface.records.models import CareItem, Encounter


@dataclass(frozen=True, slots=True)
class CareWalk:
    """The things in the order in which they were met, and the share that cares with its interval."""

    items: list[CareItem]
    cares: int
    share: Estimate

    @property
    def next_order(self) -> int:
        """The number the next thing gets."""
        return self.items[-1].order + 1 if self.items else 1


def care_walk_of(encounter: Encounter) -> CareWalk:
    """All that was judged; it says something about these things, and little about all there are."""
    items = list(encounter.care_items.select_related("words", "photo", "remark").order_by("order"))
    cares = sum(item.cares for item in items)
    return CareWalk(items, cares, wilson(cares, len(items)))
