"""Verbs that answer: on the way, by proposal and approval, at once, or by pointing to whoever is competent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mimer.municipality.kinds import Evidence
from mimer.municipality.models import ExternalBody
from mimer.people.models import Person
from mimer.turkish import fold, stem, words

from ..actors import RULE, Actor, Party
from ..information import FOI_OUTCOMES, REFUSING, is_information_request, refusal_grounds
from ..legal import meet, meet_by_interim
from ..models import Answer, AnswerState, AttachmentKind, Case, NoteKind, Petition, PromiseEnd
from ..rules import NotAllowed
from ..states import DECLARABLE, NEEDS_EVIDENCE, NEEDS_REASON, Outcome
from .act import Act, acting, require
from .edges import lock_supporters


@dataclass
class Draft:
    """What an ending must carry: the outcome declared, the words to the citizen, why, and a document's number."""

    outcome: str
    text: str
    reason: str = ""
    document_number: str = ""
    # Of an information request: the law's grounds (codes) for what was not given, and whether the rest was given
    # without the secret parts (4982 art. 9).
    grounds: Sequence[str] = ()
    parts_removed: bool = False


def interim_answer(case: Case, text: str, *, by: Actor, at: datetime | None = None) -> Case:
    """Tells how the matter stands (3071 art. 7); the final answer stays owed."""
    with acting(case, "interim_answer", by, at) as act:
        act.say(NoteKind.INTERIM, require(text, _("Başvurana ne söylediğinizi yazın.")))
        act.case.interim_at = act.at
        act.facts["met"] = meet_by_interim(act.case, timezone.localtime(act.at).date())
    return case


def propose_answer(case: Case, draft: Draft, *, by: Actor, at: datetime | None = None) -> Case:
    """Lays an answer before the unit head."""
    with acting(case, "propose_answer", by, at) as act:
        _check_draft(act.case, draft)
        act.facts["answer"] = _write(act, draft, AnswerState.PROPOSED).pk
        act.facts["outcome"] = draft.outcome
        act.move()
    return case


def approve(case: Case, text: str = "", *, by: Actor, at: datetime | None = None) -> Case:
    """The head gives the proposed answer, in her own words where she changed them."""
    with acting(case, "approve", by, at) as act:
        answer = _proposed(act.case)
        # Once more: what the subject asks for may have changed while the answer lay before her.
        check_evidence(act.case, Draft(answer.outcome, answer.text, answer.reason, answer.document_number))
        answer.state, answer.approved_by, answer.at = AnswerState.GIVEN, act.staff, act.at
        answer.text = text.strip() or answer.text
        answer.save()
        act.facts |= {"answer": answer.pk, "outcome": answer.outcome}
        _end(act, answer.outcome)
    return case


def send_back(case: Case, words: str, *, by: Actor, at: datetime | None = None) -> Case:
    """The head asks for a better answer and says what is missing."""
    with acting(case, "send_back", by, at) as act:
        answer = _proposed(act.case)
        answer.state = AnswerState.SENT_BACK
        answer.save()
        act.say(NoteKind.REASON, require(words, _("Neyin düzeltilmesi gerektiğini yazın.")))
        act.facts["answer"] = answer.pk
        act.move()
    return case


def resolve(case: Case, draft: Draft, *, by: Actor, at: datetime | None = None) -> Case:
    """Ends the work with a declared outcome and evidence fit for it; the desk only with information given on the spot."""
    with acting(case, "resolve", by, at) as act:
        if act.party == Party.DESK and draft.outcome != Outcome.INFORMED:
            raise NotAllowed(_("Masa yalnızca yerinde verilen bilgiyle sonuçlandırabilir; işi birim sonuçlandırır."))
        _check_draft(act.case, draft)
        act.facts |= {"answer": _write(act, draft, AnswerState.GIVEN).pk, "outcome": draft.outcome}
        _end(act, draft.outcome)
    return case


