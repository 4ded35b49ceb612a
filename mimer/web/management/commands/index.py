"""`bin/mimer index`: builds the word indexes anew from the tables."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from mimer.web.moving import index_anew


class Command(BaseCommand):
    """For after a change of how words are analysed, or when a search misses what is there."""

    help = "Build the word indexes anew, by which people and cases are found."

    def handle(self, *args: Any, **options: Any) -> None:
        names = {"people": _("Adları dizine alınan kişi"), "cases": _("Sözleri dizine alınan başvuru")}
        index_anew(lambda what, number: self.stdout.write(f"{names[what]}: {number}"))
