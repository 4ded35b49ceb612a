"""`bin/mimer check`: a healthy house passes; whatever was changed behind its back is found, and the first broken row named."""

import io
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from mimer.cases import actions, integrity
from mimer.cases.actions import Draft
from mimer.cases.actors import Citizen
from mimer.cases.models import Answer, Case, Event, Merge, Seal
from mimer.cases.seals import seal_days
from mimer.municipality.models import Municipality, Staff
from tests.cast import House

ROOT = Path(__file__).parents[2]


def check(*arguments: str) -> tuple[int, str]:
    """The exit status and everything that was said."""
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            call_command("check", *arguments, stdout=said, stderr=said, no_color=True)
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


def first_fault(said: str) -> str:
    return next(line for line in said.splitlines() if ": " in line)


@pytest.fixture
def resolved(house: House) -> Case:
    """A case from its first word to its answer, and others around it."""
    house.open()
    case = actions.accept(house.assigned(), by=house.officer)
    actions.note(case, "Keşfe gidildi", by=house.officer)
    case = actions.resolve(case, Draft("informed", "Bakıldı"), by=house.officer)
    house.assigned()
    return case


def test_a_healthy_house_passes(house: House, resolved: Case) -> None:
    supporter = actions.merge(house.open(), house.assigned(), by=house.agent)
    actions.ask_applicant(actions.accept(house.assigned(), by=house.officer), "Hangi kapı?", by=house.officer)
    reopened = actions.not_solved(resolved, "Hâlâ çukur var", by=Citizen())
    actions.withdraw(reopened, "Vazgeçtim", by=Citizen())
    assert supporter.pk
    status, said = check()
    assert status == 0, said
    assert "başvurunun zinciri denetlendi" in said


def test_dates_that_verbs_moved_are_as_their_events_say(house: House) -> None:
    case = actions.accept(house.assigned(channel="petition"), by=house.officer)
    actions.ask_applicant(case, "Hangi kapı?", by=house.officer)
    assert check()[0] == 0
    actions.applicant_replies(case, "Beş", by=Citizen())
    actions.reclassify(case, house.water, reason="Su", by=house.agent)
    actions.change_regime(case, ["CIMER"], "CİMER'den", by=house.agent)
    actions.extend(house.assigned(channel="petition", type="foi"), "Keşif", by=house.head)
    actions.reopen(actions.withdraw(case, "Gerek yok", by=Citizen()), "Yanlış", by=house.agent)
    status, said = check()
    assert status == 0, said