def refer(
    case: Case, body: ExternalBody, text: str, reference: str = "", *, by: Actor, at: datetime | None = None
) -> Case:
    """Hands the matter to the body that is competent and tells the citizen (3071 art. 5)."""
    with acting(case, "refer", by, at) as act:
        draft = Draft(
            Outcome.FORWARDED, require(text, _("Başvurana ne söylediğinizi yazın.")), document_number=reference
        )
        act.case.external_body = body
        act.facts |= {"body": body.pk, "answer": _write(act, draft, AnswerState.GIVEN).pk, "outcome": Outcome.FORWARDED}
        _end(act, Outcome.FORWARDED)
    return case


def resolve_with_main(case: Case, main: Case, *, at: datetime | None = None) -> Case:
    """Answers a supporter with the answer of its main case."""
    answer = main.final_answers.filter(state=AnswerState.GIVEN).last()
    with acting(case, "resolve_with_main", RULE, at) as act:
        text = _for_supporter(answer.text if answer else "", main, case)
        copy = _write(act, Draft(Outcome.DUPLICATE, text), AnswerState.GIVEN)
        act.facts |= {"main": main.pk, "answer": copy.pk, "outcome": Outcome.DUPLICATE, "main_outcome": main.outcome}
        _end(act, Outcome.DUPLICATE)
    return case


def _for_supporter(text: str, main: Case, supporter: Case) -> str:
    """How the main case ended, and its answer where that says nothing about the main applicant."""
    with override(supporter.language):
        outcome = _("Aynı konudaki ana başvuru “%(outcome)s” olarak sonuçlandı.") % {
            "outcome": main.get_outcome_display()
        }
    told = main.applicant and _tells_of(text, main.applicant)
    return outcome if told or not text else f"{outcome}\n\n{text.replace(main.number, supporter.number)}"


def _tells_of(text: str, person: Person) -> bool:
    """Whether a text may betray this person: rather one answer too many is held back than a name given away."""
    said = set(words(text))
    digits = "".join(sign for sign in text if sign.isdigit())
    reach = ["".join(sign for sign in number if sign.isdigit()) for number in (person.phone, person.phone_raw)]
    numbers = [number[-10:] for number in (*reach, person.national_id) if len(number) >= 7]
    return (
        any(_named(part, word) for part in words(person.full_name) for word in said)
        or any(number in digits for number in numbers)
        or bool(person.email and fold(person.email) in fold(text))
        or len(said & set(words(person.address))) >= 2  # a street is named by two words at least
    )


def _named(part: str, word: str) -> bool:
    """Whether a word is this part of a name, with an ending or without."""
    return word == part or stem(word) == stem(part) or (len(part) > 3 and word.startswith(part))


def check_evidence(case: Case, draft: Draft) -> None:
    """NotAllowed with the sentence that says which evidence this outcome still lacks."""
    if draft.outcome not in NEEDS_EVIDENCE or is_information_request(case):
        return  # where information was asked for, the answer is the work
    kind = case.subject.evidence
    if kind == Evidence.PHOTO and not shows_the_work_done(case):
        photo = _("Bu konuda işin bittiğini gösteren bir “sonrası” fotoğrafı gerekir; fotoğrafı ekleyin.")
        raise NotAllowed(photo, "photos")
    if kind == Evidence.DOCUMENT_NUMBER:
        number = _("Bu konuda belge ya da yazı numarası gerekir; numarayı yazın.")
        require(draft.document_number or _signed_number(case), number, "document_number")
    if kind == Evidence.NOTE:
        require(draft.reason, _("Bu konuda yapılan işin açıklaması gerekir; ne yapıldığını yazın."), "reason")


