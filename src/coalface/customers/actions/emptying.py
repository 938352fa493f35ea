"""The hands of an erasure: what each of them takes out of the ledger, without ever deleting a row."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import EmailField, F, Model, Q

from coalface.customers.queries import (
    SAYS_NOTHING,
    TEXTS,
    Emptied,
    Ids,
    Kept,
    Label,
    Marked,
    Numbered,
    Rule,
    in_pieces,
    mark_of,
    masked,
    number_of,
    rows_with,
)
from coalface.records.models import (
    Attachment,
    Consent,
    Customer,
    Household,
    ImportedRow,
    OutgoingMessage,
    Refusal,
    Transcript,
    TranscriptSpeaker,
    Verbatim,
)
from coalface.records.models.all.outgoing_message import STOPPED

from .meaning import forget_meaning


def empty_words(*, ids: Iterable[int], now: datetime) -> int:
    """Empty the words themselves and what was made of them; every quote is a span of one of these rows."""
    emptied = 0
    for some in in_pieces(ids):
        forget_meaning(verbatims=some)
        rows = Verbatim.objects.filter(pk__in=some, erased_at=None)
        emptied += rows.update(text="", masks=[], erased_at=now)
    return emptied


def blacken(*, traces: Sequence[str]) -> int:
    """Black out name, address and number where they stand in the words of others; say in how many rows."""
    times = 0
    for model, field, ids in rows_with(traces):
        for some in in_pieces(ids):
            if model is Verbatim:  # what it meant was meant with the name in it
                forget_meaning(verbatims=some)
                Verbatim.objects.filter(pk__in=some, erased_at=None).update(masks=None)
            for row in model._default_manager.filter(pk__in=some):
                address = isinstance(row._meta.get_field(field), EmailField)
                setattr(row, field, "" if address else masked(getattr(row, field), traces))
                row.save(update_fields=[field])
                times += 1
    return times


def forget_imports(*, found: Ids) -> set[int]:
    """Forget how their rows looked before a file changed them; say which readings those were of."""
    runs: set[int] = set()
    for model, ids in found.items():
        for some in in_pieces(str(one) for one in ids):
            rows = ImportedRow.objects.filter(about_type=model._meta.model_name, about_id__in=some)
            runs.update(rows.values_list("run", flat=True))
            rows.filter(before__isnull=False).update(before={})  # None would say that the file made it
    return runs


def take_out_of_household(*, entries: Sequence[Customer]) -> None:
    """Take them out of their household; one that is left without anybody loses its name."""
    households = {one.household_id for one in entries} - {None}
    Customer.objects.filter(pk__in=[one.pk for one in entries]).update(household=None, account_owner=None)
    for household in Household.objects.filter(pk__in=households, members=None):
        household.name, household.reference = number_of(household.pk), None
        household.save(update_fields=["name", "reference"])


def empty_texts(*, found: Ids, now: datetime) -> Counter[str]:
    """Do to each text what its table says; say how many rows of each table that reached."""
    reached: Counter[str] = Counter()
    _forget_file_names(found=found)
    for model, ids in found.items():
        rules = {name: rule for name, rule in TEXTS.get(model, {}).items() if not isinstance(rule, Kept)}
        for some in in_pieces(ids) if rules else ():
            for row in model._default_manager.filter(pk__in=some):
                before = {name: getattr(row, name) for name in rules}
                for name, rule in rules.items():
                    setattr(row, name, _emptied(row, name, rule, found))
                if changed := [name for name in rules if getattr(row, name) != before[name]]:
                    row.save(update_fields=changed)
                    reached[model._meta.model_name] += 1
    _stop_messages(found=found, now=now)
    _refuse_photos(found=found, now=now)
    return reached


def _emptied(row: Model, name: str, rule: Rule, found: Ids) -> Any:
    value = getattr(row, name)
    match rule:
        case Numbered():
            return number_of(row.pk)
        case Marked():
            return value if SAYS_NOTHING.fullmatch(value) else mark_of(row.source, value)
        case Label(otherwise):
            return value if not value or _said_of_others(row, name, value, found) else otherwise
        case Emptied(to):
            return to
        case Kept():
            return value


def _said_of_others(row: Model, name: str, value: Any, found: Ids) -> bool:
    """Whether somebody else's row has the same; looked for among a few more than our own."""
    same = type(row)._default_manager.filter(**{name: value}).order_by("-pk")
    ours = found[type(row)]
    return any(pk not in ours for pk in same.values_list("pk", flat=True)[: len(ours) + 1])


def _forget_file_names(*, found: Ids) -> None:
    speakers = found.get(TranscriptSpeaker, set())
    for some in in_pieces(speakers):
        Transcript.objects.filter(speakers__in=some).update(name=F("source"))


def _stop_messages(*, found: Ids, now: datetime) -> None:
    """What has not left does not leave; nobody is asked to try it again."""
    for some in in_pieces(found.get(OutgoingMessage, ())):
        waiting = OutgoingMessage.objects.filter(pk__in=some, sent_at=None)
        waiting.update(gave_up_at=now, error=STOPPED)


def _refuse_photos(*, found: Ids, now: datetime) -> None:
    for some in in_pieces(found.get(Attachment, ())):
        rows = Attachment.objects.filter(~Q(refusal=Refusal.ERASED), pk__in=some)
        rows.update(kept_at=None, refused_at=now, refusal=Refusal.ERASED, width=None, height=None)


def end_consents(*, found: Ids, now: datetime) -> None:
    """Whoever is forgotten has agreed to nothing any more."""
    for some in in_pieces(found.get(Consent, ())):
        Consent.objects.filter(pk__in=some, withdrawn_at=None).update(withdrawn_at=now)
