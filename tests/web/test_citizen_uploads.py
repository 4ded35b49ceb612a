"""Hostile, broken and huge files at the citizen's doors: a sentence for each, and nothing typed is lost."""

import io
import os
import struct
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from PIL import Image

from mimer.intake.models import Application, ApplicationFile
from tests.shared_data import needs_shared, shared_files
from tests.web.citizen_door import Walk, errors

WORDS = "Kaldırımda büyük bir çukur var"


@pytest.fixture
def walk(client: Client, house: Any, settings: Any) -> Walk:
    settings.RATE_LIMITS = False
    return Walk(client, house)


@needs_shared("photos")
@pytest.mark.parametrize("path", shared_files("photos/hostile/*"), ids=lambda path: path.name)
def test_a_hostile_file_gets_a_sentence(walk: Walk, path: Path) -> None:
    response = walk.words(WORDS, photos=[SimpleUploadedFile(path.name, path.read_bytes(), "image/jpeg")], add="1")
    if response.status_code == 302:  # readable after all: then it was cleaned
        assert ApplicationFile.objects.get().content_type.startswith("image/")
        return
    assert [sentence for sentence in errors(response) if path.name in sentence]
    assert WORDS in response.content.decode() and not ApplicationFile.objects.exists()


@needs_shared("photos")
@pytest.mark.parametrize(
    "path", shared_files("photos/gps/*", "photos/metadata/*", "photos/heic/*"), ids=lambda path: path.name
)
def test_any_photo_is_taken_clean_or_refused_in_a_sentence(walk: Walk, path: Path) -> None:
    response = walk.words(WORDS, photos=[SimpleUploadedFile(path.name, path.read_bytes(), "image/jpeg")])
    for kept in ApplicationFile.objects.all():
        with Image.open(kept.file) as picture:
            assert not picture.getexif() and "xmp" not in picture.info
    assert response.status_code == 302 or [sentence for sentence in errors(response) if path.name in sentence]


def test_fifty_megabytes_are_refused_in_a_sentence(walk: Walk) -> None:
    upload = TemporaryUploadedFile("dev.jpg", "image/jpeg", 0, None)
    upload.write(b"\xff\xd8\xff")
    os.truncate(upload.temporary_file_path(), 50_000_000)
    upload.seek(0)
    response = walk.words(WORDS, photos=[upload])
    assert errors(response) == ["dev.jpg çok büyük; bir dosya en çok 15 MB olabilir."]
    assert WORDS in response.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bos.jpg", b""), ("sayfa.html", b"<html><script>alert(1)</script>"), ("resim.svg", b"<svg onload='alert(1)'/>"),
        ("foto.jpg", b"\xff\xd8\xff\xe0 bozuk"), ("arsiv.zip", b"PK\x03\x04"), ("<b>ad</b>.jpg", b"ad"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused_whatever_it_is_called(walk: Walk, name: str, content: bytes) -> None:
    response = walk.words(WORDS, photos=[SimpleUploadedFile(name, content, "image/jpeg")])
    assert response.status_code == 200 and errors(response)
    assert WORDS in response.content.decode() and "<b>ad</b>" not in response.content.decode()


def _two_in_one(**options: Any) -> bytes:
    """A JPEG with a second picture behind the first, as many telephones make them."""
    first, second = Image.new("RGB", (64, 48), "grey"), Image.new("RGB", (32, 24), "white")
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second], **options)
    return out.getvalue()


