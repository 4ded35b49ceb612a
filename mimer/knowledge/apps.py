"""The room `knowledge` as Django knows it."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Registers the room."""

    name = "mimer.knowledge"
    label = "knowledge"
