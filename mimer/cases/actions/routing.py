"""Verbs that decide what a case is about, where it is, and whose it is."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.municipality import catalogue
from mimer.municipality.models import RoutingRule, Subject, Unit
from mimer.municipality.routing import pick_unit
from mimer.municipality.where import neighbourhood_at

from ..actors import RULE, Actor, Party, parties
from ..clocks import change_service_clock
from ..legal import regimes_for, replace_clocks
from ..models import Case, NoteKind, Split
from ..promises import hand_over
from ..rules import NotAllowed
from ..search import index_case
from ..sensitivity import sensitive_now
from ..states import ReturnGround, State
from .act import Act, acting, require
from .opening import Opening, Place, open_case
from .papers import share_petition


def route(
    case: Case, unit: Unit | None = None, reason: str = "", *, by: Actor = RULE, at: datetime | None = None
) -> Case:
    """Assigns the case to `unit`, or to the one the routing rules pick; the reason is kept.

    A person who sends it anywhere must say why. After two returns only an arbiter routes, and her ruling becomes a rule.
    """
    with acting(case, "route", by, at) as act:
        locked = act.case
        if unit is None:
            choice = pick_unit(locked.subject, locked.type, locked.neighbourhood, locked.answers)
            unit = choice.unit
            act.facts |= {"reason": choice.reason, "rule": choice.rule.pk if choice.rule else None}
            if choice.priority and choice.priority < locked.priority:
                locked.priority = choice.priority
        else:
            if locked.state == State.ASSIGNED and locked.unit_id == unit.pk:
                act.already()
                return case
            act.say(NoteKind.REASON, require(reason, _("Neden bu birime havale ettiğinizi yazın.")))
            act.facts["reason"] = "person"
        if locked.returns >= 2 and act.party == Party.ARBITER:
            act.facts |= {"reason": "ruling", "rule": _remember_ruling(locked, unit).pk}
        act.facts |= {"unit": unit.pk, "from_unit": locked.unit_id}
        locked.unit, locked.officer, locked.crew, locked.planned_for = unit, None, None, None
        if act.facts["from_unit"] or unit.pk != locked.subject.unit_id:
            hand_over(locked)
        act.move()
    return case


def _remember_ruling(case: Case, unit: Unit) -> RoutingRule:
    """An arbiter's ruling is a precedent: the next case of this subject and type goes there at once.

    Its reason is read on the cases of other people, so her own words stay with this one.
    """
    rule, _made = RoutingRule.objects.update_or_create(
        subject=case.subject, case_type=case.type, is_ruling=True, neighbourhood=None,
        defaults={
            "unit": unit, "active": True, "reason_tr": f"Hakem kararı: benzer başvuru {case.number}",
            "reason_en": f"Arbiter's ruling: similar application {case.number}",
        },
    )  # fmt: skip
    catalogue.forget()
    return rule


def return_to_desk(case: Case, ground: str, words: str = "", *, by: Actor, at: datetime | None = None) -> Case:
    """The unit sends the case back with a ground and words; the second return goes to the arbiter."""
    if ground not in ReturnGround.values:
        raise NotAllowed(_("İade gerekçesini seçin."))
    with acting(case, "return_to_desk", by, at) as act:
        act.say(
            NoteKind.REASON,
            require(words, _("Hangi birimin ilgilenmesi gerektiğini ya da neyin eksik olduğunu yazın.")),
        )
        act.case.returns += 1
        act.facts |= {"ground": ground, "unit": act.case.unit_id, "returns": act.case.returns}
        act.case.officer = act.case.crew = act.case.planned_for = None
        act.move()
    return case


def reclassify(
    case: Case, subject: Subject, case_type: str = "", priority: int | None = None, reason: str = "", *,
    by: Actor, at: datetime | None = None,
) -> Case:  # fmt: skip
    """Another subject, type or priority, with the reason; the service target follows and both dates stay in the event."""
    with acting(case, "reclassify", by, at) as act:
        locked = act.case
        case_type, priority = case_type or locked.type, priority or locked.priority
        if (subject.pk, case_type, priority) == (locked.subject_id, locked.type, locked.priority):
            act.already()
            return case
        if locked.subject.needs_approval and not subject.needs_approval and _would_answer_alone(locked, by):
            raise NotAllowed(
                _("Bu konuda cevabı birim müdürü onaylar; onay gerektirmeyen bir konuya müdür ya da masa geçirir."),
                "subject",
            )
        act.say(NoteKind.REASON, require(reason, _("Neden değiştirdiğinizi yazın.")))
        due, subject_was = locked.due_at, locked.subject
        act.facts |= {
            "subject": subject.pk,
            "from_subject": locked.subject_id,
            "type": case_type,
            "from_type": locked.type,
            "from_priority": locked.priority,
        }
        if subject.pk != locked.subject_id:
            locked.subject, locked.sensitive = subject, bool(sensitive_now(subject))
            change_service_clock(locked)
            if locked.clock_left is None and locked.clock_from:
                act.facts["clock_from"] = locked.clock_from.isoformat()  # the waiting until now is in it
        _follow_the_law(act, subject_was, case_type)
        locked.type, locked.priority = case_type, priority
        act.facts |= {"due": _iso(locked.due_at), "from_due": _iso(due), "priority": priority}
        index_case(locked)
    return case


def _would_answer_alone(case: Case, by: Actor) -> bool:
    """Whether `by` works on the case but does not sign for it: another subject must not free her of the signature.

    Asked when the subject changes instead of kept on the case: whoever corrects a wrong subject then leaves nothing of it.
    """
    held = parties(by, case)
    return Party.UNIT in held and Party.UNIT_HEAD not in held


def _follow_the_law(act: Act, subject_was: Subject, case_type: str) -> None:
    """Another type or subject may bring other law; what a person chose against the rule's proposal stays."""
    case = act.case
    running = list(case.legal_clocks.filter(ended_on=None).values_list("regime", flat=True))
    proposed = regimes_for(case_type, case.channel, case.subject)
    if sorted(running) != sorted(regimes_for(case.type, case.channel, subject_was)) or sorted(running) == sorted(
        proposed
    ):
        return
    replace_clocks(case, proposed, timezone.localtime(act.at).date())
    act.facts |= {"regimes": proposed, "from_regimes": running, "regime": case.regime}


