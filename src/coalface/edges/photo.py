"""What a camera made, taken in: a plain JPEG without the place, the camera or anything else in it."""

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import UUID

from django.conf import settings

LONGEST_SIDE: Final = 2560
QUALITY: Final = 85
MOST_PIXELS: Final = 64_000_000  # held in memory at once; a JPEG is read smaller than it is
KINDS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
ONE_FRAME: Final = ("PNG", "WEBP")

# GPS: latitude and longitude, of here and of where it points to; the same as XMP writes it
PLACE_TAGS: Final = {2, 4, 20, 22}
PLACE_WORDS: Final = (b"GPSLatitude", b"GPSLongitude")
ORIENTATION, GPS = 0x0112, 0x8825

# What readers of pictures raise when they meet something that is none, or half of one.
BREAKS: Final = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError, AttributeError,
    RuntimeError, MemoryError, struct.error,
)  # fmt: skip


class Unusable(Exception):
    """No picture can be kept of it; `why` is `not_a_photo`, `broken` or `too_large`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def arriving_path(id: UUID) -> Path:
    """Where the pieces of a photo lie until all of them are there."""
    return settings.ATTACHMENTS / "arriving" / str(id)


def picture_path(id: UUID) -> Path:
    """Where a kept picture lies: by the end of its id, for the beginning is the time and hardly varies."""
    return settings.ATTACHMENTS / str(id)[-2:] / f"{id}.jpg"


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as it is kept: JPEG, upright, in sRGB, with nothing but the picture in it."""

    jpeg: bytes
    width: int
    height: int
    location_removed: bool


def cleaned(path: Path) -> Photo:
    """Read JPEG, PNG, WebP or HEIC, and make of it what is kept; `Unusable` where that cannot be."""
    with path.open("rb") as file, _opened(file) as sent:
        try:
            _check(sent)
            placed = _was_placed(sent)
            picture = _plain(sent)
        except BREAKS as broken:
            raise Unusable("broken") from broken
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return Photo(kept.getvalue(), picture.width, picture.height, placed)


def _opened(file: BinaryIO) -> Any:
    import pi_heif
    from PIL import Image, UnidentifiedImageError

    pi_heif.register_heif_opener()
    warnings.filterwarnings("ignore", module=r"PIL\.")  # of what is odd in it: either it can be read or not
    head = file.read(12)
    if not head:
        raise Unusable("broken")
    try:
        return Image.open(file, formats=KINDS)
    except UnidentifiedImageError as unknown:
        raise Unusable("broken" if _begins_like_one(head) else "not_a_photo") from unknown
    except Image.DecompressionBombError as huge:
        raise Unusable("too_large") from huge
    except BREAKS as broken:
        raise Unusable("broken") from broken


def _begins_like_one(head: bytes) -> bool:
    heic = head[4:8] == b"ftyp" and head[8:11] in {b"hei", b"hev", b"mif", b"msf"}
    webp = head[:4] == b"RIFF" and head[8:] == b"WEBP"
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or heic or webp


def _check(picture: Any) -> None:
    """Whether it holds still and fits into memory; a JPEG in rows is read no larger than is needed."""
    if picture.format in ONE_FRAME and getattr(picture, "is_animated", False):
        raise Unusable("not_a_photo")
    if not picture.info.get("progressive"):
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise Unusable("too_large")


def _was_placed(picture: Any) -> bool:
    """Whether it says where it was taken; where that cannot be read, whether it seems to."""
    written = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    written = written.encode() if isinstance(written, str) else bytes(written)
    if any(word in written for word in PLACE_WORDS):
        return True
    try:
        return bool(PLACE_TAGS & set(picture.getexif().get_ifd(GPS)))
    except BREAKS:
        return True


def _plain(picture: Any) -> Any:
    """The pixels alone: upright, in sRGB, on white, and no larger than needed."""
    from PIL import Image

    picture.load()
    upright = _in_srgb(_upright(picture))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    plain = Image.new("RGB", upright.size, "white")
    seen_through = upright.convert("RGBA") if upright.has_transparency_data else None
    plain.paste(seen_through or upright.convert("RGB"), mask=seen_through)
    return plain


def _upright(picture: Any) -> Any:
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(picture)
    except BREAKS:  # its own note of how it was held is broken, the picture is not
        return picture


def _in_srgb(picture: Any) -> Any:
    """The colours as a screen shows them, when it says what its own mean."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "L", "CMYK"}:
        return picture
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        screen = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, screen, outputMode="RGB")
    except (ImageCms.PyCMSError, *BREAKS):
        return picture
