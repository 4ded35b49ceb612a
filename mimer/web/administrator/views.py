"""The administrator's pages of the tables: each as a list and as a form, closed and opened again, never lost."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mimer.cases.handing_over import open_by_unit
from mimer.cases.sensitivity import follow_subject
from mimer.municipality.models import ChangeKind, Staff, Subject, TableChange, Unit
from mimer.municipality.roles import Role
from mimer.turkish import fold, sort_key

from ..access import StaffRequest, for_roles
from ..account.profile import needs_second_factor
from .logs import told
from .record import Words, parts_of, record, record_as, words_of
from .refusals import administrator_left, why_not
from .tables import BY_CODE, TABLES, Table

administrator_only = for_roles(Role.ADMINISTRATOR)
LATEST = 8


@administrator_only
def administration(request: StaffRequest) -> HttpResponse:
    """Where everything is that an administrator keeps, and what was changed last."""
    changes = told(TableChange.objects.select_related("staff")[:LATEST])
    return render(
        request,
        "administrator/index.html",
        {"tables": TABLES, "changes": changes, "needs_second_factor": needs_second_factor(request)},
    )


@administrator_only
def table_list(request: StaffRequest, code: str) -> HttpResponse:
    """The rows of one table, narrowed by what was typed."""
    table, typed = _table(code), request.GET.get("ara", "").strip()[:100]
    found: Iterable[Any] = table.rows() if typed or table.at_first is None else table.at_first(table.rows())
    if table.by_name:
        found = sorted(found, key=lambda row: sort_key(str(row)))
    rows = [(row.pk, [str(say(row)) for _words, say in table.columns], table.is_closed(row)) for row in found]
    if typed:
        words = fold(typed).split()
        rows = [row for row in rows if all(word in fold(" ".join(row[1])) for word in words)]
    return render(request, "administrator/table.html", {"table": table, "rows": rows, "typed": typed})


@administrator_only
def table_row(request: StaffRequest, code: str, pk: int | None = None) -> HttpResponse:
    """One row as a form, with its parts where it has any."""
    table = _table(code)
    row = get_object_or_404(table.model, pk=pk) if pk else table.model()
    before = words_of(row)
    sent = request.POST if request.method == "POST" else None
    form = table.form(sent, instance=row)
    parts = table.part[0](sent, instance=row, prefix="part") if table.part else None
    valid = sent is not None and form.is_valid() & (parts is None or parts.is_valid())
    if valid and _save(form, parts, before, request.user):
        messages.success(request, _("Kaydedildi."))
        return redirect("administration_table", code)
    return render(
        request, "administrator/row.html", {"table": table, "form": form, "parts": parts, **_about(table, pk)}
    )


def _about(table: Table, pk: int | None) -> dict[str, Any]:
    """The row as it stands (not as the form would have it), and what was changed in it."""
    if pk is None:
        return {"row": None}
    row = table.model._default_manager.get(pk=pk)
    changes = TableChange.objects.filter(table=table.model._meta.model_name, row=pk).select_related("staff")
    factor = isinstance(row, Staff) and Authenticator.objects.filter(user=row).exists()
    return {"row": row, "closed": table.is_closed(row), "changes": told(changes[:LATEST]), "has_second_factor": factor}


def _save(form: Any, parts: Any, before: Words, by: Staff) -> bool:
    """Saves row and parts together and writes the change down; what only the database can refuse is said at the form."""
    try:
        with transaction.atomic():
            saved = form.save()
            if parts is not None:
                parts.instance = saved
                parts.save()
            if isinstance(saved, Subject):
                follow_subject(saved)
            if isinstance(saved, Staff) and not administrator_left():
                raise ValidationError(_("En az bir etkin sistem yöneticisi kalmalı; önce bu görevi başka birine verin"))
            record(saved, before, by, parts_of(parts))
            for other in getattr(form, "others", ()):
                record(other, {}, by)
    except ValidationError as fault:
        form.add_error(None, fault)
        return False
    except IntegrityError:
        form.add_error(None, _("Kaydedilmedi: aynı kayıt zaten var ya da iki satır birbiriyle çakışıyor"))
        return False
    forget()
    return True


def forget() -> None:
    """Lets go of what this process remembers of the tables; the others do within a minute."""
    cache.clear()


@administrator_only
@require_POST
def table_use(request: StaffRequest, code: str, pk: int, use: bool) -> HttpResponse:
    """Takes a row out of use, or back into it; either can be undone at once."""
    table = _table(code)
    if not table.may_close:
        raise Http404
    row: Any = get_object_or_404(table.model, pk=pk)
    if not use and (refusal := why_not(row, request.user)):
        messages.error(request, refusal)
        return redirect("administration_row", code, pk)
    if table.is_closed(row) is use:
        setattr(row, table.in_use, use)
        with transaction.atomic():
            row.save(update_fields=[table.in_use])
            record_as(ChangeKind.OPENED if use else ChangeKind.CLOSED, row, request.user)
        forget()
    _say_used(request, table, row, use)
    if isinstance(row, Staff) and not use and (left := sum(open_by_unit(row).values())):
        said = _("Üzerinde %(n)s açık başvuru var; bir başkasına ya da birimine devredin.")
        messages.warning(request, said % {"n": left})
        return redirect("handing_over", row.pk)
    return redirect("administration_table", code)


def _say_used(request: StaffRequest, table: Table, row: models.Model, use: bool) -> None:
    words = _("“%(row)s” yeniden kullanımda.") if use else _("“%(row)s” kullanımdan kaldırıldı.")
    back = reverse("administration_close" if use else "administration_open", args=[table.code, row.pk])
    messages.success(request, words % {"row": row}, extra_tags=f"undo-at:{back}")
    if isinstance(row, Staff) and not use:
        posts = models.Q(head=row) | models.Q(representative=row) | models.Q(deputy=row)
        if units := [unit.short for unit in Unit.objects.filter(posts, active=True)]:
            said = _("Bu kişi şu birimlerde hâlâ müdür, sorumlu ya da yedek görünüyor: %(units)s")
            messages.warning(request, said % {"units": ", ".join(units)})


@administrator_only
@require_POST
def table_delete(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    """Deletes a row nothing hangs on; what has a history is only taken out of use."""
    table = _table(code)
    if not table.may_delete:
        raise Http404
    row = get_object_or_404(table.model, pk=pk)
    try:
        with transaction.atomic():
            record_as(
                ChangeKind.REMOVED,
                row,
                request.user,
                [[name, said, ""] for name, said in words_of(row).items() if said],
            )
            row.delete()
        messages.success(request, _("“%(row)s” silindi.") % {"row": row})
    except ProtectedError:
        messages.error(request, _("Bu kayda bağlı başka kayıtlar var; önce onları değiştirin."))
        return redirect("administration_row", code, pk)
    forget()
    return redirect("administration_table", code)


@administrator_only
@require_POST
def second_factor_off(request: StaffRequest, pk: int) -> HttpResponse:
    """For who lost her telephone and her codes: she signs in by password alone and may set it up anew."""
    staff = get_object_or_404(Staff, pk=pk)
    with transaction.atomic():
        removed, _models = Authenticator.objects.filter(user=staff).delete()
        if removed:
            record_as(ChangeKind.CHANGED, staff, request.user, [["second_factor", "", ""]])
    messages.success(
        request, _("%(name)s artık yalnız parolasıyla girer; yeniden kurmasını söyleyin.") % {"name": staff}
    )
    return redirect("administration_row", "personel", pk)


def _table(code: str) -> Table:
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]
