"""Who sees which case: her unit's, what she was asked about, her crew's, or all; sensitive ones only if named."""

from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import History
from mimer.cases.models import Case
from mimer.cases.rules import verbs_for
from mimer.municipality.kinds import Channel
from mimer.municipality.models import Subject
from tests.cast import House


def sees(house: House, name: str, case: Case) -> bool:
    return Case.objects.visible_to(getattr(house, name)).by_number(case.number).exists()


def seen_by(house: House, case: Case) -> set[str]:
    return {name for name in house.staff if sees(house, name, case)}


def test_a_case_of_the_unit_is_seen_by_the_unit_and_by_those_across_units(house: House) -> None:
    expected = {"agent", "manager", "officer", "representative", "head", "arbiter", "mayor", "auditor"}
    assert seen_by(house, house.assigned()) == expected


def test_an_officer_of_another_unit_sees_nothing_until_asked(house: House) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    assert not sees(house, "outsider", case)
    actions.ask_unit(case, house.zoning, "Parsel kimin?", by=house.officer)
    assert sees(house, "outsider", case)


def test_a_field_worker_sees_what_her_crew_was_sent_to(house: House) -> None:
    case = house.assigned()
    assert not sees(house, "field_worker", case)
    actions.plan(case, timezone.localdate(), crew=house.crew, by=house.officer)
    assert sees(house, "field_worker", case)


def test_a_sensitive_case_is_seen_and_worked_on_only_by_those_named(house: House) -> None:
    case = house.assigned(house.staff_complaint)
    assert seen_by(house, case) == {"manager"}
    assert verbs_for(case, house.agent) == []
    assert "accept" in verbs_for(case, house.manager)


def test_whoever_only_reads_has_no_verb(house: House) -> None:
    case = house.assigned()
    for name in ("auditor", "mayor", "administrator", "deputy_mayor", "greeter", "outsider"):
        assert verbs_for(case, house.staff[name]) == [], name


def test_a_number_is_found_however_it_is_typed(house: House) -> None:
    case = house.open()
    for typed in (case.number, case.number.replace("-", " "), case.number.replace("-", ""), f"{case.year}-{case.pk}"):
        found = Case.objects.visible_to(house.agent).by_number(typed)
        assert list(found) == [case], typed
    assert not Case.objects.by_number(f"{case.year - 1}-{case.pk:06d}").exists()


def test_a_case_follows_its_subject_as_the_table_has_it_now(house: House) -> None:
    """Whatever the caller holds in her hands of the subject may be some seconds, or an import's whole night, old."""
    case, stale = house.assigned(house.water), house.pothole
    Subject.objects.filter(pk=stale.pk).update(sensitive=True)
    history = History("1", Channel.IMPORT, "Çukur", stale, house.transport, "request", "assigned", timezone.now())
    for taken in (house.open(stale), actions.reclassify(case, stale, reason="Yol", by=house.agent),
                  *actions.adopt_many([history]).taken):  # fmt: skip
        taken.refresh_from_db()
        assert taken.sensitive
