"""The tables an administrator keeps: each with its address, words, form and the columns of its list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mimer.cases.accounts import in_words
from mimer.knowledge.models import CannedAnswer
from mimer.municipality.hours import span_in_words
from mimer.municipality.models import (
    Category,
    Crew,
    ExternalBody,
    FeeTariff,
    Holiday,
    LegalGround,
    LegalPeriod,
    Neighbourhood,
    OpeningHours,
    RoutingRule,
    Staff,
    Subject,
    Unit,
)
from mimer.turkish import money

from ..forms import administrator as form
from ..templatetags.look import long_date, moment, short_date, written_number

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


OUT_OF_USE = _("kullanım dışı")


@dataclass(frozen=True)
class Table:
    """One table: `columns` are (words, how a row says it); `part` is an inline formset and its words."""

    code: str
    label: "StrOrPromise"
    one: "StrOrPromise"
    icon: str
    model: type[models.Model]
    form: type[form.PlainForm]
    columns: "list[tuple[StrOrPromise, Callable[[Any], Any]]]"
    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()
    part: "tuple[Any, StrOrPromise] | None" = None
    about: "StrOrPromise" = ""
    may_delete: bool = False
    # The column that says whether the row is in use, and the words for a row that is not.
    in_use: str = "active"
    closed: "StrOrPromise" = OUT_OF_USE
    by_name: bool = False
    # Shown while nothing is searched for; the rest is found by typing.
    at_first: "Callable[[models.QuerySet], models.QuerySet] | None" = None

    def rows(self) -> models.QuerySet:
        return self.model._default_manager.select_related(*self.related).prefetch_related(*self.prefetched)

    @property
    def part_template(self) -> str:
        """Short rows stand in a line, long ones are folded."""
        return "administrator/_part_folded.html" if self.model is Subject else "administrator/_part_line.html"

    @property
    def may_close(self) -> bool:
        return bool(self.in_use)

    def is_closed(self, row: Any) -> bool:
        return bool(self.in_use) and not getattr(row, self.in_use)


def _roles(staff: Staff) -> str:
    return "; ".join(
        f"{role.get_role_display()} ({role.unit.short})" if role.unit else str(role.get_role_display())
        for role in staff.roles.all()
    )


def _period(row: LegalPeriod) -> str:
    if row.period is None:
        return str(_("konunun hedef süresi"))
    first = in_words(row.period, row.unit)
    return f"{first} → {in_words(row.extended_period, row.unit)}" if row.extended_period else first


def _in_force(row: LegalPeriod | LegalGround | FeeTariff) -> str:
    start, end = short_date(row.valid_from), short_date(row.valid_to)
    if start and end:
        return f"{start} – {end}"
    if end:
        return _("%(day)s gününe kadar") % {"day": end}
    return _("%(day)s gününden beri") % {"day": start} if start else str(_("sürekli"))


def _this_year_on(rows: models.QuerySet) -> models.QuerySet:
    return rows.filter(date__year__gte=timezone.localdate().year)


TABLES = [
    Table(
        "birimler", _("Birimler"), _("Birim"), "unit", Unit, form.UnitForm,
        [(_("Kod"), lambda r: r.code), (_("Ad"), lambda r: r.name),
         (_("Bağlı olduğu"), lambda r: r.parent.short if r.parent else ""),
         (_("Müdür"), lambda r: r.head or ""), (_("Sorumlu"), lambda r: r.representative or "")],
        ("parent", "head", "representative"), by_name=True, about=_("Başvuruların havale edildiği müdürlükler ve sorumluları."),
    ),
    Table(
        "personel", _("Personel"), _("Personel"), "people", Staff, form.StaffForm,
        [(_("Ad"), lambda r: r.full_name), (_("Unvan"), lambda r: r.title),
         (_("Görevleri"), _roles), (_("Son giriş"), lambda r: moment(r.last_login) if r.last_login else "")],
        prefetched=("roles__unit",), in_use="is_active", closed=_("hesap kapalı"), by_name=True,
        part=(form.RoleFormSet, _("Görevleri")), about=_("Kim oturum açar, hangi birimde hangi görevle."),
    ),
    Table(
        "ekipler", _("Saha ekipleri"), _("Ekip"), "truck", Crew, form.CrewForm,
        [(_("Ad"), lambda r: r.name), (_("Birim"), lambda r: r.unit.short)], ("unit",),
        about=_("Programa alınan işi yerinde yapanlar."),
    ),
    Table(
        "konular", _("Konular"), _("Konu"), "tag", Subject, form.SubjectForm,
        [(_("Kod"), lambda r: r.code), (_("Ad"), lambda r: r.name), (_("Konu başlığı"), lambda r: r.category.name),
         (_("Birim"), lambda r: r.unit.short), (_("Hedef"), lambda r: _("%(n)s saat") % {"n": r.target_hours})],
        ("category", "unit"), part=(form.QuestionFormSet, _("Soruları")),
        about=_("Vatandaş ne için başvurur; ne sorulur, kim yapar, ne kadar sürer, neyle kanıtlanır."),
    ),
    Table(
        "basliklar", _("Konu başlıkları"), _("Konu başlığı"), "list", Category, form.CategoryForm,
        [(_("Ad"), lambda r: r.name), (_("Sıra"), lambda r: r.order)], in_use="", may_delete=True,
        about=_("Konuların toplandığı büyük gruplar."),
    ),
    Table(
        "kurallar", _("Havale kuralları"), _("Kural"), "arrow-right", RoutingRule, form.RoutingRuleForm,
        [(_("Gerekçe"), lambda r: r.reason), (_("Konu"), lambda r: r.subject or ""), (_("Birim"), lambda r: r.unit.short),
         (_("Kaynak"), lambda r: _("hakem kararı") if r.is_ruling else _("kural"))],
        ("subject", "unit"), may_delete=True, about=_("Konunun kendi birimine gitmeyen durumlar; hakem kararları da burada."),
    ),
    Table(
        "mahalleler", _("Mahalleler"), _("Mahalle"), "pin", Neighbourhood, form.NeighbourhoodForm,
        [(_("Ad"), lambda r: r.name), (_("Nüfus"), lambda r: written_number(r.population) if r.population else ""),
         (_("Posta kodu"), lambda r: r.postal_code)],
        by_name=True, about=_("Yerlerin adları, diğer yazılışları ve haritadaki yeri."),
    ),
    Table(
        "kurumlar", _("Dış kurumlar"), _("Kurum"), "building", ExternalBody, form.ExternalBodyForm,
        [(_("Ad"), lambda r: r.name), (_("Telefon"), lambda r: r.phone)], by_name=True,
        about=_("Belediyenin görevi olmayan işlerde vatandaşın gideceği yerler."),
    ),
    Table(
        "hazir-cevaplar", _("Hazır cevaplar"), _("Hazır cevap"), "reply", CannedAnswer, form.CannedAnswerForm,
        [(_("Başlık"), lambda r: r.title), (_("Konu"), lambda r: r.subject or _("Genel"))],
        ("subject",), may_delete=True, about=_("Sık verilen cevapların başlangıç metinleri."),
    ),
    Table(
        "tatiller", _("Tatil günleri"), _("Tatil günü"), "calendar", Holiday, form.HolidayForm,
        [(_("Gün"), lambda r: long_date(r.date)), (_("Ad"), lambda r: r.name), (_("Tür"), lambda r: r.get_kind_display())],
        may_delete=True, in_use="", at_first=_this_year_on,
        about=_("Resmî tatiller, yarım günler, idari izinler ve yerel kapanışlar. Geçmiş yıllar için yılı arayın."),
    ),
    Table(
        "saatler", _("Çalışma saatleri"), _("Çalışma saati"), "clock", OpeningHours, form.OpeningHoursForm,
        [(_("Gün"), lambda r: dict(form.WEEKDAYS)[r.weekday]), (_("Saat"), lambda r: span_in_words(r.opens, r.closes)),
         (_("Birim"), lambda r: r.unit.short if r.unit else _("Bütün belediye"))],
        ("unit",), may_delete=True, in_use="", about=_("Hedef süreler yalnız bu saatlerde işler."),
    ),
    Table(
        "sureler", _("Mevzuat süreleri"), _("Mevzuat süresi"), "book", LegalPeriod, form.LegalPeriodForm,
        [(_("Ad"), lambda r: r.name), (_("Süre"), _period), (_("Dayanak"), lambda r: r.article),
         (_("Yürürlük"), _in_force), (_("Kaynak"), lambda r: r.get_certainty_display())],
        may_delete=True, in_use="", about=_(
            "Yasaların tanıdığı süreler. Yasa değişince eski satırın son gününü yazın, yenisini ekleyin; eski başvurular"
            " kendi günlerinin yasasını korur."
        ),
    ),
    Table(
        "gerekceler", _("Yasal gerekçeler"), _("Yasal gerekçe"), "list", LegalGround, form.LegalGroundForm,
        [(_("Ad"), lambda r: r.name), (_("Ne için"), lambda r: r.get_kind_display()), (_("Dayanak"), lambda r: r.article),
         (_("Yürürlük"), _in_force)],
        in_use="", about=_("Bilgi vermemenin ve incelememenin yasadaki gerekçeleri. Silinmez; geçerliliği biter."),
    ),
    Table(
        "tarifeler", _("Ücret tarifeleri"), _("Ücret tarifesi"), "paper", FeeTariff, form.FeeTariffForm,
        [(_("Yürürlük"), _in_force), (_("Ücretsiz sayfa"), lambda r: r.free_pages), (_("Sayfa"), lambda r: money(r.page)),
         (_("Renkli sayfa"), lambda r: money(r.colour_page)), (_("Dayanak"), lambda r: r.article)],
        may_delete=True, in_use="",
        about=_("Bilgi edinmede ücretsiz sayfalardan sonrası kaç lira. Tarifesi olmayan günde ücret istenmez."),
    ),
]  # fmt: skip
BY_CODE = {table.code: table for table in TABLES}
BY_MODEL = {str(table.model._meta.model_name): table for table in TABLES}