def test_a_house_at_work_passes_too(house: House, resolved: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at the events and the look at the cases somebody writes a note and somebody else applies."""
    grouped = integrity.groupby

    def while_they_work(events: Iterator[Event], key: Any) -> Any:
        first = next(events)
        actions.note(resolved, "Yeniden bakıldı", by=house.officer)
        house.assigned()
        return grouped(chain([first], events), key)

    monkeypatch.setattr(integrity, "groupby", while_they_work)
    status, said = check()
    assert status == 0, said
    Event.objects.filter(case=resolved, seq=1).update(party="house")
    assert first_fault(check()[1]) == f"{resolved.number} / 1 (open_case): içeriği sonradan değişmiş"


def test_a_case_that_became_visible_late_hides_no_other(house: House, resolved: Case, monkeypatch: Any) -> None:
    """Ids of a busy database do not become visible in order: the events know a case that the list does not have yet."""
    monkeypatch.setattr(integrity, "_ends", lambda: Case.objects.exclude(pk=resolved.pk))
    assert check()[0] == 0
    Event.objects.filter(seq=2).exclude(case=resolved).update(party="citizen")
    assert first_fault(check()[1]).endswith("2 (route): içeriği sonradan değişmiş")


def test_an_empty_house_passes(db: None) -> None:
    assert check()[0] == 0


def _sql(statement: str, *values: Any) -> None:
    """Past every verb, lock and model: as somebody with a database console would."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


TAMPERED: dict[str, tuple[Callable[[Case], None], str, str]] = {
    "facts of an event": (
        lambda case: _sql("UPDATE cases_event SET facts = %s WHERE case_id = %s AND seq = 2", '{"unit": 1}', case.pk),
        "{number} / 2 (route)",
        "içeriği sonradan değişmiş",
    ),
    "who did it": (
        lambda case: _sql("UPDATE cases_event SET staff_id = NULL WHERE case_id = %s AND seq = 3", case.pk),
        "{number} / 3 (accept)",
        "içeriği sonradan değişmiş",
    ),
    "when it was": (
        lambda case: _sql(
            "UPDATE cases_event SET at = '2020-01-01 00:00:00+00:00' WHERE case_id = %s AND seq = 1", case.pk
        ),
        "{number} / 1 (open_case)",
        "içeriği sonradan değişmiş",
    ),
    "an event taken away": (
        lambda case: _sql("DELETE FROM cases_event WHERE case_id = %s AND seq = 4", case.pk),
        "{number} / 5 (resolve)",
        "zincirde 4 numaralı kayıt eksik",
    ),
    "the last event taken away": (
        lambda case: _sql("DELETE FROM cases_event WHERE case_id = %s AND seq = 5", case.pk),
        "{number}",
        "zincirin sonu başvurudakiyle uyuşmuyor",
    ),
    "all events taken away": (
        lambda case: _sql("DELETE FROM cases_event WHERE case_id = %s", case.pk),
        "{number}",
        "başvurunun hiç işlem kaydı yok",
    ),
    "a link": (
        lambda case: _sql(
            "UPDATE cases_event SET previous_hash = %s WHERE case_id = %s AND seq = 3", "0" * 64, case.pk
        ),
        "{number} / 3 (accept)",
        "önceki kayda bağlanmıyor",
    ),
    "the state of the case": (
        lambda case: _sql("UPDATE cases_case SET state = 'closed' WHERE id = %s", case.pk),
        "{number}",
        "durumu son işlem kaydıyla uyuşmuyor",
    ),
    "the outcome of the case": (
        lambda case: _sql("UPDATE cases_case SET outcome = 'positive' WHERE id = %s", case.pk),
        "{number}",
        "sonucu, bildirildiği işlem kaydıyla uyuşmuyor",
    ),
    "the end of the chain on the case": (
        lambda case: _sql("UPDATE cases_case SET chain = %s WHERE id = %s", "", case.pk),
        "{number}",
        "zincirin sonu başvurudakiyle uyuşmuyor",
    ),
    "a verb that is not in the table": (
        lambda case: _relink(case, 4, verb="promote"),
        "{number} / 4 (promote)",
        "tabloda olmayan bir işlem",
    ),
    "a move the table does not know": (
        lambda case: _relink(case, 3, from_state="closed"),
        "{number} / 3 (accept)",
        "tablonun izin vermediği bir durumdan başlıyor",
    ),
    "a move to where the table does not lead": (
        lambda case: _relink(case, 3, to_state="planned"),
        "{number} / 3 (accept)",
        "tablonun göstermediği bir duruma gidiyor",
    ),
    "a note that moves": (
        lambda case: _relink(case, 4, to_state="planned"),
        "{number} / 4 (note)",
        "tablonun göstermediği bir duruma gidiyor",
    ),
    "the day of receipt": (
        lambda case: _sql("UPDATE cases_case SET received_at = '2020-01-01 00:00:00+00:00' WHERE id = %s", case.pk),
        "{number}",
        "received_at tarihi, son işlem kaydında yazanla uyuşmuyor",
    ),
    "the due date": (
        lambda case: _sql("UPDATE cases_case SET due_at = NULL WHERE id = %s", case.pk),
        "{number}",
        "due_at tarihi, son işlem kaydında yazanla uyuşmuyor",
    ),
    "the last day of the law": (
        lambda case: _sql("UPDATE cases_case SET legal_due_on = '2099-01-01' WHERE id = %s", case.pk),
        "{number}",
        "legal_due_on tarihi, son işlem kaydında yazanla uyuşmuyor",
    ),
    "the answer of the case": (
        lambda case: _sql("DELETE FROM cases_answer WHERE case_id = %s", case.pk),
        "{number}",
        "yanıtlandı ama cevabı yok",
    ),
}


def _relink(case: Case, seq: int, **changes: Any) -> None:
    """Changes an event and mends the chain after it, as somebody would who knows how it is made."""
    previous = ""
    for event in case.events.order_by("seq"):
        if event.seq == seq:
            for name, value in changes.items():
                setattr(event, name, value)
        event.previous_hash = previous
        event.hash = previous = event.digest()
        event.save()
    Case.objects.filter(pk=case.pk).update(chain=previous)


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_behind_its_back_is_found(what: str, house: House, resolved: Case) -> None:
    tamper, row, sentence = TAMPERED[what]
    tamper(resolved)
    status, said = check()
    assert status == 1
    assert first_fault(said) == f"{row.format(number=resolved.number)}: {sentence}"


def test_history_rewritten_with_its_chain_still_breaks_the_seal_of_its_day(house: House, resolved: Case) -> None:
    day = timezone.localdate()
    with time_machine.travel(timezone.localtime() + timedelta(days=1)):
        seal_days()
        assert check()[0] == 0
        _relink(resolved, 2, facts=resolved.events.get(seq=2).facts | {"reason": "ruling"})
        status, said = check()
    assert status == 1
    assert first_fault(said) == f"{day.isoformat()}: o günün kayıtları gece vurulan mühre uymuyor"
    Seal.objects.update(digest="0" * 64)
    assert check()[0] == 1


def test_invariants_between_rows_are_found_too(house: House, resolved: Case) -> None:
    main, supporter, third = house.assigned(), house.open(), house.open()
    Merge.objects.create(main=main, supporter=supporter, at=timezone.now())
    Merge.objects.create(main=supporter, supporter=third, at=timezone.now())
    house.open(house.staff_complaint)
    Case.objects.filter(subject=house.staff_complaint).update(sensitive=False)
    draft = {"case": main, "outcome": "informed", "text": "x", "state": "proposed", "at": timezone.now()}
    Answer.objects.create(**draft)
    Answer.objects.create(**draft)
    status, said = check()
    assert status == 1
    for sentence in (
        "ana kayıt da başka bir kayda bağlı",
        "hassas konu ama açıkta",
        "onay bekleyen birden çok cevap var",
    ):
        assert sentence in said


def test_many_findings_are_counted_and_only_the_first_are_shown(house: House) -> None:
    for _ in range(25):
        house.open()
    Event.objects.update(party="house")
    status, said = check()
    assert status == 1
    assert said.count("içeriği sonradan değişmiş") == 20
    assert "… ve 5 bulgu daha" in said


# What must not go live.


@pytest.fixture
def safe(settings: Any, tmp_path: Path, house: House) -> Path:
    """A house as it should stand before citizens come."""
    # Only tests with a browser need what this check warns of.
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, "async.E001"]
    settings.HTTPS = settings.RATE_LIMITS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    settings.PUBLIC_URL = "https://mimer.ornek.bel.tr"
    settings.ALLOWED_HOSTS = ["mimer.ornek.bel.tr"]
    settings.TRUST_PROXY, settings.EMAIL_FROM = True, "mimer@ornek.bel.tr"
    settings.EMAIL_URL = "smtp+tls://posta.ornek.bel.tr"
    settings.SECRET_KEY = "uzun-ve-rastgele-" * 6
    settings.DATA_DIR = tmp_path
    (tmp_path / "keys").mkdir()
    key = tmp_path / "keys" / "identity.key"
    key.write_text("x")
    key.chmod(stat.S_IRUSR | stat.S_IWUSR)
    return key


