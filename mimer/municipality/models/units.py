"""Units: the tree of directorates that do the work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..named import Named
from ..remembered import remembered


class UnitKind(models.TextChoices):
    """What stands at this place of the tree."""

    UNIT = "unit", _("Müdürlük")
    DEPUTY_MAYOR = "deputy_mayor", _("Başkan yardımcılığı")
    MAYOR = "mayor", _("Başkanlık")


class Unit(Named):
    """Birim (müdürlük): works on cases, answers for them, and has a head, a representative and a deputy."""

    code = models.CharField(max_length=40, unique=True)
    short_tr = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=20, choices=UnitKind.choices, default=UnitKind.UNIT)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    head = models.ForeignKey("Staff", null=True, blank=True, on_delete=models.SET_NULL, related_name="heads")
    representative = models.ForeignKey(
        "Staff", null=True, blank=True, on_delete=models.SET_NULL, related_name="represents"
    )
    deputy = models.ForeignKey("Staff", null=True, blank=True, on_delete=models.SET_NULL, related_name="deputises")
    phone = models.CharField(max_length=40, blank=True)
    is_desk = models.BooleanField(default=False, help_text=_("Başvuru merkezinin kendisi"))
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name_tr"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="unit_not_its_own_parent")
        ]

    @property
    def short(self) -> str:
        """The name for a narrow column; the English names are short as they are."""
        return self.short_tr if self.short_tr and self.name == self.name_tr else self.name


@remembered("unit_tree", seconds=60)
def _children() -> dict[int | None, list[int]]:
    found: dict[int | None, list[int]] = {}
    for pk, parent in Unit.objects.order_by().values_list("pk", "parent_id"):
        found.setdefault(parent, []).append(pk)
    return found


def units_below(unit_ids: set[int]) -> set[int]:
    """The given units and every unit under them in the tree."""
    children, found, todo = _children(), set[int](), list(unit_ids)
    while todo:
        pk = todo.pop()
        if pk not in found:
            found.add(pk)
            todo += children.get(pk, [])
    return found
