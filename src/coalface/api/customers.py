"""Whom we work for: by the right to see them, and written by the reference another system has for them."""

import re
from datetime import date
from typing import Annotated
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status
from ninja.decorators import decorate_view
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from coalface.customers.actions import NewCustomer
from coalface.customers.queries import customers_within, named
from coalface.people.queries import everywhere
from coalface.permissions import Right
from coalface.records.models import Customer, Stage, Unit

from .actions.customers import NotPresent, put_customer
from .answers import READ, WRITTEN, Refused, invalid
from .exposures import Day
from .paging import Asked, Page, Short, below, page, unit_called
from .rights import needs
from .sent import without_nul
from .tags import as_expected, tagged

router = Router(tags=["customers"])


def _email(text: str) -> str:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise ValueError("no address") from None
    return text


def _reference(text: str) -> str:
    if "/" in text or text != text.strip() or re.search(r"[\x00-\x1f]", text):
        raise ValueError("no slash, no blank at either end, nothing unprintable")
    return text


Reference = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(_reference)]


class CustomerOut(BaseModel):
    """A person or company. Money is in minor units of its currency."""

    id: UUID
    reference: str | None
    name: str
    is_company: bool
    segment: str
    stage: Stage
    language: str
    country: str
    email: str
    phone: str
    unit: str | None
    since_on: date | None
    yearly_value: int | None
    currency: str


class CustomersAsked(Asked):
    """Whom: in `unit` and everything below it, of one `segment`, with `q` in name or reference."""

    unit: Short = ""
    segment: Short = ""
    q: Short = ""


class CustomerIn(BaseModel):
    """All that another system knows about a customer: what is left out is emptied."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(min_length=1, max_length=160), AfterValidator(without_nul)]
    is_company: bool = False
    segment: Annotated[str, StringConstraints(max_length=64), AfterValidator(without_nul)] = ""
    stage: Stage = Stage.USING
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$", max_length=8)] = "en"
    country: Annotated[str, StringConstraints(pattern="^([A-Z]{2})?$")] = ""
    email: Annotated[str, StringConstraints(max_length=254), AfterValidator(_email)] = ""
    phone: Annotated[str, StringConstraints(max_length=40), AfterValidator(without_nul)] = ""
    unit: Annotated[str, StringConstraints(max_length=50), AfterValidator(without_nul)] | None = None
    since_on: Day | None = None
    yearly_value: Annotated[int, Field(ge=-(2**63), le=2**63 - 1)] | None = None
    currency: Annotated[str, StringConstraints(pattern="^([A-Z]{3})?$")] = ""

    @model_validator(mode="after")
    def _money(self) -> "CustomerIn":
        if self.yearly_value is not None and not self.currency:
            raise ValueError("money has a currency")
        return self


def _out(one: Customer) -> CustomerOut:
    same = {name: getattr(one, name) for name in CustomerOut.model_fields if name != "unit"}
    return CustomerOut(unit=one.unit.key if one.unit else None, **same)


@router.get("", auth=needs(Right.SEE_CUSTOMERS, "customers:read"), response={200: Page[CustomerOut]} | READ)
@decorate_view(tagged)
def list_customers(request: HttpRequest, asked: Query[CustomersAsked]) -> Page[CustomerOut]:
    """Customers served where the right is yours; who was erased or merged into another is not there."""
    rows = below(customers_within(request.rights, Right.SEE_CUSTOMERS), asked.unit)
    kept, about = page(named(rows, asked.q, asked.segment), asked, "customers")
    return Page[CustomerOut](items=[_out(one) for one in kept], **about)


@router.get("/{id}", auth=needs(Right.SEE_CUSTOMERS, "customers:read"), response={200: CustomerOut} | READ)
@decorate_view(tagged)
def one_customer(request: HttpRequest, id: UUID) -> CustomerOut:
    """One customer, by our id."""
    return _out(_found(request, pk=id))


@router.get(
    "/by-reference/{reference}",
    auth=needs(Right.SEE_CUSTOMERS, "customers:read"),
    response={200: CustomerOut} | READ,
)
@decorate_view(tagged)
def one_customer_by_reference(request: HttpRequest, reference: Reference) -> CustomerOut:
    """One customer, by the reference another system has for them."""
    return _out(_found(request, reference=reference))


@router.put(
    "/by-reference/{reference}",
    auth=needs(Right.MANAGE_CUSTOMERS, "customers:write"),
    response={200: CustomerOut, 201: CustomerOut} | WRITTEN,
)
@decorate_view(tagged)
def write_customer(request: HttpRequest, reference: Reference, body: CustomerIn) -> Status:
    """Write a customer down, or what changed about them; the same again changes nothing.

    A consent is not written here: it needs its wording and its time, and is recorded on the customer's page.
    """
    where = unit_called(body.unit) if body.unit else None
    _may_write(request, where)

    def expected(there: Customer | None) -> None:
        if there:
            _may_write(request, there.unit)
        as_expected(request, _out(there) if there else None)

    row = NewCustomer(reference=reference, **body.model_dump(exclude={"unit"}), unit=where)
    try:
        written, made = put_customer(row=row, expected=expected, by=request.person, now=timezone.now())
    except NotPresent as gone:
        raise Refused(409, "erased" if gone.customer.erased_at else "merged") from None
    return Status(201 if made else 200, _out(written))


def _may_write(request: HttpRequest, unit: Unit | None) -> None:
    """A customer of no unit belongs to the whole organisation."""
    if unit is None and not everywhere(request.rights, Right.MANAGE_CUSTOMERS):
        raise invalid("unit")
    if unit and not request.rights.reach(Right.MANAGE_CUSTOMERS, unit):
        raise PermissionDenied(unit)


def _found(request: HttpRequest, **which: object) -> Customer:
    within = customers_within(request.rights, Right.SEE_CUSTOMERS).select_related("unit")
    found = within.filter(**which).first()
    if found is None:
        raise Refused(404, "no_such_customer")
    return found
