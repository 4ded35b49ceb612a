"""The drop folder: drafts are written to `outgoing/`, numbers and signed PDFs are read from `incoming/`, in any order of crashes.

A message is a JSON file; what it names lies beside it. A message is done when its JSON has left `incoming/`; until then it is
read again, which changes nothing, since the verbs take the same thing twice quietly.
"""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mimer.cases.actions import hand_over
from mimer.cases.files import BadFile, CheckedFile, check_upload
from mimer.cases.models import Case
from mimer.cases.paper import is_whole_pdf, petition_of
from mimer.cases.rules import NotAllowed

from .letter import TYPES, answer_of, draft_file
from .waiting import described, is_handed_over, take_back, text_of, waiting_drafts

# A file younger than this may still be on its way; what looks broken in it is looked at again next time.
SETTLED_SECONDS = 60
LARGEST_MESSAGE = 64_000
LONGEST_STEM = 60
FOLDERS = ("outgoing", "incoming", "done", "failed")


class BusyElsewhere(Exception):
    """Another exchange is at work in this folder."""


class NotYet(Exception):
    """The message or what it names is not wholly there; it stays until next time."""


@dataclass
class Report:
    """What came of one exchange; every message read was taken, found unchanged, or rejected with its reason."""

    written: list[str] = field(default_factory=list)
    taken: int = 0
    unchanged: int = 0
    rejected: list[tuple[str, str]] = field(default_factory=list)
    waiting: int = 0

    @property
    def read(self) -> int:
        return self.taken + self.unchanged + len(self.rejected)

    def as_json(self) -> dict[str, Any]:
        return {
            "written": self.written, "read": self.read, "taken": self.taken, "unchanged": self.unchanged,
            "rejected": [{"file": name, "reason": reason} for name, reason in self.rejected], "waiting": self.waiting,
        }  # fmt: skip


def exchange(folder: Path) -> Report:
    """One exchange: what came back is read first, so that nothing leaves again that has just been signed."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    report = Report()
    with _alone(folder):
        for message in _messages(folder / "incoming"):
            _take(folder, message, report)
        for case in waiting_drafts():
            _write_draft(folder / "outgoing", case, report)
    return report


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyElsewhere(_("Bu klasörde başka bir aktarma çalışıyor.")) from None
        yield


def _messages(incoming: Path) -> list[Path]:
    """The JSON files in the order of their names; hidden ones are still being written by somebody's program."""
    return sorted(path for path in incoming.iterdir() if path.suffix == ".json" and not path.name.startswith("."))


def _take(folder: Path, message: Path, report: Report) -> None:
    """One message: read, done, and moved away with what it names."""
    content = b""
    try:
        content = _content_of(message, LARGEST_MESSAGE)
        told = _parsed(content, message)
        pdf = _pdf_of(told, folder, message, content)
        new = take_back(told, _checked(pdf) if pdf else None)
    except NotYet:
        report.waiting += 1
        return
    except (NotAllowed, BadFile) as no:
        reason = str(no)
        report.rejected.append((_shown(message.name), reason))
        target = _place_in(folder / "failed", message, content)
        _write_whole(target / "reason.txt", reason.encode() + b"\n")
        _move(message, target, _named_pdf(message, content))
        return
    report.taken, report.unchanged = report.taken + new, report.unchanged + (not new)
    _move(message, _place_in(folder / "done", message, content), pdf)


def _content_of(path: Path, largest: int) -> bytes:
    """A plain file's content, read without following links or waiting at a pipe."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise NotAllowed(
            _("%(file)s okunamıyor; bağ ya da izinsiz dosya olabilir.") % {"file": _shown(path.name)}
        ) from None
    with os.fdopen(handle, "rb") as file:
        if not os.path.isfile(path):
            raise NotAllowed(_("%(file)s düz bir dosya değil.") % {"file": _shown(path.name)})
        content = file.read(largest + 1)
    if len(content) > largest:
        raise NotAllowed(_("%(file)s çok büyük.") % {"file": _shown(path.name)})
    return content


def _parsed(content: bytes, message: Path) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        _perhaps_later(message)
        raise NotAllowed(_("JSON okunamadı; dosya yarım ya da bozuk.")) from None
    if not isinstance(told, dict):
        raise NotAllowed(_("JSON bir nesne olmalı: {“case”: …}."))
    return told


def _pdf_of(told: dict[str, Any], folder: Path, message: Path, content: bytes) -> Path | None:
    """The PDF that the message names, where it lies now; it may have gone ahead before a crash."""
    if told.get("pdf") in (None, ""):
        return None
    name = text_of(told, "pdf")
    if name != Path(name).name or name.startswith(".") or not name.lower().endswith(".pdf"):
        raise NotAllowed(_("“pdf” alanı yalnızca aynı klasördeki bir PDF dosyasının adı olabilir."))
    there, ahead = message.with_name(name), _place_in(folder / "done", message, content) / name
    if os.path.lexists(there) or not ahead.exists():
        there = there if os.path.lexists(there) else _missing(message, name)
        if not is_whole_pdf(_content_of(there, settings.UPLOAD_MAX_BYTES)):
            _perhaps_later(there)
        return there
    return ahead


def _missing(message: Path, name: str) -> Path:
    _perhaps_later(message)
    raise NotAllowed(_("%(file)s dosyası yok.") % {"file": _shown(name)})


def _perhaps_later(path: Path) -> None:
    """What is broken and fresh may be half-written."""
    if time.time() - path.lstat().st_mtime < SETTLED_SECONDS:
        raise NotYet


def _checked(pdf: Path) -> CheckedFile:
    with pdf.open("rb") as content:
        return check_upload(content, pdf.name)


def _place_in(root: Path, message: Path, content: bytes) -> Path:
    """A folder of its own for each message, the same one whenever the same message comes."""
    stem = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "_" for sign in message.stem)
    return root / f"{stem[:LONGEST_STEM]}-{hashlib.sha256(content).hexdigest()[:12]}"


def _named_pdf(message: Path, content: bytes) -> Path | None:
    """Of a rejected message, the plain file beside it that it names, if it names one."""
    try:
        name = json.loads(content).get("pdf")
    except (ValueError, RecursionError, AttributeError):
        return None
    if not isinstance(name, str) or not name or name != Path(name).name or "\0" in name or not name.endswith(".pdf"):
        return None
    there = message.with_name(name)
    return there if there.is_file() or there.is_symlink() else None


def _move(message: Path, target: Path, pdf: Path | None) -> None:
    """First what the message names, the message last: as long as it lies there, the work is not done."""
    target.mkdir(parents=True, exist_ok=True)
    if pdf is not None and pdf.parent != target:
        pdf.replace(target / pdf.name)
    message.replace(target / (message.name if len(message.name) < 200 else "message.json"))


def _write_draft(outgoing: Path, case: Case, report: Report) -> None:
    """DOCX and PDF first, the JSON last: whoever finds the JSON finds all three. Then it is written down that it left."""
    answer = answer_of(case)
    if answer is None or is_handed_over(petition_of(case), answer):
        return
    files = {kind: f"{case.number}.{kind}" for kind in TYPES}
    for kind, name in files.items():
        _write_whole(outgoing / name, draft_file(case, answer, kind))
    told = described(case, answer) | files
    _write_whole(outgoing / f"{case.number}.json", json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")
    hand_over(case)
    report.written.append(case.number)


def _write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing, even if the power goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.part")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _shown(name: str) -> str:
    """A file name as it can be printed, whatever bytes it was made of."""
    return name.encode("utf-8", "replace").decode()
