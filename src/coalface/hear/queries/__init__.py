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
    with_ways,
)
from .places import new_code, organisation, place_called, places
from .praise import may_read_praise, told_of
from .receipts import Became, became, erasure_of, look_up_address, plain, receipt_for, thread

__all__ = (
    "Became",
    "PassedOn",
    "Way",
    "became",
    "customers_called",
    "erasure_of",
    "feedback_with_all",
    "heard",
    "look_up_address",
    "may_read_praise",
    "my_reports",
    "new_code",
    "organisation",
    "passed_on",
    "place_called",
    "places",
    "plain",
    "receipt_for",
    "reported",
    "thanks_due",
    "thread",
    "told_of",
    "way_of",
    "who_knows",
    "with_ways",
)
