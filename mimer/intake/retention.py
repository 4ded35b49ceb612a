"""What the doors keep and for how long: a draft nobody came back to goes, with its files."""

from datetime import datetime, timedelta

from django.utils import timezone

from .models import Application

DRAFTS_KEPT = timedelta(days=7)
AT_ONCE = 500


def forget_drafts(now: datetime | None = None) -> int:
    """Deletes drafts untouched for a week, files first, so that a crash between leaves nothing that is not found again."""
    before = (now or timezone.now()) - DRAFTS_KEPT
    drafts = (
        Application.objects.filter(changed_at__lt=before).order_by("changed_at").prefetch_related("files")[:AT_ONCE]
    )
    for draft in drafts:
        for kept in draft.files.all():
            kept.file.delete(save=False)
        draft.delete()
    return len(drafts)
