"""The room `intake` as Django knows it."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Registers the room."""

    name = "mimer.intake"
    label = "intake"