def _with_damaged_notes(damage: bytes) -> bytes:
    """A sound JPEG whose EXIF is not."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "grey").save(out, "JPEG", exif=b"Exif\0\0" + damage)
    return out.getvalue()


def test_a_telephones_photo_with_a_second_picture_in_it_is_a_jpeg(walk: Walk) -> None:
    assert Image.open(io.BytesIO(_two_in_one())).format == "MPO"
    response = walk.words(WORDS, photos=[SimpleUploadedFile("foto.jpg", _two_in_one(), "image/jpeg")])
    kept = ApplicationFile.objects.get()
    assert response.status_code == 302 and (kept.content_type, kept.width, kept.height) == ("image/jpeg", 64, 48)
    with Image.open(kept.file) as picture:
        assert picture.format == "JPEG"


@pytest.mark.parametrize(
    "damage",
    [
        b"", b"II", b"MM\0*", b"II*\0\x08\0\0\0", b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff\x12\x01",
        b"MM\0*\0\0\0\x08\0\x01\x88\x25\0\x02\0\0\0\x04abcd\0\0\0\0",  # the place is a text, not a table
        b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x05\0\0\0\x01\0\0\0\x1a\0\0\0\0\0\0\0\0\0\0\0\0",  # turned by 0/0
        # Turned, and beside it a resolution or a width that is a text, or a maker that is a fraction.
        b"MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x01\x1a\0\x02\0\0\0\x03\0A" + bytes(14),
        b"MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x01\x00\0\x02\0\0\0\x03\x08A\0\x1a" + bytes(12),
        b"MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x01\x0f\0\x0b\0\0\0\x01\x08\x08\x1a\x1a" + bytes(12),
        b"\xde\xad\xbe\xef" * 8,
    ],
)  # fmt: skip
def test_damaged_notes_of_a_camera_do_not_cost_the_photo(walk: Walk, damage: bytes) -> None:
    photo = SimpleUploadedFile("foto.jpg", _with_damaged_notes(damage), "image/jpeg")
    assert walk.words(WORDS, photos=[photo]).status_code == 302
    assert ApplicationFile.objects.get().width in (64, 48)


def test_a_photo_taken_sideways_is_kept_upright(walk: Walk) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    upload = SimpleUploadedFile("foto.jpg", _two_in_one(exif=exif), "image/jpeg")
    walk.words(WORDS, photos=[upload])
    kept = ApplicationFile.objects.get()
    assert (kept.width, kept.height) == (48, 64)


def test_a_decoder_that_stumbles_is_a_sentence(walk: Walk, monkeypatch: Any) -> None:
    monkeypatch.setattr(Image.Image, "thumbnail", lambda *_args, **_more: struct.unpack(">H", b"x"))
    response = walk.words(WORDS, photos=[SimpleUploadedFile("foto.jpg", _two_in_one(), "image/jpeg")])
    assert errors(response) == ["foto.jpg açılamadı; dosya bozuk olabilir, başka bir fotoğraf deneyin."]


def test_too_many_pixels_are_refused_before_they_are_unpacked(walk: Walk, monkeypatch: Any) -> None:
    from mimer.cases import files

    monkeypatch.setattr(files, "MAX_PIXELS", 64 * 48 - 1)
    monkeypatch.setattr(Image.Image, "thumbnail", lambda *_size: pytest.fail("it was unpacked"))
    response = walk.words(WORDS, photos=[SimpleUploadedFile("foto.jpg", _two_in_one(), "image/jpeg")])
    assert errors(response) == ["foto.jpg çok büyük bir resim; daha küçük bir resim ekleyin."]


@pytest.mark.parametrize("begun", [False, True], ids=["first page", "draft"])
def test_words_are_safe_before_a_file_is_touched(walk: Walk, monkeypatch: Any, begun: bool) -> None:
    from mimer.web.forms import citizen

    if begun:
        walk.words("Başka", add="1")

    def breaks(*_args: Any) -> None:
        raise RuntimeError("disk")

    monkeypatch.setattr(citizen, "check_upload", breaks)
    with pytest.raises(RuntimeError):
        walk.words(WORDS, photos=[SimpleUploadedFile("foto.jpg", _two_in_one(), "image/jpeg")])
    assert Application.objects.get().data["text"] == WORDS


def test_files_sent_too_often_are_not_even_looked_at(walk: Walk, monkeypatch: Any, settings: Any) -> None:
    from mimer.web import limits
    from mimer.web.forms import citizen

    settings.RATE_LIMITS = True
    monkeypatch.setitem(limits.LIMITS, "upload", limits.Limit(0, 600))
    monkeypatch.setattr(citizen, "check_upload", lambda *_file: pytest.fail("it was looked at"))
    response = walk.words(WORDS, photos=[SimpleUploadedFile("foto.jpg", _two_in_one(), "image/jpeg")])
    assert "çok fazla dosya" in errors(response)[0] and WORDS in response.content.decode()
    assert Application.objects.get().data["text"] == WORDS and not ApplicationFile.objects.exists()


def test_a_document_is_offered_to_keep_not_opened_in_the_page(walk: Walk) -> None:
    from django.urls import reverse

    walk.words(WORDS, photos=[SimpleUploadedFile("tapu.pdf", b"%PDF-1.7 ...", "application/pdf")], add="1")
    kept = ApplicationFile.objects.get()
    response = walk.client.get(reverse("apply_file", args=[kept.application_id, kept.pk]))
    assert response["Content-Disposition"].startswith("attachment") and response["Content-Type"] == "application/pdf"
