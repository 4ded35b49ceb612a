"""The two lists the desk works through: calls to make and letters to print; and sending a message once more."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mimer.cases.models import Case
from mimer.municipality.models import Staff
from mimer.municipality.roles import DESK
from mimer.notify.alarms import calls_in_progress
from mimer.notify.calls import in_hand_of_another, let_go, next_in_hand, take_call
from mimer.notify.lists import (
    CallResult,
    NotWaiting,
    calls_later,
    mark_printed,
    printed_lately,
    record_call,
    resend,
    take_back_printed,
)
from mimer.notify.lists import call_list as calls_now
from mimer.notify.lists import print_queue as letters_waiting
from mimer.notify.models import Alarm, AlarmCall, Message
from mimer.people.phones import normalise

from ..access import StaffRequest, for_roles, row_id, staff_only
from ..context import municipality_of
from .letters import addressee, print_letters

SHOWN = 50


@for_roles(*DESK)
@never_cache
def call_list(request: StaffRequest) -> HttpResponse:
    """Whom to call now, the urgent first; the call in hand with its words and what may come of it."""
    if request.method == "POST":
        return _on_the_phone(request)
    rows = calls_now(request.user).select_related("claimed_by").prefetch_related("tries")
    waiting = list(rows.order_by(F("case__priority").asc(nulls_last=True), "made_at", "pk")[: SHOWN + 1])
    for row in waiting:
        row.busy = in_hand_of_another(row, request.user)  # type: ignore[attr-defined]  # shown in the row
    chosen = request.GET.get("ara", "")
    current = next((row for row in waiting if str(row.pk) == chosen and row.claimed_by_id == request.user.pk), None)
    context = {
        "calls": [row for row in waiting[:SHOWN] if row is not current], "more": len(waiting) > SHOWN, "current": current,
        "later": list(calls_later(request.user)[:10]), "results": CallResult.choices,
        "duty_calls": _duty_calls(request.user),
    }  # fmt: skip
    return render(request, "desk/call_list.html", context)


def _duty_calls(staff: Staff) -> list[tuple[Alarm, AlarmCall | None, str]]:
    """The alarms that ring, each with whom to telephone now and by which number."""
    found = []
    for alarm in calls_in_progress(staff)[:SHOWN]:
        call = max(alarm.calls.all(), key=lambda call: call.turn, default=None)
        number = normalise(call.staff.phone.partition("/")[0]) if call and call.staff else ""
        found.append((alarm, call, number))
    return found


def _on_the_phone(request: StaffRequest) -> HttpResponse:
    """Takes a call in hand, gives it back, or keeps what came of it."""
    message, act = _waiting_or_404(request), request.POST.get("act", "")
    if act == "take":
        if take_call(message, by=request.user):
            return redirect(f"{request.path}?ara={message.pk}")
        messages.warning(request, _("Bu kişiyi şu anda başka biri arıyor ya da arama tamamlandı; sıradakini alın."))
    elif act in CallResult.values:
        if _keep_result(request, message, act) and (other := next_in_hand(message, by=request.user)):
            return redirect(f"{request.path}?ara={other.pk}")
        let_go(message, by=request.user)
    else:
        let_go(message, by=request.user)
    return redirect("call_list")


def _keep_result(request: StaffRequest, message: Message, result: str) -> bool:
    """Whether she was reached, so that the call may go on."""
    if in_hand_of_another(message, request.user):
        messages.warning(request, _("Bu aramayı başka biri üstlendi; sonucunu o yazacak."))
        return False
    try:
        kept = record_call(message, result, request.POST.get("note", ""), by=request.user)
    except NotWaiting as no:
        messages.warning(request, str(no))
        return False
    if result == CallResult.REACHED:
        messages.success(request, _("Görüşme kaydedildi."))
    elif kept.next_attempt_at:
        messages.info(request, _("Kaydedildi; zamanı gelince yeniden listede görünür."))
    else:
        messages.info(request, _("Kaydedildi; haberi başka bir yolla ulaştıracağız."))
    return result == CallResult.REACHED


def _waiting_or_404(request: StaffRequest) -> Message:
    pk = row_id(request.POST.get("message", ""))
    for heap in (calls_now(request.user), calls_later(request.user)):
        if pk is not None and (message := heap.filter(pk=pk).first()):
            return message
    if pk is not None and Message.objects.filter(pk=pk, case__in=Case.objects.visible_to(request.user)).exists():
        return Message.objects.get(pk=pk)
    raise Http404


@for_roles(*DESK)
@never_cache
def print_queue(request: StaffRequest) -> HttpResponse:
    """Letters to print and post: choose, print as one PDF, say that they went."""
    if request.method == "POST":
        return _at_the_printer(request)
    letters = list(letters_waiting(request.user)[: SHOWN + 1])
    for letter in letters:
        letter.window = addressee(letter)  # type: ignore[attr-defined]  # shown in the row
    lately = list(printed_lately(request.user)[:SHOWN])
    context = {"letters": letters[:SHOWN], "more": len(letters) > SHOWN, "lately": lately}
    return render(request, "desk/print_queue.html", context)


def _at_the_printer(request: StaffRequest) -> HttpResponse:
    act, typed = request.POST.get("act", ""), request.POST.getlist("letter")[:200]
    chosen = [pk for one in typed if (pk := row_id(one)) is not None]
    heap = printed_lately(request.user) if act == "back" else letters_waiting(request.user)
    letters = list(heap.filter(pk__in=chosen))
    if not letters:
        messages.error(request, _("Önce listeden en az bir mektup seçin."))
    elif act == "print":
        response = HttpResponse(print_letters(letters, municipality_of(request)), content_type="application/pdf")
        response["Content-Disposition"] = 'inline; filename="mektuplar.pdf"'
        return response
    elif act == "back":
        take_back_printed(letters, by=request.user)
        messages.success(request, _("Mektuplar kuyruğa geri alındı."))
    else:
        count = mark_printed(letters, by=request.user)
        sentence = ngettext("%(n)d mektup postaya verildi.", "%(n)d mektup postaya verildi.", count) % {"n": count}
        messages.success(request, sentence + " " + _("Yanlışlıkla işaretlediyseniz aşağıdan geri alabilirsiniz."))
    return redirect("print_queue")


@staff_only
@require_POST
def message_resend(request: StaffRequest, pk: int) -> HttpResponse:
    """Sends a message once more, from the page of its case."""
    message = _message_or_404(request.user, pk)
    try:
        again = resend(message, by=request.user)
    except NotWaiting as no:
        messages.warning(request, str(no))
    else:
        messages.success(request, _("Bildirim yeniden sıraya alındı: %(way)s.") % {"way": again.get_way_display()})
    return redirect("case", message.case.number) if message.case else redirect("home")


def _message_or_404(staff: Staff, pk: int) -> Message:
    scope = staff.scope
    visible = Case.objects.visible_to(staff)
    found = Message.objects.filter(pk=pk, case__in=visible, person__isnull=False).select_related("case").first()
    if found is None or not (scope.at_desk or scope.in_unit):
        raise Http404
    return found
