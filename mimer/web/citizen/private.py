"""Pages whose address is itself a secret: kept by no cache and no search engine, told to no other site."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]


def private_page(view: View) -> View:
    """Adds the headers. The address is sent along to this house alone: a browser that may tell nobody at all would also
    leave out where a form comes from, and then the form could not be told from a forged one."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return guarded
