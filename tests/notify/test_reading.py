"""From events to messages: what is told, to whom, by which way, exactly once, and never stopped by one that is broken."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from mimer.cases import actions, feed
from mimer.cases.actions import Draft, History, Opening
from mimer.cases.actions.opening import Place
from mimer.cases.actors import Citizen
from mimer.cases.models import Case, FeedMark
from mimer.intake.receive import Arrival, receive
from mimer.municipality.kinds import Channel, Way
from mimer.notify import letters, reading
from mimer.notify.models import Message, MessageState
from mimer.notify.reading import read_events
from mimer.notify.told import words_for
from tests.cast import House

pytestmark = pytest.mark.django_db


def read_all() -> None:
    while read_events():
        pass


def told(case: Case) -> list[str]:
    """The letters about a case, in order."""
    read_all()
    return list(Message.objects.filter(case=case, person__isnull=False).order_by("pk").values_list("letter", flat=True))


def last(case: Case) -> Message:
    read_all()
    message = Message.objects.filter(case=case).order_by("pk").last()
    assert message is not None
    return message


def in_work(house: House, **changes: Any) -> Case:
    case = house.assigned(**changes)
    return actions.accept(case, by=house.officer)


def information(text: str = "Asfaltlama haziranda yapılacak.") -> Draft:
    return Draft("informed", text)


def reach(house: House, **columns: str) -> None:
    """Changes how Ayşe can be reached."""
    for column, value in columns.items():
        setattr(house.ayse, column, value)
    house.ayse.save()


def test_an_application_is_confirmed_with_number_link_and_date(house: House) -> None:
    case = house.assigned()
    assert told(case) == ["open_case"]
    message = last(case)
    assert (message.way, message.state, message.language) == (Way.EMAIL, MessageState.WAITING, "tr")
    assert case.number in message.subject
    assert f"/takip/{case.number}/{case.tracking_code}/" in message.body
    assert "Yol çukuru" in message.body and "Ayşe Işık" in message.body


def test_reading_twice_tells_once(house: House) -> None:
    case = house.assigned()
    told(case)
    assert told(case) == ["open_case"]


def test_two_workers_reading_the_same_events_tell_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    case = house.assigned()
    both_saw = feed.unread(reading.READER)
    told(case)
    monkeypatch.setattr(feed, "unread", lambda *_args, **_kw: both_saw)
    read_events()
    assert Message.objects.filter(case=case).count() == 1


def test_an_event_that_came_to_light_late_is_found_when_the_feed_is_settled(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = house.assigned()
    later = [house.assigned() for _ in range(3)]
    feed.mark(reading.READER, [event for case in later for event in case.events.all()])
    monkeypatch.setattr(reading, "LOOK_BACK", 2)
    assert told(late) == []
    reading.settle()
    assert told(late) == ["open_case"]


def test_marks_of_events_long_handled_are_forgotten_and_nothing_is_told_again(house: House) -> None:
    case = house.assigned()
    told(case)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert reading.settle() == 2
        assert not FeedMark.objects.exists()
        assert told(case) == ["open_case"]
        assert told(house.assigned()) == ["open_case"]


def test_inner_work_is_not_told(house: House) -> None:
    case = in_work(house)
    actions.note(case, "Ekip yarın bakacak", by=house.officer)
    assert told(case) == ["open_case"]


def test_a_note_for_the_citizen_is_told(house: House) -> None:
    case = in_work(house)
    actions.note(case, "Kazı izni bekleniyor", to_citizen=True, by=house.officer)
    assert told(case) == ["open_case", "note"]
    assert "Kazı izni bekleniyor" in last(case).body


def test_a_planned_day_is_told_and_so_is_its_change(house: House) -> None:
    case = in_work(house)
    today = timezone.localdate()
    actions.plan(case, today + timedelta(days=2), by=house.officer)
    actions.plan(case, today + timedelta(days=3), "Yağmur bekleniyor", by=house.officer)
    assert told(case) == ["open_case", "plan", "replan"]
    assert "Yağmur bekleniyor" in last(case).body


def test_a_question_is_told_with_the_day_until_which_we_wait(house: House) -> None:
    case = actions.ask_applicant(in_work(house), "Hangi apartmanın önü?", by=house.officer)
    assert told(case) == ["open_case", "ask_applicant"]
    assert "Hangi apartmanın önü?" in last(case).body


def test_an_answer_carries_outcome_words_and_reason(house: House) -> None:
    case = actions.resolve(
        in_work(house), Draft("negative", "Yol başka kurumun.", "Karayolları sorumluluğunda"), by=house.officer
    )
    assert told(case) == ["open_case", "resolve"]
    body = last(case).body
    assert letters.outcome_sentence("negative", "tr") in body
    assert "Yol başka kurumun." in body and "Karayolları sorumluluğunda" in body


def test_an_approved_answer_is_told_once_it_is_approved(house: House) -> None:
    case = house.assigned(house.parcel)
    actions.accept(case, by=house.outsider)
    actions.propose_answer(case, Draft("informed", "Konut alanı."), by=house.outsider)
    assert told(case) == ["open_case"]
    actions.approve(case, by=house.zoning_head)
    assert told(case) == ["open_case", "resolve"]


def test_a_referral_says_who_answers_now(house: House) -> None:
    case = actions.refer(house.open(house.water), house.waterworks, "Su şebekesi KASKİ'nin işidir.", by=house.agent)
    assert told(case)[-1] == "refer"
    assert "KASKİ" in last(case).body and "185" in last(case).body


def test_each_supporter_is_answered_by_her_own_way(house: House) -> None:
    main, supporter = in_work(house), house.open()
    actions.merge(supporter, main, by=house.agent)
    actions.resolve(main, information(), by=house.officer)
    assert told(supporter) == ["open_case", "merge", "resolve_with_main"]
    assert main.number in last(supporter).body


def test_not_solved_is_confirmed_and_closing_by_time_is_told(house: House) -> None:
    case = actions.resolve(in_work(house), information(), by=house.officer)
    actions.not_solved(case, "Çukur duruyor", by=Citizen())
    actions.accept(case, by=house.officer)
    actions.resolve(case, information(), by=house.officer)
    actions.close(case, by=house.agent)
    assert told(case) == ["open_case", "resolve", "not_solved", "resolve", "close"]


def test_who_closes_her_case_herself_is_not_told_so(house: House) -> None:
    case = actions.close(actions.resolve(in_work(house), information(), by=house.officer), by=Citizen())
    assert told(case) == ["open_case", "resolve"]


def test_history_that_was_brought_in_stays_silent_even_when_time_closes_it(house: House) -> None:
    day = timezone.now() - timedelta(days=90)
    history = History("x1", "import", "Eski kayıt", house.pothole, house.transport, "complaint", "resolved", day,
                      outcome="positive", answer="Yapıldı", resolved_at=day, applicant=house.ayse)  # fmt: skip
    actions.adopt_many([history])
    case = Case.objects.get()
    actions.close(case, by=house.agent)
    assert told(case) == []


def test_what_the_law_does_not_let_us_examine_is_told_with_its_ground(house: House) -> None:
    case = actions.not_examine(house.assigned(), "judicial", "Konu mahkemede.", by=house.agent)
    assert told(case)[-1] == "not_examine"
    assert "Yargı" in last(case).body and "Konu mahkemede." in last(case).body


def test_a_longer_period_is_told_with_both_days(house: House) -> None:
    case = house.assigned(type="foi", channel=Channel.PETITION)
    assert case.legal_due_on is not None
    actions.extend(case, "Başka birimden bilgi bekleniyor", by=house.head)
    assert told(case) == ["open_case", "extend"]
    assert "4982 m. 11" in last(case).body


def test_withdrawing_and_reopening_are_confirmed(house: House) -> None:
    case = actions.withdraw(house.assigned(), "Vazgeçtim", by=Citizen())
    actions.reopen(case, "Yeniden oluştu", by=house.agent)
    assert told(case) == ["open_case", "withdraw", "reopen"]


def test_an_anonymous_caller_cannot_be_told(house: House) -> None:
    assert told(house.assigned(applicant=None)) == []


def test_english_readers_get_english(house: House) -> None:
    reach(house, language="en")
    message = last(house.assigned())
    assert message.language == "en"
    assert "Pothole" in message.body


def test_who_wants_sms_gets_mail_while_no_sender_is_chosen(house: House) -> None:
    reach(house, preferred_way=Way.SMS)
    assert last(house.assigned()).way == Way.EMAIL


def test_the_silent_sender_takes_sms_in_a_trial(house: House, settings: Any) -> None:
    settings.SMS_SENDER = "silent"
    reach(house, preferred_way=Way.SMS)
    assert last(house.assigned()).way == Way.SMS


@pytest.mark.parametrize(
    ("columns", "way"),
    [
        ({"email": ""}, Way.PHONE),
        ({"email": "ayse@"}, Way.PHONE),
        ({"email": "", "phone": "", "phone_raw": "", "address": "Çay Sokak 5, Melikgazi"}, Way.LETTER),
        ({"preferred_way": "phone"}, Way.PHONE),
        ({"preferred_way": "letter", "address": "Çay Sokak 5"}, Way.LETTER),
        ({"preferred_way": "letter"}, Way.EMAIL),
    ],
)
def test_who_cannot_be_reached_as_she_wishes_is_reached_otherwise(
    house: House, columns: dict[str, str], way: str
) -> None:
    reach(house, **columns)
    message = last(house.assigned())
    assert (message.way, message.state) == (way, MessageState.WAITING)


def test_who_cannot_be_reached_at_all_stands_on_the_case_with_the_reason(house: House) -> None:
    reach(house, email="", phone="", phone_raw="")
    message = last(house.assigned())
    assert message.state == MessageState.DROPPED
    assert "adresi yok" in message.reason


def test_who_wants_no_news_gets_none_but_the_question_her_case_waits_for(house: House) -> None:
    reach(house, preferred_way=Way.NONE)
    case = in_work(house)
    assert last(case).state == MessageState.DROPPED
    actions.ask_applicant(case, "Hangi kapı?", by=house.officer)
    assert (last(case).letter, last(case).state, last(case).way) == ("ask_applicant", MessageState.WAITING, Way.EMAIL)


def test_the_answer_that_a_statute_owes_goes_by_letter_to_who_wants_no_news(house: House) -> None:
    reach(house, preferred_way=Way.NONE, address="Çay Sokak 5")
    petition, call = in_work(house, channel=Channel.PETITION), in_work(house)
    for case in (petition, call):
        actions.resolve(case, information(), by=house.officer)
    assert (last(petition).way, last(petition).state) == (Way.LETTER, MessageState.WAITING)
    assert last(call).state == MessageState.DROPPED


def test_information_given_on_the_telephone_makes_no_receipt_and_no_second_call(house: House) -> None:
    reach(house, preferred_way=Way.PHONE)
    place = Place(address="Çay Sokak 5")
    opening = Opening("Su ne zaman gelecek?", house.water, Channel.PHONE, applicant=house.ayse, place=place)
    case = receive(Arrival(opening, answered=information()), by=house.agent)
    assert told(case) == ["resolve"]
    assert last(case).state == MessageState.DROPPED


def test_a_sensitive_matter_is_not_named_where_others_may_read_along(house: House) -> None:
    case = house.assigned(house.staff_complaint)
    message = last(case)
    assert house.staff_complaint.name_tr not in message.subject + message.body


def test_a_letter_that_cannot_be_written_stands_on_its_case_and_stops_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, broken, third = house.assigned(), house.assigned(), house.assigned()

    def faulty(event: Any, language: str) -> dict[str, str]:
        words = words_for(event, language)
        if event.case_id == broken.pk:
            del words["number"]
        return words

    monkeypatch.setattr("mimer.notify.compose.words_for", faulty)
    assert told(first) == told(third) == ["open_case"]
    message = last(broken)
    assert message.state == MessageState.FAILED
    assert "number" in message.reason


@pytest.mark.django_db(transaction=True)
def test_a_crash_before_the_commit_leaves_the_event_to_be_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    case = house.assigned()

    class Killed(BaseException):
        pass

    def die(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(feed, "mark", die)
        with pytest.raises(Killed):
            read_events()
    assert not Message.objects.exists()
    assert told(case) == ["open_case"]


def test_later_news_takes_stale_news_off_the_call_list(house: House) -> None:
    reach(house, preferred_way=Way.PHONE)
    case = in_work(house)
    told(case)
    actions.plan(case, timezone.localdate() + timedelta(days=1), by=house.officer)
    read_all()
    states = dict(Message.objects.filter(case=case).values_list("letter", "state"))
    assert states == {"open_case": MessageState.DROPPED, "plan": MessageState.WAITING}


def test_reading_a_batch_costs_a_bounded_number_of_queries(house: House, django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        house.assigned()
    with django_assert_max_num_queries(20):
        read_events()
