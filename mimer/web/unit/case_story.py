"""The story of a case in the words of those who work on it: events, the words and files they point to, and the messages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mimer.cases.actions.papers import Flow
from mimer.cases.actors import Party
from mimer.cases.information import grounds_told
from mimer.cases.ladder import SAID
from mimer.cases.models import (
    Answer,
    Appeal,
    Attachment,
    AttachmentKind,
    Case,
    Event,
    FeeNotice,
    Note,
    NoteKind,
    UnitRequest,
)
from mimer.cases.states import LegalRegime, Outcome, ReturnGround
from mimer.municipality.kinds import Channel, Way
from mimer.municipality.models import Crew, ExternalBody, GroundKind, RoutingRule, Staff, Subject, Unit
from mimer.municipality.named import known_language
from mimer.municipality.statutes import ground_told
from mimer.notify.models import Message, MessageState
from mimer.notify.shown import without_name
from mimer.turkish import long_date, money

from .case_around import seen_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_l = gettext_lazy
# verb: icon, kind (whose words: in from the citizen, out to her, note inside), and the sentence.
SENTENCES: dict[str, tuple[str, str, "StrOrPromise"]] = {
    "open_case": ("chat", "in", _l("Başvuru geldi: %(channel)s")),
    "adopt": ("archive", "plain", _l("Eski kayıttan aktarıldı")),
    "route": ("arrow-right", "plain", _l("%(unit)s birimine havale edildi")),
    "reclassify": ("edit", "plain", _l("Konu: %(subject)s")),
    "correct_place": ("pin", "plain", _l("Yer düzeltildi")),
    "split": ("split", "plain", _l("Başvuru bölündü")),
    "assign": ("person", "plain", _l("Görevli: %(officer)s")),
    "return_to_desk": ("arrow-left", "plain", _l("%(unit)s iade etti: %(ground)s")),
    "accept": ("check", "plain", _l("İşleme alındı")),
    "plan": ("calendar", "plain", _l("%(day)s için programa alındı")),
    "ask_applicant": ("question", "out", _l("Başvurana soruldu")),
    "applicant_replies": ("chat", "in", _l("Başvuran cevap verdi")),
    "applicant_writes": ("chat", "in", _l("Başvuran yazdı")),
    "ask_unit": ("unit", "plain", _l("%(unit)s biriminden görüş istendi")),
    "unit_replies": ("reply", "plain", _l("%(unit)s görüş verdi")),
    "await_third_party": ("building", "plain", _l("%(body)s cevabı bekleniyor")),
    "third_party_replies": ("building", "plain", _l("Kurum cevap verdi")),
    "interim_answer": ("clock", "out", _l("Ara bilgi verildi")),
    "propose_answer": ("reply", "plain", _l("Cevap onaya sunuldu: %(outcome)s")),
    "approve": ("check", "out", _l("Cevap onaylandı: %(outcome)s")),
    "send_back": ("undo", "plain", _l("Cevap düzeltmeye gönderildi")),
    "resolve": ("check", "out", _l("Sonuçlandı: %(outcome)s")),
    "refer": ("refer", "out", _l("%(body)s kurumuna yönlendirildi")),
    "resolve_with_main": ("merge", "out", _l("Ana kayıtla birlikte sonuçlandı")),
    "not_solved": ("flag", "in", _l("Başvuran “sorunum çözülmedi” dedi")),
    "rate": ("star", "in", _l("Başvuran puan verdi: %(score)s / 5")),
    "close": ("status-closed", "plain", _l("Kapandı")),
    "reopen": ("undo", "plain", _l("Yeniden açıldı")),
    "merge": ("merge", "plain", _l("%(main)s ana kaydına bağlandı")),
    "unmerge": ("split", "plain", _l("%(main)s ana kaydından ayrıldı")),
    "extend": ("calendar", "out", _l("Yasal süre uzatıldı: %(until)s")),
    "postpone": ("calendar", "out", _l("Başvurana yeni tarih söylendi: %(day)s")),
    "change_regime": ("book", "plain", _l("Tabi olduğu mevzuat değişti: %(regimes)s")),
    "warn": ("bell", "plain", _l("Süre hatırlatması: %(steps)s")),
    "fee_notice": ("paper", "out", _l("Ücret bildirildi: %(amount)s, son ödeme günü %(pay_by)s")),
    "fee_paid": ("check", "in", _l("Ücret ödendi: %(amount)s")),
    "fee_unpaid": ("cross", "out", _l("Ücret ödenmedi; vazgeçmiş sayıldı (4982 m. 11)")),
    "record_appeal": ("flag", "in", _l("İtiraz edildi: %(appeal_to)s, %(day)s")),
    "answered_elsewhere": ("check", "plain", _l("Cevap CİMER'e girildi")),
    "not_examine": ("cross", "out", _l("İncelenemeyeceği bildirildi: %(ground)s")),
    "withdraw": ("cross", "in", _l("Başvuran vazgeçti")),
    "invalidate": ("cross", "plain", _l("Hatalı kayıt sayıldı")),
    "note": ("note", "note", _l("İç not")),
    "attach": ("paperclip", "plain", _l("Dosya eklendi: %(kind)s")),
    "register_document": ("book", "plain", _l("EBYS giden evrak numarası: %(number)s (%(day)s)")),
    "sign_answer": ("paper", "out", _l("İmzalı cevap geldi: %(number)s (%(day)s)")),
    "hand_over": ("external", "plain", _l("Cevap taslağı EBYS’ye aktarıldı")),
}
WAY_ICONS = {Way.EMAIL: "mail", Way.SMS: "chat", Way.PHONE: "phone", Way.LETTER: "printer"}
# Where an id in the facts leads to.
ROWS: dict[str, type[Any]] = {
    "unit": Unit, "from_unit": Unit, "officer": Staff, "crew": Crew, "body": ExternalBody, "subject": Subject,
    "from_subject": Subject, "main": Case, "rule": RoutingRule, "note": Note, "answer": Answer, "attachment": Attachment,
    "request": UnitRequest, "fee": FeeNotice, "appeal": Appeal,
}  # fmt: skip


@dataclass
class Entry:
    """One line of the story."""

    at: datetime
    icon: str
    kind: str
    title: str
    who: str = ""
    text: str = ""
    message: Message | None = None
    main: str = ""  # the number of the case it was tied to, if this reader may see it
    verb: str = ""
    moved: bool = False  # the state changed with it
    body: str = ""  # of the message, as staff may read it


@dataclass
class Story:
    """Everything the events speak of, read once: rows by table and id."""

    case: Case
    events: list[Event]
    rows: dict[type[Any], dict[int, Any]] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)  # the other cases this reader may see

    @classmethod
    def of(cls, case: Case, staff: Staff) -> "Story":
        """Reads the events and, in one query a table, what they point to; an unused table costs nothing."""
        story = cls(case, list(case.events.select_related("staff").order_by("seq")))
        wanted: dict[type[Any], set[int]] = {}
        for event in story.events:
            for name, value in event.facts.items():
                if name in ROWS and isinstance(value, int):
                    wanted.setdefault(ROWS[name], set()).add(value)
        for known in (case.unit, case.subject, case.officer):
            if known is not None and wanted.get(type(known)) == {known.pk}:
                story.rows[type(known)] = {known.pk: known}
                del wanted[type(known)]
        for table, ids in wanted.items():
            found = table.objects.in_bulk(ids)
            story.rows[table] = {pk: found[pk] for pk in sorted(found)}
        story.seen = seen_of(story.rows.get(Case, {}), staff)
        return story

    def of_kind(self, table: type[Any]) -> list[Any]:
        """Every row of this table that the story speaks of, oldest first."""
        return list(self.rows.get(table, {}).values())

    def has(self, verb: str) -> bool:
        return any(event.verb == verb for event in self.events)

    def row(self, event: Event, name: str) -> Any:
        """The row that this fact of the event points to, or None."""
        return self.rows.get(ROWS[name], {}).get(event.facts.get(name) or 0)

    def main(self, event: Event) -> str:
        """The number of the main case, if this reader may open it."""
        case = self.row(event, "main")
        return case.number if case and case.pk in self.seen else ""

    def words(self, event: Event) -> str:
        """What was said with this event."""
        if (request := self.row(event, "request")) is not None:
            return str(request.question if event.verb == "ask_unit" else request.reply)
        if (answer := self.row(event, "answer")) is not None and event.verb != "send_back":
            grounds = "; ".join(grounds_told(self.case, answer.grounds))
            said = [
                answer.text, answer.reason and _("Gerekçe: %s") % answer.reason, grounds and _("Yasal gerekçe: %s") % grounds,
                _("Gizli kısımlar çıkarılarak verildi (4982 m. 9).") if answer.parts_removed else "",
            ]  # fmt: skip
            return "\n\n".join(filter(None, said))
        if (appeal := self.row(event, "appeal")) is not None:
            return str(appeal.reference)
        note = self.row(event, "note")
        return note.text if note else ""


def tell(case: Case, story: Story, messages: Iterable[Message]) -> list[Entry]:
    """The entries in the order in which things happened; the citizen's own words stand above them on the page."""
    entries = [_entry(event, story, case) for event in story.events] + [_sent(message) for message in messages]
    return sorted(entries, key=lambda entry: entry.at)


