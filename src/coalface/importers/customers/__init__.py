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
        Field("name", _("Name"), required=True, called=("customer", "kunde", "company", "firma", "full name", "client", "nom")),
        Field("first_name", _("First name"), called=("vorname", "prénom", "given name", "firstname")),
        Field("reference", _("Customer number"), "key", called=("id", "customer id", "customer no", "kundennummer", "kunden-nr", "kdnr", "nr", "number", "record id", "account id")),
        Field("email", _("E-mail"), "email", called=("mail", "e-mail", "email address", "e-mail-adresse", "courriel")),
        Field("phone", _("Phone"), "phone", called=("tel", "telefon", "telephone", "mobile", "phone number", "handy", "téléphone", "tel/mail")),
        Field("is_company", _("Is a company"), "yes_no", called=("company?", "firma?", "organisation")),
        Field("segment", _("Segment"), "choice", called=("group", "type", "kategorie", "gruppe", "kundengruppe")),
        Field("stage", _("Where they stand with us"), "choice", called=("status", "phase", "lifecycle stage")),
        Field("language", _("Language"), "choice", called=("sprache", "langue", "lang")),
        Field("country", _("Country"), "choice", called=("land", "pays", "country code")),
        Field("unit", _("Unit"), "unit", called=("branch", "filiale", "standort", "site", "store", "region")),
        Field("account_owner", _("Who looks after them"), "person", called=("owner", "betreuer", "account manager", "berater", "contact owner")),
        Field("household", _("Household or account"), called=("haushalt", "family", "familie", "account", "parent account")),
        Field("since_on", _("Customer since"), "day", called=("since", "kunde seit", "seit", "customer since", "create date", "created date")),
        Field("yearly_value", _("Value a year"), "money", called=("revenue", "umsatz", "yearly value", "annual revenue", "jahresumsatz")),
        Field("currency", _("Currency"), "choice", called=("währung", "devise")),
        Field("may_email", _("May be written to"), "yes_no", called=("newsletter", "email consent", "opt-in", "einwilligung e-mail")),
        Field("may_phone", _("May be called"), "yes_no", called=("phone consent", "einwilligung telefon")),
        Field("consent_wording", _("The wording they agreed to"), called=("consent version", "wording")),
    ),
    rows=CustomerRows,
    longest={
        "name": 160, "first_name": 80, "reference": 64, "email": 254, "phone": 40, "segment": 64,
        "language": 8, "country": 2, "household": 160, "currency": 3, "consent_wording": 32,
    },
    choices={"stage": {stage.value: stage.value for stage in Stage}},
)  # fmt: skip
