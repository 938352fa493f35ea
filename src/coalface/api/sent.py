"""What every body a phone sends has in common: which form it has, and whose it is."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Final
from uuid import NAMESPACE_OID, UUID, uuid5

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core.core_schema import ValidationInfo

from coalface.meet.forms import LONGEST
from coalface.meet.queries import customers_called
from coalface.meet.views.access import within_reach
from coalface.people.queries import position_of
from coalface.records.models import Account, Attendance, Customer, Guest

from .answers import Refused, invalid

OLDEST: Final = timedelta(days=400)
MOST: Final = 2**31 - 1


def account_id(account: Account) -> str:
    """What a phone keeps beside what it has not sent yet: it says nothing, and is never given again."""
    return str(uuid5(NAMESPACE_OID, f"{account.pk} {account.created_at.timestamp()}"))


def without_nul(text: str) -> str:
    """The text, if no database would choke on it."""
    if "\0" in text:
        raise ValueError("NUL")
    return text


Text = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(without_nul)]
Name = Annotated[str, StringConstraints(max_length=36), AfterValidator(without_nul)]
Number = Annotated[int, Field(ge=0, le=MOST)]
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Sent(BaseModel):
    """A field we do not know is refused rather than dropped."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(alias="schema")
    account: str

    @model_validator(mode="before")
    @classmethod
    def _ours_to_read(cls, body: Any, info: ValidationInfo[Any]) -> Any:
        """First of all whether it is in a form we understand, and from the account that is signed in."""
        if not isinstance(body, dict):
            return body
        version = body.get("schema")
        if isinstance(version, int) and version < settings.OLDEST_CAPTURE_SCHEMA:
            raise Refused(426, "app_too_old", oldest_schema=settings.OLDEST_CAPTURE_SCHEMA)
        if isinstance(version, int) and version > settings.CAPTURE_SCHEMA:
            raise Refused(503, "server_too_old")
        if isinstance(body.get("account"), str) and body["account"] != account_id(
            info.context["request"].user
        ):
            raise Refused(409, "other_account")
        return body


def ago(seconds: int, now: datetime) -> datetime:
    """So long ago by the device's own count; what cannot be is taken for the nearest that can."""
    return now - min(timedelta(seconds=max(0, min(seconds, MOST))), OLDEST)


def customer_within_reach(request: HttpRequest, pk: UUID | None) -> Customer | None:
    """The customer meant: one the sender meets, may look up, or who is at home where they work."""
    if pk is None:
        return None
    here = within_reach(request, position_of(request.person, timezone.localdate()))
    mine = Attendance.objects.filter(encounter=OuterRef("encounter"), person=request.person)
    met = Exists(Guest.objects.filter(Exists(mine), customer=OuterRef("pk")))
    customer = Customer.objects.present().filter(here | met, pk=pk).first()
    if customer is None:
        raise invalid("customer")
    return customer


def customer_called(request: HttpRequest, words: str) -> Customer | None:
    """The one customer whom these words mean to the sender; nobody where none or several fit."""
    if not words.strip():
        return None
    here = within_reach(request, position_of(request.person, timezone.localdate()))
    found = customers_called(words.strip(), here)
    return found[0] if len(found) == 1 else None
