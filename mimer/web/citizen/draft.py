"""Whose draft it is: a key that only the browser holds opens it; to anybody else it is not there."""

import hashlib
import secrets
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from mimer.intake.models import Application

P = ParamSpec("P")
COOKIE = "taslak"
KEPT_SECONDS = 24 * 3600
PATH = "/basvuru/"


def begin_draft(request: HttpRequest) -> Application:
    """A new draft for this browser, not yet saved."""
    token = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(32)
    request.draft_token = token  # type: ignore[attr-defined]  # read by `keeping_draft`
    return Application(data={"owner": _digest(token)})


def own_draft(request: HttpRequest, key: uuid.UUID) -> Application:
    """The draft with this key if this browser began it; the same 404 for none and not yours."""
    token = request.COOKIES.get(COOKIE, "")
    draft = Application.objects.select_related("case").filter(pk=key).first()
    if draft is None or not token or not constant_time_compare(str(draft.data.get("owner")), _digest(token)):
        raise Http404
    return draft


def unsent_draft(request: HttpRequest) -> Application | None:
    """What this browser began last and has not sent, to go on with it."""
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    return Application.objects.filter(case=None, data__owner=_digest(token)).order_by("-changed_at").first()


def keeping_draft(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Lets the browser keep its key for another day, whatever the page answers."""

    @wraps(view)
    def kept(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        token = getattr(request, "draft_token", "") or request.COOKIES.get(COOKIE, "")
        if token:
            response.set_cookie(
                COOKIE, token, max_age=KEPT_SECONDS, path=PATH, httponly=True, secure=settings.HTTPS, samesite="Lax"
            )
        return response

    return kept


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
