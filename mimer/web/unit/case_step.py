"""The next right step on a case: whose turn it is, why, and the one verb that does it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.cases.actions.ending import not_solved_until
from mimer.cases.models import Case
from mimer.cases.promises import promises_end_by
from mimer.cases.states import State
from mimer.municipality.kinds import Evidence
from mimer.municipality.named import known_language
from mimer.turkish import long_date, until

from .case_around import Link

if TYPE_CHECKING:
    from datetime import date, datetime

# Their forms are a field or two and stand open in the box; longer ones open from a button.
SHORT = frozenset({"accept", "approve", "plan", "route", "unit_replies"})


@dataclass(frozen=True)
class NextStep:
    """The box on top: its title and sentence, the verb (none: somebody else's turn) and what else is likely."""

    title: str
    why: str
    verb: str = ""
    others: tuple[str, ...] = ()

    @property
    def yours(self) -> bool:
        return bool(self.verb)

    @property
    def short(self) -> bool:
        return self.verb in SHORT


def next_step(case: Case, offered: Collection[str], main: Link | None = None, after_photo: bool = False) -> NextStep:
    """What the reader who is offered these verbs should do now, or who is awaited; `after_photo`: the work looks done."""
    if main is not None and case.is_open:
        return _supporter(offered, main)
    if "unit_replies" in offered:
        return NextStep(_("Şimdi sizde: görüşünüzü yazın"), _("Başka bir birim görüşünüzü bekliyor."), "unit_replies")
    step = _answer(case) if after_photo and case.state == State.IN_PROGRESS else STEPS[State(case.state)](case, offered)
    if step.verb and step.verb not in offered:
        step = NextStep(_waiting_title(case), step.why)
    step = _with_promise(case, offered, step)
    return NextStep(
        step.title, step.why, step.verb, tuple(verb for verb in step.others if verb in offered and verb != step.verb)
    )


def _with_promise(case: Case, offered: Collection[str], step: NextStep) -> NextStep:
    """A promise about to break, or broken, is said before all else, with the verb that tells a new date."""
    today, move = timezone.localdate(), "plan" if case.state == State.PLANNED else "postpone"
    if case.promised_on is None or move not in offered or case.promised_on > promises_end_by(today):
        return step
    if case.promised_on < today:
        said = _("Söz verilen gün geçti (%(day)s): başvurana yeni tarih söyleyin.")
    elif case.promised_on == today:
        said = _("Söz bugün doluyor: yetişmeyecekse yeni tarih söyleyin.")
    elif (case.promised_on - today).days == 1:
        said = _("Söz yarın doluyor: yetişmeyecekse yeni tarih söyleyin.")
    else:
        said = _("Söz %(day)s günü doluyor: yetişmeyecekse yeni tarih söyleyin.")
    return NextStep(
        step.title, f"{said % {'day': _written(case.promised_on)}} {step.why}", step.verb, (move, *step.others)
    )


def _supporter(offered: Collection[str], main: Link) -> NextStep:
    why = _("Ana kayıt sonuçlanınca bu başvuru da kendi yolundan cevaplanır.")
    others = ("unmerge",) if "unmerge" in offered else ()
    return NextStep(_("%(main)s ana kaydına bağlı") % {"main": main.number}, why, "", others)


def _waiting_title(case: Case) -> str:
    if case.state in (State.REGISTERED, State.RETURNED):
        return _("Sıra hakemde") if case.state == State.RETURNED and case.returns >= 2 else _("Sıra masada")
    if case.state == State.IN_APPROVAL:
        return _("Sıra birim müdüründe")
    who = case.officer.full_name if case.officer else case.unit.short if case.unit else ""
    return _("Sırası gelen: %(who)s") % {"who": who}


def _registered(case: Case, offered: Collection[str]) -> NextStep:
    why = _("Henüz kimseye havale edilmedi. Bilgiyi siz verebiliyorsanız hemen sonuçlandırın.")
    return NextStep(_("Şimdi sizde: bir birime havale edin"), why, "route", ("resolve", "refer"))


def _returned(case: Case, offered: Collection[str]) -> NextStep:
    if case.returns >= 2:
        why = _("İki kez iade edildi. Kararınız bundan sonraki benzer başvurular için kural olur.")
        return NextStep(_("Şimdi sizde: hangi birimin işi olduğuna karar verin"), why, "route", ("refer",))
    why = _("Birim iade etti; ne dediği aşağıda.")
    return NextStep(_("Şimdi sizde: doğru birime havale edin"), why, "route", ("refer", "reclassify", "ask_applicant"))


def _assigned(case: Case, offered: Collection[str]) -> NextStep:
    why = _("Aldığınızda başvuru sizin üzerinize geçer.")
    if case.reopenings or case.events.filter(verb="not_solved").exists():
        why = _("Başvuran sorunun sürdüğünü söyledi; yeniden bakılması gerekiyor.")
    return NextStep(_("Şimdi sizde: işleme alın"), why, "accept", ("plan", "return_to_desk", "refer"))


def _answer_verb(case: Case) -> str:
    return "propose_answer" if case.subject.needs_approval else "resolve"


def _in_progress(case: Case, offered: Collection[str]) -> NextStep:
    if case.subject.evidence == Evidence.PHOTO and case.planned_for is None:
        why = _("Gün verdiğinizde başvurana haber gider; bu bir sözdür.")
        return NextStep(_("Şimdi sizde: işi programa alın"), why, "plan", (_answer_verb(case), "ask_applicant"))
    return _answer(case)


def _answer(case: Case) -> NextStep:
    if case.subject.needs_approval:
        title, why = _("Şimdi sizde: cevabı yazıp onaya sunun"), _("Bu konuda cevabı birim müdürü onaylar.")
    else:
        title, why = _("Şimdi sizde: cevabı yazın"), _("Cevap başvurana bu sözlerle gider.")
    return NextStep(title, why, _answer_verb(case), ("ask_applicant", "ask_unit", "interim_answer"))


def _planned(case: Case, offered: Collection[str]) -> NextStep:
    day, today = case.planned_for, timezone.localdate()
    if day is not None and day > today:
        why = _("Başvurana bu gün söylendi. Daha önce yapıldıysa sonucu şimdi yazabilirsiniz.")
        return NextStep(_("%(day)s için programda") % {"day": _written(day)}, why, "", (_answer_verb(case), "plan"))
    return NextStep(
        _("Şimdi sizde: yapıldıysa sonucu yazın"),
        _("Söz verilen gün geldi."),
        _answer_verb(case),
        ("plan", "ask_applicant"),
    )


def _waiting_applicant(case: Case, offered: Collection[str]) -> NextStep:
    if case.awaits_fee:
        why = _("Başvuran ödediğini gösterince yasal süre işler; süresinde ödenmezse başvuru kendiliğinden kapanır.")
        return NextStep(_("Ücretin ödenmesi bekleniyor"), why, "", ("fee_paid",))
    why = _("Cevap gelince süre kaldığı yerden işler. Telefonla ya da şahsen geldiyse siz işleyin.")
    return NextStep(_("Başvurandan cevap bekleniyor"), why, "", ("applicant_replies",))


def _waiting_third_party(case: Case, offered: Collection[str]) -> NextStep:
    why = _("Cevap gelince işleyin; hizmet süresi işlemeye devam ediyor.")
    return NextStep(_("Kurum cevabı bekleniyor"), why, "", ("third_party_replies", "interim_answer"))


def _in_approval(case: Case, offered: Collection[str]) -> NextStep:
    why = _("Onayladığınızda cevap başvurana gider.") if "approve" in offered else _("Cevap onay bekliyor.")
    return NextStep(_("Şimdi sizde: cevabı okuyup onaylayın"), why, "approve", ("send_back",))


def _resolved(case: Case, offered: Collection[str]) -> NextStep:
    until_when = not_solved_until(case)
    why = _("Başvuran %(when)s “sorunum çözülmedi” diyebilir; sonra kendiliğinden kapanır.") % {
        "when": _until(until_when) if until_when else ""
    }
    return NextStep(_("Cevap verildi; söz başvuranda"), why, "", ("not_solved", "close", "rate"))


def _closed(case: Case, offered: Collection[str]) -> NextStep:
    why = _("Bu başvuruda yapılacak bir iş kalmadı.")
    return NextStep(_("Kapandı: %(outcome)s") % {"outcome": case.get_outcome_display()}, why, "", ("reopen", "rate"))


def _written(day: "date") -> str:
    return long_date(day, language=known_language())


def _until(at: "datetime") -> str:
    return until(timezone.localtime(at).date(), language=known_language())


STEPS = {
    State.REGISTERED: _registered, State.RETURNED: _returned, State.ASSIGNED: _assigned, State.IN_PROGRESS: _in_progress,
    State.PLANNED: _planned, State.WAITING_APPLICANT: _waiting_applicant, State.WAITING_THIRD_PARTY: _waiting_third_party,
    State.IN_APPROVAL: _in_approval, State.RESOLVED: _resolved, State.CLOSED: _closed,
}  # fmt: skip
