"""Staff: who works here, with which roles in which units, and what each may see."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..named import Named
from ..roles import ACROSS_UNITS, BELOW_UNIT, DESK, UNIT, Role
from .units import Unit, units_below


class StaffManager(BaseUserManager["Staff"]):
    """Makes staff with a normalised e-mail address as their name for signing in."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Staff":
        staff = self.model(email=self.normalize_email(email).lower(), **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff

    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(email=(username or "").strip().lower())


class Staff(AbstractBaseUser):
    """Personel: signs in by e-mail and acts by the roles given to her."""

    email = models.EmailField(_("E-posta"), unique=True)
    given_name = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="tr")
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["given_name"]
    objects = StaffManager()

    class Meta:
        ordering = ["given_name", "family_name"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @cached_property
    def scope(self) -> "Scope":
        """What she may see."""
        return Scope(self)


class RoleAssignment(models.Model):
    """Görevlendirme: one role of one person, in one unit or across the house."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="role_assignments")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "role", "unit"], name="role_once_a_unit"),
            models.UniqueConstraint(
                fields=["staff", "role"], condition=models.Q(unit=None), name="role_once_without_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff} · {self.get_role_display()}" + (f" · {self.unit}" if self.unit else "")


class SensitiveAccess(models.Model):
    """Hassas konu yetkisi: this person is named for this sensitive subject; no role replaces it."""

    subject = models.ForeignKey("Subject", on_delete=models.CASCADE, related_name="named_staff")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="sensitive_subjects")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "staff"], name="sensitive_access_once")]


class Crew(Named):
    """Saha ekibi: the people of a unit who go out together."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="crews")
    members = models.ManyToManyField(Staff, related_name="crews", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name_tr"]


class Scope:
    """What one member of staff may see; each part is read when it is first asked for, and once."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    @cached_property
    def _held(self) -> list[tuple[int, str, int | None]]:
        """Whose role it is, the role and its unit: her own, and the unit roles of whom she stands in for today."""
        from ..deputies import deputies_today  # it reads the tables of this package

        rows = RoleAssignment.objects.filter(staff=self._staff)
        if away := deputies_today().get(self._staff.pk):
            stood_in = models.Q(role__in=sorted(UNIT), staff__in=away)
            rows = RoleAssignment.objects.filter(models.Q(staff=self._staff) | stood_in)
        return list(rows.values_list("staff_id", "role", "unit_id"))

    @cached_property
    def roles(self) -> frozenset[tuple[str, int | None]]:
        """Her roles, each with its unit or none, and today's of the colleagues she deputises for."""
        return frozenset((role, unit) for _staff, role, unit in self._held)

    @cached_property
    def standing_in_for(self) -> frozenset[int]:
        """The colleagues whose unit work is hers today; what is sensitive stays with who is named for it."""
        return frozenset(staff for staff, _role, _unit in self._held if staff != self._staff.pk)

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """The units whose cases are hers to see, and every unit below them."""
        own = {unit for role, unit in self.roles if role in BELOW_UNIT and unit}
        return frozenset(units_below(own) if own else ())

    @cached_property
    def crew_ids(self) -> frozenset[int]:
        """The crews she goes out with."""
        return frozenset(self._staff.crews.values_list("pk", flat=True) if self.has(Role.FIELD_WORKER) else ())

    @cached_property
    def sensitive_subject_ids(self) -> frozenset[int]:
        """The sensitive subjects she is named for."""
        return frozenset(self._staff.sensitive_subjects.values_list("subject_id", flat=True))

    @property
    def across_units(self) -> bool:
        return self.has(*ACROSS_UNITS)

    def has(self, *roles: str) -> bool:
        return any(role in roles for role, _unit in self.roles)

    @property
    def at_desk(self) -> bool:
        return self.has(*DESK)

    @property
    def in_unit(self) -> bool:
        return self.has(*UNIT)

    @property
    def sees_cases(self) -> bool:
        return self.across_units or bool(self.unit_ids) or self.has(Role.FIELD_WORKER)
