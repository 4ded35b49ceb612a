"""The room `privacy` as Django knows it."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the room."""

    name = "mimer.privacy"
    label = "privacy"
