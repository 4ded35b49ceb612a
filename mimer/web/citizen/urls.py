"""Addresses of the citizen, signed in nowhere."""

from django.urls import URLPattern, URLResolver, path

from .information import accessibility, privacy_notice, start
from .lost import lost_code
from .subjects import subjects
from .tracking import applied, receipt, track, tracked, tracked_file, tracked_verb
from .wizard import apply, apply_drop, apply_file, apply_step

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start, name="start"),
    path("basvuru/", apply, name="apply"),
    path("basvuru/taslak/<uuid:key>/sil/", apply_drop, name="apply_drop"),
    path("basvuru/taslak/<uuid:key>/ek/<int:file>/", apply_file, name="apply_file"),
    path("basvuru/taslak/<uuid:key>/<slug:step>/", apply_step, name="apply_step"),
    path("basvuru/tamam/<str:number>/<str:code>/", applied, name="applied"),
    path("takip/", track, name="track"),
    path("takip/kod/", lost_code, name="lost_code"),
    path("takip/<str:number>/<str:code>/", tracked, name="tracked"),
    path("takip/<str:number>/<str:code>/makbuz.pdf", receipt, name="receipt"),
    path("takip/<str:number>/<str:code>/ek/<int:file>/", tracked_file, name="tracked_file"),
    path("takip/<str:number>/<str:code>/<slug:verb>/", tracked_verb, name="tracked_verb"),
    path("aydinlatma/", privacy_notice, name="privacy_notice"),
    path("erisilebilirlik/", accessibility, name="accessibility"),
    path("konular/", subjects, name="subjects"),
]
