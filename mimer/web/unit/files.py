"""Attachments for those who may see their case: pictures whole or small, everything else as a download."""

import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from PIL import Image

from mimer.cases.models import Attachment, AttachmentKind, Case
from mimer.cases.paper import pages_of
from mimer.municipality.models import Staff

from ..access import StaffRequest, staff_only
from ..files import guarded, serve

THUMB = (288, 208)


@staff_only
def case_file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """One attachment; `?kucuk=1` gives a picture small."""
    file = Attachment.objects.filter(pk=pk).first()
    if file is None or not _may_see(file, request.user):
        raise Http404
    if request.GET.get("kucuk") and file.is_image:
        return guarded(HttpResponse(thumbnail(file), content_type="image/jpeg"))
    return serve(file.file, file.name, file.content_type)


def _may_see(file: Attachment, staff: Staff) -> bool:
    """Whoever sees the case; the pages of a petition also whoever sees a part that was cut from it."""
    seen = Case.objects.visible_to(staff)
    if seen.filter(pk=file.case_id).exists():
        return True
    if file.kind != AttachmentKind.PETITION:
        return False
    parts = seen.filter(split_from__origin=file.case_id)
    return any(pages_of(part).filter(pk=file.pk).exists() for part in parts)


def thumbnail(file: Attachment) -> bytes:
    """The picture small, made at the first asking and kept beside it."""
    name = f"{file.file.name}.small.jpg"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return bytes(kept.read())
    try:
        original = file.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    with original, Image.open(original) as picture:
        small = picture.convert("RGB")
        small.thumbnail((THUMB[0] * 2, THUMB[1] * 2))
        out = io.BytesIO()
        small.save(out, format="JPEG", quality=80)
    default_storage.save(name, ContentFile(out.getvalue()))
    return out.getvalue()
