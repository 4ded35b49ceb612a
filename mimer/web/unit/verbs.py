"""Every verb as the case page offers it: its form, what its fields are handed to, its icon, and the sentence when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mimer.cases import actions
from mimer.cases.models import AttachmentKind, Case
from mimer.cases.rules import RULES, NotAllowed
from mimer.cases.states import State
from mimer.municipality.models import Staff
from mimer.municipality.roles import UNIT

from ..forms import answers, information, matters, papers, planning
from ..forms import verbs as forms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Do = Callable[[Case, Any, Staff], object]
_l = gettext_lazy


@dataclass(frozen=True)
class Verb:
    """One row: the form, what its fields are handed to, the icon, the sentence when it is done, and words for the button."""

    form: type[forms.VerbForm]
    do: Do
    icon: str
    done: "StrOrPromise"
    label: "StrOrPromise" = ""
    harmless: bool = False  # goes on even if the case moved meanwhile


def _resolve(verb: Callable[..., object]) -> Do:
    """The photo of the finished work first, so that it stays even if something else is still missing."""

    def do(case: Case, form: answers.AnswerForm, by: Staff) -> object:
        for photo in form.cleaned_data.get("photos", ()):
            actions.attach(case, photo, AttachmentKind.AFTER, by=by)
        return verb(case, form.draft(), by=by)

    return do


def _attach(case: Case, form: forms.AttachForm, by: Staff) -> None:
    for file in form.cleaned_data["photos"]:
        actions.attach(case, file, form.cleaned_data["kind"], by=by)


def _unit_replies(case: Case, form: forms.UnitReplyForm, by: Staff) -> object:
    own = [unit for role, unit in by.scope.roles if role in UNIT]
    request = case.unit_requests.filter(replied_at=None, unit__in=own).first()
    if request is None:
        raise NotAllowed(_("Bu isteğe cevap verilmiş."))
    return actions.unit_replies(request, form.cleaned_data["text"], by=by)


def _words(verb: Callable[..., object]) -> Do:
    return lambda case, form, by: verb(case, form.cleaned_data["text"], by=by)


def _plain(verb: Callable[..., object]) -> Do:
    return lambda case, form, by: verb(case, by=by)


def _fields(verb: Callable[..., object], *names: str) -> Do:
    return lambda case, form, by: verb(case, *[form.cleaned_data[name] for name in names], by=by)


def _plan(case: Case, form: planning.PlanForm, by: Staff) -> object:
    told = form.cleaned_data
    return actions.plan(case, told["day"], told.get("reason", ""), told["crew"], by=by)


def _correct_place(case: Case, form: matters.CorrectPlaceForm, by: Staff) -> object:
    return actions.correct_place(case, form.place(), by=by)


def _split(case: Case, form: matters.SplitForm, by: Staff) -> object:
    return actions.split(case, form.parts(), by=by)


def _rate(case: Case, form: forms.RateForm, by: Staff) -> object:
    told = form.cleaned_data
    solved = {"yes": True, "no": False}.get(told["really_solved"])
    return actions.rate(case, told["score"], told["words"], solved, by=by)


def _note(case: Case, form: forms.NoteForm, by: Staff) -> object:
    return actions.note(case, form.cleaned_data["text"], to_citizen=bool(form.cleaned_data["to_citizen"]), by=by)


def _fee(case: Case, form: information.FeeForm, by: Staff) -> object:
    told = form.cleaned_data
    return actions.fee_notice(case, told["words"], told["pages"], told["colour_pages"], told.get("amount"), by=by)


VERBS: dict[str, Verb] = {
    "route": Verb(forms.RouteForm, _fields(actions.route, "unit", "reason"), "arrow-right", _l("Havale ettiniz.")),
    "accept": Verb(forms.VerbForm, _plain(actions.accept), "check", _l("İşleme aldınız; başvuru sizde.")),
    "plan": Verb(planning.PlanForm, _plan, "calendar", _l("Programa aldınız; başvurana gün bildirilecek.")),
    "resolve": Verb(answers.AnswerForm, _resolve(actions.resolve), "reply", _l("Sonuçlandırdınız; cevap başvurana gidiyor.")),
    "propose_answer": Verb(answers.AnswerForm, _resolve(actions.propose_answer), "reply", _l("Cevabı onaya sundunuz.")),
    "approve": Verb(
        answers.ApproveForm, _fields(actions.approve, "text"), "check", _l("Onayladınız; cevap başvurana gidiyor.")),
    "send_back": Verb(forms.SendBackForm, _words(actions.send_back), "undo", _l("Düzeltmeye gönderdiniz.")),
    "unit_replies": Verb(forms.UnitReplyForm, _unit_replies, "reply", _l("Görüşünüz soran birime iletildi.")),
    "applicant_replies": Verb(forms.ReplyForm, _words(actions.applicant_replies), "chat", _l("Cevabı işlediniz.")),
    "applicant_writes": Verb(
        forms.ApplicantWritesForm, _words(actions.applicant_writes), "chat", _l("Başvuranın yazdığı eklendi."), harmless=True),
    "third_party_replies": Verb(
        forms.BodyReplyForm, _words(actions.third_party_replies), "building", _l("Kurum cevabını işlediniz.")),
    "note": Verb(forms.NoteForm, _note, "note", _l("Notunuz eklendi."), harmless=True),
    "attach": Verb(forms.AttachForm, _attach, "paperclip", _l("Dosya eklendi."), harmless=True),
    "ask_applicant": Verb(forms.AskForm, _words(actions.ask_applicant), "question", _l("Sorunuz başvurana gidiyor.")),
    "ask_unit": Verb(
        forms.AskUnitForm, _fields(actions.ask_unit, "unit", "text", "joint_work"), "unit", _l("Birime sordunuz.")),
    "await_third_party": Verb(
        forms.AwaitForm, _fields(actions.await_third_party, "body", "reference", "words"), "building",
        _l("Kurum cevabı bekleniyor.")),
    "interim_answer": Verb(forms.InterimForm, _words(actions.interim_answer), "clock", _l("Ara bilgi başvurana gidiyor.")),
    "assign": Verb(forms.AssignForm, _fields(actions.assign, "officer"), "person", _l("Görevli değişti.")),
    "return_to_desk": Verb(
        forms.ReturnForm, _fields(actions.return_to_desk, "ground", "words"), "arrow-left", _l("İade ettiniz.")),
    "refer": Verb(
        answers.ReferForm, _fields(actions.refer, "body", "text", "reference"), "refer",
        _l("Yönlendirdiniz; başvurana bildirilecek.")),
    "reclassify": Verb(
        matters.ReclassifyForm, _fields(actions.reclassify, "subject", "type", "priority", "reason"), "edit",
        _l("Değiştirdiniz.")),
    "correct_place": Verb(matters.CorrectPlaceForm, _correct_place, "pin", _l("Yeri düzelttiniz.")),
    "split": Verb(matters.SplitForm, _split, "split", _l("Başvuruyu böldünüz.")),
    "merge": Verb(matters.MergeForm, _fields(actions.merge, "main"), "merge", _l("Ana kayda bağladınız.")),
    "unmerge": Verb(forms.VerbForm, _plain(actions.unmerge), "split", _l("Ana kayıttan ayırdınız."), _l("Ana kayıttan ayır")),
    "extend": Verb(
        forms.ExtendForm, _fields(actions.extend, "reason"), "calendar", _l("Yasal süreyi uzattınız; başvurana bildiriliyor.")),
    "postpone": Verb(
        planning.PostponeForm, _fields(actions.postpone, "day", "reason"), "calendar",
        _l("Yeni tarihi başvurana bildiriyoruz.")),
    "change_regime": Verb(
        forms.RegimeForm, _fields(actions.change_regime, "regimes", "reason"), "book", _l("Mevzuatı değiştirdiniz.")),
    "not_solved": Verb(
        forms.NotSolvedForm, _words(actions.not_solved), "flag", _l("Bildirimi işlediniz; birim yeniden bakacak."),
        _l("“Çözülmedi” bildirimini işle")),
    "close": Verb(forms.VerbForm, _plain(actions.close), "check", _l("Kapattınız.")),
    "reopen": Verb(forms.ReopenForm, _words(actions.reopen), "undo", _l("Yeniden açtınız.")),
    "rate": Verb(forms.RateForm, _rate, "star", _l("Puanı işlediniz."), _l("Başvuranın puanını işle"), harmless=True),
    "fee_notice": Verb(
        information.FeeForm, _fee, "paper", _l("Ücreti bildiriyoruz; ödenene kadar yasal süre durdu.")),
    "fee_paid": Verb(
        information.FeePaidForm, _fields(actions.fee_paid, "paid_on"), "check", _l("Ödemeyi işlediniz; süre yeniden işliyor.")),
    "record_appeal": Verb(
        information.AppealForm, _fields(actions.record_appeal, "to", "filed_on", "reference"), "flag",
        _l("İtirazı kaydettiniz."), harmless=True),
    "answered_elsewhere": Verb(
        forms.VerbForm, _plain(actions.answered_elsewhere), "check",
        _l("Cevabın CİMER sistemine girildiğini işaretlediniz."), harmless=True),
    "not_examine": Verb(
        forms.NotExamineForm, _fields(actions.not_examine, "ground", "text"), "cross",
        _l("İncelenemeyeceği başvurana bildirilecek."),
        _l("İncelenemez (yasal gerekçeyle)")),
    "register_document": Verb(
        papers.RegisterForm, lambda case, form, by: actions.register_document(case, form.registration(), by=by), "book",
        _l("EBYS kaydını işlediniz."), harmless=True),
    "sign_answer": Verb(
        papers.SignForm, _fields(actions.sign_answer, "signed", "number", "day"), "paper",
        _l("İmzalı cevabı eklediniz; başvuran da görüyor."), harmless=True),
    "withdraw": Verb(
        forms.WithdrawForm, _words(actions.withdraw), "cross", _l("Vazgeçtiğini işlediniz."), _l("Vazgeçtiğini işle")),
    "invalidate": Verb(forms.InvalidateForm, _words(actions.invalidate), "cross", _l("Hatalı kayıt olarak kapattınız.")),
}  # fmt: skip


def form_of(verb: str, case: Case, staff: Staff, *data: Any, initial: dict[str, Any] | None = None) -> forms.VerbForm:
    """The form of this verb for this case; at the desk "resolve" is only for information given on the spot."""
    kind = VERBS[verb].form
    if verb == "resolve" and case.state == State.REGISTERED:
        kind = answers.SpotAnswerForm
    return kind(
        *data, case=case, staff=staff, initial=initial or {}, auto_id=f"{verb}_%s", use_required_attribute=False
    )


def label_of(verb: str, case: Case) -> "StrOrPromise":
    """The words on the button of this verb."""
    if verb == "resolve" and case.state == State.REGISTERED:
        return _l("Bilgi verip sonuçlandır")
    return VERBS[verb].label or RULES[verb].label


def done(form: forms.VerbForm, verb: str) -> bool:
    """Runs the verb; a refusal becomes an error of the form, beside the field it is about."""
    try:
        VERBS[verb].do(form.case, form, form.staff)
    except NotAllowed as refused:
        form.add_error(refused.about if refused.about in form.fields else None, str(refused))
        return False
    return True
