"""The document system's addresses: which drafts wait, their files, and what it gives back. Doing it twice changes nothing."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mimer.cases.files import check_upload
from mimer.cases.models import Case
from mimer.cases.paper import petition_of
from mimer.cases.rules import NotAllowed
from mimer.intake.ebys.letter import TYPES, answer_of, draft_file
from mimer.intake.ebys.waiting import described, is_handed_over, take_back, waiting_drafts

from .door import door, error

A_PAGE = 50


@door("GET")
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts that wait for a number and a signature, oldest first; `?after=` the last number of the page before."""
    waiting = waiting_drafts()
    if after := Case.objects.by_number(request.GET.get("after", "")).first():
        waiting = waiting.filter(pk__gt=after.pk)
    found = [_draft(request, case) for case in waiting[: A_PAGE + 1]]
    more = found[A_PAGE - 1]["case"] if len(found) > A_PAGE else None
    return _told({"drafts": found[:A_PAGE], "after": more})


@door("GET")
def draft(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """One draft as DOCX or PDF; 404 where none waits under this number."""
    case = waiting_drafts().filter(pk__in=Case.objects.by_number(number)).first() if kind in TYPES else None
    answer = answer_of(case) if case else None
    if case is None or answer is None:
        return error(404, _("Bu numarada bekleyen bir taslak yok."))
    response = HttpResponse(draft_file(case, answer, kind), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{case.number}.{kind}"'
    return response


@door("POST")
def registration(request: HttpRequest) -> HttpResponse:
    """A number and its day: `{"case", "kind": "incoming" | "outgoing", "number", "date"}`."""
    return _told({"result": _result(take_back(_body(request), None))})


@door("POST")
def signed(request: HttpRequest) -> HttpResponse:
    """The signed answer as a form: `case`, `number`, `date` and the file `pdf`."""
    upload = request.FILES.get("pdf")
    if upload is None:
        raise NotAllowed(_("İmzalı cevabı “pdf” adlı dosya alanıyla gönderin."), "pdf")
    told = {name: request.POST.get(name, "") for name in ("case", "number", "date")} | {"kind": "outgoing"}
    return _told({"result": _result(take_back(told, check_upload(upload, upload.name or "", upload.size)))})


@door("GET", "POST")
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever else is asked of this room."""
    return error(404, _("Böyle bir adres yok; adresler docs/ebys.md belgesinde."))


def _draft(request: HttpRequest, case: Case) -> dict[str, Any]:
    answer = answer_of(case)
    assert answer is not None  # the list holds only cases whose answer was given
    files = {kind: request.build_absolute_uri(reverse("ebys_draft", args=[case.number, kind])) for kind in TYPES}
    return described(case, answer) | {"handed_over": is_handed_over(petition_of(case), answer)} | files


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.body)
    except RequestDataTooBig:
        raise NotAllowed(_("Gönderi çok büyük.")) from None
    except (ValueError, RecursionError):
        raise NotAllowed(_("Gönderinin gövdesi JSON değil.")) from None
    if not isinstance(told, dict):
        raise NotAllowed(_("JSON bir nesne olmalı: {“case”: …}."))
    return told


def _result(new: bool) -> str:
    return "taken" if new else "unchanged"


def _told(data: dict[str, Any]) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
