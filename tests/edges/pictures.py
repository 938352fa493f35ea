"""Pictures as cameras make them, with everything in them that cameras put there."""

from io import BytesIO

from PIL import Image

SOMEWHERE = {1: "N", 2: (47.0, 22.0, 12.5), 3: "E", 4: (8.0, 32.0, 1.0)}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="47,22.2N"/></x:xmpmeta>'
UPRIGHT, ON_ITS_SIDE = 1, 6


def exif(place: dict | None = None, orientation: int = UPRIGHT) -> Image.Exif:
    """What a camera notes about a picture."""
    notes = Image.Exif()
    notes[0x010F], notes[0x0112] = "Secret Camera Works", orientation
    if place:
        notes.get_ifd(0x8825).update(place)
    return notes


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **more: object) -> bytes:
    """A picture, red above and blue below."""
    drawn = Image.new(mode, size, "red")
    drawn.paste("blue", (0, size[1] // 2, *size))
    file = BytesIO()
    drawn.save(file, kind, **more)
    return file.getvalue()
