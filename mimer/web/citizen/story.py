"""What happened, told to the citizen: the public part of a case's events with the words said to her and by her."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mimer.cases.actors import Party
from mimer.cases.information import grounds_told
from mimer.cases.models import Answer, AnswerState, Attachment, Case, Event, FeeNotice, Note, NoteKind
from mimer.cases.models.words import SEEN_BY_CITIZEN
from mimer.cases.states import ENDED, Outcome
from mimer.municipality.models import ExternalBody, GroundKind, Unit
from mimer.municipality.statutes import ground_told

from ..templatetags.look import lira, long_date, until


@dataclass
class Entry:
    """One line of the story: what happened, when, in whose words, with which files."""

    title: str
    at: datetime
    icon: str = "arrow-right"
    kind: str = "plain"
    words: str = ""
    files: list[Attachment] = field(default_factory=list)


# Verbs whose happening a citizen is told, with the icon of the line; the others are the house's own affair.
TOLD = {
    "open_case": "inbox",
    "adopt": "inbox",
    "route": "unit",
    "reclassify": "edit",
    "correct_place": "pin",
    "return_to_desk": "search",
    "accept": "person",
    "plan": "calendar",
    "ask_applicant": "question",
    "applicant_replies": "reply",
    "applicant_writes": "chat",
    "await_third_party": "building",
    "third_party_replies": "building",
    "interim_answer": "info",
    "approve": "mail",
    "resolve": "mail",
    "refer": "external",
    "resolve_with_main": "mail",
    "not_solved": "warning",
    "close": "check",
    "reopen": "undo",
    "merge": "merge",
    "unmerge": "split",
    "split": "split",
    "extend": "clock",
    "fee_notice": "paper",
    "fee_paid": "check",
    "fee_unpaid": "info",
    "postpone": "calendar",
    "not_examine": "info",
    "withdraw": "undo",
    "invalidate": "info",
    "note": "note",
    "attach": "paperclip",
    "sign_answer": "paper",
    "rate": "star",
}
EVENT = ("case_id", "verb", "party", "facts", "at")
ANSWERING = frozenset({"approve", "resolve", "refer", "resolve_with_main"})
# Of the record that stands for several, only that and when something moved; never words, files or places.
TOLD_OF_MAIN = frozenset(
    {"route", "accept", "plan", "await_third_party", "third_party_replies", "approve", "resolve", "refer", "close"}
)
# What is said of a verb when its facts have nothing more to tell.
SENTENCES = {
    "open_case": gettext_lazy("Başvurunuzu aldık"),
    "adopt": gettext_lazy("Başvurunuz kayıtlarımıza geçti"),
    "route": gettext_lazy("Başvurunuz ilgili birime iletildi"),
    "reclassify": gettext_lazy("Başvurunuzun konusunu düzelttik"),
    "correct_place": gettext_lazy("Başvurunuzun yerini düzelttik"),
    "return_to_desk": gettext_lazy("Görevli birimi yeniden belirliyoruz"),
    "accept": gettext_lazy("Birim başvurunuz üzerinde çalışmaya başladı"),
    "ask_applicant": gettext_lazy("Size bir soru sorduk"),
    "applicant_replies": gettext_lazy("Cevabınızı aldık"),
    "applicant_writes": gettext_lazy("Yazdığınızı başvurunuza ekledik"),
    "await_third_party": gettext_lazy("Başka bir kurumun cevabını bekliyoruz"),
    "third_party_replies": gettext_lazy("Kurumun cevabı geldi"),
    "interim_answer": gettext_lazy("Ara bilgi verdik"),
    "refer": gettext_lazy("Başvurunuzu görevli kuruma ilettik"),
    "not_solved": gettext_lazy("Sorunun çözülmediğini bildirdiniz; yeniden ele alıyoruz"),
    "close": gettext_lazy("Başvuru kapandı"),
    "reopen": gettext_lazy("Başvuru yeniden açıldı"),
    "merge": gettext_lazy("Aynı sorun için başka başvurular da var; hepsini birlikte ele alıyoruz"),
    "unmerge": gettext_lazy("Başvurunuzu yeniden ayrı ele alıyoruz"),
    "split": gettext_lazy("Başvurunuzdaki konuları ayrı başvurular olarak kaydettik"),
    "fee_notice": gettext_lazy("İstediğiniz bilginin ücretini bildirdik; ödenene kadar cevap süresi durur"),
    "fee_paid": gettext_lazy("Ödemenizi aldık; bilgileri hazırlamayı sürdürüyoruz"),
    "fee_unpaid": gettext_lazy("Ücret süresinde ödenmediği için başvurunuzdan vazgeçmiş sayıldınız"),
    "not_examine": gettext_lazy("Başvurunuz işleme alınmadı"),
    "withdraw": gettext_lazy("Başvurunuzdan vazgeçtiniz"),
    "invalidate": gettext_lazy("Kayıt hatalı olduğu için kapatıldı"),
    "note": gettext_lazy("Size bir not yazdık"),
    "attach": gettext_lazy("Dosya ekledik"),
    "sign_answer": gettext_lazy("İmzalı cevabınız burada"),
    "rate": gettext_lazy("Bizi değerlendirdiniz"),
}
HERS = frozenset({"applicant_replies", "applicant_writes", "not_solved", "withdraw", "reopen"})


class Story:
    """The story of one case, newest first, in at most six queries whatever happened."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.events = [event for event in case.events.order_by("-seq").only(*EVENT) if event.verb in TOLD]
        self.notes = self._rows(Note.objects.filter(kind__in=[*SEEN_BY_CITIZEN, NoteKind.REASON]), "note")
        self.answers = self._answers()
        self.files = {row.pk: row for row in case.attachments.filter(public=True)} if self._ids("attachment") else {}
        self.fees = self._rows(FeeNotice.objects.all(), "fee")
        self.units = self._units()
        self.bodies = ExternalBody.objects.in_bulk(self._ids("body")) if self._ids("body") else {}

    def entries(self) -> list[Entry]:
        """The lines to show; files that came together stand in one line."""
        told: list[Entry] = []
        for event in self.events:
            if entry := self._entry(event):
                if (
                    entry.files
                    and told
                    and told[-1].files
                    and told[-1].title == entry.title
                    and _together(told[-1], entry)
                ):
                    told[-1].files[:0] = entry.files
                else:
                    told.append(entry)
        return told

    def question(self) -> str:
        """What she is asked at the moment, or was asked last."""
        asked = [event for event in self.events if event.verb == "ask_applicant"]
        return self._words(asked[0]) if asked else ""

    def answer(self) -> Answer | None:
        """The last answer given."""
        given = [row for row in self.answers.values() if row.state == AnswerState.GIVEN]
        return max(given, key=lambda row: (row.at, row.pk), default=None)

    def moved_date(self) -> tuple[date, str] | None:
        """The day told before the one that stands now, and why it moved; None if it never did."""
        told = next(
            (event for event in self.events if event.verb in ("postpone", "plan") and event.facts.get("day")), None
        )
        before = told.facts.get("from_day") if told else None
        if told is None or before in (None, told.facts["day"]) or told.facts["day"] != _iso(self.case.promised_on):
            return None
        note = self.notes.get(told.facts.get("note", 0))  # why a day moves was told to her with the new one
        return date.fromisoformat(before), note.text if note else ""

    def score(self) -> int | None:
        """How she rated it last."""
        return next((event.facts.get("score") for event in self.events if event.verb == "rate"), None)

    def _entry(self, event: Event) -> Entry | None:
        entry = Entry(title_of(event, self.units, self.bodies), event.at, TOLD[event.verb], words=self._words(event))
        entry.kind = self._kind(event)
        if event.verb == "note" and (event.facts.get("kind") != NoteKind.OUTSIDE or not entry.words):
            return None
        if event.verb in ("attach", "sign_answer"):
            file = self.files.get(event.facts.get("attachment"))
            if file is None:
                return None
            entry.files = [file]
        return entry

    def _kind(self, event: Event) -> str:
        if event.verb in ANSWERING or event.verb in ("ask_applicant", "interim_answer", "note", "fee_notice"):
            return "out"
        return "in" if event.verb in HERS else "plain"

    def _words(self, event: Event) -> str:
        if answer := self.answers.get(event.facts.get("answer", 0)):
            grounds = "; ".join(grounds_told(self.case, answer.grounds))
            return "\n\n".join(filter(None, [answer.text, answer.reason, grounds]))
        note = self.notes.get(event.facts.get("note", 0))
        if note is not None and (fee := self.fees.get(event.facts.get("fee", 0))):
            return f"{lira(fee.amount)}, {until(fee.pay_by)}\n\n{note.text}"
        if note is None or (note.kind == NoteKind.REASON and event.party != Party.CITIZEN):
            return ""
        return note.text

    def _ids(self, fact: str) -> set[int]:
        return {event.facts[fact] for event in self.events if event.facts.get(fact)}

    def _rows(self, rows: Any, fact: str) -> dict[int, Any]:
        ids = self._ids(fact)
        return {row.pk: row for row in rows.filter(case=self.case, pk__in=ids)} if ids else {}

    def _units(self) -> dict[int, Unit]:
        """The units it went to; mostly it went to one, and that one is already here."""
        ids, here = self._ids("unit"), self.case.unit
        if here and ids <= {here.pk}:
            return {here.pk: here}
        return Unit.objects.in_bulk(ids) if ids else {}

    def _answers(self) -> dict[int, Answer]:
        if self.case.state not in ENDED and not self._ids("answer"):
            return {}
        return {row.pk: row for row in self.case.final_answers.filter(state=AnswerState.GIVEN)}


