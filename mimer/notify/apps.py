"""The room `notify` as Django knows it."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Registers the room."""

    name = "mimer.notify"
    label = "notify"
