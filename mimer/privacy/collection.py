"""Everything held on one person, put together for her (6698 art. 11): a readable summary, the data, and her files."""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mimer.cases.models import AnswerState, Attachment, AttachmentKind, Case, Rating
from mimer.cases.models.words import SEEN_BY_CITIZEN
from mimer.cases.states import LegalRegime
from mimer.municipality.models import Municipality, Staff
from mimer.notify.models import Message
from mimer.paper import Identity, Section, Statement, statement_pdf
from mimer.people.models import Person
from mimer.turkish import moment

from .models import CaseView, Collection, IdentityCheck, Reveal

# What is hers, or was made to be shown to her; what units keep for their own work is not handed out with it.
HER_FILES = (AttachmentKind.CITIZEN, AttachmentKind.PETITION, AttachmentKind.SIGNED)


class NotChecked(Exception):
    """Nothing is given out; the sentence says what is missing."""


@dataclass
class Held:
    """What is held on a person, ready to be written: the data, and her files by their name in the archive."""

    data: dict[str, Any]
    files: dict[str, Attachment]
    left_out: int


def is_data_request(case: Case) -> bool:
    """Whether the case is somebody's application for her own data (6698 art. 13)."""
    return bool(case.legal_clocks.filter(regime=LegalRegime.DATA_SUBJECT_6698, ended_on=None).exists())


def check_identity(case: Case, how: str, *, by: Staff) -> IdentityCheck:
    """Writes down how the applicant showed who she is; every check stays."""
    return IdentityCheck.objects.create(case=case, how=how, by=by)


def collect(case: Case, *, by: Staff, at: datetime | None = None) -> bytes:
    """The archive (ZIP) for the applicant of this case, and the row that says it was made.

    Raises NotChecked without an applicant or before her identity was checked.
    """
    if case.applicant is None:
        raise NotChecked(_("Başvuru isimsiz; kimin verisi olduğu belli değil."))
    if not case.identity_checks.exists():
        raise NotChecked(_("Önce başvuranın kimliğini doğrulayın; doğrulanmadan hiçbir veri verilmez."))
    now = at or timezone.now()
    with transaction.atomic():
        held = held_on(case.applicant, by)
        archive = _zip(held, now)
        Collection.objects.create(
            case=case, person=case.applicant, by=by, at=now, cases=len(held.data["cases"]), files=len(held.files),
            left_out=held.left_out, sha256=hashlib.sha256(archive).hexdigest(),
        )  # fmt: skip
    return archive


def held_on(person: Person, reader: Staff) -> Held:
    """All that the house keeps on a person under any of her records; cases closed to the reader are counted, not shown."""
    records = list(_records_of(person))
    hers = Case.objects.filter(applicant__in=records)
    cases = list(hers.visible_to(reader).select_related("subject", "neighbourhood").order_by("pk"))
    left_out = hers.count() - len(cases)
    files: dict[str, Attachment] = {}
    seen = Message.objects.filter(person__in=records).exclude(case__in=hers.exclude(pk__in=[case.pk for case in cases]))
    data = {
        "person": [_person(record) for record in records],
        "cases": [_case(case, files) for case in cases],
        "messages": [
            {"at": _iso(row.made_at), "way": row.way, "case": row.case.number if row.case else "", "subject": row.subject,
             "text": row.body, "state": row.state}
            for row in seen.select_related("case").order_by("made_at", "pk")
        ],
        "who_looked": [*_reveals(records), *_views(cases)],
        "sensitive_cases_not_included": left_out,
    }  # fmt: skip
    return Held(data, files, left_out)


def _records_of(person: Person) -> Iterable[Person]:
    """Her record, and others under the same identity number."""
    found = Person.objects.filter(pk=person.pk)
    if person.national_id_index:
        found |= Person.objects.filter(national_id_index=person.national_id_index)
    return found.order_by("pk")


def _person(person: Person) -> dict[str, str]:
    return {
        "kind": person.kind, "given_name": person.given_name, "family_name": person.family_name,
        "national_id": person.national_id, "phone": person.phone_display, "email": person.email, "address": person.address,
        "preferred_way": person.preferred_way, "language": person.language, "recorded_at": _iso(person.created_at),
    }  # fmt: skip


def _case(case: Case, files: dict[str, Attachment]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": case.number, "received_at": _iso(case.received_at), "channel": case.channel, "type": case.type,
        "subject": case.subject.name, "text": case.text, "questions": case.answers, "place": case.place_line,
        "lat": case.lat, "lon": case.lon, "external_number": case.external_number, "state": case.state,
        "outcome": case.outcome, "planned_for": case.planned_for.isoformat() if case.planned_for else "",
        "answers": [
            {"at": _iso(row.at), "outcome": row.outcome, "text": row.text, "reason": row.reason,
             "document_number": row.document_number}
            for row in case.final_answers.filter(state=AnswerState.GIVEN)
        ],
        "notes": [
            {"at": _iso(row.at), "kind": row.kind, "text": row.text}
            for row in case.notes.filter(kind__in=SEEN_BY_CITIZEN)
        ],
        "ratings": [{"score": row.score, "words": row.words} for row in Rating.objects.filter(case=case)],
        "files": [],
    }  # fmt: skip
    for row in case.attachments.all():
        if row.public or row.kind in HER_FILES:
            name = f"dosyalar/{case.number}/{row.pk}-{_safe(row.name)}"
            files[name] = row
            told["files"].append({"name": row.name, "kind": row.kind, "in_archive": name})
        else:
            told["files"].append({"name": row.name, "kind": row.kind, "in_archive": ""})
    return told


