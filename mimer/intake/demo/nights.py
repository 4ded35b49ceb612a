"""The demo's nights: who of each unit with urgent subjects is on duty for two weeks, taking turns."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from mimer.municipality.kinds import Priority
from mimer.municipality.models import DutyShift, Subject
from mimer.municipality.roles import Role

from .cast import Cast

NIGHTS = 14
FROM, TO = time(17), time(8)


def fill_roster(cast: Cast, now: datetime) -> int:
    """Adds the nights of the next two weeks where a roster is still empty; returns how many shifts."""
    if DutyShift.objects.exists():
        return 0
    urgent = Subject.objects.filter(default_priority=Priority.URGENT, active=True, external_body=None)
    first = timezone.localtime(now).date()
    shifts = []
    for unit in sorted(set(urgent.values_list("unit", flat=True))):
        people = [member for member in cast.staff.get(unit, ()) if member.scope.has(Role.OFFICER, Role.REPRESENTATIVE)]
        for night in range(NIGHTS if people else 0):
            day = first + timedelta(days=night)
            shifts.append(
                DutyShift(
                    unit_id=unit, staff=people[night % len(people)], order=1,
                    starts_at=timezone.make_aware(datetime.combine(day, FROM)),
                    ends_at=timezone.make_aware(datetime.combine(day + timedelta(days=1), TO)),
                )
            )  # fmt: skip
    return len(DutyShift.objects.bulk_create(shifts))
