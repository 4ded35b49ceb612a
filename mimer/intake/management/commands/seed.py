"""`bin/mimer seed`: a municipality to begin with."""

import json
import secrets
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mimer.intake.demo import load_cases
from mimer.knowledge.seed import load_canned_answers
from mimer.municipality.models import RoleAssignment, Staff
from mimer.municipality.roles import Role
from mimer.municipality.seed import (
    CannotSeed,
    Loaded,
    load_bare,
    load_municipality,
    municipalities,
    set_demo_password,
    sign_ins,
)

# No sign that is taken for another when it is read aloud.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
SignIn = dict[str, str]


class Command(BaseCommand):
    """Loads a municipality with its demo applications, or a bare one by name."""

    help = "Load a demo municipality (`seed melikgazi`) or make a bare one (`seed --empty NAME`)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("municipality", nargs="?", help=f"one of: {', '.join(municipalities())}")
        which.add_argument("--empty", metavar="NAME", help="a bare municipality with this name")
        parser.add_argument("--credentials", metavar="FILE", type=Path, help="write the sign-ins as JSON to FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["empty"]:
                self._bare(options["empty"].strip(), options["credentials"])
            else:
                self._demo(options["municipality"], options["credentials"])
        except CannotSeed as no:
            raise CommandError(str(no)) from no

    def _demo(self, name: str, file: Path | None) -> None:
        loaded = load_municipality(name)
        loaded.count("canned answers", load_canned_answers(name))
        loaded.count("cases", load_cases(name, self._progress))
        self._say_what(loaded)
        staff = sign_ins(name)
        handed_over = all(member.has_usable_password() for member in staff.values())
        if handed_over and (file is None or _still_good(file, staff)):
            self.stdout.write(_("Giriş bilgileri ilk yüklemede verildi; yenileri için: --credentials DOSYA"))
            return
        password = _new_password()
        set_demo_password(password)
        self._hand_over(
            [_sign_in(role, member, password) for role, member in staff.items()],
            file,
            _("Bunlar deneme girişleridir; gerçek kullanımdan önce kapatın (bin/mimer check --deploy bakar)."),
        )

    def _bare(self, name: str, file: Path | None) -> None:
        if not name:
            raise CommandError(_("Belediyenin adını yazın: seed --empty ADI"))
        self._say_what(load_bare(name))
        if RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, staff__is_active=True).exists():
            self.stdout.write(_("Yönetici girişi zaten var; değiştirilmedi."))
            return
        password = _new_password()
        staff = Staff.objects.create_user("yonetici@mimer.local", password, given_name="Yönetici")
        RoleAssignment.objects.create(staff=staff, role=Role.ADMINISTRATOR)
        warning = _("Girince parolayı ve e-posta adresini değiştirin.")
        self._hand_over([_sign_in(Role.ADMINISTRATOR, staff, password)], file, warning)

    def _progress(self, done: int, total: int) -> None:
        end = "\n" if done == total or not sys.stderr.isatty() else ""
        start = "\r" if sys.stderr.isatty() else ""
        self.stderr.write(f"{start}» {_('Deneme başvuruları')}: {done}/{total}", ending=end)

    def _say_what(self, loaded: Loaded) -> None:
        if not loaded.total:
            self.stdout.write(_("Her şey yerinde; hiçbir şey değişmedi."))
            return
        names = _names()
        self.stdout.write(_("Eklendi:"))
        for what, number in loaded.added.items():
            self.stdout.write(f"  {names[what]}: {number}")

    def _hand_over(self, entries: list[SignIn], file: Path | None, warning: str) -> None:
        self.stdout.write("\n" + _("Girişler (yalnızca bir kez gösterilir):") + f" {settings.PUBLIC_URL}/giris/")
        width = max(len(str(Role(entry["role"]).label)) for entry in entries)
        for entry in entries:
            label = str(Role(entry["role"]).label)
            self.stdout.write(f"  {label:<{width}}  {entry['email']}  {entry['password']}")
        self.stdout.write(warning)
        if file:
            file.touch(mode=0o600)
            file.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            self.stdout.write(_("Girişler %(file)s dosyasına yazıldı.") % {"file": file})


def _names() -> dict[str, str]:
    return {
        "municipality": _("Belediye"), "external bodies": _("Dış kurum"), "units": _("Birim"),
        "neighbourhoods": _("Mahalle"), "categories": _("Konu başlığı"), "subjects": _("Konu"),
        "questions": _("Soru"), "routing rules": _("Havale kuralı"), "staff": _("Personel"), "roles": _("Görev"),
        "crews": _("Saha ekibi"), "sensitive access": _("Hassas konu yetkisi"), "opening hours": _("Çalışma saati"),
        "holidays": _("Tatil günü"), "law": _("Mevzuat satırı"),
        "canned answers": _("Hazır cevap"), "cases": _("Deneme başvurusu"),
    }  # fmt: skip


def _new_password() -> str:
    """Four groups of four: easy to copy by hand, 79 bits to guess."""
    return "-".join("".join(secrets.choice(SIGNS) for _sign in range(4)) for _group in range(4))


def _sign_in(role: Role, staff: Staff, password: str) -> SignIn:
    return {"role": role.value, "email": staff.email, "password": password, "name": staff.full_name}


def _still_good(file: Path, staff: dict[Role, Staff]) -> bool:
    """Whether the file of an earlier run still opens the door."""
    try:
        entries = {entry["role"]: entry for entry in json.loads(file.read_text(encoding="utf-8"))}
        some = next(iter(staff))
        return all(entries[role]["email"] == member.email for role, member in staff.items()) and staff[
            some
        ].check_password(entries[some]["password"])
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return False
