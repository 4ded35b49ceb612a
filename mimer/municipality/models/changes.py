"""Who changed the tables of the house: one row a change, only ever added to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .staff import Staff


class ChangeKind(models.TextChoices):
    """What was done to the row."""

    ADDED = "added", _("ekledi")
    CHANGED = "changed", _("değiştirdi")
    REMOVED = "removed", _("sildi")
    CLOSED = "closed", _("kullanımdan kaldırdı")
    OPENED = "opened", _("kullanıma aldı")


class TableChange(models.Model):
    """Değişiklik kaydı: what an administrator did to a row of a table, with its words before and after."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=40)
    row = models.BigIntegerField(null=True, blank=True)
    row_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    details = models.JSONField(default=list, help_text="[[field, before, after]]")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["table", "row", "-id"], name="change_of_row")]

    def __str__(self) -> str:
        return f"{self.staff}: {self.row_name} {self.get_kind_display()}"
