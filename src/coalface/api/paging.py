"""Lists in pages: a signed cursor says behind which row the next one begins, whatever comes in meanwhile."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from django.core import signing
from django.db.models import Q, QuerySet
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from coalface.records.models import Unit

from .answers import invalid
from .sent import without_nul

Row = TypeVar("Row")
AT_MOST: Final = 200
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _in_our_time(moment: datetime) -> datetime:
    if not EARLIEST <= moment <= LATEST:
        raise ValueError("between 1900 and 2200")
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
Short = Annotated[str, StringConstraints(max_length=120), AfterValidator(without_nul)]


class Asked(BaseModel):
    """What every list may be asked: how many rows, behind which one, and in which order."""

    limit: int = Field(50, ge=1, le=AT_MOST, description="rows of one page")
    cursor: str = Field("", max_length=600, description="from the page before; with the same filters")
    order: Literal["oldest", "newest"] = Field("oldest", description="which rows come first, by their ids")


class Page(BaseModel, Generic[Row]):
    """Some rows. Ask again with `cursor`: for more of them, or later for what has come since."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    items: list[Row]
    more: bool
    cursor: str | None


def page(rows: QuerySet, asked: Asked, noun: str) -> tuple[list[Any], dict[str, Any]]:
    """The rows of this page, and what the page says about the next one."""
    salt = _salt(noun, asked)
    newest = asked.order == "newest"
    if asked.cursor:
        rows = rows.filter(Q(**{"pk__lt" if newest else "pk__gt": _behind(rows, asked.cursor, salt)}))
    found = list(rows.order_by("-pk" if newest else "pk")[: asked.limit + 1])
    kept = found[: asked.limit]
    cursor = _signer(salt).sign_object(str(kept[-1].pk)) if kept else asked.cursor or None
    return kept, {"more": len(found) > asked.limit, "cursor": cursor}


def _salt(noun: str, asked: Asked) -> str:
    """A cursor goes on only where it came from: the same list, filters and order."""
    filters = json.dumps(asked.model_dump(mode="json", exclude={"cursor", "limit"}), sort_keys=True)
    return f"api-{noun}-{sha256(filters.encode()).hexdigest()}"


def _behind(rows: QuerySet, cursor: str, salt: str) -> object:
    try:
        return rows.model._meta.pk.to_python(_signer(salt).unsign_object(cursor))
    except signing.BadSignature:
        raise invalid("cursor") from None


def unit_called(key: str) -> Unit:
    """The unit with this key; an answer that names the field where there is none."""
    found = Unit.objects.filter(key=key).first()
    if found is None:
        raise invalid("unit")
    return found


def below(rows: QuerySet, key: str, field: str = "unit") -> QuerySet:
    """Only what lies in a unit and everything below it, if one is named."""
    return rows.filter(**{f"{field}__path__startswith": unit_called(key).path}) if key else rows


def between(rows: QuerySet, field: str, since: datetime | None, until: datetime | None) -> QuerySet:
    """Only what happened from one moment until (not including) another."""
    if since:
        rows = rows.filter(**{f"{field}__gte": since})
    return rows.filter(**{f"{field}__lt": until}) if until else rows


def _signer(salt: str) -> signing.Signer:
    """Without a time of signing: the same page has the same cursor, or its tag would change every second."""
    return signing.Signer(salt=salt)
