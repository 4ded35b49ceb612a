"""Pictures for tests: real and small."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo(name: str = "sonra.jpg", colour: str = "gray") -> SimpleUploadedFile:
    """A JPEG as a telephone would send it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def pdf(name: str = "imzali.pdf", words: bytes = b"cevap") -> SimpleUploadedFile:
    """A whole PDF as far as its two ends tell."""
    return SimpleUploadedFile(name, b"%PDF-1.7\n" + words + b"\n%%EOF\n", content_type="application/pdf")
