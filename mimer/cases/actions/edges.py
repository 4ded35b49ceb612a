"""Verbs that tie cases together and untie them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ..actors import Actor
from ..models import Case, Merge
from ..rules import NotAllowed
from ..states import ENDED
from .act import acting


def merge(case: Case, main: Case, *, by: Actor, at: datetime | None = None) -> Case:
    """Makes `case` a supporter of `main`: it keeps number, channel and clocks and is answered with it."""
    if case.pk == main.pk:
        raise NotAllowed(_("Bir başvuru kendisiyle birleştirilemez."))
    with transaction.atomic():
        chief = _lock_both(case, main)
        return _merge(case, chief, by, at)


def _merge(case: Case, chief: Case, by: Actor, at: datetime | None) -> Case:
    with acting(case, "merge", by, at) as act:
        edge = act.case.merges.filter(ended_at=None).first()
        if edge and edge.main_id == chief.pk:
            act.already()
            return case
        if edge:
            raise NotAllowed(_("Bu başvuru başka bir kayıtla birleşik; önce ayırın."))
        if chief.state in ENDED:
            raise NotAllowed(_("Sonuçlanmış bir başvuru ana kayıt olamaz."))
        if chief.merges.filter(ended_at=None).exists():
            raise NotAllowed(_("Seçtiğiniz kayıt başka bir kayda bağlı; ana kaydı seçin."))
        if act.case.supporters.filter(ended_at=None).exists():
            raise NotAllowed(_("Bu başvurunun destekleyenleri var; onu ana kayıt olarak kullanın."))
        Merge.objects.create(main=chief, supporter=act.case, by=act.staff, at=act.at)
        act.facts["main"] = chief.pk
    return case


def _lock_both(case: Case, main: Case) -> Case:
    """The main case, both locked in the order of their ids, so that two crosswise mergers do not wait for each other."""
    rows = Case.objects.select_for_update(of=("self",)).filter(pk__in=[case.pk, main.pk]).order_by("pk")
    return {row.pk: row for row in rows}[main.pk]


def lock_supporters(main: Case) -> list[Case]:
    """Who is still tied to the locked `main`, locked in the order of ids; read again once nobody else can untie them."""
    tied = Merge.objects.filter(main=main, ended_at=None)
    locked = list(Case.objects.select_for_update(of=("self",)).filter(pk__in=tied.values("supporter")).order_by("pk"))
    still = set(tied.values_list("supporter", flat=True))
    return [supporter for supporter in locked if supporter.pk in still]


def unmerge(case: Case, *, by: Actor, at: datetime | None = None) -> Case:
    """Unties a supporter; it stands again where it stood. Untying what is not tied changes nothing."""
    with acting(case, "unmerge", by, at) as act:
        edge = act.case.merges.filter(ended_at=None).first()
        if edge is None:
            act.already()
            return case
        edge.ended_at = act.at
        edge.save(update_fields=["ended_at"])
        act.facts["main"] = edge.main_id
    return case
