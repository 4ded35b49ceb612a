"""Addresses of reports, data subjects' requests and data breaches."""

from django.urls import URLPattern, URLResolver, path

from . import breaches, data_subjects, information

urlpatterns: list[URLPattern | URLResolver] = [
    path("raporlar/bilgi-edinme/", information.foi_reports, name="foi_reports"),
    path("raporlar/bilgi-edinme/<int:year>/", information.foi_report, name="foi_report"),
    path("raporlar/bilgi-edinme/<int:year>/rapor.<str:kind>", information.foi_report_file, name="foi_report_file"),
    path("ihlaller/", breaches.breach_list, name="breaches"),
    path("ihlaller/yeni/", breaches.breach_new, name="breach_new"),
    path("ihlaller/<int:pk>/", breaches.breach_page, name="breach"),
    path("ihlaller/<int:pk>/bildirim.pdf", breaches.breach_notice, name="breach_notice"),
    path("kisisel-veri/<str:number>/", data_subjects.data_subject, name="data_subject"),
    path("raporlar/bilgi-edinme/<int:year>/<slug:row>/", information.foi_report_row, name="foi_report_row"),
]
