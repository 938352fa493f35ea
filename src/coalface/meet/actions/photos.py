"""A photo comes in pieces or at once, and is kept without its place of origin; or it is refused, and why."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, Final
from uuid import UUID

import uuid_utils.compat as uuid
from django.db import IntegrityError, transaction

from coalface.edges.photo import Photo, Unusable, cleaned
from coalface.meet.queries import arriving_path, picture_path, received
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Attachment, Encounter, Feedback, Person, Refusal, Remark

from .encounters import IdTaken

MEGABYTE: Final = 1_000_000
AT_ONCE: Final = 1 << 20
AT_ONCE_ARRIVING: Final = 20  # of the largest photos, by one person
FORSAKEN: Final = timedelta(days=28)


class Refused(Exception):
    """This file is not kept; `refusal` says why, and what it was to come with stays as it is."""

    def __init__(self, refusal: str) -> None:
        super().__init__(refusal)
        self.refusal = Refusal(refusal)


class Hole(Exception):
    """A piece came before the one in front of it; `received` is where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


class TooMuch(Exception):
    """More came than was announced."""


class TooManyArriving(Exception):
    """Somebody has begun to send more than we keep half sent; once that is through, the rest may follow."""


class Damaged(Exception):
    """All of it is here, and it is not what was announced: it has to come once more."""


@transaction.atomic
def announce_photo(
    *,
    id: UUID,
    size: int,
    sha256: str,
    by: Person,
    now: datetime,
    remark: Remark | None = None,
    feedback: Feedback | None = None,
    encounter: Encounter | None = None,
) -> Attachment:
    """Say that a photo will come; the device chose its id, and the same again changes nothing.

    One that is larger than the organisation takes, or has nothing in it, is refused at once.
    """
    of = {"remark": remark, "feedback": feedback, "encounter": encounter}
    if there := _announced(id=id, by=by, size=size, sha256=sha256, of=of):
        return there
    why = _refused_at_once(size)
    try:
        with transaction.atomic():
            photo = Attachment.objects.create(
                id=id, added_by=by, added_at=now, size=size, sha256=sha256,
                refusal=why, refused_at=now if why else None, **of,
            )  # fmt: skip
    except IntegrityError as taken:  # in the same moment
        if there := _announced(id=id, by=by, size=size, sha256=sha256, of=of):
            return there
        raise IdTaken(id) from taken
    note("photo.refused" if why else "photo.announced", about=photo, by=by, at=now)
    return photo


def take_piece(*, photo: Attachment, offset: int, piece: bytes, by: Person, now: datetime) -> Attachment:
    """Write a piece where it belongs; with the last one the photo is looked at, and kept or refused.

    A piece that was here before is written once more, which changes nothing: two pages of one phone may send
    the same. Whatever was written when the power went is where the next piece goes on.
    """
    with _alone(arriving_path(photo.pk)) as file:
        current = Attachment.objects.get(pk=photo.pk)
        if current.kept_at or current.refused_at:  # meanwhile
            arriving_path(photo.pk).unlink(missing_ok=True)
            return current
        here = os.fstat(file).st_size
        if offset > here:
            raise Hole(here)
        if offset + len(piece) > current.size:
            raise TooMuch(photo.pk)
        if here == 0:
            _make_room(photo=current, now=now)
        _write(file, offset, piece)
        if max(here, offset + len(piece)) < current.size:
            return current
        return _complete(photo=current, file=file, by=by, now=now)


def keep_upload(
    *,
    by: Person,
    now: datetime,
    content: BinaryIO,
    remark: Remark | None = None,
    feedback: Feedback | None = None,
    encounter: Encounter | None = None,
    id: UUID | None = None,
) -> Attachment:
    """Keep a photo that a form brought whole, or raise `Refused`; with an id it may be sent twice.

    To be called outside a transaction of its caller: looking at a picture takes its time.
    """
    id = id or uuid.uuid7()
    of = {"remark": remark, "feedback": feedback, "encounter": encounter}
    with _aside(content) as (path, size):
        if why := _refused_at_once(size):
            raise Refused(why)
        with path.open("rb") as file:
            sha256 = file_digest(file, "sha256").hexdigest()
        there = _announced(id=id, by=by, size=size, sha256=sha256, of=of)
        if there and there.kept_at:
            return there
        try:
            picture = cleaned(path)
        except Unusable as unusable:
            raise Refused(unusable.why) from unusable
    announced = announce_photo(id=id, size=size, sha256=sha256, by=by, now=now, **of)
    return _keep(photo=announced, picture=picture, by=by, now=now)


