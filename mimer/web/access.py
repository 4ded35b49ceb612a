"""Who may open a page: members of staff, some only with certain roles; a foreign case is simply not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from mimer.cases.models import Case
from mimer.cases.queries import CaseQuerySet
from mimer.municipality.models import Staff

P = ParamSpec("P")
# Digits of the largest number every database keeps as an id.
LONGEST_ID = 18


class StaffRequest(HttpRequest):
    """A request whose user is known to be staff."""

    user: Staff


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]


def for_roles(*roles: str) -> Callable[[StaffView[P]], View[P]]:
    """Lets in staff who hold one of these roles anywhere; without roles, all staff."""

    def decorate(view: StaffView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Staff):
                return redirect_to_login(request.get_full_path())
            if roles and not request.user.scope.has(*roles):
                raise PermissionDenied
            return view(cast(StaffRequest, request), *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # read by the URL x role test
        return guarded

    return decorate


staff_only = for_roles()


def row_id(text: str) -> int | None:
    """The number of a row as an address or a form sends it; None for anything that can be none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else None


def case_or_404(staff: Staff, number: str, cases: CaseQuerySet | None = None) -> Case:
    """The case with this number if this reader may see it; the same answer for none and not yours."""
    visible = (cases if cases is not None else Case.objects.all()).visible_to(staff)
    case = visible.by_number(number).select_related("subject", "unit", "applicant", "neighbourhood", "officer").first()
    if case is None:
        raise Http404
    return case
