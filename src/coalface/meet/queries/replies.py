"""Who is asked by mail what they heard, and whose answer a letter is."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from coalface.records.models import Attendance, FormatKind, Outcome, Remark

from .reminders import no_reminders

ASKED_FOR_DAYS: Final = 3
NOT_ASKED_AFTER: Final = (FormatKind.INCOGNITO, FormatKind.OWN_WALK, FormatKind.CARE_WALK)
SALT: Final = "coalface.meet.reply"
LENGTH: Final = 24


def reply_token(attendance: Attendance) -> str:
    """What stands behind the plus in the address a reply goes to; mail servers may lower its letters."""
    return f"{attendance.pk}-{_signature(attendance.pk)}"


def _signature(pk: int) -> str:
    return salted_hmac(SALT, str(pk), algorithm="sha256").hexdigest()[:LENGTH]


def attendance_for(receivers: tuple[str, ...]) -> Attendance | None:
    """Whose part in which encounter one of these addresses stands for, if we made it."""
    for receiver in receivers:
        local, _, domain = receiver.rpartition("@")
        name, _, token = local.partition("+")
        pk, _, signature = token.partition("-")
        ours = f"{name}@{domain}" == settings.MAILBOX_ADDRESS.lower()
        if ours and pk.isdecimal() and len(pk) < 18 and constant_time_compare(signature, _signature(int(pk))):
            rows = Attendance.objects.select_related("person", "encounter__format")
            return rows.filter(pk=int(pk)).first()
    return None


def heard_nothing(now: datetime) -> list[Attendance]:
    """Parts in encounters over since a few days at most, of which that person has noted nothing."""
    noted = Remark.objects.filter(encounter=OuterRef("encounter"), noted_by=OuterRef("person"))
    rows = Attendance.objects.filter(
        ~Exists(noted),
        encounter__outcome__in=(Outcome.PLANNED, Outcome.HELD),
        encounter__starts_at__gte=now - timedelta(days=ASKED_FOR_DAYS),
        encounter__starts_at__lt=now,
    ).exclude(encounter__format__kind__in=NOT_ASKED_AFTER)
    rows = rows.exclude(person__in=no_reminders().values("person"))
    today = timezone.localdate(now)
    return [
        one
        for one in rows.exclude(person__email="").select_related("person", "encounter").order_by("id")
        if one.encounter.starts_at + timedelta(minutes=one.encounter.minutes) <= now
        and not one.person.has_left(today)
    ]
