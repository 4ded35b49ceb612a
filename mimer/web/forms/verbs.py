"""Forms of the verbs on the case page: their shape and their sentences. What is allowed, the verbs themselves say."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mimer.cases.actions.ending import not_examined_grounds
from mimer.cases.actions.words import ATTACHED, may_write_to_citizen
from mimer.cases.models import AttachmentKind, Case
from mimer.cases.states import LegalRegime, ReturnGround
from mimer.municipality.models import ExternalBody, Staff, Unit
from mimer.municipality.models.units import UnitKind
from mimer.municipality.named import in_language
from mimer.municipality.roles import DESK, UNIT
from mimer.municipality.routing import pick_unit
from mimer.municipality.statutes import period_on

from .citizen import PhotosField, TextField, WordsField
from .present import PresentField, mark_away


def searchable() -> forms.Select:
    """A select above which scripts put a field to narrow it by typing."""
    return forms.Select(attrs={"data-narrow": ""})


def unit_field() -> forms.ModelChoiceField:
    """One of the units that work on cases."""
    return forms.ModelChoiceField(
        Unit.objects.filter(active=True, kind=UnitKind.UNIT), label=_("Birim"), widget=searchable(),
        empty_label=_("Birim seçin"), error_messages={"required": _("Birimi seçin")},
    )  # fmt: skip


def body_field() -> forms.ModelChoiceField:
    """One of the bodies outside."""
    return forms.ModelChoiceField(
        ExternalBody.objects.filter(active=True), label=_("Kurum"), widget=searchable(),
        empty_label=_("Kurum seçin"), error_messages={"required": _("Kurumu seçin")},
    )  # fmt: skip


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class VerbForm(forms.Form):
    """What every form of a verb knows: the case it is about, and who fills it in. Without fields it is a mere button."""

    def __init__(self, *args: Any, case: Case, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.staff = case, staff
        self.prepare()

    def prepare(self) -> None:
        """Fills choices and first values from the case."""

    def choose_from(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class OneTextForm(VerbForm):
    """A verb that carries words and nothing else; each says in `label`, `missing` and `help` what they are."""

    label: Any = _("Açıklama")
    missing: Any = _("Birkaç sözcükle yazın")
    help: Any = ""
    text = WordsField(missing="", rows=3)

    def prepare(self) -> None:
        field = self.fields["text"]
        field.label, field.help_text = self.label, self.help
        field.error_messages["required"] = self.missing


class RouteForm(VerbForm):
    """Havale: to which unit, and why."""

    unit = unit_field()
    reason = WordsField(missing=_("Neden bu birime havale ettiğinizi yazın"), label=_("Neden bu birim?"), rows=2)

    def prepare(self) -> None:
        if not self.case.returns:
            choice = pick_unit(self.case.subject, self.case.type, self.case.neighbourhood, self.case.answers)
            self.initial.setdefault("unit", choice.unit)


class AssignForm(VerbForm):
    """Görevli: somebody of the unit, or nobody."""

    officer = PresentField(
        Staff.objects.none(), label=_("Görevli"), required=False, empty_label=_("Kimse; birimde dursun")
    )

    def prepare(self) -> None:
        self.choose_from("officer", colleagues(self.case))
        mark_away(self.fields["officer"])
        self.initial.setdefault("officer", self.case.officer_id)


class ReturnForm(VerbForm):
    """İade: the ground, and what the desk has to know."""

    ground = forms.ChoiceField(
        choices=ReturnGround.choices, widget=forms.RadioSelect, label=_("Neden iade ediyorsunuz?"),
        error_messages={"required": _("İade gerekçesini seçin")},
    )  # fmt: skip
    words = WordsField(
        missing=_("Hangi birimin ilgilenmesi gerektiğini ya da neyin eksik olduğunu yazın"),
        label=_("Hangi birim ilgilenmeli ya da ne eksik?"), rows=2,
    )  # fmt: skip


class AskForm(OneTextForm):
    """Başvurana soru."""

    label, missing = _("Başvurana ne soruyorsunuz?"), _("Başvurana ne sorduğunuzu yazın")
    help = _("Başvurana bu sözlerle gider; cevap gelene kadar hizmet süresi durur.")


class ReplyForm(OneTextForm):
    """Başvuranın cevabı, başka kapıdan gelmişse."""

    label, missing = _("Başvuran ne dedi?"), _("Cevabı yazın")


class ApplicantWritesForm(OneTextForm):
    """Başvuranın sonradan söyledikleri, hangi kapıdan gelirse gelsin."""

    label, missing = _("Başvuran ne dedi?"), _("Başvuranın ne dediğini yazın")


class AskUnitForm(VerbForm):
    """Birim görüşü."""

    unit = unit_field()
    text = WordsField(missing=_("Birime ne sorduğunuzu yazın"), label=_("Ne soruyorsunuz?"), rows=3)
    joint_work = forms.BooleanField(required=False, label=_("Görüş değil, birlikte iş istiyoruz"))

    def prepare(self) -> None:
        units = Unit.objects.filter(active=True, kind=UnitKind.UNIT).exclude(pk=self.case.unit_id or 0)
        self.choose_from("unit", units)


class UnitReplyForm(OneTextForm):
    """Sorulan birimin görüşü."""

    label, missing = _("Görüşünüz"), _("Görüşünüzü yazın")


class AwaitForm(VerbForm):
    """Kurum görüşü: whose, under what number."""

    body = body_field()
    reference = TextField(what=_("Yazı numarası"), most=80, required=False, label=_("Yazımızın tarihi ve numarası"))
    words = WordsField(missing="", label=_("Ne sorduk?"), rows=2, required=False)


class BodyReplyForm(OneTextForm):
    """Kurumun cevabı."""

    label, missing = _("Kurum ne dedi?"), _("Kurumun ne dediğini yazın")


class InterimForm(OneTextForm):
    """Ara bilgi (3071 m. 7)."""

    label, missing = _("Başvurana ne söylüyorsunuz?"), _("Başvurana ne söylediğinizi yazın")
    help = _("İşin hangi aşamada olduğunu bildirir; asıl cevap yine borçtur.")


class SendBackForm(OneTextForm):
    """Düzeltme isteği."""

    label, missing = _("Ne düzeltilsin?"), _("Neyin düzeltilmesi gerektiğini yazın")


class NotSolvedForm(OneTextForm):
    """Sorun çözülmedi, başka kapıdan söylenmişse."""

    label, missing = _("Başvuran ne dedi?"), _("Neyin çözülmediğini birkaç sözcükle yazın")


class ReopenForm(OneTextForm):
    """Yeniden açma."""

    label, missing = _("Neden yeniden açılıyor?"), _("Neden yeniden açılması gerektiğini yazın")


class WithdrawForm(OneTextForm):
    """Vazgeçme."""

    label, missing = _("Başvuran ne dedi?"), _("Vazgeçme isteğini birkaç sözcükle yazın")


class InvalidateForm(OneTextForm):
    """Hatalı kayıt."""

    label, missing = _("Neden hatalı kayıt?"), _("Neden hatalı kayıt olduğunu yazın")


class NotExamineForm(VerbForm):
    """İncelememe: the law's ground, and the words to the citizen."""

    ground = forms.ChoiceField(
        widget=forms.RadioSelect, label=_("Gerekçe"),
        error_messages={"required": _("İncelememe gerekçesini seçin")},
    )  # fmt: skip
    text = WordsField(missing=_("Başvurana ne söylediğinizi yazın"), label=_("Başvurana ne söylüyorsunuz?"), rows=3)

    def prepare(self) -> None:
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.code, row.with_article) for row in not_examined_grounds(self.case)]


