"""What a camera made is kept as a picture and nothing else."""

import zlib
from io import BytesIO
from pathlib import Path
from struct import pack

import pytest
from PIL import Image

from coalface.edges.photo import LONGEST_SIDE, MOST_PIXELS, Unusable, cleaned
from tests.edges.pictures import ON_ITS_SIDE, SOMEWHERE, XMP, exif, picture

HEIC = Path(__file__).parent / "phone.heic"
TRACES = (b"Exif", b"Secret", b"GPS", b"http://ns.adobe.com", b"ICC_PROFILE", b"Photoshop")


@pytest.fixture
def clean(tmp_path: Path):
    """What becomes of these bytes."""

    def look(content: bytes):
        path = tmp_path / "sent"
        path.write_bytes(content)
        return cleaned(path)

    return look


def opened(photo) -> Image.Image:
    return Image.open(BytesIO(photo.jpeg))


def colours(photo) -> list[str]:
    """Red or blue, of the top left, top right and bottom left corner."""
    seen = opened(photo)
    corners = [(2, 2), (seen.width - 3, 2), (2, seen.height - 3)]
    return ["red" if seen.getpixel(at)[0] > 128 else "blue" for at in corners]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_of_every_kind_the_picture_is_left_and_nothing_else(clean, kind):
    sent = picture(kind, exif=exif(SOMEWHERE), **({"comment": b"Secret"} if kind == "JPEG" else {}))
    photo = clean(sent)
    assert (photo.width, photo.height, photo.location_removed) == (64, 48, True)
    assert b"Secret" in sent
    assert [trace for trace in TRACES if trace in photo.jpeg] == []
    seen = opened(photo)
    assert (seen.format, seen.size, dict(seen.getexif()), seen.info.keys() - {"jfif"}) == (
        "JPEG",
        (64, 48),
        {},
        {"jfif_version", "jfif_unit", "jfif_density"},
    )
    assert colours(photo) == ["red", "red", "blue"]


def test_what_a_phone_makes_is_read(clean):
    photo = clean(HEIC.read_bytes())
    assert (photo.width, photo.height, photo.location_removed) == (64, 48, True)
    assert [trace for trace in TRACES if trace in photo.jpeg] == []
    assert colours(photo) == ["red", "red", "blue"]


@pytest.mark.parametrize(
    ("notes", "there"),
    [
        ({}, False),
        ({"exif": exif()}, False),
        ({"exif": exif({0: b"\2\3\0\0"})}, False),
        ({"exif": exif(SOMEWHERE)}, True),
        ({"xmp": XMP}, True),
        ({"xmp": b"<x:xmpmeta/>"}, False),
        ({"exif": b"Exif\0\0II*\0\xff\xff\xff\x7f broken"}, False),
    ],
)
def test_one_is_told_when_the_place_was_in_it(clean, notes, there):
    assert clean(picture(**notes)).location_removed is there


def test_a_picture_taken_sideways_stands_up(clean):
    photo = clean(picture(exif=exif(orientation=ON_ITS_SIDE)))
    assert (photo.width, photo.height) == (48, 64)
    assert colours(photo) == ["blue", "red", "blue"]


@pytest.mark.parametrize("given", [{}, {"progressive": True}])
def test_a_large_one_becomes_as_large_as_needed(clean, given):
    photo = clean(picture(size=(6000, 3000), **given))
    assert (photo.width, photo.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_what_one_sees_through_stands_on_white(clean):
    photo = clean(seen_through())
    assert opened(photo).getpixel((5, 5)) == (255, 255, 255)


def seen_through() -> bytes:
    file = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(file, "PNG")
    return file.getvalue()


def test_of_a_picture_with_a_second_one_inside_the_first_is_kept(clean):
    file, second = BytesIO(), Image.new("RGB", (64, 48), "green")
    Image.open(BytesIO(picture())).save(file, "MPO", save_all=True, append_images=[second])
    assert colours(clean(file.getvalue())) == ["red", "red", "blue"]


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "I;16"])
def test_other_ways_to_hold_colours(clean, mode):
    file = BytesIO()
    Image.new(mode, (20, 10)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    assert (clean(file.getvalue()).width, clean(file.getvalue()).height) == (20, 10)


def test_colours_of_another_screen_become_ours(clean):
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert colours(clean(picture(icc_profile=profile))) == ["red", "red", "blue"]
    assert colours(clean(picture(icc_profile=b"not a profile"))) == ["red", "red", "blue"]


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that would fill the memory."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return pack(">I", len(content)) + body + pack(">I", zlib.crc32(body))

    head = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def animated(kind: str) -> bytes:
    file, frames = BytesIO(), [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "green")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    return file.getvalue()


SIDE = int(MOST_PIXELS**0.5) + 1
REFUSED = {
    "nothing": (b"", "broken"),
    "a program": (b"MZ" + bytes(500), "not_a_photo"),
    "a script": (b"#!/bin/sh\nrm -rf ~\n", "not_a_photo"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>go()</script></svg>', "not_a_photo"),
    "words": ("Ein Foto wäre schön.".encode(), "not_a_photo"),
    "a PDF": (b"%PDF-1.7\n" + bytes(100), "not_a_photo"),
    "a GIF": (picture("GIF"), "not_a_photo"),
    "a TIFF": (picture("TIFF"), "not_a_photo"),
    "a BMP": (picture("BMP"), "not_a_photo"),
    "a moving PNG": (animated("PNG"), "not_a_photo"),
    "a moving WebP": (animated("WEBP"), "not_a_photo"),
    "a bomb": (bomb(SIDE, SIDE), "too_large"),
    "a larger bomb": (bomb(60_000, 60_000), "too_large"),
    "half a JPEG": (picture(size=(640, 480))[:2000], "broken"),
    "half a PNG": (picture("PNG", size=(640, 480))[:600], "broken"),
    "half a WebP": (picture("WEBP", size=(640, 480))[:200], "broken"),
    "half a HEIC": (HEIC.read_bytes()[:500], "broken"),
    "the beginning of a JPEG": (picture()[:20], "broken"),
    "a PNG with nothing inside": (bomb(600, 600), "broken"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_picture_is_refused_and_why(clean, what):
    content, why = REFUSED[what]
    with pytest.raises(Unusable) as refused:
        clean(content)
    assert refused.value.why == why


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_kept_or_refused_and_never_an_accident(clean, seed):
    kinds = [picture(), picture("PNG"), picture("WEBP"), picture(exif=exif(SOMEWHERE)), HEIC.read_bytes()]
    damaged = bytearray(kinds[seed % len(kinds)])
    for step in range(1 + seed // 5):
        damaged[(seed * 7919 + step * 104_729) % len(damaged)] ^= 1 + (seed * 31 + step) % 255
    try:
        assert clean(bytes(damaged)).width > 0
    except Unusable as refused:
        assert refused.why in {"broken", "not_a_photo", "too_large"}
