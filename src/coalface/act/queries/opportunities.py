"""An opportunity: how many want it, and whether it was taken up."""

from dataclasses import dataclass

from django.db.models import Count, Q

from coalface.methods.results import Estimate, wilson
from coalface.records.models import AdoptionVerdict, Fix, Lane, Opportunity


@dataclass(frozen=True, slots=True)
class Standing:
    """How an opportunity stands; `share` of those asked want it, with its Wilson interval."""

    asked: int
    want: int
    wanted: int
    share: Estimate
    verdict: AdoptionVerdict | None

    @property
    def validated(self) -> bool:
        return self.want >= self.wanted

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.want)


def wanted_enough(fix: Fix) -> bool:
    """Whether as many customers want it as was written down; of what is no opportunity nobody asks."""
    opportunity = Opportunity.objects.filter(fix=fix).first()
    return standing_of(opportunity).validated if opportunity else fix.lane != Lane.OPPORTUNITY


def standing_of(opportunity: Opportunity) -> Standing:
    """Counts of those who were asked, and the newest verdict."""
    found = opportunity.validations.aggregate(asked=Count("pk"), want=Count("pk", filter=Q(wants=True)))
    newest = opportunity.verdicts.select_related("judged_by").order_by("-judged_at", "-id").first()
    share = wilson(found["want"], found["asked"])
    return Standing(found["asked"], found["want"], opportunity.customers_wanted, share, newest)
