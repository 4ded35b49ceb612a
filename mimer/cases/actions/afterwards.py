"""Verbs about what follows an answer elsewhere: an appeal against it, and its entry in the system the case came from."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ..actors import Actor
from ..models import Appeal, AppealTo, Case
from ..rules import NotAllowed
from .act import acting


def record_appeal(
    case: Case, to: str, filed_on: date, reference: str = "", *, by: Actor, at: datetime | None = None
) -> Case:
    """The applicant went to a board or a court with the answer; once to each."""
    if to not in AppealTo.values:
        raise NotAllowed(_("Nereye başvurduğunu seçin."), "to")
    with acting(case, "record_appeal", by, at) as act:
        answered = timezone.localtime(act.case.resolved_at).date() if act.case.resolved_at else None
        if filed_on > timezone.localtime(act.at).date():
            raise NotAllowed(_("İtiraz günü gelecekte olamaz."), "filed_on")
        if answered and filed_on < answered:
            raise NotAllowed(_("İtiraz, cevaptan önce yapılmış olamaz; günü kontrol edin."), "filed_on")
        if act.case.appeals.filter(to=to).exists():
            known = _("%(where)s için itiraz kayıtlı; aynı yere ikinci kez yazılmaz.")
            raise NotAllowed(known % {"where": AppealTo(to).label}, "to")
        appeal = Appeal.objects.create(
            case=act.case, to=to, filed_on=filed_on, reference=reference.strip(), by=act.staff
        )
        act.facts |= {"appeal": appeal.pk, "to": to, "day": filed_on.isoformat()}
    return case


def answered_elsewhere(case: Case, *, by: Actor, at: datetime | None = None) -> Case:
    """The answer was entered where the case came from (CİMER); entered once for each answer."""
    with acting(case, "answered_elsewhere", by, at) as act:
        if act.case.events.filter(verb="answered_elsewhere", at__gte=act.case.resolved_at).exists():
            act.already()
    return case
