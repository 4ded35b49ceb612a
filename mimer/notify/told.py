"""Which events are told to the applicant, by which letter, and the words that letter is filled in with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mimer.cases.actions.ending import not_solved_until
from mimer.cases.actors import Party
from mimer.cases.information import grounds_told, is_information_request, remedy_told
from mimer.cases.models import Answer, Case, Event, FeeNotice, Note, NoteKind
from mimer.cases.states import NEEDS_REASON, State
from mimer.municipality.kinds import Channel
from mimer.municipality.models import ExternalBody, GroundKind, Municipality
from mimer.municipality.named import in_language
from mimer.municipality.statutes import ground_told
from mimer.turkish import long_date, money

from . import letters


@dataclass(frozen=True)
class Telling:
    """How an event is told: the letter, and why even somebody who wants no news must get it."""

    letter: str
    answer: bool = False  # owed where a statute sets an answer period
    question: bool = False  # her case waits for it


TOLD = {
    "open_case": Telling("open_case"),
    "plan": Telling("plan"),
    "ask_applicant": Telling("ask_applicant", question=True),
    "interim_answer": Telling("interim_answer", answer=True),
    "note": Telling("note"),
    "approve": Telling("resolve", answer=True),
    "resolve": Telling("resolve", answer=True),
    "resolve_with_main": Telling("resolve_with_main", answer=True),
    "refer": Telling("refer", answer=True),
    "merge": Telling("merge"),
    "not_solved": Telling("not_solved"),
    "reopen": Telling("reopen"),
    "close": Telling("close"),
    "not_examine": Telling("not_examine", answer=True),
    "withdraw": Telling("withdraw"),
    "extend": Telling("extend", answer=True),
    "postpone": Telling("postpone"),
    # Her request rests until she pays, and ends if she does not: told like a question, whatever news she wishes.
    "fee_notice": Telling("fee_notice", question=True),
    "fee_paid": Telling("fee_paid"),
    "fee_unpaid": Telling("fee_unpaid", question=True),
}
REPLAN = Telling("replan")
REFER_INFORMATION = Telling("refer_information", answer=True)
TRACKING_LINK = "tracking_link"
LETTERS = sorted({telling.letter for telling in TOLD.values()} | {REPLAN.letter, REFER_INFORMATION.letter})
ANSWERING = ("approve", "resolve", "resolve_with_main", "refer")
# What a sensitive matter is called where others may read or listen along.
UNNAMED = {"tr": "İlettiğiniz konu", "en": "the matter you raised"}


def telling_of(event: Event) -> Telling | None:
    """How this event is told, or None if it is nothing to the applicant, or no news to her."""
    case, facts = event.case, event.facts
    if case.applicant_id is None:
        return None
    if event.verb == "note" and facts.get("kind") != NoteKind.OUTSIDE:
        return None
    if event.verb == "close" and not _closing_is_news(event):
        return None
    if event.verb == "open_case" and _answered_at_once(case):
        return None
    if event.verb == "plan" and facts.get("from_day") not in (None, facts["day"]):
        return REPLAN
    if event.verb == "refer" and is_information_request(case):
        return REFER_INFORMATION
    return TOLD.get(event.verb)


def said_on_the_spot(event: Event) -> bool:
    """Whether she heard it herself: the desk gave the information while she stood or telephoned there."""
    face_to_face = event.case.channel in (Channel.PHONE, Channel.DESK)
    return event.verb == "resolve" and event.party == Party.DESK and face_to_face


def words_for(event: Event, language: str) -> dict[str, str]:
    """Every word a letter may ask for, in the reader's language; what this event does not have is empty."""
    language = letters.known_language(language)
    with translation.override(language):
        house = Municipality.get()
        case = words_of(event.case, house, language)
        return case | _dates(event, house, language) | _sayings(event, language) | _of_information(event, language)


def words_of(case: Case, house: Municipality, language: str) -> dict[str, str]:
    """The words that belong to a case whatever happened to it."""
    return {
        "name": case.applicant.full_name if case.applicant else "",
        "number": case.number,
        "number_spoken": spoken(case.number),
        "code": case.tracking_code,
        "link": tracking_link(case),
        "subject": UNNAMED[language] if case.sensitive else in_language(case.subject, "name", language),
        "municipality": house.name,
        "centre": house.centre_name,
        "phone": house.phone,
        "unit": in_language(case.unit, "name", language) if case.unit else "",
        "legal_date": _written(case.legal_due_on, language),
    }


def spoken(number: str) -> str:
    """A number as it is read out on the telephone, with pauses: "2026, 000, 123"."""
    year, _dash, running = number.partition("-")
    return ", ".join([year, *(running[at : at + 3] for at in range(0, len(running), 3))])


