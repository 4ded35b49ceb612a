"""The draft of the official answer to a case, from the answer proposed or given."""

from datetime import date

from django.utils import timezone

from mimer.cases.models import Answer, AnswerState, Case, Petition
from mimer.cases.paper import petition_of
from mimer.cases.states import NEEDS_REASON
from mimer.law import PRINTABLE, Certainty
from mimer.municipality.kinds import Channel
from mimer.municipality.models import Municipality, Unit
from mimer.municipality.roles import Role
from mimer.municipality.statutes import period_on
from mimer.paper import Identity, OfficialLetter, official_docx, official_pdf
from mimer.turkish import short_date, upper

MUNICIPALITY, PRESIDENCY = "Belediyesi", "Belediye Başkanlığı"
DIRECTORATE, DIRECTOR = "Müdürlüğü", "Müdürü"
BLANK = "………………………………"
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def answer_of(case: Case) -> Answer | None:
    """The answer whose draft it is: the one given last, else the one that awaits approval."""
    live = case.final_answers.exclude(state=AnswerState.SENT_BACK)
    return live.filter(state=AnswerState.GIVEN).last() if case.resolved_at else live.last()


def draft_file(case: Case, answer: Answer, kind: str) -> bytes:
    """The draft as `docx` or `pdf`."""
    house = Municipality.get()
    letter = official_letter(case, answer, house)
    if kind == "docx":
        return official_docx(letter)
    return official_pdf(letter, Identity(house.name, house.centre_name, colour=house.colour))


def official_letter(case: Case, answer: Answer, house: Municipality) -> OfficialLetter:
    """Every text of the letter; official letters are Turkish whatever the reader's language."""
    unit, subject = case.unit, case.subject.name_tr
    return OfficialLetter(
        title=f"{case.number} {subject}", draft="TASLAK",
        draft_note="İmzasızdır. Sayı, tarih ve imza elektronik belge yönetim sisteminde (EBYS) verilir.",
        authority=("T.C.", upper(_presidency(house)), unit.name_tr if unit else house.centre_name),
        number_label="Sayı", number_hint=BLANK, day_label="Tarih", subject_label="Konu",
        subject=f"{subject} ({case.number})", addressee=_addressee(case), reference_label="İlgi",
        references=(_reference(case),), paragraphs=_paragraphs(answer), remedy=remedy_of(case),
        closing="Bilgilerinize sunulur.", signer=_signer(unit), signer_title=_signer_title(unit),
        contact=_contact(house, unit),
    )  # fmt: skip


def _presidency(house: Municipality) -> str:
    """The municipality as it signs: "Melikgazi Belediye Başkanlığı"."""
    own = house.name.removesuffix(MUNICIPALITY)
    return f"{own}{PRESIDENCY}" if own != house.name else house.name


def remedy_of(case: Case) -> str:
    """What may be done against the answer by the leading law, if that was checked well enough to be printed."""
    row = period_on(case.regime, timezone.localtime(case.received_at).date())
    return row.remedy_tr if row and Certainty(row.remedy_certainty) in PRINTABLE else ""


def _addressee(case: Case) -> tuple[str, ...]:
    person = case.applicant
    if person is None or case.identity_hidden:
        return ("Sayın Başvuru Sahibi",)
    return (f"Sayın {person.full_name}", *filter(None, [" ".join(person.address.split())]))


def _reference(case: Case) -> str:
    """The paper that is answered: its day and number as the document system gave them, and ours."""
    petition = petition_of(case)
    what = "dilekçeniz" if case.channel == Channel.PETITION else "başvurunuz"
    day = short_date(_day_of(case, petition))
    number = (petition.incoming_number if petition else "") or case.external_number
    if number:
        return f"{day} tarihli ve {number} sayılı {what} (başvuru no {case.number})."
    return f"{day} tarihli ve {case.number} numaralı {what}."


def _day_of(case: Case, petition: Petition | None) -> date:
    return petition.incoming_on if petition and petition.incoming_on else timezone.localtime(case.received_at).date()


def _paragraphs(answer: Answer) -> tuple[str, ...]:
    parts = [part.strip() for part in answer.text.splitlines() if part.strip()]
    if answer.reason and answer.outcome in NEEDS_REASON:
        parts.append(f"Gerekçe: {answer.reason}")
    return tuple(parts)


def _signer(unit: Unit | None) -> str:
    head = unit.head if unit else None
    if head is None and unit is not None:
        assigned = (
            unit.role_assignments.filter(role=Role.UNIT_HEAD, staff__is_active=True).select_related("staff").first()
        )
        head = assigned.staff if assigned else None
    return f"{head.given_name} {upper(head.family_name)}".strip() if head else BLANK


def _signer_title(unit: Unit | None) -> str:
    """The directorate's name as its director's title."""
    name = unit.name_tr if unit else ""
    return f"{name.removesuffix(DIRECTORATE)}{DIRECTOR}" if name.endswith(DIRECTORATE) else name


def _contact(house: Municipality, unit: Unit | None) -> tuple[str, ...]:
    phone = (unit.phone if unit else "") or house.phone
    first = " · ".join(filter(None, [house.name, house.address]))
    reach = [f"Telefon: {phone}" if phone else "", house.email, house.website]
    return tuple(filter(None, [first, " · ".join(filter(None, reach))]))
