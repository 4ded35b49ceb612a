"""Addresses of whoever works on cases: lists, the case page and its verbs."""

from django.urls import URLPattern, URLResolver, path

from . import bulk, case_page, case_presence, case_verb, drafts, files, home, inbox, lists, maps, saved

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
    # The case and its verbs.
    path("basvuru/<str:number>/", case_page.case, name="case"),
    path("basvuru/<str:number>/kimler/", case_presence.case_presence, name="case_presence"),
    path("basvuru/<str:number>/<slug:verb>/", case_verb.case_verb, name="case_verb"),
    path("basvuru/<str:number>/taslak.<str:kind>", drafts.answer_draft, name="answer_draft"),
    path("ek/<int:pk>/", files.case_file, name="case_file"),
]