def correct_place(case: Case, place: Place, *, by: Actor, at: datetime | None = None) -> Case:
    """A better place than the first record had; of the old one the event keeps point and code, a note inside the words."""
    with acting(case, "correct_place", by, at) as act:
        old = act.case
        act.facts["from"] = [old.lat, old.lon, old.neighbourhood_id]
        if (old.address or old.block) and (old.address, old.block, old.lot) != (place.address, place.block, place.lot):
            act.say(NoteKind.INSIDE, _("Önceki yer: %(place)s") % {"place": old.place_line})
        name_the_place(place)
        place.put_on(old)
        act.facts["to"] = [old.lat, old.lon, old.neighbourhood_id]
        index_case(old)
    return case


def name_the_place(place: Place) -> None:
    """A point whose neighbourhood nobody told lies in one all the same."""
    if place.neighbourhood is None and place.lat is not None and place.lon is not None:
        place.neighbourhood = neighbourhood_at(place.lat, place.lon)


def split(case: Case, parts: Sequence[tuple[Subject, str]], *, by: Actor, at: datetime | None = None) -> list[Case]:
    """Cuts (subject, words) pairs out into cases of their own, with the applicant, door, place and day of the origin."""
    made: list[Case] = []
    if not parts:
        raise NotAllowed(_("Ayrılacak en az bir konu ve metin yazın."))
    with acting(case, "split", by, at) as act:
        origin = act.case
        place = Place(origin.lat, origin.lon, origin.address, origin.neighbourhood, origin.block, origin.lot)
        for subject, text in parts:
            part = open_case(
                Opening(text, subject, origin.channel, applicant=origin.applicant, place=place,
                        received_at=origin.received_at, language=origin.language),
                by=by, at=act.at,
            )  # fmt: skip
            Split.objects.create(origin=origin, part=part)
            share_petition(origin, part)
            made.append(part)
        act.facts["parts"] = [part.pk for part in made]
        for part in made:
            route(part, at=act.at)
    return made


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
