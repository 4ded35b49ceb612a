"""What the pages themselves remember: tries at public doors, saved filters, and bulk actions that can be undone."""

from django.db import models

from mimer.municipality.models import Staff


class KnockCount(models.Model):
    """Deneme sayacı: how often one address tried one public door in one span of time."""

    key = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="knock_count_until")]


class SavedFilter(models.Model):
    """Kayıtlı süzgeç: a name for what stands in the address of a list."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["staff", "name"], name="filter_name_once")]

    def __str__(self) -> str:
        return self.name


class BulkAction(models.Model):
    """Toplu işlem: what was done to many cases at once, with what it takes to undo it."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    verb = models.CharField(max_length=20)
    done = models.JSONField(default=list, help_text="[{case, before, event}]")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)


class Presence(models.Model):
    """Açık sayfa: somebody has this case open, and perhaps writes; lives only while her page renews it."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    writing = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="presence_once_a_reader")]
        indexes = [models.Index(fields=["seen_at"], name="presence_seen")]

    def __str__(self) -> str:
        return f"{self.staff} · {self.case}"
