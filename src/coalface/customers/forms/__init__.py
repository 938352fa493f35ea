"""What is asked when somebody writes down a customer, a consent or a reason to leave a customer alone."""

from .consents import CHANNELS, PURPOSES, BasisForm, ConsentForm, WordingForm
from .directory import CustomerForm, EditForm, SearchForm
from .households import HouseholdForm
from .merging import DIFFERENCES, MergeForm
from .restrictions import RESTRICTIONS, RestrictionForm
from .wishes import RefusalForm

__all__ = (
    "CHANNELS",
    "DIFFERENCES",
    "PURPOSES",
    "RESTRICTIONS",
    "BasisForm",
    "ConsentForm",
    "CustomerForm",
    "EditForm",
    "HouseholdForm",
    "MergeForm",
    "RefusalForm",
    "RestrictionForm",
    "SearchForm",
    "WordingForm",
)
