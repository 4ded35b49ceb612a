"""The workflow: one table, keyed by verb, saying from which states, to which, by whom, and why it is so.

Pages ask `may()`, verbs call `check()`; nothing else decides. A test walks every verb x state x party.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mimer.municipality.kinds import Channel

from .actors import Actor, Party, parties
from .models import Case
from .states import OPEN, State

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

S = State
DESK, UNIT, HEAD, FIELD = Party.DESK, Party.UNIT, Party.UNIT_HEAD, Party.FIELD
CITIZEN, HOUSE, ARBITER, ASKED = Party.CITIZEN, Party.HOUSE, Party.ARBITER, Party.ASKED_UNIT
TAKEN_DOWN = frozenset({Channel.PHONE, Channel.DESK, Channel.UNIT})
WORKED_ON = frozenset({S.IN_PROGRESS, S.PLANNED})


@dataclass(frozen=True)
class Rule:
    """One row of the table; `to` None leaves the state as it is."""

    label: "StrOrPromise"
    origin: frozenset[State]
    to: State | None
    who: frozenset[Party]
    why: str


def _rule(label: "StrOrPromise", origin: Iterable[State], to: State | None, who: Iterable[Party], why: str) -> Rule:
    return Rule(label, frozenset(origin), to, frozenset(who), why)


_l = gettext_lazy
RULES: dict[str, Rule] = {
    "route": _rule(
        _l("Havale et"), {S.REGISTERED, S.RETURNED, S.ASSIGNED}, S.ASSIGNED, {HOUSE, DESK, ARBITER},
        "Only the desk knows all units; once a unit works on it, it returns it first, with a ground."),
    "reclassify": _rule(
        _l("Konu ya da türü değiştir"), OPEN - {S.IN_APPROVAL}, None, {DESK, UNIT},
        "The citizen's words do not change; what we call them may, and the service target follows. Not while an answer lies "
        "before the head: she would sign it for a subject it was not proved for."),
    "correct_place": _rule(
        _l("Yeri düzelt"), OPEN, None, {DESK, UNIT, FIELD},
        "Whoever stands there knows the place better than the first record."),
    "split": _rule(
        _l("Başvuruyu böl"), OPEN, None, {DESK, UNIT},
        "A petition on three subjects becomes three cases that know each other, each with its own clock."),
    "assign": _rule(
        _l("Görevliye ver"), OPEN - {S.REGISTERED, S.RETURNED}, None, {UNIT, HOUSE},
        "Who in the unit does it is the unit's own business; a leaver's cases the house hands on in one step."),
    "return_to_desk": _rule(
        _l("İade et"), {S.ASSIGNED, S.IN_PROGRESS}, S.RETURNED, {UNIT},
        "A unit may say 'not ours' with a ground; the second time an arbiter decides, so nothing plays ping-pong."),
    "accept": _rule(
        _l("İşleme al"), {S.ASSIGNED}, S.IN_PROGRESS, {UNIT},
        "Somebody of the unit says: this is mine now."),
    "plan": _rule(
        _l("Programa al"), {S.ASSIGNED, S.IN_PROGRESS, S.PLANNED}, S.PLANNED, {UNIT, FIELD},
        "A date told to the citizen is a promise; a new date needs its reason. The crew only moves a day that was set."),
    "ask_applicant": _rule(
        _l("Başvurana sor"), OPEN - {S.WAITING_APPLICANT, S.IN_APPROVAL}, S.WAITING_APPLICANT, {UNIT, DESK},
        "The service clock stops while she is asked; the legal clock does not."),
    "applicant_replies": _rule(
        _l("Başvuranın cevabını işle"), {S.WAITING_APPLICANT}, None, {CITIZEN, DESK, UNIT, HOUSE},
        "Goes back to where it waited; any door may bring her words; silence ends the wait too."),
    "applicant_writes": _rule(
        _l("Başvuranın yazdığını ekle"), frozenset(State), None, {CITIZEN, DESK, UNIT},
        "What she says beside her first words, asked or not, by any door and at any time, lies with her case."),
    "ask_unit": _rule(
        _l("Birimden görüş iste"), {S.IN_PROGRESS, S.PLANNED}, None, {UNIT},
        "A side request: the owner stays, both units see the case."),
    "unit_replies": _rule(
        _l("Görüş ver"), OPEN, None, {ASKED},
        "The asked unit answers whatever happened to the case meanwhile."),
    "await_third_party": _rule(
        _l("Kurum cevabını bekle"), {S.IN_PROGRESS}, S.WAITING_THIRD_PARTY, {UNIT},
        "Another body's opinion is needed; the citizen still sees that it is being looked into."),
    "third_party_replies": _rule(
        _l("Kurum cevabını işle"), {S.WAITING_THIRD_PARTY}, S.IN_PROGRESS, {UNIT},
        "What the body said is kept with the case."),
    "interim_answer": _rule(
        _l("Ara bilgi ver"), OPEN, None, {HEAD},
        "3071 art. 7: tells how the matter stands; the final answer stays owed."),
    "propose_answer": _rule(
        _l("Cevabı onaya sun"), WORKED_ON, S.IN_APPROVAL, {UNIT, FIELD},
        "Where the subject needs approval, an officer proposes and the head signs."),
    "approve": _rule(
        _l("Onayla"), {S.IN_APPROVAL}, S.RESOLVED, {HEAD},
        "The head answers for what leaves the unit."),
    "send_back": _rule(
        _l("Düzeltmeye gönder"), {S.IN_APPROVAL}, S.IN_PROGRESS, {HEAD},
        "With words that say what is missing."),
    "resolve": _rule(
        _l("Sonuçlandır"), WORKED_ON | {S.REGISTERED}, S.RESOLVED, {UNIT, FIELD, DESK},
        "The unit that did the work says so; the desk only for information given on the spot, from registered."),
    "refer": _rule(
        _l("Dış kuruma yönlendir"), {S.REGISTERED, S.RETURNED, S.ASSIGNED, S.IN_PROGRESS}, S.RESOLVED, {DESK, UNIT},
        "3071 art. 5: forwarded to the competent body, and the citizen is told."),
    "resolve_with_main": _rule(
        _l("Ana kayıtla sonuçlandır"), OPEN, S.RESOLVED, {HOUSE},
        "The answer to the main record answers each supporter, by her own way."),
    "not_solved": _rule(
        _l("Sorun çözülmedi"), {S.RESOLVED}, S.ASSIGNED, {CITIZEN, DESK},
        "Honest closure: she decides whether it is solved; no legal objection, stops no court period."),
    "rate": _rule(
        _l("Değerlendir"), {S.RESOLVED, S.CLOSED}, None, {CITIZEN, DESK},
        "Asked after the answer; whoever changes her mind rates again, and the later word counts."),
    "close": _rule(
        _l("Kapat"), {S.RESOLVED}, S.CLOSED, {CITIZEN, DESK, HOUSE},
        "By her word, or by time when the window for 'not solved' has passed."),
    "reopen": _rule(
        _l("Yeniden aç"), {S.CLOSED}, S.ASSIGNED, {DESK, CITIZEN},
        "The desk with a reason; the citizen once."),
    "merge": _rule(
        _l("Birleştir"), OPEN, None, {DESK},
        "An edge, not a move: same pothole, not same street."),
    "unmerge": _rule(
        _l("Ayır"), frozenset(State), None, {DESK, HOUSE},
        "Gives the supporter back as it was, with what happened since."),
    "change_regime": _rule(
        _l("Tabi olduğu mevzuatı değiştir"), OPEN, None, {DESK, HEAD},
        "What law applies is proposed by rule; whoever knows better says why, and the dates follow."),
    "postpone": _rule(
        _l("Yeni tarih söyle"), OPEN - {S.REGISTERED, S.RETURNED, S.WAITING_APPLICANT, S.PLANNED}, None, {UNIT},
        "Before a promise breaks the citizen hears the new date, and why; a planned day is moved by `plan`."),
    "warn": _rule(
        _l("Hatırlatma"), OPEN, None, {HOUSE},
        "Time itself warns, once a step, so that several workers do not warn twice."),
    "extend": _rule(
        _l("Süreyi uzat"), OPEN, None, {HEAD},
        "Only with reason and law, and before the first period ends."),
    "fee_notice": _rule(
        _l("Ücret bildir"), WORKED_ON, S.WAITING_APPLICANT, {UNIT},
        "4982 art. 11: costs may be asked for; the answer period stands still until they are paid."),
    "fee_paid": _rule(
        _l("Ödemeyi işle"), {S.WAITING_APPLICANT}, None, {DESK, UNIT},
        "Goes back to where it waited, and the answer period goes on."),
    "fee_unpaid": _rule(
        _l("Ücret ödenmedi"), {S.WAITING_APPLICANT}, S.CLOSED, {HOUSE},
        "4982 art. 11: who does not pay within the period counts as having withdrawn; nobody need decide it."),
    "not_examine": _rule(
        _l("İşleme alma"), OPEN, S.CLOSED, {DESK, UNIT},
        "3071 art. 6 names the grounds; the citizen is told which. A call that no statute dates is no petition."),
    "withdraw": _rule(
        _l("Başvurudan vazgeç"), OPEN, S.CLOSED, {CITIZEN, DESK},
        "Her word, by any door."),
    "invalidate": _rule(
        _l("Hatalı kayıt"), OPEN, S.CLOSED, {DESK},
        "A test, a wrong number, an empty call; the record stays."),
    "record_appeal": _rule(
        _l("İtirazı kaydet"), {S.RESOLVED, S.CLOSED}, None, {DESK, UNIT},
        "An appeal against the answer is decided elsewhere; the yearly report counts it (4982 art. 30)."),
    "answered_elsewhere": _rule(
        _l("CİMER'e girildi"), {S.RESOLVED, S.CLOSED}, None, {DESK},
        "Who applied through CİMER reads the answer there; somebody has to carry it over by hand."),
    "register_document": _rule(
        _l("EBYS numarasını işle"), frozenset(State), None, {DESK, UNIT, HOUSE},
        "The document system gives numbers, not we; they may come at any time, by hand, by folder or by API."),
    "sign_answer": _rule(
        _l("İmzalı cevabı ekle"), WORKED_ON | {S.IN_APPROVAL, S.RESOLVED, S.CLOSED}, None, {DESK, UNIT, HOUSE},
        "The signed letter is the evidence; it may come back before the case is resolved or long after."),
    "hand_over": _rule(
        _l("Taslağı EBYS’ye aktar"), {S.RESOLVED, S.CLOSED}, None, {HOUSE},
        "Drafts of answers given leave once, however often the exchange runs."),
    "note": _rule(
        _l("Not yaz"), frozenset(State), None, {DESK, UNIT, HEAD, FIELD, ARBITER, ASKED},
        "Words beside the case, inside or for the citizen."),
    "attach": _rule(
        _l("Dosya ekle"), frozenset(State), None, {CITIZEN, DESK, UNIT, FIELD, ASKED},
        "Evidence may come at any time and from anyone concerned."),
}  # fmt: skip


class NotAllowed(Exception):
    """The table, or something the verb must carry, says no; the message is for the reader.

    `about` names what is missing (`text`, `reason`, `document_number` …), so that a page can say it beside the field.
    """

    def __init__(self, sentence: str, about: str = "") -> None:
        super().__init__(sentence)
        self.about = about


def may(verb: str, case: Case, by: Actor) -> bool:
    """Whether the table lets `by` do this to the case as it stands."""
    rule = RULES[verb]
    return case.state in rule.origin and bool(_allowed(verb, case, parties(by, case)))


def verbs_for(case: Case, by: Actor) -> list[str]:
    """Every verb the table offers to `by` on this case, in the order of the table (one look at the parties)."""
    held = parties(by, case)
    return [verb for verb, rule in RULES.items() if case.state in rule.origin and _allowed(verb, case, held)]


def check(verb: str, case: Case, by: Actor) -> Party:
    """The party as which `by` acts; raises NotAllowed with a sentence for the reader."""
    rule = RULES[verb]
    allowed = _allowed(verb, case, parties(by, case, rule.who))
    if not allowed:
        raise NotAllowed(_("“%(verb)s” bu başvuruda sizin göreviniz değil.") % {"verb": rule.label})
    if case.state not in rule.origin:
        raise NotAllowed(
            _("Başvuru şu anda “%(state)s” durumunda; “%(verb)s” yapılamaz.")
            % {"state": State(case.state).label, "verb": rule.label}
        )
    return min(allowed, key=list(Party).index)


def _allowed(verb: str, case: Case, held: set[Party]) -> set[Party]:
    """The parties of the row that `held` covers, less what the row's note forbids them in this very case."""
    allowed = held & RULES[verb].who
    if verb == "route" and case.state == State.RETURNED and case.returns >= 2:
        allowed -= {DESK, HOUSE}
    if verb == "resolve":
        allowed -= {DESK} if case.state != State.REGISTERED else {UNIT, FIELD}
        if case.subject.needs_approval:
            allowed -= {UNIT, FIELD}
    if verb == "propose_answer" and not case.subject.needs_approval:
        allowed -= {UNIT, FIELD}
    if verb == "plan" and case.state != State.PLANNED:
        allowed -= {FIELD}
    if allowed and not _fits(verb, case):
        return set()
    if verb == "reopen" and case.reopenings:
        allowed -= {CITIZEN}
    return allowed


def _fits(verb: str, case: Case) -> bool:
    """Whether the verb is about anything in this case, whoever asks."""
    if verb == "fee_notice":
        return case.runs_as_information_request
    if verb in ("applicant_replies", "fee_paid", "fee_unpaid") and case.state == State.WAITING_APPLICANT:
        # What waits for money is woken by the payment or ended by its absence, by nothing else.
        return case.awaits_fee == verb.startswith("fee")
    if verb == "answered_elsewhere":
        return case.channel == Channel.CIMER
    if verb == "not_examine":
        return case.channel not in TAKEN_DOWN or case.legal_due_on is not None
    return True
