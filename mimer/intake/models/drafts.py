"""What the wizard remembers between two pages: a citizen's unsent words and files."""

import uuid

from django.db import models

from mimer.cases.models import Case


class Application(models.Model):
    """Başvuru taslağı: what was typed in the wizard so far; becomes one case, once, and is then emptied."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    data = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["changed_at"], name="application_changed")]


class ApplicationFile(models.Model):
    """Taslağın eki: an upload, already checked and cleaned, that waits for its case."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(upload_to="drafts/%Y/%m/")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["application", "sha256"], name="same_file_once_a_draft")]
