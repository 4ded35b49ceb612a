"""Addresses of whoever works on cases: lists, the case page and its verbs."""

from django.urls import URLPattern, URLResolver, path

from . import (
    absence,
    alarms,
    bulk,
    case_page,
    case_presence,
    case_verb,
    drafts,
    duty,
    files,
    handing_over,
    home,
    inbox,
    lists,
    maps,
    promises,
    saved,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("gelen/", inbox.inbox, name="inbox"),
    path("basvurular/", lists.case_list, name="case_list"),
    path("basvurular/suzgec/", lists.case_filter, name="case_filter"),
    path("harita/", maps.case_map, name="case_map"),
    path("harita/noktalar/", maps.case_points, name="case_points"),
    path("suzgecler/", saved.saved_filters, name="saved_filters"),
    path("toplu/", bulk.bulk, name="bulk"),
    path("toplu/<int:pk>/geri-al/", bulk.bulk_undo, name="bulk_undo"),
    # Who is there: the roster, the calls of the night, absences and leavers.
    path("nobet/", duty.duty, name="duty"),
    path("nobet/kopyala/", duty.duty_copy, name="duty_copy"),
    path("nobet/<int:pk>/sil/", duty.duty_remove, name="duty_remove"),
    path("nobet/geri-al/<str:token>/", duty.duty_restore, name="duty_restore"),
    path("nobet/cagri/", alarms.alarm_banner, name="alarm_banner"),
    path("nobet/cagri/<int:pk>/", alarms.alarm_seen, name="alarm_seen"),
    path("nobet/cagri/<int:pk>/arama/", alarms.alarm_called, name="alarm_called"),
    path("izinler/", absence.absences, name="absences"),
    path("izinler/<int:pk>/bitir/", absence.absence_end, name="absence_end"),
    path("devir/<int:pk>/", handing_over.handing_over, name="handing_over"),
    # The ledger of promises.
    path("sozler/", promises.promises, name="promises"),
    path("sozler/basvurular/", promises.promise_cases, name="promise_cases"),
    # The case and its verbs.
    path("basvuru/<str:number>/", case_page.case, name="case"),
    path("basvuru/<str:number>/kimler/", case_presence.case_presence, name="case_presence"),
    path("basvuru/<str:number>/<slug:verb>/", case_verb.case_verb, name="case_verb"),
    path("basvuru/<str:number>/taslak.<str:kind>", drafts.answer_draft, name="answer_draft"),
    path("ek/<int:pk>/", files.case_file, name="case_file"),
]