class ExtendForm(VerbForm):
    """Süre uzatımı: as long as the statute itself allows; only the reason is ours to give."""

    reason = WordsField(missing=_("Süreyi neden uzattığınızı yazın"), label=_("Neden?"), rows=2)

    def prepare(self) -> None:
        clock = self.case.legal_clocks.filter(regime=self.case.regime, met_on=None, ended_on=None).first()
        row = period_on(clock.regime, clock.started_on) if clock else None
        if row and row.extended_period:
            self.fields["reason"].help_text = in_language(row, "extension")


class RegimeForm(VerbForm):
    """Tabi olduğu mevzuat: several may apply at once, the earliest leads."""

    regimes = forms.MultipleChoiceField(
        label=_("Hangi mevzuat geçerli?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Birden çok olabilir; en erken biten öne geçer. Hiçbiri seçilmezse yalnızca hizmet hedefi kalır."),
    )  # fmt: skip
    reason = WordsField(missing=_("Neden değiştirdiğinizi yazın"), label=_("Neden?"), rows=2)

    def prepare(self) -> None:
        field = self.fields["regimes"]
        assert isinstance(field, forms.MultipleChoiceField)
        own = (LegalRegime.SERVICE, LegalRegime.ADMIN_WAIT_2577)
        running = list(self.case.legal_clocks.filter(ended_on=None).values_list("regime", flat=True))
        field.choices = [choice for choice in LegalRegime.choices if choice[0] not in own or choice[0] in running]
        self.initial.setdefault("regimes", running)


