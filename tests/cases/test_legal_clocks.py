"""The clocks of the law on a case: which apply, which leads, what meets and extends them, and that they stay as they were."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.legal import go_on, implied_refusal, stop_clock
from mimer.cases.models import Case
from mimer.cases.rules import NotAllowed
from mimer.cases.states import LegalRegime
from mimer.municipality.kinds import CaseType, Channel
from mimer.municipality.models import Holiday, LegalPeriod, Municipality
from mimer.municipality.models.calendar import HolidayKind
from mimer.municipality.seed import Loaded, add_holidays
from mimer.municipality.statutes import load_law
from tests.cast import House

RECEIVED = datetime(2026, 10, 27, 10, tzinfo=ZoneInfo("Europe/Istanbul"))


@pytest.fixture(autouse=True)
def _calendar(db: None) -> None:
    add_holidays(Loaded(), [2026, 2027])
    cache.clear()


def petition(house: House, **changes: object) -> Case:
    return house.assigned(**({"channel": Channel.PETITION, "received_at": RECEIVED} | changes))


def running(case: Case) -> dict[str, date | None]:
    return {clock.regime: clock.due_on for clock in case.legal_clocks.all() if clock.is_running}


def test_a_telephone_call_owes_the_law_nothing(house: House) -> None:
    case = house.assigned(channel=Channel.PHONE)
    assert (case.regime, case.legal_due_on, list(case.legal_clocks.all())) == (LegalRegime.SERVICE, None, [])


def test_a_petition_has_thirty_days_and_is_acted_on_before_a_day_off(house: House) -> None:
    case = petition(house, received_at=datetime(2026, 5, 15, 9, tzinfo=ZoneInfo("Europe/Istanbul")))
    assert (case.legal_due_on, case.legal_act_by) == (date(2026, 6, 14), date(2026, 6, 12))


def test_of_several_clocks_the_earliest_leads(house: House) -> None:
    case = petition(house, channel=Channel.CIMER, type=CaseType.FOI)
    assert running(case) == {LegalRegime.FOI_4982: date(2026, 11, 18), LegalRegime.CIMER: date(2026, 11, 26)}
    assert (case.regime, case.legal_due_on) == (LegalRegime.FOI_4982, date(2026, 11, 18))


def test_a_zoning_permit_asked_in_writing_has_the_period_of_its_own_law(house: House) -> None:
    house.parcel.regime = LegalRegime.ZONING_PERMIT_3194
    house.parcel.save()
    assert petition(house, subject=house.parcel, type=CaseType.REQUEST).regime == LegalRegime.ZONING_PERMIT_3194
    assert petition(house, subject=house.parcel, type=CaseType.INFO).regime == LegalRegime.PETITION_3071


def test_the_answer_meets_the_clock_and_not_solved_does_not_bring_it_back(house: House) -> None:
    case = actions.accept(petition(house), by=house.officer)
    actions.resolve(case, Draft("informed", "Bakıldı"), by=house.officer)
    assert running(case) == {} and case.legal_met_on == timezone.localdate()
    actions.not_solved(case, "Çukur duruyor", by=house.agent)
    assert not case.owes_the_law and not case.is_legally_late(date(2030, 1, 1))


def test_an_interim_answer_keeps_the_period_and_the_final_answer_stays_owed(house: House) -> None:
    case = petition(house)
    assert implied_refusal(case) == date(2026, 11, 26)
    actions.interim_answer(case, "Keşif sırası bekleniyor", by=house.head)
    assert running(case) == {LegalRegime.ADMIN_WAIT_2577: date(2027, 2, 27)}
    assert case.legal_due_on == implied_refusal(case) == date(2027, 2, 27)
    assert case.owes_the_law
    assert case.events.last().facts["met"] == [LegalRegime.PETITION_3071]


def test_an_interim_answer_does_not_meet_an_information_request(house: House) -> None:
    case = petition(house, type=CaseType.FOI)
    actions.interim_answer(case, "Arşivde aranıyor", by=house.head)
    assert running(case) == {LegalRegime.FOI_4982: date(2026, 11, 18)}


def test_another_law_is_chosen_with_a_reason_and_what_stays_keeps_its_dates(house: House) -> None:
    case = petition(house)
    with pytest.raises(NotAllowed, match="Neden"):
        actions.change_regime(case, ["FOI_4982"], "", by=house.agent)
    actions.change_regime(case, ["PETITION_3071", "FOI_4982"], "Bilgi de istiyor", by=house.agent)
    assert set(running(case)) == {"PETITION_3071", "FOI_4982"}
    assert case.legal_due_on == date(2026, 11, 18)
    actions.change_regime(case, [], "Dilekçe değilmiş", by=house.agent)
    assert (case.regime, case.legal_due_on, running(case)) == (LegalRegime.SERVICE, None, {})


def test_another_type_brings_its_law_unless_a_person_chose_otherwise(house: House) -> None:
    case = petition(house)
    actions.reclassify(case, house.pothole, CaseType.FOI, reason="Bilgi istiyor", by=house.agent)
    assert set(running(case)) == {"FOI_4982"}
    actions.change_regime(case, ["CIMER"], "CİMER'den gelmiş", by=house.agent)
    actions.reclassify(case, house.pothole, CaseType.COMPLAINT, reason="Şikâyetmiş", by=house.agent)
    assert set(running(case)) == {"CIMER"}


def test_a_corrected_row_of_the_law_changes_new_cases_only(house: House) -> None:
    load_law()
    old = petition(house)
    LegalPeriod.objects.filter(code="PETITION_3071").update(period=20)
    cache.clear()
    new = petition(house)
    old.refresh_from_db()
    assert (old.legal_due_on, new.legal_due_on) == (date(2026, 11, 26), date(2026, 11, 16))


def test_old_cases_keep_the_law_of_their_day(house: House) -> None:
    case = petition(house, received_at=datetime(2021, 7, 1, 9, tzinfo=ZoneInfo("Europe/Istanbul")))
    assert implied_refusal(case) == date(2021, 8, 30)


def test_a_holiday_added_later_moves_no_date_that_was_set(house: House) -> None:
    case = petition(house, type=CaseType.FOI)
    Holiday.objects.create(date=date(2026, 11, 2), name_tr="Yeni tatil", kind=HolidayKind.PUBLIC)
    cache.clear()
    actions.note(case, "Bakılıyor", by=house.agent)
    case.refresh_from_db()
    assert case.legal_due_on == date(2026, 11, 18)
    assert petition(house, type=CaseType.FOI).legal_due_on == date(2026, 11, 19)


def test_a_closure_of_the_house_stops_its_own_clock_and_no_legal_one(house: House) -> None:
    before = petition(house, type=CaseType.FOI)
    Holiday.objects.create(date=date(2026, 10, 30), name_tr="Taşınma", kind=HolidayKind.LOCAL)
    cache.clear()
    after = petition(house, type=CaseType.FOI)
    assert after.legal_due_on == before.legal_due_on
    assert after.due_at > before.due_at


@pytest.mark.parametrize(("restarts", "due"), [(False, date(2026, 12, 4)), (True, date(2026, 12, 22))])
def test_a_fee_notice_stops_the_period_until_it_is_paid(house: House, restarts: bool, due: date) -> None:
    """Three of fifteen working days had run on 2 November; paid on 1 December twelve are left, or fifteen anew."""
    Municipality.objects.update(fee_restarts=restarts)
    cache.clear()
    case = petition(house, type=CaseType.FOI)
    stop_clock(case, "FOI_4982", date(2026, 11, 2))
    assert (case.legal_due_on, running(case)) == (None, {})
    left = 15 if restarts else 12
    clock = go_on(case, "FOI_4982", date(2026, 12, 1) if restarts else date(2026, 11, 18))
    assert clock is not None and case.legal_due_on == due
    kinds = [line[1] for line in clock.account]
    assert kinds.index("stopped") < kinds.index("resumed") < kinds.index("last_day")
    assert kinds[kinds.index("resumed") :].count("counted") == left


def test_an_application_from_the_future_is_refused(house: House) -> None:
    with pytest.raises(NotAllowed, match="gelecekte"):
        house.open(channel=Channel.PETITION, received_at=timezone.now() + timedelta(days=1))