def test_a_safe_house_may_go_live(safe: Path) -> None:
    status, said = check("--deploy")
    assert status == 0, said


UNSAFE: dict[str, tuple[dict[str, Any], str]] = {
    "debug": ({"DEBUG": True}, "MIMER_DEBUG açık"),
    "no https": ({"HTTPS": False}, "MIMER_URL https ile başlamıyor"),
    "any host": ({"ALLOWED_HOSTS": ["*"]}, "MIMER_ALLOWED_HOSTS her adı kabul ediyor"),
    "no limits": ({"RATE_LIMITS": False}, "MIMER_RATE_LIMITS=0"),
    "SMS to nobody": ({"SMS_SENDER": "silent"}, "MIMER_SMS=silent hiçbir SMS göndermez"),
    "no mail": ({"EMAIL_URL": ""}, "MIMER_EMAIL_URL yazılmamış"),
    "letters from nowhere": ({"EMAIL_FROM": "mimer@localhost"}, "MIMER_EMAIL_FROM yazılmamış"),
    "a proxy it does not trust": ({"TRUST_PROXY": False}, "MIMER_TRUST_PROXY=1 değil"),
    "this machine": ({"PUBLIC_URL": "https://localhost"}, "MIMER_URL bu makineyi gösteriyor"),
}


@pytest.mark.parametrize("what", UNSAFE)
def test_an_unsafe_setting_keeps_it_from_going_live(what: str, safe: Path, settings: Any) -> None:
    changes, sentence = UNSAFE[what]
    for name, value in changes.items():
        setattr(settings, name, value)
    status, said = check("--deploy")
    assert status == 1
    assert sentence in said
    assert check()[0] == 0, "the everyday check does not mind"


def test_a_key_that_others_can_read_is_named(safe: Path) -> None:
    safe.chmod(0o644)
    status, said = check("--deploy")
    assert status == 1
    assert "identity.key anahtarını başkaları okuyabiliyor" in said


def test_demo_sign_ins_do_not_go_live(safe: Path, house: House) -> None:
    Staff.objects.filter(pk=house.agent.pk).update(is_demo=True)
    status, said = check("--deploy")
    assert status == 1
    assert "Deneme hesapları açık (agent@ornek.example" in said
    Staff.objects.filter(pk=house.agent.pk).update(is_active=False)
    assert check("--deploy")[0] == 0


def test_a_demo_municipality_does_not_go_live(safe: Path) -> None:
    Municipality.objects.update(demo=True)
    assert "deneme belediyesiyle dolu" in check("--deploy")[1]


def test_somebody_must_hold_the_keys(safe: Path, house: House) -> None:
    Staff.objects.filter(pk=house.administrator.pk).update(is_active=False)
    assert "Etkin bir sistem yöneticisi yok" in check("--deploy")[1]


def test_the_exit_status_reaches_the_shell(tmp_path: Path) -> None:
    """A real process on an installation of its own, where nothing is ready for citizens yet."""
    environment = {**os.environ, "MIMER_DATA_DIR": str(tmp_path), "MIMER_DATABASE_URL": ""}
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    command = [sys.executable, "-m", "django", "check", "--deploy"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "MIMER_URL https ile başlamıyor" in done.stderr
