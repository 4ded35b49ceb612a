"""The set-up rows an import points to: found by code or name, or made from its columns where the mapping says so."""

import hashlib
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext as _

from mimer.municipality.gazetteer import Gazetteer
from mimer.municipality.kinds import CaseType
from mimer.municipality.models import Category, Neighbourhood, Subject, Unit
from mimer.turkish import fold, slug

from .mapping import Mapping

M = TypeVar("M", bound=models.Model)


class BadRow(Exception):
    """A row that cannot be taken; the message stands in the report."""


class SetUp:
    """Units, subjects and neighbourhoods, each looked up once; `save` False for a trial that writes nothing."""

    def __init__(self, mapping: Mapping, *, save: bool) -> None:
        self.mapping, self.save = mapping, save
        self._units = {key: row for row in Unit.objects.all() for key in (row.code, fold(row.name_tr))}
        self._desk = Unit.objects.filter(is_desk=True).order_by("pk").first()
        subjects = list(Subject.objects.select_related("unit"))
        self._subjects = {row.code: row for row in subjects}
        self._subject_names: dict[str, Subject] = {fold(row.name_tr): row for row in subjects}
        self._categories = {fold(row.name_tr): row for row in Category.objects.all()}
        self._places = Gazetteer(Neighbourhood.objects.filter(active=True).defer("polygon"))
        self._known_units: dict[str, Unit] = {}
        self._known_subjects: dict[tuple[str, str], Subject] = {}
        self._known_places: dict[str, Neighbourhood | None] = {}

    def unit(self, name: str) -> Unit | None:
        """The unit of this name; the desk where none is named."""
        if name not in self._known_units:
            found = self._units.get(name) or self._units.get(fold(name)) if name else self._desk
            code = self._code(name, 40)
            found = found or self._units.get(code)
            if found is None and "units" in self.mapping.make:
                found = self._kept(Unit(code=code, name_tr=name[:200], name_en=name[:200]))
                self._units[code] = found
            if found is None:
                raise BadRow(_("“%(name)s” adında bir birim yok.") % {"name": name})
            self._known_units[name] = found
        return self._known_units[name]

    def subject(self, category: str, name: str, unit: Unit | None, case_type: str) -> Subject:
        """The subject of this name in this category."""
        key = (category, name)
        if key not in self._known_subjects:
            code = self._code(f"{category} {name}", 80)
            found = self._subjects.get(code) or self._subjects.get(name)
            if found is None and "subjects" not in self.mapping.make:
                found = self._subject_names.get(fold(name))
                if found is None:
                    raise BadRow(_("“%(name)s” adında bir konu yok.") % {"name": name})
            if found is None:
                found = self._kept(
                    Subject(
                        code=code, name_tr=name[:200], name_en=name[:200], category=self._category(category), unit=unit,
                        allowed_types=CaseType.values, default_type=case_type,
                    )
                )  # fmt: skip
                self._subjects[code] = found
            self._known_subjects[key] = found
        return self._known_subjects[key]

    def neighbourhood(self, name: str) -> Neighbourhood | None:
        """The neighbourhood of this name, or None where there is none and none is to be made."""
        if name not in self._known_places:
            found = self._places.find(name)
            if found is None and "neighbourhoods" in self.mapping.make:
                found = self._kept(Neighbourhood(slug=self._code(name, 80), name=name[:120]))
                self._places.add(found)
            self._known_places[name] = found
        return self._known_places[name]

    def _category(self, name: str) -> Category:
        name = name or self.mapping.title
        if fold(name) not in self._categories:
            self._categories[fold(name)] = self._kept(Category(name_tr=name[:200], name_en=name[:200], order=90))
        return self._categories[fold(name)]

    def _code(self, name: str, length: int) -> str:
        """The same code for the same name in every run, whatever its length."""
        code = slug(f"{self.mapping.prefix} {name}")
        if len(code) <= length:
            return code
        return f"{code[: length - 9]}-{hashlib.sha256(code.encode()).hexdigest()[:8]}"

    def _kept(self, row: M) -> M:
        if self.save:
            row.save()
        return row