def _announced(
    *, id: UUID, by: Person, size: int, sha256: str, of: dict[str, Remark | Feedback | Encounter | None]
) -> Attachment | None:
    there = Attachment.objects.filter(pk=id).first()
    if there is None:
        return None
    same = all(getattr(there, f"{name}_id") == (one and one.pk) for name, one in of.items())
    if not same or (there.added_by_id, there.size, there.sha256) != (by.pk, size, sha256):
        raise IdTaken(id)
    return there


def _refused_at_once(size: int) -> str:
    if size == 0:
        return Refusal.BROKEN
    return Refusal.TOO_LARGE if size > number("photo_megabytes") * MEGABYTE else ""


@contextmanager
def _alone(path: Path) -> Iterator[int]:
    """The file of a photo that is arriving, held by one at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _make_room(*, photo: Attachment, now: datetime) -> None:
    """Nobody fills the disk with beginnings; those nobody went on with for weeks begin anew."""
    most = int(number("photo_megabytes") * MEGABYTE * AT_ONCE_ARRIVING)
    rows = Attachment.objects.filter(added_by=photo.added_by_id, kept_at=None, refused_at=None)
    begun = 0
    for pk, size in rows.exclude(pk=photo.pk).values_list("pk", "size"):
        if _is_forsaken(pk, now):
            arriving_path(pk).unlink(missing_ok=True)
        elif received(pk):
            begun += size
    if begun + photo.size > most:
        raise TooManyArriving(photo.pk)


def _is_forsaken(id: UUID, now: datetime) -> bool:
    try:
        return arriving_path(id).stat().st_mtime < (now - FORSAKEN).timestamp()
    except FileNotFoundError:
        return False


def _write(file: int, offset: int, piece: bytes) -> None:
    left = memoryview(piece)
    while left:
        written = os.pwrite(file, left, offset)
        left, offset = left[written:], offset + written


def _complete(*, photo: Attachment, file: int, by: Person, now: datetime) -> Attachment:
    path = arriving_path(photo.pk)
    with path.open("rb") as whole:
        sha256 = file_digest(whole, "sha256").hexdigest()
    if sha256 != photo.sha256:
        os.truncate(file, 0)
        raise Damaged(photo.pk)
    try:
        picture = cleaned(path)
    except Unusable as unusable:
        done = _refuse(photo=photo, why=unusable.why, by=by, now=now)
    else:
        done = _keep(photo=photo, picture=picture, by=by, now=now)
    path.unlink(missing_ok=True)
    return done


def _keep(*, photo: Attachment, picture: Photo, by: Person, now: datetime) -> Attachment:
    """First the picture, then the row that says it is there: a picture without a row is made once more."""
    path = picture_path(photo.pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as written:
        written.write(picture.jpeg)
        written.flush()
        os.fsync(written.fileno())
    Path(written.name).replace(path)
    facts = {"width": picture.width, "height": picture.height, "location_removed": picture.location_removed}
    return _decide(photo=photo, kind="photo.kept", by=by, now=now, kept_at=now, **facts)


def _refuse(*, photo: Attachment, why: str, by: Person, now: datetime) -> Attachment:
    return _decide(photo=photo, kind="photo.refused", by=by, now=now, refused_at=now, refusal=Refusal(why))


@transaction.atomic
def _decide(*, photo: Attachment, kind: str, by: Person, now: datetime, **facts: object) -> Attachment:
    """Say what became of it; whoever comes second changes nothing."""
    undecided = Attachment.objects.filter(pk=photo.pk, kept_at=None, refused_at=None)
    if undecided.update(**facts):
        note(kind, about=photo, by=by, at=now)
    return Attachment.objects.get(pk=photo.pk)


@contextmanager
def _aside(content: BinaryIO) -> Iterator[tuple[Path, int]]:
    """What a form brought, in a file of its own while it is looked at; no more of it than we would take."""
    folder = arriving_path(uuid.uuid7()).parent
    folder.mkdir(parents=True, exist_ok=True)
    most, size = int(number("photo_megabytes") * MEGABYTE), 0
    with NamedTemporaryFile(dir=folder, prefix=".form-") as file:
        while size <= most and (piece := content.read(AT_ONCE)):
            size += file.write(piece)
        file.flush()
        yield Path(file.name), size
