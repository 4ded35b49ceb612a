"""The drop folder: each draft leaves once, whatever comes back is taken once, nothing is lost in a crash."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.models import Attachment, Case, Petition
from mimer.cases.paper import Paper
from mimer.intake.ebys import folder as exchanging
from mimer.intake.ebys.folder import Report, exchange
from mimer.municipality.kinds import Channel
from tests.cast import House

PDF = b"%PDF-1.7\nimzali\n%%EOF\n"


@pytest.fixture(autouse=True)
def _quick_press(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a draft looks like is tried elsewhere."""
    monkeypatch.setattr(exchanging, "draft_file", lambda case, answer, kind: f"{kind} {answer.text}".encode())


@pytest.fixture
def answered(house: House) -> Case:
    case = actions.accept(house.assigned(channel=Channel.PETITION, paper=Paper()), by=house.officer)
    return actions.resolve(case, Draft("informed", "Çukuru kapattık."), by=house.officer)


@pytest.fixture
def drop(tmp_path: Path, answered: Case) -> Callable[..., Path]:
    """Lays a message into the folder, an old one unless told otherwise."""

    def lay(
        name: str = "m", content: Any = None, signed: bytes | None = PDF, pdf_name: str = "cevap.pdf", **told: Any
    ) -> Path:
        incoming = tmp_path / "incoming"
        incoming.mkdir(exist_ok=True)
        if signed is not None:
            (incoming / pdf_name).write_bytes(signed)
            os.utime(incoming / pdf_name, (0, 0))
        fields = {
            "case": answered.number,
            "kind": "outgoing",
            "number": "E-77",
            "date": timezone.localdate().isoformat(),
        }
        fields |= ({"pdf": pdf_name} if signed is not None else {}) | told
        message = incoming / f"{name}.json"
        message.write_bytes(json.dumps(fields).encode() if content is None else content)
        os.utime(message, (0, 0))
        return message

    return lay


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.read, report.taken, report.unchanged, len(report.rejected)


def test_a_draft_leaves_once_with_its_subject_and_unit(answered: Case, tmp_path: Path) -> None:
    assert exchange(tmp_path).written == [answered.number]
    out = tmp_path / "outgoing"
    told = json.loads((out / f"{answered.number}.json").read_text())
    assert (told["case"], told["subject"], told["unit"]) == (
        answered.number,
        "Yol çukuru",
        "Ulaşım Hizmetleri Müdürlüğü",
    )
    assert (out / told["pdf"]).read_text() == "pdf Çukuru kapattık."
    assert (out / told["docx"]).read_text() == "docx Çukuru kapattık."
    assert answered.events.filter(verb="hand_over").exists()
    for path in out.iterdir():
        path.unlink()
    assert exchange(tmp_path).written == [] and not list(out.iterdir())


def test_a_better_answer_after_not_solved_leaves_again(answered: Case, tmp_path: Path, house: House) -> None:
    exchange(tmp_path)
    actions.not_solved(answered, "Çukur duruyor", by=house.agent)
    actions.accept(answered, by=house.officer)
    assert exchange(tmp_path).written == []
    actions.resolve(answered, Draft("informed", "Yeniden kapattık."), by=house.officer)
    assert exchange(tmp_path).written == [answered.number]


def test_sensitive_spoken_and_unanswered_cases_do_not_leave(tmp_path: Path, house: House) -> None:
    house.assigned(channel=Channel.PETITION, paper=Paper())
    call = actions.accept(house.assigned(channel=Channel.PHONE), by=house.officer)
    actions.resolve(call, Draft("informed", "Baktık"), by=house.officer)
    secret = house.open(house.staff_complaint, channel=Channel.PETITION, paper=Paper())
    actions.resolve(secret, Draft("informed", "İnceledik"), by=house.manager)
    assert exchange(tmp_path).written == []


def test_history_from_elsewhere_was_answered_there(answered: Case, tmp_path: Path) -> None:
    Case.objects.filter(pk=answered.pk).update(clock_from=None)
    assert exchange(tmp_path).written == []


def test_the_signed_answer_comes_back_and_is_moved_away(answered: Case, drop: Any, tmp_path: Path) -> None:
    drop()
    report = exchange(tmp_path)
    assert counts(report) == (1, 1, 0, 0)
    assert Petition.objects.get(case=answered).outgoing_number == "E-77"
    assert answered.attachments.get(kind="signed").file.read() == PDF
    assert not list((tmp_path / "incoming").iterdir())
    assert sorted(path.name for path in (tmp_path / "done").rglob("*") if path.is_file()) == ["cevap.pdf", "m.json"]
    assert report.written == []  # signed already: the draft need not leave any more


def test_an_incoming_number_needs_no_file_and_a_repeated_message_changes_nothing(
    answered: Case, drop: Any, tmp_path: Path
) -> None:
    for wanted in ((1, 1, 0, 0), (1, 0, 1, 0)):
        drop(signed=None, kind="incoming", number="E-42")
        assert counts(exchange(tmp_path)) == wanted
    assert Petition.objects.get(case=answered).incoming_number == "E-42"
    assert answered.events.filter(verb="register_document").count() == 1


