"""Photos that came with what was said or seen: where they lie, and how far they have come."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from coalface.edges.photo import arriving_path
from coalface.records.models import Attachment, Encounter


@dataclass(frozen=True, slots=True)
class PhotoState:
    """How much of a photo is here, and what became of it: arriving, kept or refused."""

    received: int
    state: str
    refusal: str
    location_removed: bool


def photo_state(photo: Attachment) -> PhotoState:
    """How far a photo has come."""
    state = "kept" if photo.kept_at else "refused" if photo.refused_at else "arriving"
    here = photo.size if state == "kept" else received(photo.pk)
    return PhotoState(here, state, photo.refusal, photo.location_removed)


def received(id: UUID) -> int:
    """How many bytes of it are here, from the first one on without a gap."""
    try:
        return arriving_path(id).stat().st_size
    except FileNotFoundError:  # not begun, or through in this very moment
        return 0


def with_photos(rows: QuerySet) -> QuerySet:
    """Remarks, feedback or encounters, each with its kept photos as `photos`, in one query for all."""
    kept = Attachment.objects.filter(kept_at__isnull=False).order_by("added_at", "id")
    return rows.prefetch_related(Prefetch("attachments", kept, to_attr="photos"))


def photos_of(encounter: Encounter) -> list[Attachment]:
    """The kept photos that came with an encounter itself, not with a remark or something judged in it."""
    return list(
        encounter.attachments.filter(kept_at__isnull=False, care_item=None).order_by("added_at", "id")
    )
