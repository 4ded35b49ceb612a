"""Who is named for which sensitive subject; nobody else sees those cases, whatever her role."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mimer.municipality.models import ChangeKind, SensitiveAccess, Staff, Subject
from mimer.turkish import sort_key

from ..access import StaffRequest, row_id
from .record import record_as
from .views import administrator_only


@administrator_only
def sensitive_subjects(request: StaffRequest) -> HttpResponse:
    """The sensitive subjects with those who see them."""
    subjects = Subject.objects.filter(sensitive=True).prefetch_related("named_staff__staff")
    rows = [(subject, [row.staff for row in subject.named_staff.all()]) for subject in subjects]
    return render(request, "administrator/sensitive.html", {"rows": rows})


@administrator_only
def sensitive_access(request: StaffRequest, pk: int) -> HttpResponse:
    """One subject: everybody with a tick beside those who see its cases."""
    subject = get_object_or_404(Subject, pk=pk, sensitive=True)
    staff = sorted(Staff.objects.filter(is_active=True), key=lambda person: sort_key(person.full_name))
    named = set(SensitiveAccess.objects.filter(subject=subject).values_list("staff_id", flat=True))
    if request.method == "POST":
        wanted = {chosen for typed in request.POST.getlist("named") if (chosen := row_id(typed))}
        _name(
            subject, [person for person in staff if (person.pk in wanted) != (person.pk in named)], wanted, request.user
        )
        messages.success(request, _("Kaydedildi."))
        return redirect("administration_sensitive")
    people = [(person, person.pk in named) for person in staff]
    return render(request, "administrator/sensitive_access.html", {"subject": subject, "people": people})


def _name(subject: Subject, changed: list[Staff], wanted: set[int], by: Staff) -> None:
    """Adds and takes away; a person whose account is closed stays as she was."""
    added = [person for person in changed if person.pk in wanted]
    gone = [person for person in changed if person.pk not in wanted]
    with transaction.atomic():
        SensitiveAccess.objects.filter(subject=subject, staff__in=gone).delete()
        SensitiveAccess.objects.bulk_create([SensitiveAccess(subject=subject, staff=person) for person in added])
        if changed:
            details = [["named_staff", "", str(person)] for person in added]
            details += [["named_staff", str(person), ""] for person in gone]
            record_as(ChangeKind.CHANGED, subject, by, details)
