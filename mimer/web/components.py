"""The page that shows every component of the look; it exists only while developing and in tests."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mimer.cases.states import State
from mimer.municipality.kinds import Channel
from mimer.web.unit.rows import Row


class SampleForm(forms.Form):
    """One field of every kind."""

    text = forms.CharField(
        label=_("Ne oldu?"),
        help_text=_("Kendi sözlerinizle anlatın"),
        widget=forms.Textarea,
        error_messages={"required": _("Ne olduğunu yazın")},
    )
    phone = forms.CharField(
        label=_("Telefon"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Telefonunuzu yazın")},
    )
    day = forms.DateField(
        label=_("Gün"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    unit = forms.ChoiceField(
        label=_("Birim"),
        choices=[("", _("Seçin")), ("1", "Park ve Bahçeler Müdürlüğü")],
        error_messages={"required": _("Birimi seçin")},
    )
    way = forms.ChoiceField(
        label=_("Size nasıl ulaşalım?"),
        choices=[("email", _("E-posta")), ("phone", _("Telefon"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Size nasıl ulaşacağımızı seçin")},
    )
    days = forms.MultipleChoiceField(
        label=_("Hangi günler?"),
        required=False,
        choices=[("1", _("Hafta içi")), ("2", _("Hafta sonu"))],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label=_("Yazdıklarım doğru"), required=False)
    photos = forms.FileField(
        label=_("Fotoğraf"), required=False, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"})
    )


@login_required
def components(request: HttpRequest) -> HttpResponse:
    """All components, for staff (`?gorunum=staff`) or citizens (`citizen`), calm or with errors (`?hata=1`)."""
    if not settings.DEBUG:
        raise Http404
    now = timezone.now()
    context = {
        "form": SampleForm({}) if "hata" in request.GET else SampleForm(),
        "look": "citizen" if request.GET.get("gorunum") == "citizen" else "staff",
        "now": now,
        "calm": now + timedelta(days=8),
        "soon": now + timedelta(hours=3),
        "late": now - timedelta(days=2),
        "cases": [
            _row(1, State.IN_PROGRESS, Channel.PHONE, now - timedelta(days=2), supporters=3),
            _row(2, State.ASSIGNED, Channel.WEB, now + timedelta(hours=3), who=""),
            _row(3, State.WAITING_APPLICANT, Channel.PETITION, now, paused=True, locked=True),
            _row(4, State.RESOLVED, Channel.DESK, None),
            _row(5, State.WAITING_APPLICANT, Channel.PETITION, timezone.localdate() - timedelta(days=1), by_law=True),
        ],
        "rows": [
            {"label": _("Bu yıl"), "value": "214", "percent": 100.0, "kind": "now"},
            {"label": _("Geçen yıl"), "value": "180", "percent": 84.1, "kind": "before"},
            {"label": _("Geciken"), "value": "12", "percent": 5.6, "kind": "attention"},
        ],
    }
    return render(request, "components.html", context)


def _row(pk: int, state: State, channel: Channel, due: datetime | date | None, **changes: Any) -> Row:
    row = Row(
        pk=pk, href=f"#{pk}", number=f"2026-00418{pk}", channel=channel.value, what="Oyun grubu arızası",
        words="Salıncağın zinciri kopmuş, dün bir çocuk düşmüş", where="Köşk", who="Mehmet Öz", state=state.value,
        state_label=str(state.label), due=due, by_law=False, paused=False, supporters=0, locked=False,
    )  # fmt: skip
    return replace(row, **changes)
