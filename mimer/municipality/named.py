"""Rows that carry a Turkish and an English name and answer in the reader's language."""

from django.db import models
from django.utils.translation import get_language


def known_language(language: str | None = None) -> str:
    """The language of ours that this one comes to; without one, the reader's."""
    told = (get_language() or "tr") if language is None else language
    return "en" if told.startswith("en") else "tr"


def in_language(row: object, field: str, language: str | None = None) -> str:
    """`row.<field>_en` for English readers where it is filled, otherwise the Turkish text."""
    if known_language(language) == "en" and (english := getattr(row, f"{field}_en")):
        return str(english)
    return str(getattr(row, f"{field}_tr"))


class Named(models.Model):
    """Adlı kayıt: anything people call by a name in two languages."""

    name_tr = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self, "name")
