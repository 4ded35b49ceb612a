"""The room `insight` as Django knows it."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Registers the room."""

    name = "mimer.insight"
    label = "insight"