def shows_the_work_done(case: Case) -> bool:
    """Whether there is an after-photo of this round of work.

    One from before the citizen said no proves nothing, and neither does her own photo of the trouble.
    """
    hers = case.attachments.filter(kind=AttachmentKind.CITIZEN).values("sha256")
    photos = case.attachments.filter(kind=AttachmentKind.AFTER).exclude(sha256__in=hers)
    came_back = case.events.filter(verb__in=("not_solved", "reopen")).last()
    return (photos.filter(at__gt=came_back.at) if came_back else photos).exists()


def _signed_number(case: Case) -> str:
    """The number under which the document system sent the signed answer; none where it was not signed since the case came."""
    signed = Petition.objects.filter(case=case, signed_at__gte=case.clock_from or case.received_at)
    return signed.values_list("outgoing_number", flat=True).first() or ""


def _check_draft(case: Case, draft: Draft) -> None:
    if draft.outcome not in DECLARABLE:
        raise NotAllowed(_("Sonucu seçin."), "outcome")
    require(draft.text, _("Başvurana verilecek cevabı yazın."), "text")
    if draft.outcome in NEEDS_REASON:
        require(draft.reason, _("Bu sonuç için gerekçe yazın."), "reason")
    check_evidence(case, draft)
    _check_information(case, draft)


def _check_information(case: Case, draft: Draft) -> None:
    """What the law on information wants of an answer; nothing of the kind is said on other cases."""
    if not is_information_request(case):
        if draft.grounds or draft.parts_removed:
            raise NotAllowed(_("Bilgi vermeme gerekçesi yalnızca bilgi edinme başvurusunda seçilir."), "grounds")
        return
    if draft.outcome not in FOI_OUTCOMES:
        raise NotAllowed(
            _("Bilgi edinme başvurusu olumlu, kısmen olumlu, olumsuz ya da bilgi verilerek sonuçlanır."), "outcome"
        )
    known = {ground.code for ground in refusal_grounds(case)}
    if draft.outcome in REFUSING and not set(draft.grounds):
        raise NotAllowed(_("Verilmeyen bilgi için en az bir yasal gerekçe seçin (4982)."), "grounds")
    if set(draft.grounds) - known or (draft.grounds and draft.outcome not in REFUSING):
        raise NotAllowed(
            _("Bu sonuç ya da başvurunun geldiği gün için geçerli olmayan bir gerekçe seçilmiş."), "grounds"
        )
    if draft.parts_removed and draft.outcome != Outcome.PARTIAL:
        raise NotAllowed(_("Gizli kısımları çıkarılarak verilen bilgi “kısmen olumlu” sayılır (4982 m. 9)."), "outcome")


def _write(act: Act, draft: Draft, state: AnswerState) -> Answer:
    return Answer.objects.create(
        case=act.case, outcome=draft.outcome, text=draft.text.strip(), reason=draft.reason.strip(),
        document_number=draft.document_number.strip() or _signed_number(act.case),
        grounds=list(dict.fromkeys(draft.grounds)), parts_removed=draft.parts_removed,
        state=state, by=act.staff, at=act.at,
    )  # fmt: skip


def drop_proposals(case: Case) -> None:
    """What lay before the head when the case ended another way waits for nobody any more."""
    case.final_answers.filter(state=AnswerState.PROPOSED).update(state=AnswerState.SENT_BACK)


def _proposed(case: Case) -> Answer:
    answer = case.final_answers.filter(state=AnswerState.PROPOSED).last()
    if answer is None:
        raise NotAllowed(_("Onay bekleyen bir cevap yok."))
    return answer


def _end(act: Act, outcome: str) -> None:
    act.case.outcome, act.case.resolved_at = outcome, act.at
    act.case.resume_state, act.case.clock_left = "", None
    drop_proposals(act.case)
    act.settle_promises(PromiseEnd.DONE)
    meet(act.case, timezone.localtime(act.at).date())
    act.move()
    for supporter in lock_supporters(act.case):
        if supporter.is_open:  # in the same transaction: no supporter is forgotten by a crash
            resolve_with_main(supporter, act.case, at=act.at)
