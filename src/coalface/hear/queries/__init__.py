"""What the ledger says about what reached us."""

from .feedback import (
    PassedOn,
    Way,
    customers_called,
    feedback_with_all,
    heard,
    my_reports,
    passed_on,
    reported,
    thanks_due,
    way_of,
    who_knows,
)

__all__ = (
    "PassedOn",
    "Way",
    "customers_called",
    "feedback_with_all",
    "heard",
    "my_reports",
    "passed_on",
    "reported",
    "thanks_due",
    "way_of",
    "who_knows",
)
