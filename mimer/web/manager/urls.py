"""Addresses of reports, data subjects' requests and data breaches."""

from django.urls import URLPattern, URLResolver, path

from . import information

urlpatterns: list[URLPattern | URLResolver] = [
    path("raporlar/bilgi-edinme/", information.foi_reports, name="foi_reports"),
    path("raporlar/bilgi-edinme/<int:year>/", information.foi_report, name="foi_report"),
    path("raporlar/bilgi-edinme/<int:year>/rapor.<str:kind>", information.foi_report_file, name="foi_report_file"),
    path("raporlar/bilgi-edinme/<int:year>/<slug:row>/", information.foi_report_row, name="foi_report_row"),
]
