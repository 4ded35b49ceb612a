"""Uploads: believed only by their content, cleaned of where and with what they were made, and named by their hash."""

import hashlib
import io
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, UnidentifiedImageError

IMAGE_FORMATS = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png"), "WEBP": ("image/webp", ".webp")}
# A telephone's JPEG with a second picture in it (depth, a preview); its first picture is the photograph.
SEVERAL_IN_ONE = "MPO"
MAX_PIXELS = 60_000_000
LONG_SIDE = 2560
# What makes a picture upright, by the orientation its camera noted.
TURNS: dict[Any, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


class BadFile(Exception):
    """The file cannot be taken; the message is for the reader."""


@dataclass(frozen=True)
class CheckedFile:
    """A file whose type was read from its content and whose metadata is gone."""

    name: str
    content: bytes
    content_type: str
    suffix: str
    sha256: str
    width: int | None = None
    height: int | None = None
    # Where the photograph was taken (WGS84 degrees), read before it was stripped, to be offered as the place.
    taken_at: tuple[float, float] | None = None


class Readable(Protocol):
    """An open file or an upload."""

    def read(self, size: int, /) -> bytes: ...


def check_upload(upload: Readable, name: str, size: int | None = None) -> CheckedFile:
    """Reads an upload whole, decides by content what it is, re-encodes pictures without metadata.

    Raises BadFile with a sentence for anything too large, unreadable, or neither JPG, PNG, WebP nor PDF.
    """
    limit = settings.UPLOAD_MAX_BYTES
    too_large = _("%(name)s çok büyük; bir dosya en çok %(size)s MB olabilir.") % {
        "name": name,
        "size": limit // 1_000_000,
    }
    if size is not None and size > limit:
        raise BadFile(too_large)
    content = upload.read(limit + 1)
    if len(content) > limit:
        raise BadFile(too_large)
    if not content:
        raise BadFile(_("%(name)s boş; başka bir dosya seçin.") % {"name": name})
    if content[:5] == b"%PDF-":
        return _checked(name, content, "application/pdf", ".pdf")
    return _clean_picture(name, content)


def _clean_picture(name: str, content: bytes) -> CheckedFile:
    try:
        with Image.open(io.BytesIO(content), formats=list(IMAGE_FORMATS)) as picture:
            # Only the head is read so far: nothing is unpacked that would be too large.
            if picture.width * picture.height > MAX_PIXELS:
                raise BadFile(_too_many_pixels(name))
            return _reencode(name, picture)
    except BadFile:
        raise
    except UnidentifiedImageError:
        raise BadFile(_("%(name)s eklenemedi: dosya JPG, PNG, WebP veya PDF olmalı.") % {"name": name}) from None
    except Image.DecompressionBombError:
        raise BadFile(_too_many_pixels(name)) from None
    except Exception:  # decoders of broken files raise whatever they stumble over
        raise BadFile(
            _("%(name)s açılamadı; dosya bozuk olabilir, başka bir fotoğraf deneyin.") % {"name": name}
        ) from None


def _too_many_pixels(name: str) -> str:
    return _("%(name)s çok büyük bir resim; daha küçük bir resim ekleyin.") % {"name": name}


def _reencode(name: str, picture: Image.Image) -> CheckedFile:
    kind = "JPEG" if picture.format == SEVERAL_IN_ONE else picture.format or "PNG"
    exif = _exif(picture)
    picture.thumbnail((LONG_SIDE, LONG_SIDE))
    upright = _upright(picture, exif)
    if kind == "JPEG" and upright.mode not in ("RGB", "L"):
        upright = upright.convert("RGB")
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    if upright.mode == "P" and (palette := upright.getpalette()):
        clean.putpalette(palette)
    out = io.BytesIO()
    clean.save(out, format=kind, **({"quality": 85, "optimize": True} if kind != "PNG" else {"optimize": False}))
    content_type, suffix = IMAGE_FORMATS[kind]
    return _checked(name, out.getvalue(), content_type, suffix, clean.size, _place(exif))


def _exif(picture: Image.Image) -> Image.Exif:
    """What the camera wrote about the picture; damaged notes are none, the picture itself may be sound."""
    try:
        return picture.getexif()
    except Exception:  # struct.error, TypeError and more, by the kind of damage
        return Image.Exif()


def _upright(picture: Image.Image, exif: Image.Exif) -> Image.Image:
    """The picture turned as it was taken."""
    try:
        turn = TURNS.get(exif.get(ExifTags.Base.Orientation))
    except Exception:  # tags are read only now
        turn = None
    return picture if turn is None else picture.transpose(turn)


def _place(exif: Image.Exif) -> tuple[float, float] | None:
    """Latitude and longitude (WGS84 degrees) from a picture's EXIF, or None."""
    try:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        lat = _degrees(gps[2]) * (-1 if gps[1] == "S" else 1)
        lon = _degrees(gps[4]) * (-1 if gps[3] == "W" else 1)
    except Exception:  # missing, of another type, or damaged
        return None
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 and (lat, lon) != (0, 0) else None


def _degrees(parts: tuple[float, float, float]) -> float:
    return float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600


def _checked(
    name: str,
    content: bytes,
    content_type: str,
    suffix: str,
    size: tuple[int, int] | None = None,
    place: tuple[float, float] | None = None,
) -> CheckedFile:
    width, height = size or (None, None)
    digest = hashlib.sha256(content).hexdigest()
    return CheckedFile(name[-200:], content, content_type, suffix, digest, width, height, place)
