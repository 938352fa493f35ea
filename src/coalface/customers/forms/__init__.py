"""What is asked when somebody writes down a customer, a consent or a reason to leave a customer alone."""

from .consents import CHANNELS, PURPOSES, ConsentForm
from .directory import CustomerForm, SearchForm
from .restrictions import RESTRICTIONS, RestrictionForm

__all__ = (
    "CHANNELS",
    "PURPOSES",
    "RESTRICTIONS",
    "ConsentForm",
    "CustomerForm",
    "RestrictionForm",
    "SearchForm",
)