HOSTILE = [
    ({"case": "2026-999999"}, "bir başvuru yok"),
    ({"case": 5}, "“case” alanı"),
    ({"number": ""}, "“number” alanı"),
    ({"date": "yarın"}, "2026-01-15 gibi"),
    ({"date": "2999-01-01"}, "gelecekte olamaz"),
    ({"date": "2001-01-01"}, "önceki bir tarih taşıyamaz"),
    ({"kind": "sideways", "pdf": ""}, "Gelen evrak mı"),
    ({"kind": "incoming"}, "yalnızca giden evrakla"),
    ({"pdf": "../../secret.pdf"}, "aynı klasördeki"),
    ({"pdf": "/etc/passwd"}, "aynı klasördeki"),
    ({"pdf": ".gizli.pdf"}, "aynı klasördeki"),
    ({"pdf": "yok.pdf"}, "dosyası yok"),
    ({"pdf": "a\x00b.pdf"}, "görünmeyen işaretler"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "reason"), HOSTILE)
def test_what_cannot_be_is_laid_aside_with_its_reason(drop: Any, tmp_path: Path, told: Any, reason: str) -> None:
    (tmp_path / "secret.pdf").write_bytes(PDF)
    drop(**told)
    report = exchange(tmp_path)
    assert counts(report) == (1, 0, 0, 1)
    assert reason in report.rejected[0][1]
    (aside,) = (tmp_path / "failed").iterdir()
    assert reason in (aside / "reason.txt").read_text()
    assert (aside / "m.json").exists() and not Attachment.objects.exists()
    assert (tmp_path / "secret.pdf").exists()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'"a"', b"\xff\xfe", b"[" * 40_000, b"{}" + b" " * 70_000], ids=range(7)
)
def test_a_message_that_is_no_message_is_laid_aside(drop: Any, tmp_path: Path, content: bytes) -> None:
    drop(content=content, signed=None)
    assert counts(exchange(tmp_path)) == (1, 0, 0, 1)


@pytest.mark.parametrize("name", ["ş" * 120, "a b;rm -rf", "'\"$(x)", "x\ny"])
def test_a_strange_name_of_a_message_does_no_harm(drop: Any, tmp_path: Path, name: str) -> None:
    drop(name)
    report = exchange(tmp_path)
    assert counts(report) == (1, 1, 0, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "done", "failed", "incoming", "outgoing"]


def test_a_link_is_not_followed(drop: Any, tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(PDF)
    message = drop(signed=None)
    told = json.loads(message.read_text()) | {"pdf": "bag.pdf"}
    message.write_text(json.dumps(told))
    os.utime(message, (0, 0))
    (tmp_path / "incoming" / "bag.pdf").symlink_to(tmp_path / "secret.pdf")
    assert counts(exchange(tmp_path)) == (1, 0, 0, 1)
    assert not Attachment.objects.exists() and (tmp_path / "secret.pdf").read_bytes() == PDF


def test_what_is_half_written_waits_and_is_taken_when_whole(drop: Any, tmp_path: Path) -> None:
    message = drop(signed=b"%PDF-1.7\nyar")
    os.utime(tmp_path / "incoming" / "cevap.pdf")
    report = exchange(tmp_path)
    assert (counts(report), report.waiting) == ((0, 0, 0, 0), 1) and message.exists()
    drop()
    assert counts(exchange(tmp_path)) == (1, 1, 0, 0)


def test_what_stays_half_is_laid_aside(drop: Any, tmp_path: Path) -> None:
    drop(signed=b"%PDF-1.7\nyar")
    report = exchange(tmp_path)
    assert counts(report) == (1, 0, 0, 1) and "yarım ya da bozuk" in report.rejected[0][1]


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", range(1, 13))
def test_a_crash_between_any_two_steps_loses_and_doubles_nothing(
    answered: Case, drop: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Every step that touches files or the case is counted; at the chosen one the process dies, then the exchange runs again."""
    drop()
    drop("n", signed=None, kind="incoming", number="E-42")
    left = {"steps": step}

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            left["steps"] -= 1
            if left["steps"] == 0:
                raise Killed
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", dying(Path.replace))
        patched.setattr(Path, "mkdir", dying(Path.mkdir))
        patched.setattr(exchanging, "take_back", dying(exchanging.take_back))
        patched.setattr(exchanging, "hand_over", dying(exchanging.hand_over))
        try:
            exchange(tmp_path)
        except Killed:
            assert left["steps"] == 0
    exchange(tmp_path)
    petition = Petition.objects.get(case=answered)
    assert (petition.incoming_number, petition.outgoing_number) == ("E-42", "E-77")
    assert answered.attachments.filter(kind="signed").count() == 1
    assert answered.events.filter(verb__in=["sign_answer", "register_document"]).count() == 2
    assert not list((tmp_path / "incoming").iterdir()) and not list((tmp_path / "failed").iterdir())
    assert sorted(path.name for path in (tmp_path / "done").rglob("*") if path.is_file()) == [
        "cevap.pdf",
        "m.json",
        "n.json",
    ]


def test_two_exchanges_at_once_do_not_meet(answered: Case, tmp_path: Path) -> None:
    with exchanging._alone(tmp_path), pytest.raises(exchanging.BusyElsewhere):
        exchange(tmp_path)


def test_the_command_accounts_for_every_message(drop: Any, tmp_path: Path, capsys: Any) -> None:
    drop("a", signed=None, kind="incoming", number="E-42")
    drop("b", signed=None, kind="incoming", number="E-42")
    drop("c", case="2026-999999")
    report = tmp_path / "report.json"
    call_command("ebys", "exchange", str(tmp_path), "--report", str(report))
    told = json.loads(report.read_text())
    assert told["read"] == told["taken"] + told["unchanged"] + len(told["rejected"]) == 3
    assert [row["file"] for row in told["rejected"]] == ["c.json"]
    assert "Okunan 3" in capsys.readouterr().out