class NoteForm(OneTextForm):
    """Not: inside, or for the citizen."""

    label, missing = _("Not"), _("Notu yazın")
    to_citizen = forms.ChoiceField(
        choices=[("", _("İç not: yalnızca çalışanlar görür")), ("1", _("Başvurana da gitsin"))], required=False,
        widget=forms.RadioSelect, label=_("Kim görsün?"),
    )  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        if not may_write_to_citizen(self.case, self.staff):
            self.fields["to_citizen"].widget = forms.HiddenInput()


class AttachForm(VerbForm):
    """Dosya: what it shows, and the files."""

    photos = PhotosField(label=_("Dosya"), help_text=_("JPG, PNG, WebP ya da PDF; en çok 6 dosya."))
    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in AttachmentKind if kind in ATTACHED],
        widget=forms.RadioSelect, label=_("Ne dosyası?"), initial=AttachmentKind.DOCUMENT,
        error_messages={"required": _("Dosyanın ne olduğunu seçin")},
    )  # fmt: skip

    def clean_photos(self) -> Any:
        if not self.cleaned_data["photos"]:
            raise forms.ValidationError(gettext("Eklenecek dosyayı seçin"))
        return self.cleaned_data["photos"]


class RateForm(VerbForm):
    """Değerlendirme, telefonda söylenmişse."""

    score = forms.TypedChoiceField(
        choices=[(5, _("5, çok iyi")), (4, "4"), (3, "3"), (2, "2"), (1, _("1, çok kötü"))], coerce=int,
        widget=forms.RadioSelect, label=_("Puan"), error_messages={"required": _("1 ile 5 arasında bir puan seçin")},
    )  # fmt: skip
    really_solved = forms.ChoiceField(
        choices=[("yes", _("Evet")), ("no", _("Hayır")), ("", _("Sorulmadı"))], required=False,
        widget=forms.RadioSelect, label=_("Sorun gerçekten çözüldü mü?"),
    )  # fmt: skip
    words = WordsField(missing="", label=_("Başvuranın sözü"), rows=2, required=False)


def colleagues(case: Case) -> Any:
    """Who may have the case: the people of its unit, and at the desk's own cases the desk."""
    people = Staff.objects.filter(is_active=True, roles__unit=case.unit_id, roles__role__in=UNIT)
    if case.unit and case.unit.is_desk:
        people |= Staff.objects.filter(is_active=True, roles__role__in=DESK)
    return people.distinct()
