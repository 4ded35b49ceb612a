"""A citizen follows her application, answers, disagrees, rates and withdraws, with nothing but its number and code."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.actors import RULE, Citizen
from mimer.cases.files import CheckedFile, check_upload
from mimer.cases.models import AttachmentKind, Case, Rating
from mimer.cases.states import Outcome, State
from tests.web.citizen_door import errors, photo

REFUSAL = "Bu numara ve kodla bir başvuru bulamadık. Belgenizdeki numarayı ve kodu yeniden yazın."


def at(case: Case, name: str = "tracked", *more: Any) -> str:
    return reverse(name, args=[case.number, case.tracking_code, *more])


def say(client: Client, case: Case, verb: str, **fields: Any) -> Any:
    """Sends the page of one thing she may do."""
    return client.post(at(case, "tracked_verb", verb), fields)


def page_of(client: Client, case: Case) -> str:
    return client.get(at(case)).content.decode()


def picture(colour: str = "grey") -> CheckedFile:
    upload = photo(colour=colour)
    return check_upload(upload, upload.name or "", upload.size)


@pytest.fixture
def answered(house: Any) -> Case:
    """A pothole that was mended and answered, with the photo of it."""
    case = house.assigned()
    actions.accept(case, by=house.officer)
    actions.attach(case, picture("green"), AttachmentKind.AFTER, by=house.officer)
    actions.resolve(case, Draft(Outcome.POSITIVE, "Çukur bugün kapatıldı."), by=house.officer)
    return case


@pytest.mark.parametrize(
    ("number", "code"),
    [("{0}", "{1}"), (" {2} {3} ", "{4}"), ("{2}{3}", " {5}-{6} "), ("{2}/{3}", "{1}")],
)
def test_number_and_code_are_taken_however_they_were_typed(client: Client, house: Any, number: str, code: str) -> None:
    case = house.assigned()
    secret = case.tracking_code
    parts = [case.number, secret, case.number[:4], case.number[5:], secret.lower(), secret[:5].lower(), secret[5:]]
    response = client.post(reverse("track"), {"number": number.format(*parts), "code": code.format(*parts)})
    assert response["Location"] == at(case)
    assert client.get(response["Location"]).status_code == 200


def test_empty_fields_are_asked_for(client: Client, house: Any) -> None:
    assert errors(client.post(reverse("track"))) == ["Başvuru numaranızı yazın", "Takip kodunuzu yazın"]


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(client: Client, house: Any) -> None:
    case = house.assigned()
    wrong_code = client.post(reverse("track"), {"number": case.number, "code": "AAAAABBBBB"})
    wrong_number = client.post(reverse("track"), {"number": "2026-999999", "code": case.tracking_code})
    nonsense = client.post(reverse("track"), {"number": "çukur", "code": "?"})
    assert errors(wrong_code) == errors(wrong_number) == errors(nonsense) == [REFUSAL]
    assert "AAAAABBBBB" in wrong_code.content.decode()


@pytest.mark.parametrize("name", ["tracked", "applied", "receipt"])
def test_a_wrong_code_in_the_address_shows_nothing(client: Client, house: Any, name: str) -> None:
    case = house.assigned()
    assert client.get(reverse(name, args=[case.number, "AAAAABBBBB"])).status_code == 404
    assert client.get(reverse(name, args=["2026-999999", case.tracking_code])).status_code == 404


def test_guessing_is_stopped_and_the_telephone_offered(client: Client, house: Any, monkeypatch: Any) -> None:
    from mimer.web import limits

    monkeypatch.setitem(limits.LIMITS, "track", limits.Limit(3, 600))
    case = house.assigned()
    for code in ("AAAAABBBBB", "AAAAACCCCC", "AAAAADDDDD"):
        assert client.get(reverse("tracked", args=[case.number, code])).status_code == 404
    stopped = client.post(reverse("track"), {"number": f" {case.number} ", "code": "AAAAAEEEEE"})
    assert stopped.status_code == 429 and "0352 000 00 00" in stopped.content.decode()
    assert client.get(reverse("tracked", args=[case.number, "AAAAAFFFFF"])).status_code == 429
    assert client.get(reverse("tracked", args=[house.assigned().number, "AAAAAFFFFF"])).status_code == 404


def test_who_knows_her_code_gets_in_however_often_others_guessed(client: Client, house: Any, monkeypatch: Any) -> None:
    from mimer.web import limits

    for door in ("track", "track_anything"):
        monkeypatch.setitem(limits.LIMITS, door, limits.Limit(1, 600))
    case = house.assigned()
    for _try in range(3):
        client.get(reverse("tracked", args=[case.number, "AAAAABBBBB"]))
    assert client.get(at(case)).status_code == 200
    assert client.post(reverse("track"), {"number": case.number, "code": case.tracking_code})["Location"] == at(case)


def test_guessing_through_many_numbers_is_stopped_too(client: Client, house: Any, monkeypatch: Any) -> None:
    from mimer.web import limits

    monkeypatch.setitem(limits.LIMITS, "track_anything", limits.Limit(2, 600))
    answers = [client.get(reverse("tracked", args=[f"2026-00000{n}", "AAAAABBBBB"])).status_code for n in range(3)]
    assert answers == [404, 404, 429]


def test_a_mobile_operators_one_address_is_enough_for_many(client: Client, house: Any) -> None:
    from mimer.web.limits import LIMITS

    assert LIMITS["apply"].tries >= 400 and LIMITS["send"].tries >= 200


def test_files_on_her_page_are_bounded_before_they_are_looked_at(client: Client, house: Any, monkeypatch: Any) -> None:
    from mimer.web import limits
    from mimer.web.citizen import verbs
    from mimer.web.forms import citizen

    monkeypatch.setattr(verbs, "FILES_MOST", 2)
    case = house.assigned()
    say(client, case, "attach", photos=[photo(), photo("agac.jpg", "green")])
    monkeypatch.setattr(citizen, "check_upload", lambda *_file: pytest.fail("it was looked at"))
    full = say(client, case, "attach", photos=photo("taze.jpg", "red"))
    assert errors(full) == ["Bir başvuruya en çok 2 dosya ekleyebilirsiniz; bu kadarı eklenemedi."]
    monkeypatch.setattr(verbs, "FILES_MOST", 20)
    monkeypatch.setitem(limits.LIMITS, "upload", limits.Limit(0, 600))
    often = say(client, case, "attach", photos=photo("taze.jpg", "red"))
    assert errors(often) == ["Kısa sürede çok fazla gönderim oldu; birkaç dakika sonra yeniden gönderin."]
    assert case.attachments.count() == 2


def test_the_page_tells_state_promise_and_story(client: Client, house: Any) -> None:
    case = house.assigned()
    page = page_of(client, case)
    for words in (
        case.number,
        "Yol çukuru",
        "İnceleniyor",
        "gününe kadar",
        "Başvurunuzu aldık",
        "Ulaşım Hizmetleri Müdürlüğü",
        case.text,
    ):
        assert words in page


def test_the_page_is_kept_by_nobody_and_told_to_nobody(client: Client, house: Any) -> None:
    response = client.get(at(house.assigned()))
    assert "no-store" in response["Cache-Control"] and "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "strict-origin"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_form_that_tells_only_its_host_is_still_ours_over_https(house: Any) -> None:
    case, browser = house.assigned(), Client(enforce_csrf_checks=True)
    withdraw = at(case) + "withdraw/"
    token = browser.get(withdraw, secure=True).context["csrf_token"]
    sent = {"csrfmiddlewaretoken": str(token), "text": "Gerek kalmadı", "sure": "on"}
    answer = browser.post(withdraw, sent, secure=True, headers={"referer": "https://testserver/"})
    assert answer.status_code != 403
    assert browser.post(withdraw, sent, secure=True, headers={"referer": "https://evil.example/"}).status_code == 403


def test_words_of_the_house_to_itself_stay_inside(client: Client, house: Any) -> None:
    case = house.open()
    actions.route(case, house.zoning, "Yanlış birime gizli gerekçe", by=house.agent)
    actions.note(case, "İçeride kalacak not", by=house.agent)
    actions.note(case, "Ekibimiz yolda", to_citizen=True, by=house.agent)
    actions.attach(case, picture(), AttachmentKind.DOCUMENT, by=house.agent)
    page = page_of(client, case)
    assert "Ekibimiz yolda" in page
    assert "gizli gerekçe" not in page and "İçeride kalacak" not in page and house.agent.full_name not in page
    document = case.attachments.get()
    assert client.get(at(case, "tracked_file", document.pk)).status_code == 404


def test_she_answers_a_question_with_words_and_a_photo(client: Client, house: Any) -> None:
    case = house.assigned()
    actions.ask_applicant(case, "Çukur kaldırımda mı, yolda mı?", by=house.officer)
    page = page_of(client, case)
    assert "Sizden bilgi bekleniyor" in page and "Çukur kaldırımda mı" in page
    empty = say(client, case, "applicant_replies", words="", photos=photo())
    assert errors(empty) == ["Cevabınızı yazın"]
    say(client, case, "applicant_replies", words="Kaldırımda", photos=photo())
    case.refresh_from_db()
    assert case.state == State.ASSIGNED and case.attachments.get().kind == AttachmentKind.CITIZEN
    assert "Kaldırımda" in page_of(client, case)


def test_the_answer_is_shown_with_its_photo(client: Client, answered: Case) -> None:
    page = page_of(client, answered)
    assert "Cevabımız" in page and "Çukur bugün kapatıldı." in page and "Yanıtlandı" in page
    file = client.get(at(answered, "tracked_file", answered.attachments.get().pk))
    assert file["Content-Type"] == "image/jpeg" and file["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file["Content-Security-Policy"] and file["Content-Disposition"].startswith("inline")


def test_not_solved_needs_words_or_a_photo_and_says_what_it_is_not(client: Client, answered: Case) -> None:
    form_page = client.get(at(answered, "tracked_verb", "not_solved")).content.decode()
    assert "Bu bildirim yasal bir itiraz değildir ve dava açma süresini durdurmaz." in form_page
    assert "Bu yasal bir itiraz değildir" in page_of(client, answered)
    empty = say(client, answered, "not_solved", words="")
    assert errors(empty) == ["Neyin çözülmediğini birkaç sözcükle yazın ya da fotoğraf ekleyin."]
    say(client, answered, "not_solved", photos=photo())
    answered.refresh_from_db()
    assert answered.state == State.ASSIGNED and answered.outcome == ""


def test_a_bad_photo_does_not_lose_the_words(client: Client, answered: Case) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    bad = SimpleUploadedFile("foto.gif", b"GIF89a....", "image/gif")
    response = say(client, answered, "not_solved", words="Hâlâ çukur var", photos=bad)
    assert "foto.gif eklenemedi" in errors(response)[0] and "Hâlâ çukur var" in response.content.decode()
    answered.refresh_from_db()
    assert answered.state == State.RESOLVED


def test_after_the_window_not_solved_is_not_offered(client: Client, house: Any) -> None:
    case = house.assigned(house.staff_complaint)
    long_ago = timezone.now() - timedelta(days=16)
    Case.objects.filter(pk=case.pk).update(state=State.IN_PROGRESS)
    case.refresh_from_db()
    actions.refer(case, house.waterworks, "KASKİ'ye ilettik.", by=house.manager, at=long_ago)
    page = page_of(client, case)
    assert "Sorunum çözülmedi" not in page and "KASKİ" in page
    assert say(client, case, "not_solved", words="Çözülmedi").status_code == 200
    case.refresh_from_db()
    assert case.state == State.RESOLVED


def test_she_closes_rates_and_reopens_once(client: Client, answered: Case) -> None:
    say(client, answered, "close")
    assert "Kapandı" in page_of(client, answered)
    assert errors(say(client, answered, "rate")) == ["1 ile 5 arasında bir puan seçin"]
    say(client, answered, "rate", score="5", solved="yes", words="Teşekkürler")
    rating = Rating.objects.get()
    assert (rating.score, rating.really_solved, rating.words) == (5, True, "Teşekkürler")
    assert "5 üzerinden 5" in page_of(client, answered)
    assert errors(say(client, answered, "reopen", words="")) == ["Neden yeniden açılması gerektiğini yazın"]
    say(client, answered, "reopen", words="Yeniden çöktü")
    answered.refresh_from_db()
    assert answered.state == State.ASSIGNED and "Yeniden çöktü" in page_of(client, answered)


def test_she_withdraws(client: Client, house: Any) -> None:
    case = house.assigned()
    assert errors(say(client, case, "withdraw", words=" ")) == ["Neden vazgeçtiğinizi birkaç sözcükle yazın"]
    say(client, case, "withdraw", words="Kendim hallettim")
    case.refresh_from_db()
    assert (case.state, case.outcome) == (State.CLOSED, Outcome.WITHDRAWN)


def test_she_adds_a_photo_later(client: Client, house: Any) -> None:
    case = house.assigned()
    assert errors(say(client, case, "attach")) == ["Eklenecek dosyayı seçin"]
    say(client, case, "attach", photos=[photo(), photo("agac.jpg", "green")])
    assert case.attachments.count() == 2
    assert page_of(client, case).count("Dosya eklediniz") == 1


@pytest.mark.parametrize("verb", ["accept", "approve", "route", "olmayan"])
def test_verbs_of_others_are_not_there(client: Client, house: Any, verb: str) -> None:
    assert say(client, house.assigned(), verb).status_code == 404


def test_a_page_whose_time_has_passed_leads_back(client: Client, house: Any) -> None:
    case = house.assigned()
    response = client.get(at(case, "tracked_verb", "reopen"), follow=True)
    assert response.redirect_chain[-1][0] == at(case) and "Bu şu anda yapılamıyor" in response.content.decode()


def test_what_is_not_possible_now_is_said_and_nothing_typed_is_lost(client: Client, house: Any) -> None:
    case = house.assigned()
    response = say(client, case, "reopen", words="Açın lütfen")
    assert "yapılamaz" in errors(response)[0]
    case.refresh_from_db()
    assert case.state == State.ASSIGNED


def test_speaking_too_often_is_told_and_the_words_stay(client: Client, house: Any, monkeypatch: Any) -> None:
    from mimer.web import limits

    monkeypatch.setitem(limits.LIMITS, "speak", limits.Limit(1, 600))
    case = house.assigned()
    say(client, case, "attach", photos=photo())
    response = say(client, case, "withdraw", words="Vazgeçtim")
    assert "birkaç dakika sonra" in errors(response)[0] and "Vazgeçtim" in response.content.decode()


def test_a_supporter_sees_how_the_common_record_got_on_and_nothing_of_its_applicant(client: Client, house: Any) -> None:
    main = house.assigned(text="Komşunun gizli sözleri")
    mine = house.open(applicant=None, text="Aynı çukur")
    actions.merge(mine, main, by=house.agent)
    actions.accept(main, by=house.officer)
    actions.plan(main, timezone.localdate() + timedelta(days=3), by=house.officer)
    actions.note(main, "Komşuya not", to_citizen=True, by=house.officer)
    page = page_of(client, mine)
    assert "Ortak kayıtta neler oldu?" in page and "günü için programda" in page and "İnceleniyor" in page
    assert main.number not in page and "gizli sözleri" not in page and "Komşuya not" not in page and "Ayşe" not in page


def test_a_supporter_who_was_asked_answers_on_her_page(client: Client, house: Any) -> None:
    main, mine = house.assigned(), house.assigned()
    actions.ask_applicant(mine, "Hangi kapının önü?", by=house.officer)
    actions.merge(mine, main, by=house.agent)
    page = page_of(client, mine)
    assert "Hangi kapının önü?" in page and "Sizden bilgi bekleniyor" in page
    assert client.get(at(mine, "tracked_verb", "applicant_replies")).status_code == 200
    say(client, mine, "applicant_replies", words="5 numaranın önü")
    mine.refresh_from_db()
    assert mine.state == State.ASSIGNED


def test_what_silence_and_other_bodies_did_is_told(client: Client, house: Any) -> None:
    case = house.assigned()
    actions.ask_applicant(case, "Neresi?", by=house.officer)
    actions.applicant_replies(case, by=RULE)
    actions.accept(case, by=house.officer)
    actions.await_third_party(case, house.waterworks, by=house.officer)
    page = page_of(client, case)
    assert "Süre içinde cevap gelmedi" in page and "Şu kurumun cevabını bekliyoruz: KASKİ" in page


def test_lateness_is_admitted(client: Client, house: Any) -> None:
    case = house.assigned(received_at=timezone.now() - timedelta(days=60))
    page = page_of(client, case)
    assert "Gecikti" in page and "geciktik" in page


def test_the_receipt_is_a_pdf_of_her_own(client: Client, house: Any) -> None:
    case = house.assigned()
    response = client.get(at(case, "receipt"))
    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF-")
    assert case.number in response["Content-Disposition"]


def test_the_page_asks_the_database_a_fixed_number_of_questions(
    client: Client, answered: Case, django_assert_max_num_queries: Any
) -> None:
    for colour in ("red", "blue", "green", "orange"):
        actions.attach(answered, picture(colour), by=Citizen())
        actions.not_solved(answered, "Hâlâ var", by=Citizen())
        answered.refresh_from_db()
        actions.accept(answered, by=answered.officer)
        actions.attach(answered, picture(f"dark{colour}"), AttachmentKind.AFTER, by=answered.officer)
        actions.resolve(answered, Draft(Outcome.POSITIVE, "Kapatıldı."), by=answered.officer)
    with django_assert_max_num_queries(9):
        client.get(at(answered))


def test_the_page_of_a_fresh_application_asks_few_questions(
    client: Client, house: Any, django_assert_max_num_queries: Any
) -> None:
    case = house.assigned()
    with django_assert_max_num_queries(5):
        client.get(at(case))
