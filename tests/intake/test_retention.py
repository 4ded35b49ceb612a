"""Drafts nobody came back to go after a week, with their files; what is still being written stays."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from mimer.intake.models import Application, ApplicationFile
from mimer.intake.retention import forget_drafts

pytestmark = pytest.mark.django_db


def test_an_abandoned_draft_goes_with_its_files_and_a_fresh_one_stays() -> None:
    with time_machine.travel(timezone.now() - timedelta(days=8)):
        old = Application.objects.create(data={"text": "Kaldırım"})
        photo = ApplicationFile(application=old, name="a.jpg", content_type="image/jpeg", sha256="a" * 64)
        photo.file.save("a.jpg", ContentFile(b"x"))
    storage, name = photo.file.storage, photo.file.name
    fresh = Application.objects.create(data={"text": "Çöp"})
    assert forget_drafts() == 1
    assert list(Application.objects.all()) == [fresh]
    assert not storage.exists(name)