def _entry(event: Event, story: Story, case: Case) -> Entry:
    icon, kind, sentence = SENTENCES.get(event.verb, ("info", "plain", event.verb))
    title = _variant(event, story) or str(sentence) % _names(event, story)
    if event.verb == "note" and event.facts.get("kind") == NoteKind.OUTSIDE:
        kind = "out"
    if event.verb == "open_case":
        who = _who(event) if event.staff else case.applicant_name
        return Entry(case.received_at, icon, kind, title, who, verb=event.verb)
    words = story.words(event) or _why(event, story)
    moved = event.from_state != event.to_state
    return Entry(event.at, icon, kind, title, _who(event), words, None, story.main(event), event.verb, moved)


# Words with which a case came to whoever is next: she should not have to look for them.
HANDED_ON = frozenset(
    {"return_to_desk", "not_solved", "reopen", "send_back", "applicant_replies", "third_party_replies"}
)


def handed_on(entries: list[Entry], asked: bool) -> Entry | None:
    """The entry whose words belong to the next step: the question another unit asks, or what led to the present state."""
    if asked:
        return next((entry for entry in reversed(entries) if entry.verb == "ask_unit"), None)
    last = next((entry for entry in reversed(entries) if entry.moved), None)
    return last if last and last.verb in HANDED_ON and last.text else None


