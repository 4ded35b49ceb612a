"""The pages that only inform: the first page, what we do with personal data, and how accessible these pages are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mimer.municipality.hours import opening_lines
from mimer.municipality.kinds import CaseType
from mimer.municipality.models import ExternalBody, Subject
from mimer.municipality.named import in_language

from ..context import municipality_of
from ..forms.citizen import TrackForm

POPULAR = 6
ELSEWHERE = 5
HEADING_MOST = 80


def start(request: HttpRequest) -> HttpResponse:
    """The first page: apply, follow, call, or learn who else is responsible."""
    shown = Subject.objects.filter(active=True, citizen_visible=True)
    popular = (
        shown.exclude(default_type=CaseType.REFERRAL).exclude(sensitive=True).order_by("-weight", "name_tr")[:POPULAR]
    )
    return render(request, "citizen/start.html", {
        "form": TrackForm(), "popular": popular, "elsewhere": _elsewhere(), "hours": opening_lines(),
    })  # fmt: skip


def _elsewhere() -> list[tuple[ExternalBody, Subject]]:
    """What people most often bring to us though another body does it: one subject a body."""
    rows = Subject.objects.filter(active=True, citizen_visible=True, external_body__active=True)
    found: dict[int | None, tuple[ExternalBody, Subject]] = {}
    for row in (
        rows.exclude(external_body__phone_short="").select_related("external_body").order_by("-weight", "name_tr")
    ):
        if row.external_body and row.done_elsewhere:
            found.setdefault(row.external_body_id, (row.external_body, row))
    return list(found.values())[:ELSEWHERE]


def privacy_notice(request: HttpRequest) -> HttpResponse:
    """Aydınlatma metni: information at collection, not a request for consent."""
    text = in_language(municipality_of(request), "privacy_notice")
    return render(request, "citizen/privacy_notice.html", {"parts": _parts(text)})


def _parts(text: str) -> list[tuple[str, str]]:
    """The notice in parts: a short first line over a paragraph is its heading."""
    found = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        first, _line, rest = block.strip().partition("\n")
        is_heading = rest and len(first) <= HEADING_MOST and not first.endswith((".", ";", ":", ","))
        found.append((first, rest) if is_heading else ("", block.strip()))
    return [part for part in found if any(part)]


def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible these pages are, what is not yet, and whom to tell."""
    return render(request, "citizen/accessibility.html")
