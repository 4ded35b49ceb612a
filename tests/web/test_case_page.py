"""The case page: the next right step, the words, the story, and what stands around a case; for each reader her own."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.actors import Citizen
from mimer.cases.files import CheckedFile
from mimer.cases.models import Case
from mimer.municipality.models import Question, Staff
from mimer.notify.models import Message
from mimer.privacy.models import CaseView
from tests.cast import House


@pytest.fixture
def read(client: Client) -> Any:
    """Opens the case page as somebody; the words of it in one line."""

    def open_page(case: Case, by: Staff) -> str:
        client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = client.get(reverse("case", args=[case.number]))
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return open_page


def test_the_words_place_and_applicant_stand_on_the_page(house: House, read: Any) -> None:
    page = read(house.assigned(), house.officer)
    for words in ("Kaldırımda büyük bir çukur var", "Çay Sokak 5", "Ayşe Işık", "0532 123 45 67", "Yol çukuru, Fatih"):
        assert words in page


def test_the_unit_is_told_to_accept_and_then_to_plan(house: House, read: Any) -> None:
    case = house.assigned()
    assert "Şimdi sizde: işleme alın" in read(case, house.officer)
    actions.accept(case, by=house.officer)
    assert "Şimdi sizde: işi programa alın" in read(case, house.officer)


def test_the_words_with_which_it_came_stand_in_the_box(house: House, read: Any) -> None:
    case = house.assigned()
    actions.return_to_desk(case, "not_ours", "Bu yol karayollarının", by=house.officer)
    page = read(case, house.agent)
    box = page[page.index('id="adim"') : page.index('id="ne-oldu"')]
    assert "doğru birime havale edin" in box
    assert "Bu yol karayollarının" in box


def test_once_the_after_photo_is_there_the_answer_is_next(house: House, read: Any) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    actions.attach(case, CheckedFile("s.jpg", b"x", "image/jpeg", ".jpg", "c" * 64), "after", by=house.officer)
    assert "Şimdi sizde: cevabı yazın" in read(case, house.officer)
    actions.resolve(case, Draft("positive", "Kapatıldı"), by=house.officer)
    actions.accept(actions.not_solved(case, "Yine çöktü", by=Citizen()), by=house.officer)
    assert "Şimdi sizde: işi programa alın" in read(case, house.officer), "that photo was of the first time"


def test_whoever_is_not_next_reads_whose_turn_it_is(house: House, read: Any) -> None:
    case = house.assigned()
    assert "Şimdi sizde" not in read(case, house.agent)
    actions.accept(case, by=house.officer)
    assert "Sırası gelen: Mehmet Deneme" in read(case, house.agent)


@pytest.mark.parametrize("name", ["auditor", "mayor"])
def test_readers_without_a_verb_see_everything_and_no_form(house: House, read: Any, name: str) -> None:
    page = read(house.assigned(), house.staff[name])
    assert "Kaldırımda büyük bir çukur var" in page
    assert "verb-form" not in page
    assert "Başka ne yapılabilir" not in page


def test_a_foreign_case_is_simply_not_there(house: House, client: Client) -> None:
    case = house.assigned()
    client.force_login(house.outsider, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name, args in [
        ("case", [case.number]), ("case_verb", [case.number, "accept"]), ("case_verb", [case.number, "note"]),
        ("case_presence", [case.number]), ("case", ["2020-000001"]), ("case", ["yok"]),
    ]:  # fmt: skip
        assert client.get(reverse(name, args=args)).status_code == 404, name
        assert client.post(reverse(name, args=args)).status_code == 404, name


def test_opening_a_sensitive_case_is_recorded(house: House, read: Any) -> None:
    case = house.assigned(house.staff_complaint)
    assert "açtığınız kaydedildi" in read(case, house.manager)
    assert CaseView.objects.get().staff == house.manager
    read(house.assigned(), house.manager)
    assert CaseView.objects.count() == 1


def test_answers_are_read_with_their_labels(house: House, read: Any) -> None:
    Question.objects.create(
        subject=house.pothole,
        code="size",
        kind="choice",
        text_tr="Ne kadar büyük?",
        choices=[{"code": "l", "tr": "Bir metreden büyük"}],
    )
    page = read(house.assigned(answers={"size": "l"}), house.officer)
    assert "Ne kadar büyük?" in page
    assert "Bir metreden büyük" in page


def test_the_story_is_told_in_order_and_in_words(house: House, read: Any) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    actions.note(case, "Keşfe gidildi", by=house.officer)
    actions.ask_applicant(case, "Hangi kapının önü?", by=house.officer)
    actions.applicant_replies(case, "Beş numaranın", by=Citizen())
    actions.plan(case, timezone.localdate(), crew=house.crew, by=house.officer)
    actions.resolve(case, Draft("informed", "Baktık, geçici kapattık"), by=house.officer)
    page = read(case, house.officer)
    told = ["Başvuru geldi", "havale edildi", "İşleme alındı", "Keşfe gidildi", "Hangi kapının önü?", "Beş numaranın",
            "programa alındı", "Asfalt ekibi", "Sonuçlandı: Bilgi verildi", "Baktık, geçici kapattık"]  # fmt: skip
    places = [page.index(words, page.index("Geçmiş")) for words in told]
    assert places == sorted(places)


def test_a_message_that_did_not_go_shows_and_can_be_sent_again(house: House, read: Any) -> None:
    case = house.assigned()
    Message.objects.create(
        key="x", case=case, person=house.ayse, letter="received", way="email", subject="Başvurunuzu aldık", body="Sayın Ayşe",
        state="failed", reason="Adres yok", made_at=timezone.now(),
    )  # fmt: skip
    page = read(case, house.officer)
    assert "Bildirim gitmedi (E-posta): Başvurunuzu aldık" in page
    assert "Adres yok" in page
    assert "Yeniden gönder" in page
    assert "Yeniden gönder" not in read(case, house.auditor)


def test_a_call_that_waits_names_its_way_once(house: House, read: Any) -> None:
    case = house.assigned()
    Message.objects.create(
        key="x", case=case, person=house.ayse, letter="received", way="phone", body="Arayın", state="waiting",
        made_at=timezone.now(),
    )  # fmt: skip
    assert "Bildirim sırada (Telefon)</span>" in read(case, house.officer)


def test_a_near_case_about_the_same_is_offered_for_merging(house: House, read: Any) -> None:
    near, case = house.assigned(), house.assigned()
    far = house.assigned(place=actions.opening.Place(lat=38.9, lon=35.9))
    page = read(case, house.agent)
    assert f"{near.number} ana kaydına bağla" in page
    assert f"{far.number} ana kaydına bağla" not in page
    assert "ana kaydına bağla" not in read(case, house.officer)


def test_supporters_parts_and_earlier_cases_are_linked(house: House, read: Any) -> None:
    case, supporter = house.assigned(), house.assigned()
    actions.merge(supporter, case, by=house.agent)
    part = actions.split(case, [(house.water, "Sular da kesik")], by=house.agent)[0]
    page = read(case, house.agent)
    for other in (supporter, part):
        assert reverse("case", args=[other.number]) in page
    assert "1 destekleyen" in page
    assert f"{case.number} ana kaydına gidin" in read(supporter, house.agent)


def test_identity_numbers_are_masked(house: House, read: Any) -> None:
    house.ayse.national_id = "10000000146"
    house.ayse.prepare().save()
    page = read(house.assigned(), house.officer)
    assert "100******46" in page
    assert "10000000146" not in page


def test_english_readers_read_english_subjects(house: House, client: Client) -> None:
    client.force_login(house.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["dil"] = "en"
    assert "Pothole" in client.get(reverse("case", args=[house.assigned().number])).content.decode()


def _long_life(house: House, rounds: int) -> Case:
    case = actions.accept(house.assigned(), by=house.officer)
    other = house.assigned()
    for turn in range(rounds):
        actions.note(case, f"Not {turn}", by=house.officer)
        actions.ask_applicant(case, f"Soru {turn}", by=house.officer)
        actions.applicant_replies(case, f"Cevap {turn}", by=Citizen())
        actions.plan(case, timezone.localdate() + timedelta(days=turn), "Yağmur", house.crew, by=house.officer)
    actions.merge(other, case, by=house.agent)
    return case


def test_a_long_story_costs_as_many_queries_as_a_short_one(
    house: House, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(house.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    cases = [_long_life(house, 1), _long_life(house, 6)]
    client.get(reverse("case", args=[cases[0].number]))  # what is kept between requests is read now
    counts = []
    for case in cases:
        with django_assert_max_num_queries(23) as captured:
            client.get(reverse("case", args=[case.number]))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_no_reader_of_a_case_can_act_as_its_citizen(house: House, read: Any, client: Client) -> None:
    case = house.assigned()
    code = case.tracking_code
    body = f"Kodunuz: {code} ya da {code[:5]} {code[5:]}\nİzleyin: https://mimer.example/takip/{case.number}/{code}/\nSağlıcakla"
    Message.objects.create(
        key="x", case=case, person=house.ayse, letter="received", way="email", body=body, state="sent", made_at=timezone.now()
    )  # fmt: skip
    for reader in (house.officer, house.auditor, house.agent):
        page = read(case, reader)
        assert "Sağlıcakla" in page and "••••" in page
        assert code not in page and f"{code[:5]} {code[5:]}" not in page and f"/takip/{case.number}" not in page
    paper = [reverse(name, args=[case.number]) for name in ("staff_receipt", "desk_saved")]
    assert paper[0] in read(case, house.agent) and paper[0] not in read(case, house.officer)
    assert [client.get(path).status_code for path in paper] == [404, 404]


def test_whoever_took_it_down_at_the_counter_hands_out_the_paper_that_day(house: House, read: Any) -> None:
    opening = actions.Opening("Kaldırım çöktü", house.water, "unit", place=actions.opening.Place(lat=38.7, lon=35.5))
    case = actions.route(actions.open_case(opening, by=house.officer), house.transport, "Bizim işimiz", by=house.agent)
    paper = reverse("staff_receipt", args=[case.number])
    assert paper in read(case, house.officer)
    assert paper not in read(case, house.head)
    Case.objects.filter(pk=case.pk).update(recorded_at=timezone.now() - timedelta(hours=13))
    case.refresh_from_db()
    assert paper not in read(case, house.officer)


def test_of_a_case_that_a_reader_may_not_see_only_the_number_is_told(house: House, read: Any) -> None:
    main = house.assigned()
    hidden = house.assigned(house.staff_complaint)
    actions.merge(hidden, main, by=house.manager)
    part_of_it = actions.split(main, [(house.staff_complaint, "Memur bağırdı")], by=house.manager)[0]
    page = read(main, house.officer)
    for other in (hidden, part_of_it):
        assert other.number in page
        assert reverse("case", args=[other.number]) not in page
    assert page.count("görme yetkiniz yok") == 2
    assert "Personel şikâyeti" not in page
    supporters = page[page.index('id="destekleyenler"') :]
    assert "Ayşe" not in supporters[: supporters.index("</section>")]
    assert "görme yetkiniz yok" not in read(main, house.manager)


def test_a_main_case_out_of_sight_is_no_link(house: House, read: Any) -> None:
    main, supporter = house.assigned(house.staff_complaint), house.assigned()
    actions.merge(supporter, main, by=house.manager)
    page = read(supporter, house.officer)
    assert f"{main.number} ana kaydına bağlı" in page
    assert reverse("case", args=[main.number]) not in page
    assert reverse("case", args=[main.number]) in read(supporter, house.manager)
