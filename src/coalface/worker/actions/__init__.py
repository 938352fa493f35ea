"""Expands events, carries out what follows, sends what is to be sent, and does what is due each day."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coalface.act.actions import say_not_told
from coalface.act.queries import kept_back
from coalface.edges.mail import REFUSED, NotSent, send
from coalface.edges.mailbox import opened
from coalface.edges.transcriber import Job, NotTranscribed, begin, is_done, left_behind, waiting, words_of
from coalface.home import actions as home
from coalface.meet.actions import give_up_recording, take_reply, take_words
from coalface.plan.actions import take_answers
from coalface.policies import number
from coalface.reactions import EVERY_DAY, REACTIONS, Reaction, Reactions, named
from coalface.records.history import note
from coalface.records.models import Consequence, Event, OutgoingMessage, Person, Tick
from coalface.records.models.all.outgoing_message import STOPPED
from coalface.understand.actions import discover_weekly

from .webhooks import back_off, forget_keys, plan_deliveries

# What is due once a day: what the rooms owe, and what the hall above them does for itself.
DAILY: Mapping[str, Reaction] = {
    **EVERY_DAY,
    **home.EVERY_DAY,
    "worker.forget_keys": forget_keys,
}
# Those of them that may take a minute: the worker gives them a process of their own.
TAKES_LONG: Mapping[str, Reaction] = named(discover_weekly)

AT_ONCE = 500
SENDING_TAKES_AT_MOST = timedelta(minutes=10)
TICKS_WAIT = timedelta(hours=1)


@transaction.atomic
def expand(*, now: datetime, reactions: Reactions = REACTIONS) -> int:
    """Turn events that nobody has relayed into the consequences they have; say how many events that were."""
    events = list(
        Event.objects.filter(relayed_at=None).select_for_update(skip_locked=True).order_by("id")[:AT_ONCE]
    )
    Consequence.objects.bulk_create(
        [
            Consequence(event=event, reaction=reaction, due_at=event.at)
            for event in events
            for reaction in reactions.get(event.kind, ())
        ],
        ignore_conflicts=True,
    )
    plan_deliveries(events=events)
    Event.objects.filter(pk__in=[event.pk for event in events]).update(relayed_at=now)
    return len(events)


def carry_out(*, consequence: Consequence, now: datetime, reactions: Reactions = REACTIONS) -> bool:
    """Do what is owed, once, in a transaction of its own; a failure is written down and tried again later."""
    try:
        with transaction.atomic():
            return _do_it(consequence.pk, now, reactions)
    except Exception as failure:  # noqa: BLE001  (the one place: written down, never hidden)
        _write_down(consequence.pk, failure, now)
        return False


def _do_it(pk: int, now: datetime, reactions: Reactions) -> bool:
    waiting = Consequence.objects.select_for_update(skip_locked=True, of=("self",)).select_related("event")
    consequence = waiting.filter(pk=pk, done_at=None).first()
    if consequence is None:
        return False
    event = consequence.event
    reactions[event.kind][consequence.reaction](event=event, now=event.at)
    consequence.done_at, consequence.tries = now, consequence.tries + 1
    consequence.gave_up_at, consequence.error = None, ""
    consequence.save(update_fields=["done_at", "tries", "gave_up_at", "error"])
    return True


@transaction.atomic
def _write_down(pk: int, failure: Exception, now: datetime) -> None:
    consequence = Consequence.objects.select_for_update().get(pk=pk)
    consequence.tries += 1
    consequence.error = type(failure).__name__
    consequence.due_at = now + back_off(tries=consequence.tries)
    if consequence.tries >= number("tries_before_giving_up"):
        consequence.gave_up_at = now
    consequence.save(update_fields=["tries", "error", "due_at", "gave_up_at"])


def drain(*, now: datetime, reactions: Reactions = REACTIONS) -> int:
    """Carry out everything that is due, and what follows from that; say how much was done.

    A round in which nothing could be done ends it: what is due then is in another worker's hands.
    """
    done = 0
    while True:
        expanded = expand(now=now, reactions=reactions)
        due = list(Consequence.objects.due(now).order_by("due_at", "id")[:AT_ONCE])
        now_done = sum(carry_out(consequence=one, now=now, reactions=reactions) for one in due)
        done += now_done
        if not expanded and not now_done:
            return done


@transaction.atomic
def retry(*, consequence: Consequence, by: Person, now: datetime) -> None:
    """Let a consequence that was given up be tried again, from the first try on."""
    Consequence.objects.filter(pk=consequence.pk, done_at=None).update(gave_up_at=None, tries=0, due_at=now)
    note("consequence.retried", about=consequence, by=by, at=now)


@transaction.atomic
def retry_message(*, message: OutgoingMessage, by: Person, now: datetime) -> None:
    """Let a message that was given up be sent again."""
    OutgoingMessage.objects.filter(pk=message.pk, sent_at=None).update(gave_up_at=None, tries=0, due_at=now)
    note("message.retried", about=message, by=by, at=now)


def send_messages(*, now: datetime) -> int:
    """Send what waits; say how much was sent. The network is used outside any transaction."""
    return sum(_send_one(message, now) for message in _claim(now))


@transaction.atomic
def _claim(now: datetime) -> list[OutgoingMessage]:
    due = OutgoingMessage.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    messages = list(due.select_related("person", "customer", "receipt").order_by("due_at", "id")[:AT_ONCE])
    OutgoingMessage.objects.filter(pk__in=[message.pk for message in messages]).update(
        due_at=now + SENDING_TAKES_AT_MOST
    )
    return messages


def _send_one(message: OutgoingMessage, now: datetime) -> bool:
    message.tries += 1
    bar = kept_back(message, now)
    try:
        if bar:
            raise NotSent(STOPPED, for_good=True)
        send(message)
        message.sent_at, message.error = now, ""
    except NotSent as failure:
        message.error, message.due_at = failure.kind, now + back_off(tries=message.tries)
        if failure.for_good or message.tries >= number("tries_before_giving_up"):
            message.gave_up_at = now
    _write_sent(message, bar or ("refused" if message.error == REFUSED else "not_sent"), now)
    return message.sent_at is not None


@transaction.atomic
def _write_sent(message: OutgoingMessage, bar: str, now: datetime) -> None:
    """What became of it; of news that a customer does not get, the fix says so."""
    message.save(update_fields=["tries", "sent_at", "error", "due_at", "gave_up_at"])
    if message.gave_up_at and message.customer_id:
        say_not_told(message=message, bar=bar, by=None, now=now)


def read_mailbox(*, address: str, now: datetime) -> int:
    """Take in what was answered by mail; say how many letters that were. Each is marked once it is kept."""
    taken = 0
    with opened(address, most_bytes=int(number("mail_megabytes") * 2**20)) as box:
        for letter in box.letters():
            take = take_answers if letter.answers else take_reply
            take(letter=letter, now=now)
            box.settle(letter)
            taken += 1
    return taken


def transcribe(*, job: Job | None, command: str, folder: Path, now: datetime) -> Job | None:
    """Go one step on with recordings, one at a time; the job that is in work, while the rest goes on."""
    seconds = number("transcriber_minutes") * 60
    if job and not is_done(job):
        return job
    if job:
        _take_words(job, now)
    for lost in left_behind(folder, seconds=seconds):
        give_up_recording(recording=lost, now=now)
    for recording in waiting(folder):
        try:
            if begun := begin(recording, command=command, seconds=seconds):
                return begun
        except NotTranscribed:
            give_up_recording(recording=recording.stem, now=now)
    return None


def _take_words(job: Job, now: datetime) -> None:
    try:
        content = words_of(job)
    except NotTranscribed:
        give_up_recording(recording=job.name, now=now)
    else:
        take_words(recording=job.name, content=content, now=now)


def run_ticks(*, now: datetime, jobs: Mapping[str, Reaction] = DAILY) -> list[str]:
    """Do what is due once a day and was not done today; harmless when done twice. Says what was done."""
    return [name for name in ticks_due(now=now, jobs=jobs) if _tick(name, jobs[name], now)]


def ticks_due(*, now: datetime, jobs: Mapping[str, Reaction]) -> list[str]:
    """Those that were not done today, and did not fail within the hour."""
    settled = Q(last_on__gte=timezone.localdate(now)) | Q(failed_at__gt=now - TICKS_WAIT)
    waiting = set(Tick.objects.filter(settled).values_list("name", flat=True))
    return [name for name in jobs if name not in waiting]


def say_it_failed(*, name: str, error: str, now: datetime) -> None:
    """Write it down, so that it is shown and tried again in an hour."""
    Tick.objects.update_or_create(name=name, defaults={"failed_at": now, "error": error})


def _tick(name: str, job: Reaction, now: datetime) -> bool:
    try:
        job(now=now)
    except Exception as failure:  # noqa: BLE001  (as above: written down, shown, tried again)
        say_it_failed(name=name, error=type(failure).__name__, now=now)
        return False
    done = {"failed_at": None, "error": "", "last_on": timezone.localdate(now)}
    Tick.objects.update_or_create(name=name, defaults=done)
    return True
