"""Verbs of the work itself: taking it on, planning it, and asking those who know."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.municipality.models import Crew, ExternalBody, Staff, Unit
from mimer.municipality.roles import UNIT

from ..actors import Actor, Party, parties
from ..clocks import start_service_clock, stop_service_clock
from ..models import Case, NoteKind, PromiseEnd, PromiseKind, ThirdPartyWait, UnitRequest
from ..rules import NotAllowed
from ..states import State
from .act import Act, acting, require


def accept(case: Case, *, by: Actor, at: datetime | None = None) -> Case:
    """Takes the case into work; whoever accepts it has it. Accepting what is already hers changes nothing."""
    try:
        with acting(case, "accept", by, at) as act:
            act.case.officer = act.staff
            act.facts["officer"] = act.staff.pk if act.staff else None
            act.move()
    except NotAllowed:
        if case.state != State.IN_PROGRESS or not isinstance(by, Staff) or case.officer_id != by.pk:
            raise
    return case


def assign(case: Case, officer: Staff | None, *, by: Actor, at: datetime | None = None) -> Case:
    """Gives the case to somebody of the same unit, or to nobody."""
    with acting(case, "assign", by, at) as act:
        if act.case.officer_id == (officer.pk if officer else None):
            act.already()
            return case
        if officer and not can_have(officer, act.case):
            raise NotAllowed(
                _("%(name)s bu başvuruyu alamaz: birimde görevli değil ya da konu gizli.") % {"name": officer.full_name}
            )
        act.facts |= {"officer": officer.pk if officer else None, "from_officer": act.case.officer_id}
        act.case.officer = officer
    return case


def can_have(officer: Staff, case: Case) -> bool:
    """Whether a case may be given to this person: she works in its unit (or at the desk that has it) and may see it."""
    return officer.is_active and bool(parties(officer, case) & {Party.UNIT, Party.FIELD})


def plan(
    case: Case, day: date, reason: str = "", crew: Crew | None = None, *, by: Actor, at: datetime | None = None
) -> Case:
    """Sets the day of the work, which is told to the citizen; a second day needs its reason."""
    with acting(case, "plan", by, at) as act:
        locked = act.case
        if day < timezone.localtime(act.at).date():
            raise NotAllowed(_("Geçmiş bir gün planlanamaz; bugünü ya da sonrasını seçin."))
        if locked.planned_for == day and (crew is None or crew.pk == locked.crew_id):
            act.already()
            return case
        if locked.planned_for and locked.planned_for != day:
            act.say(NoteKind.REASON, require(reason, _("Tarihi neden değiştirdiğinizi yazın."), "reason"))
        if crew and crew.unit_id != locked.unit_id:
            raise NotAllowed(_("Seçilen ekip bu birimin değil."))
        act.facts |= {
            "day": day.isoformat(), "from_day": locked.planned_for.isoformat() if locked.planned_for else None,
            "crew": crew.pk if crew else locked.crew_id,
        }  # fmt: skip
        locked.planned_for, locked.crew = day, crew or locked.crew
        if act.facts["day"] != act.facts["from_day"]:
            act.promise(PromiseKind.PLAN, day)
        if locked.officer_id is None and act.party == Party.UNIT:
            locked.officer = act.staff
        act.move()
    return case


def ask_applicant(case: Case, question: str, *, by: Actor, at: datetime | None = None) -> Case:
    """Asks the citizen something; the service clock stops until she replies or stays silent too long."""
    with acting(case, "ask_applicant", by, at) as act:
        if act.case.applicant is None:
            raise NotAllowed(_("Bu başvuru isimsiz; sorulacak kimse yok."))
        act.say(NoteKind.QUESTION, require(question, _("Başvurana ne sorduğunuzu yazın.")))
        act.case.resume_state = act.case.state
        stop_service_clock(act.case, act.at)
        act.settle_promises(PromiseEnd.MOVED)  # she is told that it rests until she answers
        act.move()
    return case


def applicant_replies(case: Case, reply: str = "", *, by: Actor, at: datetime | None = None) -> Case:
    """Her reply by any door, or (by the house, without words) the end of waiting for it; the clock runs on."""
    with acting(case, "applicant_replies", by, at) as act:
        if act.party == Party.HOUSE:
            act.facts["silence"] = True
        else:
            act.say(NoteKind.REPLY, require(reply, _("Cevabı yazın.")))
        go_back(act)
    return case


def go_back(act: Act) -> None:
    """What the case waited for is here: back to where it was, with what was left of its clock."""
    back = State(act.case.resume_state or State.REGISTERED)
    act.case.resume_state = ""
    start_service_clock(act.case, act.at)
    _promise_again(act, back)
    act.move(back)


def _promise_again(act: Act, back: State) -> None:
    """What was promised before she was asked counts again: the day of the plan, or where the clock now ends."""
    case = act.case
    if back == State.PLANNED and case.planned_for:
        act.promise(PromiseKind.PLAN, case.planned_for)
    elif case.due_at:
        act.promise(PromiseKind.TARGET, case.due_at)


def ask_unit(
    case: Case, unit: Unit, question: str, joint_work: bool = False, *, by: Actor, at: datetime | None = None
) -> UnitRequest:
    """Asks another unit for its opinion or its hands; the owner stays the same."""
    with acting(case, "ask_unit", by, at) as act:
        if unit.pk == act.case.unit_id:
            raise NotAllowed(_("Başvuru zaten bu birimde; başka bir birim seçin."))
        if act.case.unit_requests.filter(unit=unit, replied_at=None).exists():
            raise NotAllowed(_("%(unit)s birimine sorulmuş, cevabı bekleniyor.") % {"unit": unit.short})
        request = UnitRequest.objects.create(
            case=act.case, unit=unit, joint_work=joint_work, by=act.staff, at=act.at,
            question=require(question, _("Birime ne sorduğunuzu yazın.")),
        )  # fmt: skip
        act.facts |= {"request": request.pk, "unit": unit.pk, "joint_work": joint_work}
    return request


def unit_replies(request: UnitRequest, reply: str, *, by: Actor, at: datetime | None = None) -> Case:
    """The asked unit's answer; a second answer to the same request is refused."""
    case = request.case
    with acting(case, "unit_replies", by, at) as act:
        open_request = UnitRequest.objects.filter(pk=request.pk, replied_at=None).first()
        if open_request is None:
            raise NotAllowed(_("Bu isteğe cevap verilmiş."))
        if not act.staff or not any((role, open_request.unit_id) in act.staff.scope.roles for role in UNIT):
            raise NotAllowed(_("Bu istek sizin biriminize değil."))
        open_request.reply = require(reply, _("Cevabı yazın."))
        open_request.replied_by, open_request.replied_at = act.staff, act.at
        open_request.save()
        act.facts |= {"request": request.pk, "unit": request.unit_id}
    return case


def await_third_party(
    case: Case, body: ExternalBody, reference: str = "", words: str = "", *, by: Actor, at: datetime | None = None
) -> Case:
    """Another body has to answer first; which one, and under what number we asked, is kept."""
    with acting(case, "await_third_party", by, at) as act:
        wait = ThirdPartyWait.objects.create(case=act.case, body=body, reference=reference.strip(), asked_at=act.at)
        if words.strip():
            act.say(NoteKind.INSIDE, words)
        act.facts |= {"body": body.pk, "wait": wait.pk}
        act.move()
    return case


def third_party_replies(case: Case, words: str, *, by: Actor, at: datetime | None = None) -> Case:
    """What the other body said; the unit works on."""
    with acting(case, "third_party_replies", by, at) as act:
        act.say(NoteKind.BODY_REPLY, require(words, _("Kurumun ne dediğini yazın.")))
        act.case.third_parties.filter(replied_at=None).update(replied_at=act.at)
        act.move()
    return case
