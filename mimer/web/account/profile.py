"""Hesabım: what a member of staff sees and chooses about her own account."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from mimer.municipality.models import Staff
from mimer.municipality.roles import Role

from ..access import StaffRequest, staff_only
from ..forms.account import ProfileForm
from .adapter import speak


@staff_only
def profile(request: StaffRequest) -> HttpResponse:
    """Name, roles, language, password and second factor of whoever is signed in."""
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        staff = form.save()
        with translation.override(staff.language):
            messages.success(request, _("Kaydedildi."))
        return speak(redirect("profile"), staff.language)
    return render(
        request,
        "account/profile.html",
        {
            "form": form,
            "roles": request.user.roles.select_related("unit"),
            "codes_left": _codes_left(request.user),
            "needs_second_factor": needs_second_factor(request),
        },
    )


def needs_second_factor(request: HttpRequest) -> bool:
    """Whether this reader holds the keys of the house and signs in with a password alone."""
    staff = request.user
    return (
        isinstance(staff, Staff)
        and staff.scope.has(Role.ADMINISTRATOR)
        and not Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists()
    )


def _codes_left(staff: Staff) -> int | None:
    """How many recovery codes are unused; None without a second factor."""
    codes = Authenticator.objects.filter(user=staff, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else None
