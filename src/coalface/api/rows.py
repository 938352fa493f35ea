"""From a row of a batch to feedback, or to the reason why not: a field and a code, never its words."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from django.db.models import Q
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from coalface.hear.actions import NewFeedback
from coalface.records.models import Customer, Feedback, Kind, Touchpoint, Unit

from .paging import Moment
from .sent import without_nul

ONE_DAY: Final = timedelta(days=1)
# What pydantic calls it, and what we do.
CODES: Final = {"missing": "missing", "extra_forbidden": "unknown_field", "string_too_long": "too_long"}


Key = Annotated[str, StringConstraints(max_length=50), AfterValidator(without_nul)]
Label = Annotated[str, StringConstraints(max_length=120), AfterValidator(without_nul)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(without_nul)]
Channel = Annotated[str, StringConstraints(min_length=1, max_length=24), AfterValidator(without_nul)]
Language = Annotated[str, StringConstraints(max_length=8), AfterValidator(without_nul)]
Words = Annotated[str, StringConstraints(max_length=100_000), AfterValidator(without_nul)]
Reference = Annotated[str, StringConstraints(max_length=64), AfterValidator(without_nul)]


def _one_of_ours(kind: str) -> str:
    if kind not in Kind.values:
        raise ValueError("no such kind")
    return kind


KindOf = Annotated[str, AfterValidator(_one_of_ours), Field(json_schema_extra={"enum": list(Kind.values)})]


class FeedbackRow(BaseModel):
    """One message, tap or score; `id` tells it from all others of its source."""

    model_config = ConfigDict(extra="forbid")

    id: Id
    kind: KindOf
    received_at: Moment
    unit: Key
    channel: Channel = "api"
    topic: Label = ""
    text: Words = ""
    language: Language = ""
    nps: Annotated[int, Field(ge=0, le=10)] | None = None
    csat: Annotated[int, Field(ge=1, le=5)] | None = None
    ces: Annotated[int, Field(ge=1, le=7)] | None = None
    touchpoint: Key = ""
    customer: Reference = Field("", description="the reference of a customer who is here")

    @classmethod
    def schema_of(cls) -> dict[str, Any]:
        """The shape of a row, whole in itself."""
        return cls.model_json_schema(mode="validation")


class RefusedRow(BaseModel):
    """Which row, which of its fields, and why."""

    line: int
    field: str
    code: str


class _Known:
    """What rows may name: our units, touchpoints, customers, and what this source sent before."""

    def __init__(self, within: Q, rows: Iterable[FeedbackRow], source: str) -> None:
        self.units = {unit.key: unit for unit in Unit.objects.filter(within)}
        self.touchpoints = {one.key: one for one in Touchpoint.objects.all()}
        references = {row.customer for row in rows} - {""}
        self.customers: dict[str, Customer] = {}
        for some in _by_thousands(sorted(references)):
            found = Customer.objects.present().filter(reference__in=some)
            self.customers |= {one.reference: one for one in found}
        self.held: dict[str, tuple[str, str | None]] = {}
        for some in _by_thousands(sorted({row.id for row in rows})):
            there = Feedback.objects.filter(source=source, source_id__in=some).select_related("verbatim")
            for one in there:
                words = one.verbatim
                erased = words is not None and words.erased_at
                self.held[one.source_id] = (one.kind, None if erased else words.text if words else "")


def _by_thousands(many: list[str]) -> Iterable[list[str]]:
    return (many[place : place + 1_000] for place in range(0, len(many), 1_000))


def understood(
    within: Q, rows: list[Any], source: str, now: datetime
) -> tuple[list[NewFeedback], list[RefusedRow]]:
    """The rows that can be taken in for these units, and the others with field and code, in order."""
    refused: list[RefusedRow] = []
    read: list[tuple[int, FeedbackRow]] = []
    for line, row in enumerate(rows, start=1):
        try:
            read.append((line, FeedbackRow.model_validate(row)))
        except ValidationError as wrong:
            refused.append(_first(line, row, wrong))
    known = _Known(within, [row for _, row in read], source)
    good = []
    for line, row in read:
        if why := _wrong(row, known, now):
            refused.append(RefusedRow(line=line, field=why[0], code=why[1]))
        else:
            known.held.setdefault(row.id, (row.kind, _kept(row.text)))
            good.append(_feedback(row, known, source))
    return good, sorted(refused, key=lambda one: one.line)


def _first(line: int, row: Any, wrong: ValidationError) -> RefusedRow:
    if not isinstance(row, Mapping):
        return RefusedRow(line=line, field="", code="unreadable" if row is None else "no_row")
    first = wrong.errors(include_input=False, include_context=False, include_url=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    known = field if field in FeedbackRow.model_fields else ""  # what they invented is theirs, not repeated
    return RefusedRow(line=line, field=known, code=CODES.get(first["type"], "invalid"))


def _wrong(row: FeedbackRow, known: _Known, now: datetime) -> tuple[str, str] | None:
    """What is wrong beyond the form of a row."""
    if row.unit not in known.units:
        return "unit", "unknown_unit"
    if row.touchpoint and row.touchpoint not in known.touchpoints:
        return "touchpoint", "unknown_touchpoint"
    if row.customer and row.customer not in known.customers:
        return "customer", "unknown_customer"
    if row.received_at > now + ONE_DAY:
        return "received_at", "in_the_future"
    if there := known.held.get(row.id):
        kind, text = there
        if kind != row.kind or (text is not None and text != _kept(row.text)):
            return "id", "other_words"
    return None


def _kept(text: str) -> str:
    """Blanks alone are no words, and are not kept."""
    return text if text.strip() else ""


def _feedback(row: FeedbackRow, known: _Known, source: str) -> NewFeedback:
    named = {"id", "unit", "touchpoint", "customer"}
    return NewFeedback(
        source=source,
        source_id=row.id,
        unit=known.units[row.unit],
        touchpoint=known.touchpoints.get(row.touchpoint),
        customer=known.customers.get(row.customer),
        **row.model_dump(exclude=named),
    )
