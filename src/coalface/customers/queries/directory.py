"""Who our customers are, within rights."""

from hashlib import sha256

from django.db.models import Q

from coalface.people.queries import everywhere
from coalface.permissions import Right, Rights
from coalface.records.models import Customer
from coalface.records.models.them.customer import Customers
from coalface.records.tables import Column, Of, Table
from coalface.shell.money import major

CUSTOMERS = Table(
    "customers",
    (
        Column("reference"),
        Column("name"),
        Column("is_company", Of.YES_NO),
        Column("segment"),
        Column("stage"),
        Column("language"),
        Column("email"),
        Column("phone"),
        Column("country"),
        Column("household", read="household.name"),
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("account_owner", read="account_owner.name"),
        Column("since_on", Of.DAY),
        Column("yearly_value", Of.MONEY, lambda one: major(one.yearly_value, one.currency)),
        Column("currency"),
        Column("coalface_id", read="id"),
    ),
)


def customers_within(rights: Rights, right: Right) -> Customers:
    """Customers served where the right is theirs; those without a unit belong to the whole organisation."""
    here = rights.within(right)
    return Customer.objects.present().filter(here | Q(unit=None) if everywhere(rights, right) else here)


def named(customers: Customers, words: str = "", segment: str = "") -> Customers:
    """Those whose name or reference holds all the words, with unit and account owner at hand."""
    for word in words.split():
        customers = customers.filter(Q(name__icontains=word) | Q(reference__icontains=word))
    if segment:
        customers = customers.filter(segment=segment)
    return customers.select_related("unit", "account_owner").order_by("name", "id")


def segments() -> list[str]:
    """The names of all segments, in order."""
    named_ones = Customer.objects.present().exclude(segment="").order_by("segment")
    return list(named_ones.values_list("segment", flat=True).distinct())


def state_of(customer: Customer) -> str:
    """What stands in the directory, as a mark: two marks differ if anything was changed in between."""
    values = [field.value_from_object(customer) for field in customer._meta.concrete_fields]
    return sha256(repr([str(value) for value in values]).encode()).hexdigest()[:32]
