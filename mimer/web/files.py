"""Uploads as they leave the house: with a type from our own short list, never run, never guessed at."""

from typing import TypeVar

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

Reply = TypeVar("Reply", bound=HttpResponseBase)
# Whatever else a row may say is offered as a download of unknown kind.
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})
KNOWN = SHOWN | {"application/pdf"}


def serve(file: FieldFile, name: str, content_type: str) -> FileResponse:
    """The stored file: pictures in the page, everything else to keep; 404 when the storage has lost it."""
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    kind = content_type if content_type in KNOWN else "application/octet-stream"
    return guarded(FileResponse(content, as_attachment=kind not in SHOWN, filename=name, content_type=kind))


def guarded(response: Reply) -> Reply:
    """Never run, never guessed at, kept for an hour by the reader's own browser and by nothing in between."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