def tracking_link(case: Case) -> str:
    """The address at which she follows her case without signing in."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/takip/{case.number}/{case.tracking_code}/"


def _answered_at_once(case: Case) -> bool:
    """An answer given while the case was taken down carries number and link too; a receipt beside it is superfluous."""
    answered = case.events.filter(verb__in=("resolve", "refer"), from_state=State.REGISTERED)
    return case.resolved_at is not None and answered.exists()


def _closing_is_news(event: Event) -> bool:
    """Not when she closed it herself, and not when we never told her an answer (history that was brought in)."""
    answered = Event.objects.filter(case=event.case_id, verb__in=ANSWERING, seq__lt=event.seq)
    return event.party != Party.CITIZEN and answered.exists()


def _dates(event: Event, house: Municipality, language: str) -> dict[str, str]:
    """`date` is the day the letter is about, `until` the last day on which she can say something herself."""
    facts, case = event.facts, event.case
    day, old, until = None, None, None
    if event.verb in ("open_case", "not_solved", "reopen"):
        day = _parsed(facts.get("due"))
    elif event.verb in ("plan", "postpone"):
        day, old = _parsed(facts["day"]), _parsed(facts.get("from_day"))
    elif event.verb == "extend":
        day, old = _parsed(facts["until"]), _parsed(facts.get("from"))
    elif event.verb == "fee_paid":
        day = _parsed(facts.get("until"))
    elif event.verb in ("fee_notice", "fee_unpaid"):
        until = FeeNotice.objects.get(pk=facts["fee"]).pay_by
    elif event.verb == "ask_applicant":
        until = _local(event.at + timedelta(days=house.silence_days))
    elif event.verb in ANSWERING:
        until = _local(not_solved_until(case))
    days = (until - timezone.localtime(event.at).date()).days if until else ""
    return {
        "date": _written(day, language), "old_date": _written(old, language), "until": _written(until, language),
        "days": str(days),
    }  # fmt: skip


def _sayings(event: Event, language: str) -> dict[str, str]:
    """The words said with the event; the event itself holds only their ids."""
    facts = event.facts
    note = Note.objects.filter(pk=facts["note"]).first() if "note" in facts else None
    answer = Answer.objects.filter(pk=facts["answer"]).first() if "answer" in facts else None
    body = ExternalBody.objects.filter(pk=facts["body"]).first() if "body" in facts else None
    main = Case.objects.filter(pk=facts["main"]).first() if "main" in facts else None
    return {
        "words": answer.text if answer else note.text if note else "",
        "reason": _reason(event, answer),
        "document": answer.document_number if answer else "",
        "outcome": letters.outcome_sentence(facts.get("main_outcome") or facts.get("outcome") or "", language),
        "body": _how_to_reach(body, language) if body else "",
        "main": main.number if main else "",
    }


def _of_information(event: Event, language: str) -> dict[str, str]:
    """What only an information request has: its fee, the law's grounds for a refusal, and how to object to it."""
    facts, case = event.facts, event.case
    fee = FeeNotice.objects.filter(pk=facts["fee"]).first() if "fee" in facts else None
    answer = Answer.objects.filter(pk=facts["answer"]).first() if "answer" in facts else None
    return {
        "amount": money(fee.amount, language=language) if fee else "",
        "pages": str(fee.pages + fee.colour_pages) if fee else "",
        "grounds": "; ".join(grounds_told(case, answer.grounds, language)) if answer else "",
        "parts": str(_("Gizli kısımlar çıkarılarak verildi (4982 m. 9).")) if answer and answer.parts_removed else "",
        "remedy": remedy_told(case, answer.outcome, language) if answer else "",
    }


def _reason(event: Event, answer: Answer | None) -> str:
    """The reason where the law or the outcome wants one told; what a unit notes for itself stays inside."""
    if ground := event.facts.get("ground"):
        received = timezone.localtime(event.case.received_at).date()
        return ground_told(GroundKind.NOT_EXAMINED, ground, received) if event.verb == "not_examine" else ""
    return answer.reason if answer and answer.outcome in NEEDS_REASON else ""


def _how_to_reach(body: ExternalBody, language: str) -> str:
    """The other body with its telephone and page."""
    return ", ".join(filter(None, (in_language(body, "name", language), body.phone, body.website)))


def _parsed(text: str | None) -> date | None:
    if not text:
        return None
    return _local(datetime.fromisoformat(text)) if "T" in text else date.fromisoformat(text)


def _local(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


def _written(day: date | None, language: str) -> str:
    return long_date(day, language=language) if day else ""