def main_entries(main: Case) -> list[Entry]:
    """How the record that a supporter rests with got on: what moved and when, nothing else."""
    events = [event for event in main.events.order_by("-seq").only(*EVENT) if event.verb in TOLD_OF_MAIN]
    ids = {event.facts["unit"] for event in events if event.facts.get("unit")}
    units = Unit.objects.in_bulk(ids) if ids else {}
    return [Entry(title_of(event, units, {}), event.at, TOLD[event.verb]) for event in events]


def title_of(event: Event, units: dict[int, Unit], bodies: dict[int, ExternalBody]) -> str:
    """One event in a sentence for the citizen."""
    facts = event.facts
    unit, body = units.get(facts.get("unit", 0)), bodies.get(facts.get("body", 0))
    match event.verb:
        case "route" if unit:
            return _("Başvurunuz şu birime iletildi: %(unit)s") % {"unit": unit.name}
        case "plan":
            return _("İş, %(day)s günü için programa alındı") % {"day": _day(facts.get("day"))}
        case "await_third_party" if body:
            return _("Şu kurumun cevabını bekliyoruz: %(body)s") % {"body": body.name}
        case "refer" if body:
            return _("Başvurunuzu görevli kuruma ilettik: %(body)s") % {"body": body.name}
        case "applicant_replies" if facts.get("silence"):
            return _("Süre içinde cevap gelmedi; elimizdeki bilgiyle sürdürüyoruz")
        case "approve" | "resolve" | "resolve_with_main":
            outcome = facts.get("main_outcome") or facts.get("outcome")
            label = Outcome(outcome).label if outcome in Outcome.values else ""
            return _("Başvurunuz yanıtlandı: %(outcome)s") % {"outcome": label} if label else _("Başvurunuz yanıtlandı")
        case "not_examine" if facts.get("ground"):
            ground = ground_told(GroundKind.NOT_EXAMINED, facts["ground"], timezone.localtime(event.at).date())
            return _("Başvurunuz işleme alınmadı: %(ground)s") % {"ground": ground}
        case "extend":
            return _("Cevap süresi %(day)s gününe uzatıldı") % {"day": _day(facts.get("until"))}
        case "postpone":
            return _("Yeni tarih: %(day)s") % {"day": _day(facts.get("day"))}
        case "rate" if facts.get("score"):
            return _("Bizi değerlendirdiniz: 5 üzerinden %(score)s") % {"score": facts["score"]}
        case "attach" if event.party == Party.CITIZEN:
            return _("Dosya eklediniz")
    return str(SENTENCES[event.verb])


def _together(later: Entry, earlier: Entry) -> bool:
    return later.at - earlier.at < timedelta(minutes=10)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(iso: str | None) -> str:
    return long_date(date.fromisoformat(iso)) if iso else ""
