"""Addresses of machines."""

from django.urls import path

from . import ebys

urlpatterns = [
    path("ebys/v1/drafts/", ebys.drafts, name="ebys_drafts"),
    path("ebys/v1/drafts/<str:number>.<str:kind>", ebys.draft, name="ebys_draft"),
    path("ebys/v1/registrations/", ebys.registration, name="ebys_registration"),
    path("ebys/v1/signed/", ebys.signed, name="ebys_signed"),
    path("ebys/<path:rest>", ebys.nowhere, name="ebys_nowhere"),
]