def _who(event: Event) -> str:
    if event.staff:
        return event.staff.full_name
    return {Party.CITIZEN: _("Başvuran"), Party.IMPORT: _("Aktarım")}.get(Party(event.party), _("Kendiliğinden"))


def _variant(event: Event, story: Story) -> str:
    """The sentence where the facts say more than the verb alone."""
    facts = event.facts
    if event.verb == "note" and facts.get("kind") == NoteKind.OUTSIDE:
        return _("Başvurana not")
    if event.verb == "applicant_replies" and facts.get("silence"):
        return _("Cevap gelmedi; bekleme süresi doldu")
    if event.verb == "register_document" and facts.get("flow") == Flow.INCOMING:
        return _("EBYS gelen evrak numarası: %(number)s (%(day)s)") % {
            "number": facts["number"],
            "day": _day(facts["day"]),
        }
    if event.verb == "assign" and not facts.get("officer"):
        return _("Görevlisi kaldırıldı")
    if event.verb == "reclassify" and facts.get("subject") == facts.get("from_subject"):
        return _("Tür ya da öncelik değişti")
    if event.verb == "plan" and facts.get("from_day") not in (None, facts["day"]):
        return _("Gün değişti: %(old)s yerine %(new)s") % {"old": _day(facts["from_day"]), "new": _day(facts["day"])}
    return ""


def _names(event: Event, story: Story) -> dict[str, str]:
    """Everything a sentence may name."""
    facts = event.facts
    named: dict[str, Any] = {
        name: _name(story.row(event, name)) for name in ("unit", "officer", "body", "subject", "main")
    }
    named |= {name: _day(facts[name]) for name in ("day", "until") if facts.get(name)}
    if (fee := story.row(event, "fee")) is not None:
        named |= {"amount": money(fee.amount, language=known_language()), "pay_by": _day(fee.pay_by.isoformat())}
    if (appeal := story.row(event, "appeal")) is not None:
        named["appeal_to"] = appeal.get_to_display()
    named |= {
        "channel": dict(Channel.choices).get(facts.get("channel"), ""),
        "outcome": dict(Outcome.choices).get(facts.get("outcome"), ""),
        "ground": _ground(event),
        "number": facts.get("number", ""),
        "kind": dict(AttachmentKind.choices).get(facts.get("kind"), ""),
        "score": facts.get("score", ""),
        "regimes": ", ".join(str(LegalRegime(code).label) for code in facts.get("regimes") or [LegalRegime.SERVICE]),
        "steps": ", ".join(str(SAID[clock, percent]) for clock, percent in facts.get("steps", ())),
    }
    return named


def _ground(event: Event) -> str:
    """Why a case went back, or by what law it was not examined."""
    code = event.facts.get("ground", "")
    if event.verb == "not_examine":
        return ground_told(GroundKind.NOT_EXAMINED, code, timezone.localtime(event.at).date())
    return str(dict(ReturnGround.choices).get(code, ""))


def _name(row: Any) -> str:
    if isinstance(row, Unit):
        return row.short
    return str(row) if row is not None else ""


def _why(event: Event, story: Story) -> str:
    """Why a rule chose a unit, which crew goes, what a subject was before: said where nobody's words stand."""
    if event.verb == "route":
        if (rule := story.row(event, "rule")) is not None:
            return str(rule.reason)
        return _("Konuya göre kendiliğinden.") if event.facts.get("reason") == "subject" else ""
    if event.verb == "plan" and (crew := story.row(event, "crew")) is not None:
        return str(crew)
    return ""


def _sent(message: Message) -> Entry:
    names = {"way": message.get_way_display()}
    titles = {
        MessageState.SENT: _("Başvurana bildirildi (%(way)s)"),
        MessageState.WAITING: _("Bildirim sırada (%(way)s)"),
        MessageState.FAILED: _("Bildirim gitmedi (%(way)s)"),
        MessageState.DROPPED: _("Bildirim gönderilmedi (%(way)s)"),
    }
    kind = "yours" if message.state == MessageState.FAILED else "plain"
    icon = WAY_ICONS.get(Way(message.way), "mail")
    at = message.sent_at or message.made_at
    told = f": {message.subject}" if message.subject else ""
    title = titles[MessageState(message.state)] % names + told
    return Entry(at, icon, kind, title, text=message.reason, message=message, body=without_name(message))


def _day(iso: str) -> str:
    return long_date(date.fromisoformat(iso), language=known_language())
