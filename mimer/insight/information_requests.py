"""The yearly report on information requests (4982 art. 30): its rows, each defined once, and how they add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case as When
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models import When as If
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from mimer.cases.models import Answer, AnswerState, Appeal, AppealTo, Case, LegalClock
from mimer.cases.queries import CaseQuerySet
from mimer.cases.states import OPEN, LegalRegime, Outcome

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The law has been in force since 24 April 2004.
FIRST_YEAR = 2004
TOTAL = "total"


@dataclass(frozen=True)
class Row:
    """One row: its words, the sentence that says what is counted, and whether it is a share of the total or said apart."""

    code: str
    label: "StrOrPromise"
    sentence: "StrOrPromise"
    counts: Q
    share: bool = True


REFUSED_IN_PART = Q(outcome__in=(Outcome.NEGATIVE, Outcome.PARTIAL))
# Every request falls into exactly one of the shares; what the law does not name is said all the same, so that they add up.
ROWS = (
    Row("positive", _l("Olumlu cevaplanan"), _l("İstenen bilginin tamamı verildi."),
        Q(outcome__in=(Outcome.POSITIVE, Outcome.INFORMED))),
    Row("partial", _l("Kısmen olumlu cevaplanıp kısmen reddedilen"), _l("Bilginin bir bölümü verildi, bir bölümü reddedildi."),
        Q(outcome=Outcome.PARTIAL, parts_out=False)),
    Row("refused", _l("Reddedilen"), _l("İstenen bilginin tamamı yasal gerekçeyle verilmedi."), Q(outcome=Outcome.NEGATIVE)),
    Row("parts_removed", _l("Gizli ya da sır niteliğindeki kısımları çıkarılarak verilen"),
        _l("Gizli kısımlar ayrılıp kalanı verildi (4982 m. 9)."), Q(outcome=Outcome.PARTIAL, parts_out=True)),
    Row("forwarded", _l("Diğer kurum ve kuruluşlara yönlendirilen"), _l("Bilgi başka kurumda olduğu için oraya iletildi."),
        Q(outcome=Outcome.FORWARDED)),
    Row("withdrawn", _l("Vazgeçilen ya da vazgeçilmiş sayılan"),
        _l("Başvuran vazgeçti ya da ücreti süresinde ödemedi (4982 m. 11)."), Q(outcome=Outcome.WITHDRAWN)),
    Row("other", _l("Başka türlü sonuçlanan"), _l("İncelenemeyen ya da aynı konudaki başvuruyla birlikte sonuçlanan."),
        Q(outcome__in=(Outcome.NOT_EXAMINED, Outcome.DUPLICATE, Outcome.UNFOUNDED, Outcome.NOT_FOUND))),
    Row("open", _l("Henüz cevaplanmayan"), _l("Rapor alındığında cevabı verilmemiş olan."), Q(state__in=sorted(OPEN))),
    Row("court", _l("Reddedilip mahkemeye götürülen"),
        _l("Tamamen ya da kısmen reddedilenlerden dava açılan; yukarıdaki satırların içindedir."),
        REFUSED_IN_PART & Q(to_court=True), share=False),
    Row("board", _l("Bilgi Edinme Değerlendirme Kuruluna itiraz edilen"),
        _l("Cevabına itiraz edildiği bize bildirilen; yukarıdaki satırların içindedir."), Q(to_board=True), share=False),
)  # fmt: skip
BY_CODE: Mapping[str, Row] = {row.code: row for row in ROWS}


@dataclass(frozen=True)
class Report:
    """The numbers of one year, as of `at`."""

    year: int
    at: datetime
    total: int
    counts: Mapping[str, int]

    @property
    def rows(self) -> list[tuple[Row, int]]:
        """Every row with its number, in the order of the report."""
        return [(row, self.counts[row.code]) for row in ROWS]

    @property
    def shares(self) -> int:
        """What the shares add up to; always the total."""
        return sum(self.counts[row.code] for row in ROWS if row.share)


def requests_of(year: int) -> CaseQuerySet:
    """The information requests received in a year (local days); a record that never was an application is none."""
    start = timezone.make_aware(datetime(year, 1, 1))  # noqa: DTZ001
    end = timezone.make_aware(datetime(year + 1, 1, 1))  # noqa: DTZ001
    clock = LegalClock.objects.filter(case=OuterRef("pk"), regime=LegalRegime.FOI_4982, ended_on=None)
    given = Answer.objects.filter(case=OuterRef("pk"), state=AnswerState.GIVEN).order_by("-at", "-pk")
    appeals = Appeal.objects.filter(case=OuterRef("pk"))
    asked = Case.objects.filter(received_at__gte=start, received_at__lt=end).exclude(outcome=Outcome.INVALID)
    found: CaseQuerySet = asked.filter(Q(Exists(clock)) | Q(regime=LegalRegime.FOI_4982)).annotate(
        last_removed=Subquery(given.values("parts_removed")[:1]),
        parts_out=When(If(last_removed=True, then=Value(True)), default=Value(False)),
        to_court=Exists(appeals.filter(to=AppealTo.COURT)),
        to_board=Exists(appeals.filter(to=AppealTo.BOARD)),
    )
    return found


def in_row(year: int, code: str) -> CaseQuerySet:
    """The requests that a number of the report counts."""
    asked = requests_of(year)
    return asked if code == TOTAL else asked.filter(BY_CODE[code].counts)


def report_of(year: int, at: datetime | None = None) -> Report:
    """Counts the requests received in the year by how each stands now; one query."""
    asked = requests_of(year)
    counted = asked.aggregate(total=Count("pk"), **{row.code: Count("pk", filter=row.counts) for row in ROWS})
    return Report(year, at or timezone.now(), counted.pop(TOTAL), counted)
