"""Addresses of the field worker with a telephone in her hand."""

from django.urls import URLPattern, URLResolver, path

from . import jobs

urlpatterns: list[URLPattern | URLResolver] = [
    path("", jobs.field, name="field"),
    path("<str:number>/", jobs.field_case, name="field_case"),
]
