"""A leaver's work handed over in one step: what she has, who takes it, and what came of it."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from mimer.cases.handing_over import HandedOver, end_presence, give_post, hand_over_cases, open_by_unit, posts_of
from mimer.municipality.models import Crew, DutyShift, Staff, Unit
from mimer.municipality.people_of import people_of, units_headed_by
from mimer.municipality.roles import Role

from ..access import StaffRequest, for_roles
from ..administrator.record import record, words_of
from ..forms.handing_over import HandOverForm


@for_roles(Role.UNIT_HEAD, Role.ADMINISTRATOR)
def handing_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Asks who takes over, then does it; pressed again it goes on where it ended."""
    leaver = get_object_or_404(Staff, pk=pk)
    units = _units_or_404(request.user, leaver)
    sent = request.POST if request.method == "POST" else None
    shares, result = _shares(leaver, units), None
    form: HandOverForm | None = HandOverForm(sent, leaver=leaver, shares=shares)
    if form is not None and form.is_bound and form.is_valid():
        result = _hand_over(leaver, form, units, request.user)
        shares = _shares(leaver, units)
        form = HandOverForm(sent, leaver=leaver, shares=shares) if result.left else None
    context = {
        "leaver": leaver, "form": form, "result": result, "total": sum(cases for cases, _posts in shares.values()),
        "vacant": list(posts_of(leaver)) if result else [], **_presence(leaver, units),
    }  # fmt: skip
    return render(request, "unit/handing_over.html", context)


def _units_or_404(reader: Staff, leaver: Staff) -> list[int] | None:
    """The units whose part of the work this reader hands over; None is all of them."""
    if reader.scope.has(Role.ADMINISTRATOR):
        return None
    units = list(units_headed_by(reader).values_list("pk", flat=True))
    if not people_of(units).filter(pk=leaver.pk).exists() and not set(units) & set(open_by_unit(leaver)):
        raise Http404
    return units


def _shares(leaver: Staff, units: list[int] | None) -> dict[Unit, tuple[int, list[str]]]:
    """Open cases and posts, by unit."""
    cases, posts = open_by_unit(leaver), {unit.pk: held for unit, held in posts_of(leaver).items()}
    concerned = {pk for pk in [*cases, *posts] if units is None or pk in units}
    return {unit: (cases.get(unit.pk, 0), posts.get(unit.pk, [])) for unit in Unit.objects.filter(pk__in=concerned)}


def _presence(leaver: Staff, units: list[int] | None) -> dict[str, int]:
    """How many crews and coming shifts she is in."""
    own = {} if units is None else {"unit__in": units}
    shifts = DutyShift.objects.filter(staff=leaver, ends_at__gt=timezone.now(), **own)
    return {"crews": Crew.objects.filter(members=leaver, **own).count(), "shifts": shifts.count()}


def _hand_over(leaver: Staff, form: HandOverForm, units: list[int] | None, by: Staff) -> HandedOver:
    """Cases first, in bites; when none is left, the posts and what she is in."""
    result = hand_over_cases(leaver, form.successors())
    if result.finished:
        with transaction.atomic():
            for unit, post, successor in form.posts_given():
                before = words_of(unit)
                give_post(unit, post, successor)
                record(unit, before, by)
            end_presence(leaver, units)
    return result
