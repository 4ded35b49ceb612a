"""Sets a municipality up from files: only what is missing is added, so that what an administrator changed stays."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from .holidays import bring_holidays
from .kinds import Priority
from .models import (
    Category,
    Crew,
    ExternalBody,
    Municipality,
    Neighbourhood,
    OpeningHours,
    Question,
    RoleAssignment,
    RoutingRule,
    SensitiveAccess,
    Staff,
    Subject,
    Unit,
)
from .roles import NEEDS_UNIT, Role
from .statutes import load_law

M = TypeVar("M", bound=models.Model)
HERE = Path(__file__).parent
HOLIDAY_YEARS = range(2017, 2031)
PRIORITIES = {priority.name.lower(): priority for priority in Priority}


class CannotSeed(Exception):
    """The set-up cannot be loaded; the message is for the administrator."""


@dataclass
class Loaded:
    """How many rows were added, by kind; nothing at all when everything was there."""

    added: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, number: int) -> None:
        if number:
            self.added[what] = self.added.get(what, 0) + number

    @property
    def total(self) -> int:
        return sum(self.added.values())


def municipalities() -> list[str]:
    """The names of the municipalities whose files came with the house."""
    return sorted(path.parent.name for path in HERE.glob("*/municipality.json"))


def load_municipality(name: str) -> Loaded:
    """Loads the files of `mimer/municipality/<name>/`, whole or not at all; says what was added.

    Raises CannotSeed for an unknown name, and for a database that already belongs to another municipality.
    """
    if name not in municipalities():
        raise CannotSeed(
            _("“%(name)s” adında bir belediye dosyası yok. Olanlar: %(names)s.")
            % {"name": name, "names": ", ".join(municipalities())}
        )
    files = Files(HERE / name)
    facts = files.json("municipality")
    loaded = Loaded()
    with transaction.atomic():
        _refuse_another(facts["name"])
        _bodies(files, loaded)
        _municipality(files, facts, loaded)
        _units(files, facts["phone"], loaded)
        _neighbourhoods(files, loaded)
        _subjects(files, loaded)
        _questions(files, loaded)
        _rules(files, loaded)
        _staff(files, facts["phone"], loaded)
        _sensitive(files, loaded)
        _hours(files, loaded)
        add_holidays(loaded)
        loaded.count("law", load_law())
    return loaded


def load_bare(name: str) -> Loaded:
    """A municipality with its name, a desk and one general subject: enough for the doors to open, the rest by hand."""
    loaded = Loaded()
    with transaction.atomic():
        _refuse_another(name)
        loaded.count("municipality", _add(Municipality, "id", [{"id": 1, "name": name}]))
        desk = {"code": "MIM", "name_tr": "İletişim Merkezi", "name_en": "Contact Centre", "is_desk": True}
        if not Unit.objects.filter(is_desk=True).exists():
            loaded.count("units", _add(Unit, "code", [desk]))
        if not Subject.objects.exists():
            unit = Unit.objects.filter(is_desk=True).earliest("pk")
            general = Category.objects.create(name_tr="Genel", name_en="General")
            subject = {
                "code": "GENEL", "name_tr": "Genel başvuru", "name_en": "General application", "category": general,
                "unit": unit, "allowed_types": ["request", "complaint", "info", "suggestion", "tip", "thanks"],
            }  # fmt: skip
            loaded.count("subjects", _add(Subject, "code", [subject]))
        if not OpeningHours.objects.exists():
            _add_hours([{"weekday": day, "opens": o, "closes": c} for day in range(5) for o, c in BUSINESS_DAY], loaded)
        add_holidays(loaded)
        loaded.count("law", load_law())
    return loaded


BUSINESS_DAY = (("08:00", "12:00"), ("13:00", "17:00"))


def add_holidays(loaded: Loaded, years: Iterable[int] = HOLIDAY_YEARS) -> None:
    """The public holidays of these years, where they are missing."""
    loaded.count("holidays", len(bring_holidays(years).added))


@dataclass(frozen=True)
class Files:
    """The folder of one municipality."""

    folder: Path

    def csv(self, name: str) -> Iterator[dict[str, str]]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    def json(self, name: str) -> Any:
        return json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))


def _add(model: type[models.Model], key: str | tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> int:
    """Adds the rows whose key is not there yet, and returns how many those were."""
    names = (key,) if isinstance(key, str) else key
    known = set(model._default_manager.values_list(*names))
    fresh: dict[tuple[Any, ...], models.Model] = {}
    for row in rows:
        made = model(**row)
        identity = tuple(getattr(made, name) for name in names)
        if identity not in known:
            fresh.setdefault(identity, made)
    model._default_manager.bulk_create(fresh.values())
    return len(fresh)


def _by(model: type[M], name: str) -> dict[Any, M]:
    return {getattr(row, name): row for row in model._default_manager.all()}


def _refuse_another(name: str) -> None:
    here = Municipality.objects.first()
    if here and here.name != name:
        raise CannotSeed(
            _(
                "Bu veritabanı %(name)s kurulumuna ait; hiçbir şey değiştirilmedi."
                " MIMER_DATABASE_URL ya da MIMER_DATA_DIR ile başka bir veritabanı seçin."
            )
            % {"name": here.name}
        )
    if here is None and (Staff.objects.exists() or Unit.objects.exists() or Subject.objects.exists()):
        raise CannotSeed(
            _(
                "Bu veritabanında belediye kaydı yok ama birim, konu ya da personel var; hiçbir şey değiştirilmedi."
                " MIMER_DATABASE_URL ya da MIMER_DATA_DIR ile başka bir veritabanı seçin."
            )
        )


def _bodies(files: Files, loaded: Loaded) -> None:
    rows = [
        {
            "code": row["code"], "name_tr": row["name_tr"], "name_en": row["name_en"], "kind": row["kind"],
            "phone_short": row["phone_short"], "phone_other": row["phone_other"], "website": row["web"],
            "referral_mode": row["referral_mode"], "how_tr": row["how_tr"], "how_en": row["how_en"],
        }
        for row in files.csv("external_bodies")
    ]  # fmt: skip
    loaded.count("external bodies", _add(ExternalBody, "code", rows))


def _municipality(files: Files, facts: Mapping[str, Any], loaded: Loaded) -> None:
    if Municipality.objects.exists():
        return
    notice = files.json("privacy_notice")
    columns = {column.name for column in Municipality._meta.get_fields()} - {"outside_body"}
    Municipality.objects.create(
        pk=1, demo=True, outside_body=ExternalBody.objects.get(code=facts["outside_body"]),
        privacy_short_tr=notice["short_tr"], privacy_short_en=notice["short_en"],
        privacy_notice_tr=notice["full_tr"], privacy_notice_en=notice["full_en"],
        **{name: value for name, value in facts.items() if name in columns},
    )  # fmt: skip
    loaded.count("municipality", 1)


def _units(files: Files, phone: str, loaded: Loaded) -> None:
    rows = list(files.csv("units"))
    made = _add(
        Unit, "code",
        [
            {
                "code": row["code"], "name_tr": row["name_tr"], "name_en": row["name_en"], "short_tr": row["short_tr"],
                "kind": row["kind"], "is_desk": row["is_desk"] == "1", "phone": f"{phone} / {row['phone_extension']}",
            }
            for row in rows
        ],
    )  # fmt: skip
    if made:
        units = _by(Unit, "code")
        for row in rows:
            if row["parent_code"] and units[row["code"]].parent_id is None:
                units[row["code"]].parent = units[row["parent_code"]]
        Unit.objects.bulk_update(units.values(), ["parent"])
    loaded.count("units", made)


def _neighbourhoods(files: Files, loaded: Loaded) -> None:
    rows = [
        {
            "slug": row["slug"], "name": row["name_tr"], "kind": row["kind"], "postal_code": row["postal_code"],
            "aliases": [alias for alias in row["aliases"].split("|") if alias],
            "tuik_id": int(row["tuik_id"]) if row["tuik_id"] else None,
            "population": int(row["population_2023"]) if row["population_2023"] else None,
            "lat": float(row["lat"]) if row["lat"] else None, "lon": float(row["lon"]) if row["lon"] else None,
        }
        for row in files.csv("neighbourhoods")
    ]  # fmt: skip
    loaded.count("neighbourhoods", _add(Neighbourhood, "slug", rows))


def _subjects(files: Files, loaded: Loaded) -> None:
    rows = list(files.csv("subjects"))
    names = dict.fromkeys((row["category_tr"], row["category_en"]) for row in rows)
    categories = [{"name_tr": tr, "name_en": en, "order": order} for order, (tr, en) in enumerate(names)]
    loaded.count("categories", _add(Category, "name_tr", categories))
    units, bodies, groups = _by(Unit, "code"), _by(ExternalBody, "code"), _by(Category, "name_tr")
    plain = ("code", "name_tr", "name_en", "default_type", "clock", "note", "evidence", "keywords_tr", "hint_tr", "hint_en",
             "emergency_tr", "emergency_en", "regime")  # fmt: skip
    flags = ("needs_location", "needs_parcel", "needs_identity", "sensitive", "needs_approval", "citizen_visible")
    loaded.count(
        "subjects",
        _add(
            Subject, "code",
            [
                {name: row[name] for name in plain} | {name: row[name] == "1" for name in flags} | {
                    "category": groups[row["category_tr"]], "unit": units[row["unit_code"]],
                    "external_body": bodies.get(row["external_body_code"]), "allowed_types": row["allowed_types"].split("|"),
                    "default_priority": PRIORITIES[row["default_priority"]], "target_hours": int(row["target_hours"]),
                    "weight": int(row["weight"]),
                }
                for row in rows
            ],
        ),
    )  # fmt: skip


def _questions(files: Files, loaded: Loaded) -> None:
    subjects = _by(Subject, "code")
    rows = [
        {**row, "subject_id": subjects[code].pk, "order": order}
        for code, questions in files.json("questions").items()
        for order, row in enumerate(questions)
    ]
    loaded.count("questions", _add(Question, ("subject_id", "code"), rows))


def _rules(files: Files, loaded: Loaded) -> None:
    """Exceptions have no code of their own: what they fit is what tells them apart."""
    units, subjects, places = _by(Unit, "code"), _by(Subject, "code"), _by(Neighbourhood, "slug")
    rows = [
        {
            "subject_id": subjects[row["subject_code"]].pk if row["subject_code"] else None,
            "neighbourhood_id": places[row["neighbourhood_slug"]].pk if row["neighbourhood_slug"] else None,
            "case_type": row["case_type"] or "", "question_code": row["question_code"] or "",
            "answer": row["answer"] or "", "unit_id": units[row["unit_code"]].pk,
            "priority": PRIORITIES[row["priority"]] if row["priority"] else None,
            "reason_tr": row["reason_tr"], "reason_en": row["reason_en"],
        }
        for row in files.json("routing_rules")
    ]  # fmt: skip
    key = ("subject_id", "neighbourhood_id", "case_type", "question_code", "answer", "is_ruling")
    loaded.count("routing rules", _add(RoutingRule, key, rows))


def _staff(files: Files, phone: str, loaded: Loaded) -> None:
    facts = files.json("staff")
    unusable = Staff()
    unusable.set_unusable_password()
    rows = [
        {
            "email": row["username"], "given_name": row["given_name"], "family_name": row["family_name"], "is_demo": True,
            "title": row["title_tr"], "phone": f"{phone} / {row['phone_extension']}" if row["phone_extension"] else "",
            "password": unusable.password,
        }
        for row in facts["staff"]
    ]  # fmt: skip
    made = _add(Staff, "email", rows)
    loaded.count("staff", made)
    if not made:
        return
    staff, units = _by(Staff, "email"), _by(Unit, "code")
    roles = [
        {
            "staff_id": staff[row["username"]].pk, "role": role["role"],
            "unit_id": units[role["unit_code"]].pk if role["unit_code"] and role["role"] in NEEDS_UNIT else None,
        }
        for row in facts["staff"]
        for role in row["roles"]
    ]  # fmt: skip
    loaded.count("roles", _add(RoleAssignment, ("staff_id", "role", "unit_id"), roles))
    for code, posts in facts["units"].items():
        for post, email in posts.items():
            setattr(units[code], post, staff[email] if email else None)
    Unit.objects.bulk_update(units.values(), ["head", "representative", "deputy"])
    _crews(facts["crews"], units, staff, loaded)


def _crews(rows: list[dict[str, Any]], units: Mapping[str, Unit], staff: Mapping[str, Staff], loaded: Loaded) -> None:
    for row in rows:
        crew, made = Crew.objects.get_or_create(
            name_tr=row["name_tr"], unit=units[row["unit_code"]], defaults={"name_en": row["name_en"]}
        )
        if made:
            crew.members.set(staff[email] for email in row["members"])
            loaded.count("crews", 1)


def _sensitive(files: Files, loaded: Loaded) -> None:
    subjects, staff = _by(Subject, "code"), _by(Staff, "email")
    rows = [
        {"subject_id": subjects[code].pk, "staff_id": staff[email].pk}
        for code, emails in files.json("sensitive_access").items()
        for email in emails
    ]
    loaded.count("sensitive access", _add(SensitiveAccess, ("subject_id", "staff_id"), rows))


def _hours(files: Files, loaded: Loaded) -> None:
    """The business hours of the house count the clocks; the desk keeps its own for those who walk in."""
    if OpeningHours.objects.exists():
        return
    hours = files.json("opening_hours")
    desk = Unit.objects.filter(is_desk=True).earliest("pk")
    _add_hours(hours["business_hours"] + [{**row, "unit": desk} for row in hours["walk_in"]], loaded)


def _add_hours(rows: Iterable[Mapping[str, Any]], loaded: Loaded) -> None:
    spans = [
        OpeningHours(**{**row, "opens": time.fromisoformat(row["opens"]), "closes": time.fromisoformat(row["closes"])})
        for row in rows
    ]
    OpeningHours.objects.bulk_create(spans)
    loaded.count("opening hours", len(spans))


def sign_ins(name: str) -> dict[Role, Staff]:
    """One member of staff per role of a demo municipality."""
    emails: dict[str, str] = Files(HERE / name).json("staff")["demo_sign_in_roles"]
    staff = _by(Staff, "email")
    return {Role(role): staff[email] for role, email in emails.items() if email in staff}


def set_demo_password(password: str) -> int:
    """Gives every demo sign-in of this installation the same password (hashed once); real staff are left alone."""
    hashed = Staff()
    hashed.set_password(password)
    return Staff.objects.filter(is_demo=True).update(password=hashed.password)
