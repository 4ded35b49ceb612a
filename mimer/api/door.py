"""What every address of this room does first and last: the key, the limits, and errors as JSON sentences."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from mimer.cases.files import BadFile
from mimer.cases.rules import NotAllowed

from .keys import A_MINUTE, key_of, may_knock

View = Callable[..., HttpResponseBase]
# Beside the file a form holds a few short fields.
LARGEST_REQUEST = settings.UPLOAD_MAX_BYTES + 100_000
# Wrong keys from one address in a minute, counted in each process.
WRONG_KEYS = 30


def door(*methods: str) -> Callable[[View], View]:
    """Lets in who has a key; whatever goes wrong is told as `{"error": sentence, "about": field}`."""

    def around(view: View) -> View:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return _refusal(request, methods) or _done(view, request, *args, **kwargs)

        return guarded

    return around


def error(status: int, sentence: str, about: str = "") -> JsonResponse:
    """One clear sentence; `about` names the field, where it is about one."""
    told = {"error": sentence} | ({"about": about} if about else {})
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})


def _refusal(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse | None:
    key = key_of(request.headers.get("Authorization", ""))
    if key is None:
        return _unknown(request)
    if settings.RATE_LIMITS and not may_knock(key):
        return _later(_("Bir dakikada en çok %(most)d istek gönderilebilir.") % {"most": A_MINUTE})
    if request.method not in methods:
        answer = error(405, _("Bu adres şu yöntemlerle çalışır: %(methods)s") % {"methods": ", ".join(methods)})
        answer["Allow"] = ", ".join(methods)
        return answer
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        return error(413, _("Gönderi çok büyük; en çok %(size)d MB olabilir.") % {"size": LARGEST_REQUEST // 1_000_000})
    return None


def _unknown(request: HttpRequest) -> HttpResponse:
    """Only who is wrong is counted and refused: behind one address may stand others who have their keys."""
    knocks = f"api-wrong-{request.META.get('REMOTE_ADDR', '')}"
    cache.add(knocks, 0, 60)
    if cache.incr(knocks) > WRONG_KEYS and settings.RATE_LIMITS:
        return _later(_("Bu adresten çok sayıda yanlış anahtar denendi; bir dakika sonra yeniden deneyin."))
    answer = error(401, _("Anahtar yok ya da geçersiz; “Authorization: Bearer ANAHTAR” başlığıyla gönderin."))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _later(sentence: str) -> HttpResponse:
    answer = error(429, sentence)
    answer["Retry-After"] = "60"
    return answer


def _done(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    try:
        return view(request, *args, **kwargs)
    except NotAllowed as no:
        return error(422, str(no), no.about)
    except BadFile as bad:
        return error(422, str(bad), "pdf")
