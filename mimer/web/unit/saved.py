"""Saved filters: a list under a name of one's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mimer.municipality.models import Staff

from ..access import StaffRequest, row_id, staff_only
from ..models import SavedFilter


def saved_filters_of(staff: Staff) -> list[SavedFilter]:
    """Her filters by name."""
    return list(SavedFilter.objects.filter(staff=staff))


@staff_only
@require_POST
def saved_filters(request: StaffRequest) -> HttpResponse:
    """Keeps what stands in the address under a name (the same name again replaces it), or forgets one."""
    query, name = request.POST.get("query", "").lstrip("?")[:500], request.POST.get("name", "").strip()[:80]
    if forget := request.POST.get("forget"):
        SavedFilter.objects.filter(staff=request.user, pk=row_id(forget) or 0).delete()
        messages.success(request, _("Süzgeç silindi."))
    elif name:
        SavedFilter.objects.update_or_create(staff=request.user, name=name, defaults={"query": query})
        messages.success(request, _("“%(name)s” süzgeci kaydedildi.") % {"name": name})
    else:
        messages.error(request, _("Süzgece bir ad yazın."))
    return redirect(f"{reverse('case_list')}?{query}")
