"""Setting up: the demo whole, a second time without a change, a bare house, and never over somebody else's."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from mimer.cases import passing_time
from mimer.cases.integrity import find_faults
from mimer.cases.models import Attachment, Case, Event
from mimer.cases.states import State
from mimer.knowledge.models import CannedAnswer
from mimer.municipality.models import DutyShift, Holiday, Municipality, RoleAssignment, Staff, Subject, Unit
from mimer.municipality.roles import Role
from mimer.municipality.seed import load_municipality, sign_ins
from mimer.notify.models import Message
from mimer.notify.reading import read_events

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(tmp_path: Path, settings: Any) -> None:
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "uploads"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}


def seed(*arguments: str) -> str:
    out = StringIO()
    call_command("seed", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_demo_is_whole_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "sign-ins.json"
    first = seed("melikgazi", "--credentials", str(file))

    house = Municipality.get()
    assert house.demo and house.name == "Melikgazi Belediyesi" and house.outside_body is not None
    assert Subject.objects.count() == 189 and CannedAnswer.objects.exists()
    assert Holiday.objects.filter(date__year=2017).exists() and Holiday.objects.filter(date__year=2030).exists()
    republic_day = Holiday.objects.get(date="2026-10-29")
    assert (republic_day.name_tr, republic_day.name_en) == ("Cumhuriyet Bayramı", "Republic Day")
    assert set(Case.objects.values_list("state", flat=True)) == set(State.values)
    assert Case.objects.count() >= 300
    assert not Event.objects.filter(at__gt=timezone.now()).exists()
    assert list(find_faults()) == []
    assert Attachment.objects.filter(kind="after").exists() and Attachment.objects.filter(kind="before").exists()
    tomorrow_at_three = timezone.localtime().replace(hour=3) + timedelta(days=1)
    assert DutyShift.objects.at(tomorrow_at_three).exists()
    assert Case.objects.filter(state=State.PLANNED, planned_for=timezone.localdate(), crew__isnull=False).exists()

    entries = json.loads(file.read_text())
    assert {entry["role"] for entry in entries} == set(Role.values)
    assert file.stat().st_mode & 0o077 == 0
    assert all(entry["email"] in first for entry in entries)
    assert all(Staff.objects.get(email=row["email"]).check_password(row["password"]) for row in entries)

    before = (Case.objects.count(), Event.objects.count(), Staff.objects.order_by("pk").last().password)
    second = seed("melikgazi", "--credentials", str(file))
    assert "hiçbir şey değişmedi" in second and entries[0]["password"] not in second
    assert before == (Case.objects.count(), Event.objects.count(), Staff.objects.order_by("pk").last().password)

    assert passing_time.close_answered() == 0 and passing_time.end_silences() == 0
    while read_events():
        pass
    told = Event.objects.filter(pk__in=Message.objects.values("event"))
    assert told.exists() and not told.filter(at__lt=timezone.now() - timedelta(days=4)).exists()


def test_what_an_administrator_changed_stays_when_the_seed_runs_again() -> None:
    load_municipality("melikgazi")
    Subject.objects.filter(code="ULS-01").update(target_hours=7)
    Municipality.objects.update(phone="0352 111 11 11")

    assert load_municipality("melikgazi").total == 0
    assert Subject.objects.get(code="ULS-01").target_hours == 7
    assert Municipality.get().phone == "0352 111 11 11"


def test_every_role_has_a_sign_in_and_every_unit_a_head() -> None:
    load_municipality("melikgazi")
    assert set(sign_ins("melikgazi")) == set(Role)
    assert not Unit.objects.filter(head=None).exists()
    assert not Staff.objects.filter(is_demo=False).exists()


def test_a_bare_municipality_has_a_desk_a_subject_and_an_administrator_who_can_sign_in(tmp_path: Path) -> None:
    file = tmp_path / "admin.json"
    seed("--empty", "Örnek Belediyesi", "--credentials", str(file))

    assert Municipality.get().name == "Örnek Belediyesi" and not Municipality.get().demo
    assert Unit.objects.get().is_desk and Subject.objects.get().name_tr == "Genel başvuru"
    (entry,) = json.loads(file.read_text())
    administrator = RoleAssignment.objects.get(role=Role.ADMINISTRATOR).staff
    assert administrator.check_password(entry["password"]) and not administrator.is_demo

    assert "hiçbir şey değişmedi" in seed("--empty", "Örnek Belediyesi")
    assert Staff.objects.count() == 1


def test_a_database_of_another_municipality_is_left_alone() -> None:
    seed("--empty", "Örnek Belediyesi")
    with pytest.raises(CommandError, match="Örnek Belediyesi kurulumuna ait"):
        seed("melikgazi")
    with pytest.raises(CommandError, match="Örnek Belediyesi kurulumuna ait"):
        seed("--empty", "Başka Belediye")
    assert Unit.objects.count() == 1


def test_a_database_with_rows_of_unknown_origin_is_left_alone() -> None:
    Unit.objects.create(code="X", name_tr="Yabancı")
    with pytest.raises(CommandError, match="belediye kaydı yok"):
        seed("melikgazi")
    assert not Municipality.objects.exists()


def test_an_unknown_municipality_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match="melikgazi"):
        seed("kayseri")
