"""A citizen applies on the web, from the first word to the receipt, whatever she types and whichever button she presses twice."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mimer.cases.models import Case
from mimer.intake.models import Application, ApplicationFile
from mimer.municipality.kinds import Channel
from mimer.municipality.models import Question
from mimer.municipality.models.subjects import QuestionKind
from tests.web.citizen_door import Walk, errors, photo


@pytest.fixture(autouse=True)
def _quick_hands(settings: Any) -> None:
    settings.RATE_LIMITS = False


@pytest.fixture
def walk(client: Client, house: Any) -> Walk:
    return Walk(client, house)


def test_an_application_from_the_first_word_to_the_receipt(walk: Walk, house: Any) -> None:
    case = walk.to_check().finish()
    assert (case.text, case.subject, case.address) == ("Kaldırımda büyük bir çukur var", house.pothole, "Çay Sokak 5")
    assert (case.channel, case.unit, case.neighbourhood) == (Channel.WEB, house.transport, house.fatih)
    assert case.applicant.full_name == "Ayşe Işık"
    page = walk.client.get(walk.url).content.decode()
    assert case.number in page and f"{case.tracking_code[:5]} {case.tracking_code[5:]}" in page
    assert "gününe kadar" in page


def test_looking_at_the_first_page_leaves_nothing_behind(client: Client, house: Any) -> None:
    response = client.get(reverse("apply"))
    assert response.status_code == 200 and not Application.objects.exists() and "taslak" not in response.cookies


@pytest.mark.parametrize("text", ["", "   ", "\r\n\t"])
def test_no_words_are_asked_for_in_a_sentence(walk: Walk, text: str) -> None:
    assert errors(walk.words(text)) == ["Ne olduğunu birkaç sözcükle yazın"]
    assert not Case.objects.exists()


def test_too_many_words_stay_on_the_page(walk: Walk) -> None:
    response = walk.words("ç" * 4001)
    assert errors(response) == ["Açıklama en çok 4.000 karakter olabilir"]
    assert "ç" * 4001 in response.content.decode()
    assert walk.words("ç" * 4000).status_code == 302


def test_signs_nobody_can_see_are_left_out(walk: Walk) -> None:
    walk.words("çukur\x00 var\r\nçok\x07 derin")
    assert Application.objects.get().data["text"] == "çukur var\nçok derin"


def test_photos_are_kept_when_the_words_are_missing(walk: Walk) -> None:
    response = walk.words("", photos=[photo()])
    assert errors(response) == ["Ne olduğunu birkaç sözcükle yazın"]
    assert ApplicationFile.objects.get().name == "cukur.jpg"
    assert "cukur.jpg" in response.content.decode()


def test_the_words_and_the_good_photo_are_kept_when_another_photo_is_bad(walk: Walk) -> None:
    response = walk.words(photos=[photo(), _file("hesap.exe", b"MZ\x90\x00")])
    assert errors(response) == ["hesap.exe eklenemedi: dosya JPG, PNG, WebP veya PDF olmalı."]
    assert "Kaldırımda büyük bir çukur var" in response.content.decode()
    assert [file.name for file in ApplicationFile.objects.all()] == ["cukur.jpg"]


def test_a_photo_can_be_taken_out_again_and_the_words_stay(walk: Walk, django_capture_on_commit_callbacks: Any) -> None:
    walk.words(photos=[photo(), photo("agac.jpg", "green")], add="1")
    kept = ApplicationFile.objects.get(name="agac.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        walk.send(text="Başka sözler", remove=kept.pk)
    assert [file.name for file in ApplicationFile.objects.all()] == ["cukur.jpg"]
    assert "Başka sözler" in walk.client.get(walk.url).content.decode()
    assert not kept.file.storage.exists(kept.file.name)


def test_no_more_than_six_files(walk: Walk) -> None:
    colours = ["red", "green", "blue", "white", "black", "grey", "pink"]
    response = walk.words(photos=[photo(f"{colour}.jpg", colour) for colour in colours])
    assert errors(response) == ["En çok 6 dosya ekleyebilirsiniz; pink.jpg eklenmedi."]
    assert ApplicationFile.objects.count() == 6


def test_photos_reach_the_case_and_leave_the_draft(walk: Walk, django_capture_on_commit_callbacks: Any) -> None:
    walk.words(photos=[photo()])
    draft_file = ApplicationFile.objects.get().file
    walk.subject(), walk.place(), walk.contact()
    with django_capture_on_commit_callbacks(execute=True):
        case = walk.finish()
    attachment = case.attachments.get()
    assert (attachment.name, attachment.content_type, attachment.public) == ("cukur.jpg", "image/jpeg", True)
    assert not ApplicationFile.objects.exists()
    storage = attachment.file.storage
    assert storage.exists(attachment.file.name) and not storage.exists(draft_file.name)


def test_the_subject_must_be_chosen(walk: Walk) -> None:
    walk.words()
    assert errors(walk.send()) == ["Başvurunuzun konusunu seçin"]
    assert errors(walk.send(subject="999999")) == ["Bu konu artık seçilemiyor; listeden başka bir konu seçin"]


def test_the_words_suggest_a_subject(walk: Walk, house: Any) -> None:
    walk.words("asfaltta çukur")
    assert walk.client.get(walk.url).context["found"].suggested == [house.pothole]
    assert walk.client.get(walk.url, {"ara": "İMAR"}).context["found"].suggested == [house.parcel]


def test_a_subject_chosen_beforehand_is_not_asked_again(walk: Walk, house: Any) -> None:
    walk.url = f"{reverse('apply')}?konu={house.pothole.code}"
    walk.words()
    assert walk.step == "yer"


def test_questions_are_asked_and_their_answers_kept(walk: Walk, house: Any) -> None:
    kinds = [
        ("deep", QuestionKind.YES_NO),
        ("since", QuestionKind.DATE),
        ("count", QuestionKind.NUMBER),
        ("note", QuestionKind.TEXT),
    ]
    for order, (code, kind) in enumerate(kinds):
        Question.objects.create(
            subject=house.pothole, code=code, kind=kind, text_tr=f"{code}?", required=code == "deep", order=order
        )
    walk.words(), walk.subject()
    assert walk.step == "sorular"
    wrong = walk.send(since="dün", count="üç", note="x" * 301)
    assert errors(wrong) == [
        "Bu soruyu yanıtlayın: deep?", "Tarihi 15.01.2026 gibi yazın", "Sayıyı rakamla yazın, örneğin 3",
        "note? en çok 300 karakter olabilir",
    ]  # fmt: skip
    assert "dün" in wrong.content.decode()
    walk.send(deep="yes", since="15.01.2026", count="3"), walk.place(), walk.contact()
    assert walk.finish().answers == {"deep": "yes", "since": "2026-01-15", "count": "3"}


def test_what_another_body_does_is_explained_and_may_still_be_sent(walk: Walk, house: Any) -> None:
    walk.words("Su akmıyor"), walk.subject(house.water)
    assert walk.step == "kurum"
    page = walk.client.get(walk.url).content.decode()
    assert "KASKİ" in page and "tel:185" in page
    walk.send(), walk.place(), walk.contact()
    assert walk.finish().subject == house.water


def test_a_bodys_name_with_brackets_stands_in_no_others(walk: Walk, house: Any) -> None:
    house.waterworks.name_tr = "KASKİ (su ve kanalizasyon)"
    house.waterworks.save()
    walk.words("Su kesintisi var")
    assert (
        "((" not in walk.client.get(walk.url).text
        and "· KASKİ (su ve kanalizasyon)</span>" in walk.client.get(walk.url).text
    )


def test_the_check_page_shows_the_language_of_the_letters(walk: Walk) -> None:
    walk.words(), walk.subject(), walk.place(), walk.contact(language="en")
    page = walk.client.get(walk.url).text
    row = page[page.index("Hangi dilde yazalım?") :]
    assert "English" in row[: row.index("</dd>")]


def test_a_place_is_asked_for_where_the_subject_needs_one(walk: Walk) -> None:
    walk.words(), walk.subject()
    assert errors(walk.place(address="", neighbourhood="")) == ["Adresi yazın ya da yeri haritada gösterin"]
    assert errors(walk.place(neighbourhood="")) == ["Mahalleyi seçin"]
    assert errors(walk.place(neighbourhood="4711")) == ["Mahalleyi listeden seçin"]
    assert errors(walk.place(lat="kuzey", lon="35")) == ["Haritadaki nokta okunamadı; yeri yeniden gösterin"]
    assert walk.place(address="", neighbourhood="", lat="38.721", lon="35.501").status_code == 302


def test_a_point_alone_tells_the_neighbourhood(walk: Walk, house: Any) -> None:
    walk.words(), walk.subject(), walk.place(address="", neighbourhood="", lat="38.721", lon="35.501"), walk.contact()
    case = walk.finish()
    assert (case.lat, case.lon, case.neighbourhood) == (38.721, 35.501, house.fatih)


def test_a_place_outside_says_who_is_responsible_and_lets_her_choose(walk: Walk, house: Any) -> None:
    from mimer.municipality.models import Municipality

    ours = Municipality.objects.get()
    ours.outside_body = house.waterworks
    ours.save()
    walk.words(), walk.subject(), walk.place(lat="41.0", lon="29.0")
    assert walk.step == "sinir-disi"
    page = walk.client.get(walk.url).content.decode()
    assert "Deneme Belediyesi sınırlarının dışında" in page and "KASKİ" in page
    walk.url = walk.url.replace("sinir-disi", "yer")
    walk.place(lat="38.72", lon="35.5")
    assert walk.step == "iletisim"
    walk.url = walk.url.replace("iletisim", "yer")
    walk.place(lat="41.0", lon="29.0"), walk.send()
    assert walk.step == "iletisim"


def test_the_place_of_a_photo_is_offered_and_its_trace_is_gone(walk: Walk, house: Any) -> None:
    walk.words(photos=[photo(gps=(38.7201, 35.5002))]), walk.subject()
    page = walk.client.get(walk.url)
    assert "Fatih" in page.content.decode() and page.context["form"]["photo_place"].value() == "yes"
    walk.place(address="", neighbourhood="", photo_place="yes")
    walk.contact()
    case = walk.finish()
    assert (round(case.lat, 4), round(case.lon, 4), case.neighbourhood) == (38.7201, 35.5002, house.fatih)
    from PIL import Image

    with Image.open(case.attachments.get().file) as kept:
        assert not kept.getexif()


def test_the_photo_may_be_from_elsewhere(walk: Walk) -> None:
    walk.words(photos=[photo(gps=(38.7201, 35.5002))]), walk.subject()
    initial = walk.client.get(walk.url).context["form"]
    walk.place(photo_place="no", lat=initial["lat"].value(), lon=initial["lon"].value())
    walk.contact()
    assert walk.finish().lat is None


def test_a_parcel_subject_asks_for_ada_and_parsel(walk: Walk, house: Any) -> None:
    walk.words("Arsamın imar durumu"), walk.subject(house.parcel)
    assert errors(walk.place(address="", neighbourhood="")) == ["Ada ve parsel numarasını ya da yerin adresini yazın"]
    assert errors(walk.place(block="12a", lot="3")) == ["Ada numarasını 1234 gibi yazın"]
    assert errors(walk.place(block="1234", lot="")) == ["Ada ve parsel numarasını birlikte yazın"]
    walk.place(block="1234", lot="5", address="", neighbourhood="")
    walk.contact()
    case = walk.finish()
    assert (case.block, case.lot) == ("1234", "5")


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"given_name": "", "family_name": " "}, ["Adınızı yazın", "Soyadınızı yazın"]),
        ({"given_name": "ş" * 201}, ["Ad en çok 200 karakter olabilir"]),
        ({"preferred_way": ""}, ["Size nasıl haber vereceğimizi seçin"]),
        ({"phone": ""}, ["Size ulaşabilmemiz için telefonunuzu yazın"]),
        ({"phone": "12345"}, ["Telefonu 0532 123 45 67 gibi yazın"]),
        ({"preferred_way": "email"}, ["E-posta ile haber verebilmemiz için e-posta adresinizi yazın"]),
        ({"preferred_way": "email", "email": "ayse@"}, ["E-posta adresini ad@ornek.com gibi yazın"]),
        ({"preferred_way": "letter"}, ["Mektup gönderebilmemiz için posta adresinizi yazın"]),
    ],
)
def test_how_to_reach_her_is_asked_in_sentences_and_nothing_typed_is_lost(
    walk: Walk, changes: Any, sentences: list[str]
) -> None:
    walk.words(), walk.subject(), walk.place()
    response = walk.contact(**changes)
    assert errors(response) == sentences
    assert "0532 123 45 67" in response.content.decode() or "phone" in changes


@pytest.mark.parametrize("name", ["Ö", "Ş" * 200])
def test_names_of_one_letter_and_of_two_hundred(walk: Walk, name: str) -> None:
    walk.words(), walk.subject(), walk.place()
    walk.contact(given_name=name, family_name=name)
    assert walk.finish().applicant.family_name == name


def test_no_message_is_offered_while_nothing_sends_one(walk: Walk, settings: Any) -> None:
    walk.words()
    walk.subject()
    walk.place()
    page = walk.client.get(walk.url).text
    assert 'value="sms"' not in page and "SMS" not in page and 'value="phone"' in page
    settings.SMS_SENDER = "silent"
    assert 'value="sms"' in walk.client.get(walk.url).text
    walk.contact(preferred_way="sms")
    settings.SMS_SENDER = ""
    page = walk.client.get(walk.url.replace("kontrol", "iletisim")).text
    assert 'value="sms"' in page, "who chose it before keeps it"


def test_without_a_name_the_consequences_are_told_and_no_person_is_kept(walk: Walk) -> None:
    walk.words(), walk.subject(), walk.place()
    assert "Adınızı vermezseniz" in walk.client.get(walk.url).content.decode()
    walk.contact(who="anonymous", given_name="", phone="bozuk")
    assert walk.finish().applicant is None


def test_identity_is_asked_only_where_it_is_needed_and_kept_sealed(walk: Walk, house: Any) -> None:
    house.pothole.needs_identity = True
    house.pothole.save()
    walk.words(), walk.subject(), walk.place()
    assert errors(walk.contact(national_id="")) == ["T.C. kimlik numaranızı yazın"]
    assert errors(walk.contact(national_id="1234567890")) == ["T.C. kimlik numarası 11 rakam olmalı"]
    wrong = ["T.C. kimlik numaranızı kontrol edin; rakamlardan biri yanlış görünüyor"]
    assert errors(walk.contact(who="anonymous", national_id="10000000147")) == wrong
    walk.contact(national_id="100 000 001 46")
    assert "10000000146" not in str(Application.objects.get().data)
    assert "100******46" in walk.client.get(walk.url).content.decode()
    assert walk.finish().applicant.national_id == "10000000146"


def test_pressing_send_twice_and_going_back_make_one_case(walk: Walk) -> None:
    check = walk.to_check().url
    first = walk.client.post(check)
    again = walk.client.post(check)
    back = walk.client.get(check.replace("kontrol", "ne-oldu"))
    assert first["Location"] == again["Location"] == back["Location"]
    assert Case.objects.count() == 1
    assert set(Application.objects.get().data) == {"owner"}


def test_pages_cannot_be_skipped(walk: Walk) -> None:
    walk.words()
    response = walk.client.get(walk.url.replace("konu", "kontrol"))
    assert response["Location"].endswith("/konu/")


def test_going_back_shows_what_was_typed_and_a_change_leads_back_to_the_check(walk: Walk) -> None:
    check = walk.to_check().url
    contact = check.replace("kontrol", "iletisim")
    assert "0532 123 45 67" in walk.client.get(contact).content.decode()
    walk.url = check.replace("kontrol", "yer")
    walk.place(address="Yeni Sokak 9")
    assert walk.url == check and "Yeni Sokak 9" in walk.client.get(check).content.decode()


def test_a_browser_that_was_closed_finds_its_draft_again_or_throws_it_away(walk: Walk) -> None:
    walk.words()
    page = walk.client.get(reverse("apply"))
    assert "Yarım kalan bir başvurunuz var" in page.content.decode()
    draft = Application.objects.get()
    walk.client.post(reverse("apply_drop", args=[draft.pk]))
    assert not Application.objects.exists()


def test_a_stranger_with_the_address_sees_nothing(walk: Walk, client: Client) -> None:
    walk.words(photos=[photo()], add="1")
    file = ApplicationFile.objects.get()
    stranger = Client()
    addresses = [walk.url, reverse("apply_file", args=[file.application_id, file.pk])]
    assert [stranger.get(address).status_code for address in addresses] == [404, 404]
    assert stranger.post(reverse("apply_drop", args=[file.application_id])).status_code == 404
    stranger.cookies["taslak"] = "baska-bir-anahtar"
    assert stranger.get(walk.url).status_code == 404
    own = client.get(addresses[1])
    assert (
        own.status_code == 200
        and own["X-Content-Type-Options"] == "nosniff"
        and "sandbox" in own["Content-Security-Policy"]
    )


def test_a_draft_cookie_is_for_scripts_and_other_sites_out_of_reach(walk: Walk) -> None:
    cookie = walk.words().cookies["taslak"]
    assert (
        cookie["httponly"]
        and cookie["samesite"] == "Lax"
        and cookie["path"] == "/basvuru/"
        and cookie["max-age"] == 86400
    )


def test_unknown_pages_of_the_wizard_are_not_there(walk: Walk) -> None:
    walk.words()
    assert walk.client.get(walk.url.replace("konu", "baska")).status_code == 404


def test_a_municipality_without_subjects_gives_its_telephone(client: Client, db: None) -> None:
    from mimer.municipality.models import Municipality

    Municipality.objects.create(pk=1, name="Yeni Belediye", phone="0352 111 11 11")
    walk = Walk(client, None)
    walk.words()
    page = client.get(walk.url).content.decode()
    assert "Konular henüz tanımlanmadı" in page and "0352 111 11 11" in page


def test_the_check_page_asks_the_database_a_fixed_number_of_questions(
    walk: Walk, django_assert_max_num_queries: Any
) -> None:
    walk.words(photos=[photo(colour=colour, name=f"{colour}.jpg") for colour in ("red", "green", "blue")])
    walk.subject(), walk.place(), walk.contact()
    with django_assert_max_num_queries(7):
        walk.client.get(walk.url)


def test_another_tab_cannot_make_a_sent_draft_unsent(walk: Walk) -> None:
    from mimer.web.citizen.journey import Journey

    other_tab = Journey(Application.objects.get(pk=walk.to_check().url.split("/")[3]))
    case = walk.finish()
    other_tab.keep_unfinished(text="Başka sözler")
    draft = Application.objects.get()
    assert draft.case == case and "text" not in draft.data


class TestMachines:
    """What trips up machines at the first page, and tells people what to do."""

    @pytest.fixture(autouse=True)
    def _limits_on(self, settings: Any, _quick_hands: None) -> None:
        settings.RATE_LIMITS = True

    def test_the_hidden_field_must_stay_empty_and_the_words_are_kept(self, walk: Walk) -> None:
        response = walk.words(website="http://spam")
        assert errors(response) == ["Görünmeyen bir alan doldurulmuş; boşalttık, yeniden gönderin."]
        page = response.content.decode()
        assert "Kaldırımda büyük bir çukur var" in page and "http://spam" not in page
        assert not Application.objects.exists()

    def test_who_writes_in_a_second_is_taken_with_her_photo(self, walk: Walk) -> None:
        assert walk.words(photos=photo()).status_code == 302
        assert ApplicationFile.objects.count() == 1

    def test_after_many_drafts_from_one_address_the_telephone_is_offered(self, walk: Walk, monkeypatch: Any) -> None:
        from mimer.web import limits

        monkeypatch.setitem(limits.LIMITS, "apply", limits.Limit(2, 3600))
        start = reverse("apply")
        for _try in range(2):
            walk.url = start
            assert walk.words().status_code == 302
        walk.url = start
        response = walk.words()
        assert response.status_code == 429 and "Kaldırımda büyük bir çukur var" in response.content.decode()
        walk.client.defaults["REMOTE_ADDR"] = "10.0.0.7"
        assert walk.words().status_code == 302


def _file(name: str, content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content, "image/jpeg")
