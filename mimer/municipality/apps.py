"""The room `municipality` as Django knows it."""

from django.apps import AppConfig


class MunicipalityConfig(AppConfig):
    """Registers the room."""

    name = "mimer.municipality"
    label = "municipality"
