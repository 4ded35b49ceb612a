"""How far an import came, and which rows it could not take."""

from django.db import models


class ImportRun(models.Model):
    """İçe aktarma: one file through one mapping, and the row up to which it is done, so that it can go on after a cut."""

    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=300)
    mapping = models.CharField(max_length=120)
    mapping_sha256 = models.CharField(max_length=64)
    rows_done = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file_sha256", "mapping_sha256"],
                condition=models.Q(finished_at=None),
                name="import_at_work_once_a_file",
            )
        ]


class Rejection(models.Model):
    """Alınmayan satır: a row that could not become a case, and the sentence that says why."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejections")
    row = models.PositiveIntegerField()
    reason = models.TextField()

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["run", "row"], name="rejected_once_a_run")]
