"""What makes the pages this municipality's own: its colour as a style sheet, and its logo."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .colour import shades
from .context import municipality_of
from .files import serve

KEPT_SECONDS = 300


def colours(request: HttpRequest) -> HttpResponse:
    """The shades of the municipality's colour in place of the house's own."""
    rules = "".join(f"--{name}:{value};" for name, value in shades(municipality_of(request).colour).items())
    response = HttpResponse(f":root{{{rules}}}", content_type="text/css")
    response["Cache-Control"] = f"max-age={KEPT_SECONDS}"
    return response


def logo(request: HttpRequest, name: str) -> HttpResponseBase:
    """The logo under the name made of its content, so that browsers may keep it; 404 for any other."""
    file = municipality_of(request).logo
    if not file or file.name != f"logo/{name}":
        raise Http404
    response = serve(file, "logo.png", "image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
