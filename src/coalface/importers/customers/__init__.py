"""Customers from a list: who they are, and what they agreed to."""

from django.utils.translation import gettext_lazy as _

from coalface.permissions import Right
from coalface.records.models import Stage

from ..recognising import Field
from ..rows import Kind
from .rows import CustomerRows

CUSTOMERS = Kind(
    key="customers",
    label=_("Customers"),
    right=Right.MANAGE_CUSTOMERS,
    fields=(
        Field("name", _("Name"), called=("customer", "kunde", "company", "firma", "full name")),
        Field("first_name", _("First name"), called=("vorname", "prénom")),
        Field("last_name", _("Last name"), called=("nachname", "surname")),
        Field("reference", _("Customer number"), "key", called=("kundennummer", "customer id")),
        Field("email", _("E-mail"), "email", called=("mail", "e-mail")),
        Field("phone", _("Phone"), "phone", called=("tel", "telefon", "tel/mail")),
        Field("is_company", _("Is a company"), "yes_no", called=("company?", "firma?")),
        Field("segment", _("Segment"), "choice", called=("kundengruppe",)),
        Field("stage", _("Where they stand with us"), "choice", called=("status",)),
        Field("language", _("Language"), "choice", called=("sprache",)),
        Field("country", _("Country"), "choice", called=("land",)),
        Field("unit", _("Unit"), "unit", called=("branch", "filiale")),
        Field("account_owner", _("Who looks after them"), "person", called=("betreuer", "owner")),
        Field("household", _("Household or account"), called=("haushalt", "family")),
        Field("since_on", _("Customer since"), "day", called=("since", "kunde seit")),
        Field("yearly_value", _("Value a year"), "money", called=("jahresumsatz", "annual revenue")),
        Field("currency", _("Currency"), "choice", called=("währung",)),
        Field("may_email", _("May be written to"), "yes_no", called=("newsletter", "email consent")),
        Field("may_phone", _("May be called"), "yes_no", called=("phone consent",)),
        Field("consent_wording", _("The wording they agreed to"), called=("consent version",)),
    ),
    rows=CustomerRows,
    longest={
        "name": 160, "first_name": 80, "last_name": 80, "reference": 64, "email": 254, "phone": 40,
        "segment": 64, "language": 8, "country": 2, "household": 160, "currency": 3, "consent_wording": 32,
    },
    choices={"stage": dict(zip(Stage.values, Stage.values, strict=True))},
)  # fmt: skip
