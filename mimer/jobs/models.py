"""One row for each time a scheduled task ran, so that it runs once a slot however many workers there are."""

from django.db import models


class Run(models.Model):
    """Çalışma: a task took its slot; unfinished while its worker's pulse has stopped means that the worker died."""

    task = models.CharField(max_length=60)
    slot = models.DateTimeField()
    worker = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "slot"], name="task_once_a_slot")]
        indexes = [models.Index(fields=["started_at"], name="run_started")]


class Heartbeat(models.Model):
    """Nabız: a worker process is alive; pages say plainly when none is."""

    worker = models.CharField(max_length=80, unique=True)
    seen_at = models.DateTimeField()