def _reveals(records: list[Person]) -> list[dict[str, str]]:
    rows = Reveal.objects.filter(person__in=records).select_related("staff").order_by("at")
    return [
        {"at": _iso(row.at), "who": row.staff.title or _("Görevli"), "what": _("Kimlik numarası"), "why": row.reason}
        for row in rows
    ]


def _views(cases: list[Case]) -> list[dict[str, str]]:
    rows = CaseView.objects.filter(case__in=cases).select_related("staff", "case").order_by("at")
    return [
        {"at": _iso(row.at), "who": row.staff.title or _("Görevli"), "what": row.case.number, "why": ""} for row in rows
    ]


def _zip(held: Held, at: datetime) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ozet.pdf", summary_pdf(held, at))
        archive.writestr("veriler.json", json.dumps(held.data, ensure_ascii=False, indent=1))
        for name, row in held.files.items():
            with row.file.open("rb") as kept:
                archive.writestr(name, kept.read())
    return out.getvalue()


def summary_pdf(held: Held, at: datetime) -> bytes:
    """What is held, as somebody reads it; in the language of the person."""
    house, language = Municipality.get(), held.data["person"][0]["language"]
    language = "en" if language.startswith("en") else "tr"
    footer = " · ".join(filter(None, [house.name, house.address, house.phone]))
    with override(language):
        statement = Statement(
            language=language, title=_("Hakkınızda tutulan bilgiler"), sections=tuple(_sections(held, language)),
            subtitle=_("6698 sayılı Kanun uyarınca yaptığınız başvuru üzerine derlendi."),
            printed=moment(timezone.localtime(at), language=language),
        )  # fmt: skip
    return statement_pdf(statement, Identity(house.name, house.centre_name, footer=footer, colour=house.colour))


def _sections(held: Held, language: str) -> Iterable[Section]:
    for told in held.data["person"]:
        yield Section(_("Kimlik ve iletişim"), facts=_filled([
            (_("Ad soyad"), f"{told['given_name']} {told['family_name']}".strip()),
            (_("T.C. kimlik numarası"), told["national_id"]), (_("Telefon"), told["phone"]), (_("E-posta"), told["email"]),
            (_("Adres"), told["address"]), (_("Kayda geçtiği gün"), _read(told["recorded_at"], language)),
        ]))  # fmt: skip
    for case in held.data["cases"]:
        yield _case_section(case, language)
    if held.left_out:
        note = _("Gizli konudaki %(n)d başvurunuz bu dosyada yok; o konuda yetkili görevli ayrıca verir.")
        yield Section(_("Eksik olan"), paragraphs=(note % {"n": held.left_out},))
    messages = tuple((f"{row['subject'] or row['case']}", _read(row["at"], language)) for row in held.data["messages"])
    if messages:
        yield Section(_("Size gönderdiklerimiz"), columns=(_("Bildirim"), _("Ne zaman")), rows=messages)
    looked = tuple((f"{row['who']}: {row['what']} {row['why']}".strip(), _read(row["at"], language))
                   for row in held.data["who_looked"])  # fmt: skip
    if looked:
        yield Section(_("Kim baktı?"), columns=(_("Kim, neye"), _("Ne zaman")), rows=looked)


def _case_section(case: dict[str, Any], language: str) -> Section:
    said = [case["text"], *(row["text"] for row in case["notes"])]
    said += [f"{_('Cevabımız')}: {row['text']} {row['reason']}".strip() for row in case["answers"]]
    names = ", ".join(row["name"] for row in case["files"])
    facts = [(_("Geldiği gün"), _read(case["received_at"], language)), (_("Konu"), case["subject"]), (_("Yer"), case["place"]),
             (_("Ekler"), names)]  # fmt: skip
    facts += [(_("Puanınız"), f"{row['score']} / 5 {row['words']}".strip()) for row in case["ratings"]]
    return Section(_("Başvuru %(number)s") % {"number": case["number"]}, facts=_filled(facts), paragraphs=tuple(said))


def _filled(facts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)


def _safe(name: str) -> str:
    """A file name that stays a name in the archive, whatever was uploaded."""
    return "".join(sign if sign.isalnum() or sign in "._- " else "_" for sign in name)[-100:]


def _iso(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def _read(iso: str, language: str) -> str:
    return moment(datetime.fromisoformat(iso), language=language)
