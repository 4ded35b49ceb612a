"""Addresses of the administrator of the municipality's tables."""

from django.urls import URLPattern, URLResolver, path

from . import house, logs, sensitive, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.administration, name="administration"),
    path("belediye/", house.municipality, name="administration_municipality"),
    path("hassas-konular/", sensitive.sensitive_subjects, name="administration_sensitive"),
    path("hassas-konular/<int:pk>/", sensitive.sensitive_access, name="administration_sensitive_access"),
    path("degisiklikler/", logs.changes, name="administration_changes"),
    path("kimlik-kayitlari/", logs.reveals, name="administration_reveals"),
    path("kart-kayitlari/", logs.card_changes, name="administration_card_changes"),
    path("hassas-kayitlari/", logs.case_views, name="administration_case_views"),
    path("tatiller/yenile/", house.refresh_holidays, name="administration_holidays"),
    path("sureler/yenile/", house.refresh_law, name="administration_law"),
    path("personel/<int:pk>/ikinci-adim/", views.second_factor_off, name="administration_second_factor"),
    path("<slug:code>/", views.table_list, name="administration_table"),
    path("<slug:code>/yeni/", views.table_row, name="administration_new"),
    path("<slug:code>/<int:pk>/", views.table_row, name="administration_row"),
    path("<slug:code>/<int:pk>/kaldir/", views.table_use, {"use": False}, name="administration_close"),
    path("<slug:code>/<int:pk>/kullan/", views.table_use, {"use": True}, name="administration_open"),
    path("<slug:code>/<int:pk>/sil/", views.table_delete, name="administration_delete"),
]
