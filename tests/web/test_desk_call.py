"""The single screen: one call from the first word to the number read out."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.cases.states import LegalRegime, Outcome, State
from mimer.knowledge.models import CannedAnswer
from mimer.municipality.kinds import Channel
from mimer.municipality.models import Municipality, Question, Subject
from mimer.people.models import CardChange, Person
from mimer.people.search import save_person
from mimer.web.receipt import footer_of, promise_label, promise_of
from tests.cast import House

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sign_in(client: Client) -> Any:
    def enter(staff: Any) -> Client:
        client.force_login(staff, backend=BACKEND)
        return client

    return enter


def call(house: House, **changes: Any) -> dict[str, Any]:
    """The least a telephone call is taken down with."""
    fields = {
        "channel": "phone", "text": "Sokağın ortasında çukur var", "subject": house.pothole.pk, "type": "complaint",
        "address": "Gül Sokak 12", "given_name": "Şükran", "family_name": "Ilgaz", "preferred_way": "phone",
        "phone": "0533 765 43 21", "language": "tr",
    }  # fmt: skip
    return fields | changes


def petition(house: House, **changes: Any) -> dict[str, Any]:
    """The same on a signed sheet."""
    return call(house, channel="petition", signature_kind="wet", has_name="on", has_address="on", **changes)


def taken(response: Any) -> Case:
    assert response.status_code == 302, response.content.decode()[:3000]
    return Case.objects.get(pk=int(response["Location"].rstrip("/").split("-")[-1]))


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "grey").save(out, "JPEG")
    return SimpleUploadedFile("tarama.jpg", out.getvalue(), content_type="image/jpeg")


def test_a_call_becomes_a_routed_case_of_a_new_person(house: House, sign_in: Any) -> None:
    case = taken(sign_in(house.agent).post(reverse("desk_new"), call(house)))
    assert (case.state, case.unit, case.channel, case.regime) == (
        State.ASSIGNED, house.transport, Channel.PHONE, LegalRegime.SERVICE,
    )  # fmt: skip
    assert case.applicant and case.applicant.full_name == "Şükran Ilgaz" and case.applicant.phone == "+905337654321"


def test_the_number_is_shown_large_as_it_is_said_and_with_its_promise(house: House, sign_in: Any) -> None:
    client = sign_in(house.agent)
    case = taken(client.post(reverse("desk_new"), call(house)))
    page = client.get(reverse("desk_saved", args=[case.number])).text
    assert case.number in page and "iki sıfır" in page and "Yeni çağrı" in page
    assert f"{promise_of(case)} sonuçlandırmayı hedefliyoruz" in page
    assert case.tracking_code[:5] in page and reverse("staff_receipt", args=[case.number]) in page


def test_a_target_is_told_as_a_target_and_a_planned_day_as_a_promise(house: House) -> None:
    case = house.assigned()
    assert promise_label(case) == "Hedeflediğimiz gün"
    actions.plan(case, timezone.localdate(), by=house.officer)
    assert promise_label(case) == "Söz verdiğimiz gün"
    actions.invalidate(case, "Boş arama", by=house.agent)
    assert promise_label(case) == "Durumu"


def test_the_telephone_at_the_foot_of_a_paper_stays_in_one_piece(house: House) -> None:
    foot = footer_of(Municipality.get())
    assert foot == "Deneme Belediyesi · 0352\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}00"


@pytest.mark.parametrize("paper", ["", "?kagit=roll", "?kagit=a4", "?kagit=halı"])
def test_the_receipt_is_printed_on_whatever_paper(house: House, sign_in: Any, paper: str) -> None:
    response = sign_in(house.agent).get(reverse("staff_receipt", args=[house.assigned().number]) + paper)
    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF-")


def test_a_caller_who_gives_no_name_is_welcome(house: House, sign_in: Any) -> None:
    nameless = call(house, given_name="", family_name="", phone="", preferred_way="")
    assert taken(sign_in(house.agent).post(reverse("desk_new"), nameless)).applicant is None


def test_a_known_person_is_chosen_and_her_new_number_kept(house: House, sign_in: Any) -> None:
    chosen = call(
        house, person=house.ayse.pk, given_name="", family_name="", phone="0544 111 22 33", email=house.ayse.email
    )
    case = taken(sign_in(house.agent).post(reverse("desk_new"), chosen))
    assert case.applicant == house.ayse and Person.objects.count() == 1
    assert Person.objects.get().phone == "+905441112233"
    change = CardChange.objects.get()
    assert (change.staff, change.columns) == (house.agent, ["phone", "preferred_way"])


def test_a_chosen_persons_identity_number_is_never_written_over(house: House, sign_in: Any) -> None:
    house.ayse.national_id = "10000000146"
    save_person(house.ayse)
    chosen = call(house, person=house.ayse.pk, national_id="10000000078")
    page = sign_in(house.agent).post(reverse("desk_new"), chosen)
    assert page.status_code == 422 and "kimlik numarası başka" in page.text
    assert Person.objects.get().national_id == "10000000146" and not Case.objects.exists()


def test_sent_twice_by_a_double_click_it_is_still_one_case(house: House, sign_in: Any) -> None:
    client = sign_in(house.agent)
    first = taken(client.post(reverse("desk_new"), call(house, key="a1b2c3")))
    assert taken(client.post(reverse("desk_new"), call(house, key="a1b2c3"))) == first
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Ne olduğunu birkaç sözcükle yazın"),
        ({"subject": ""}, "Başvurunun konusunu seçin"),
        ({"subject": "9999"}, "Bu konu artık seçilemiyor"),
        ({"subject": "çukur"}, "Bu konu artık seçilemiyor"),
        ({"address": ""}, "Adresi yazın ya da yeri haritada gösterin"),
        ({"phone": "12"}, "Telefonu 0532 123 45 67 gibi yazın"),
        ({"email": "ayşe"}, "E-posta adresini ad@ornek.com gibi yazın"),
        ({"preferred_way": "email"}, "e-posta adresini yazın"),
        ({"preferred_way": "letter"}, "posta adresini yazın"),
        ({"national_id": "123"}, "T.C. kimlik numarasını kontrol edin"),
        ({"block": "12"}, "Ada ve parsel numarasını birlikte yazın"),
        ({"neighbourhood": "999"}, "Mahalleyi listeden seçin"),
        ({"person": "999"}, "Seçtiğiniz kişi bulunamadı"),
        ({"text": "a" * 4001}, "en çok 4.000 karakter"),
        ({"given_name": "Ş" * 201}, "Ad en çok 200 karakter"),
        ({"received_on": "2999-01-01", "channel": "petition"}, "bugünden sonra olamaz"),
        ({"act": "informed"}, "verdiğiniz bilgiyi yazın"),
        ({"act": "refer", "answer": "KASKİ bakar"}, "dış kurumu tanımlı değil"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    house: House, sign_in: Any, changes: Any, sentence: str
) -> None:
    page = sign_in(house.agent).post(reverse("desk_new"), call(house, **changes))
    assert page.status_code == 422 and sentence in page.text and "Bir sorun var" in page.text
    kept = call(house, **changes)
    for name in ("text", "given_name", "phone", "address"):
        assert str(kept[name]) in page.text
    assert Case.objects.count() == 0 and Person.objects.count() == 1


def test_a_file_that_is_none_is_refused_with_its_name(house: House, sign_in: Any) -> None:
    bad = SimpleUploadedFile("dilekçe.pdf", b"MZ\x00", content_type="application/pdf")
    page = sign_in(house.agent).post(reverse("desk_new"), call(house, papers=bad))
    assert page.status_code == 422 and "dilekçe.pdf" in page.text and "Dosyaları yeniden seçin" in page.text


def test_a_petition_keeps_its_day_its_number_its_scan_and_its_law(house: House, sign_in: Any) -> None:
    paper = call(
        house,
        channel="petition",
        signature_kind="wet",
        received_on="2026-01-05",
        document_number="E-123",
        papers=photo(),
    )
    case = taken(sign_in(house.agent).post(reverse("desk_new"), paper))
    assert case.regime == LegalRegime.PETITION_3071 and case.legal_due_on is not None
    assert case.received_at.date().isoformat() == "2026-01-05" and case.source_id == "E-123"
    assert case.attachments.get().kind == "petition"


def test_a_second_petition_under_the_same_number_names_the_first(house: House, sign_in: Any) -> None:
    client = sign_in(house.agent)
    first = taken(client.post(reverse("desk_new"), petition(house, document_number="E-123")))
    again = petition(house, document_number="E-123")
    assert taken(client.post(reverse("desk_new"), again)) == first
    other = client.post(reverse("desk_new"), again | {"text": "Başka bir konu"})
    assert other.status_code == 422 and first.number in other.text


def test_information_given_on_the_spot_ends_the_case(house: House, sign_in: Any) -> None:
    told = call(house, act="informed", answer="Ekip yarın geliyor, saat 10'da.")
    case = taken(sign_in(house.agent).post(reverse("desk_new"), told))
    assert (case.state, case.outcome) == (State.RESOLVED, Outcome.INFORMED)
    assert case.final_answers.get().text.startswith("Ekip yarın")


def test_a_matter_of_another_body_is_referred_at_once(house: House, sign_in: Any) -> None:
    told = call(house, subject=house.water.pk, type="", act="refer", answer="185'i arayın; biz de ilettik.")
    case = taken(sign_in(house.agent).post(reverse("desk_new"), told))
    assert (case.outcome, case.external_body) == (Outcome.FORWARDED, house.waterworks)


def test_a_referral_speaks_for_itself_where_nothing_is_written(house: House, sign_in: Any) -> None:
    told = call(house, subject=house.water.pk, type="", act="refer")
    case = taken(sign_in(house.agent).post(reverse("desk_new"), told))
    assert case.final_answers.get().text.startswith("Bu konu KASKİ kurumunun görevi")


def test_a_sensitive_matter_can_be_taken_down_with_its_paper_but_not_read_again(house: House, sign_in: Any) -> None:
    client = sign_in(house.agent)
    case = taken(client.post(reverse("desk_new"), call(house, subject=house.staff_complaint.pk, papers=photo())))
    assert case.attachments.count() == 1
    page = client.get(reverse("desk_saved", args=[case.number]))
    assert page.status_code == 200 and case.tracking_code[:5] in page.text and case.text not in page.text
    assert client.get(reverse("case", args=[case.number])).status_code == 404
    assert sign_in(house.officer).get(reverse("desk_saved", args=[case.number])).status_code == 404


def test_the_same_trouble_nearby_can_be_supported(house: House, sign_in: Any) -> None:
    main = house.assigned()
    case = taken(sign_in(house.agent).post(reverse("desk_new"), call(house, supports=main.pk)))
    assert case.merges.get(ended_at=None).main == main


def test_answers_to_the_questions_are_kept_and_none_is_compulsory_on_the_line(house: House, sign_in: Any) -> None:
    choices = [{"code": "yes", "tr": "Tehlike sürüyor", "en": "Danger"}]
    Question.objects.create(
        subject=house.pothole, code="danger", kind="choice", text_tr="Tehlike?", choices=choices, required=True
    )
    client = sign_in(house.agent)
    assert taken(client.post(reverse("desk_new"), call(house))).answers == {}
    answered = call(house, **{"soru-danger": "yes"})
    assert taken(client.post(reverse("desk_new"), answered)).answers == {"danger": "yes"}


def queries_of(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


# What comes up while she talks


def help_with(client: Client, part: str, **told: Any) -> str:
    return client.post(reverse("desk_help"), {"channel": "phone", "part": part} | told).text


def test_words_bring_up_subjects_and_a_subject_its_unit_promise_and_questions(house: House, sign_in: Any) -> None:
    Question.objects.create(subject=house.pothole, code="depth", kind="number", text_tr="Kaç santimetre derin?")
    client = sign_in(house.agent)
    assert "Yol çukuru" in help_with(client, "words", text="asfaltta koca bir çukur")
    page = help_with(client, "subject", pick=house.pothole.pk, text="çukur")
    assert "Kaç santimetre derin?" in page and "Ulaşım Hizmetleri Müdürlüğü" in page
    assert "gününe kadar sonuçlandırmayı hedefliyoruz" in page


def test_what_is_written_for_the_web_is_not_spoken(house: House, sign_in: Any) -> None:
    house.pothole.hint_tr = "Çukurun yerini yazın."
    house.pothole.save()
    page = help_with(sign_in(house.agent), "subject", subject=house.pothole.pk)
    say = page[page.index("Söyleyin") :]
    assert "yazın" not in say[: say.index("</section>")]
    assert "Çukurun yerini yazın." in say[say.index("İnternetten başvurana yazılan yardım") :]


def test_the_same_trouble_is_shown_by_distance_and_by_address(house: House, sign_in: Any) -> None:
    near = house.assigned()
    client = sign_in(house.agent)
    subject = house.pothole.pk
    assert near.number in help_with(client, "place", subject=subject, lat="38.7205", lon="35.5003")
    assert near.number in help_with(client, "place", subject=subject, address="çay sok. sokak 5", neighbourhood="")
    assert near.number not in help_with(client, "place", subject=subject, lat="38.75", lon="35.5")
    assert near.number not in help_with(client, "place", subject=subject, address="Lale Sokak 7")


def test_a_point_that_is_not_ours_says_who_is_responsible(house: House, sign_in: Any) -> None:
    page = help_with(sign_in(house.agent), "place", subject=house.pothole.pk, lat="41.0", lon="29.0")
    assert "belediye sınırının dışında" in page


def test_a_point_that_is_not_ours_is_taken_down_only_knowingly(house: House, sign_in: Any) -> None:
    client, far = sign_in(house.agent), call(house, lat="41.0", lon="29.0")
    page = client.post(reverse("desk_new"), far)
    assert (
        page.status_code == 422 and "bilerek kaydettiğinizi işaretleyin" in page.text and 'name="outside"' in page.text
    )
    assert taken(client.post(reverse("desk_new"), far | {"outside": "on"})).lat == 41.0


def test_another_bodys_matter_says_how_to_reach_it(house: House, sign_in: Any) -> None:
    page = help_with(sign_in(house.agent), "subject", subject=house.water.pk)
    assert "KASKİ kurumunun görevi" in page and "185" in page and 'value="refer"' in page


def test_a_petition_asks_for_day_and_number_and_a_call_does_not(house: House, sign_in: Any) -> None:
    client = sign_in(house.agent)
    assert "received_on" in help_with(client, "channel", channel="petition")
    assert "received_on" not in help_with(client, "channel", channel="phone")


def test_ready_words_are_filled_in_for_the_answer(house: House, sign_in: Any) -> None:
    canned = CannedAnswer.objects.create(
        outcome="informed", title_tr="Programda", text_tr="{place} programda, {unit} bakıyor."
    )
    told = {"subject": house.pothole.pk, "address": "Gül Sokak", "canned": canned.pk}
    assert "Gül Sokak programda, Ulaşım Hizmetleri Müdürlüğü bakıyor." in help_with(
        sign_in(house.agent), "answer", **told
    )


@pytest.mark.parametrize(
    "button", [{"find": "1", "caller": "isik"}, {"pick": "subject"}, {"look": "1"}, {"choose": "ayse"}]
)
def test_without_scripts_every_button_brings_its_part_and_keeps_the_rest(
    house: House, sign_in: Any, button: Any
) -> None:
    pressed = dict(button)
    if "choose" in pressed:
        pressed["choose"] = house.ayse.pk
    if "pick" in pressed:
        pressed["pick"] = house.pothole.pk
    page = sign_in(house.agent).post(reverse("desk_new"), call(house) | pressed)
    assert page.status_code == 200 and "Sokağın ortasında çukur var" in page.text and "Gül Sokak 12" in page.text
    if {"find", "choose"} & pressed.keys():
        assert "Ayşe Işık" in page.text
    assert Case.objects.count() == 0


def test_the_screen_asks_the_same_number_of_queries_however_much_there_is(house: House, sign_in: Any) -> None:
    client = sign_in(house.agent)
    told = {"subject": house.pothole.pk, "lat": "38.72", "lon": "35.5", "address": "Çay Sokak 5", "text": "çukur"}
    asked = [
        lambda: client.get(reverse("desk_new")),
        lambda: client.get(reverse("desk_people"), {"caller": "isik"}),
        lambda: client.get(reverse("desk_people"), {"caller": "0532 123 45 67"}),
        lambda: help_with(client, "subject", **told),
        lambda: help_with(client, "place", **told),
    ]
    counts: list[list[int]] = []
    for _round in range(3):  # the first fills what is read once a minute
        counts.append([queries_of(ask) for ask in asked])
        for _case in range(6):
            house.assigned()
    assert counts[1] == counts[2] and max(counts[2]) <= 16


def test_taking_a_call_down_costs_few_queries(house: House, sign_in: Any, django_assert_max_num_queries: Any) -> None:
    client = sign_in(house.agent)
    client.post(reverse("desk_new"), call(house))
    with django_assert_max_num_queries(40):
        taken(client.post(reverse("desk_new"), call(house, given_name="Fatma", phone="0533 000 11 22")))


ODD = ["²", "٣", "99999999999999999999999", "-1", "a\x00b@c", "'; DROP TABLE", "%", "Ş" * 500, "<script>"]


@pytest.mark.parametrize("odd", ODD)
def test_odd_things_typed_anywhere_bring_a_page_and_no_failure(house: House, sign_in: Any, odd: str) -> None:
    client = sign_in(house.agent)
    for field in ("caller", "kisi", "kanal"):
        assert client.get(reverse("desk_new"), {field: odd}).status_code == 200
    assert client.get(reverse("desk_people"), {"caller": odd}).status_code == 200
    for field in (
        "subject",
        "person",
        "neighbourhood",
        "lat",
        "supports",
        "channel",
        "priority",
        "canned",
        "choose",
        "pick",
    ):
        for part in ("subject", "place", "caller", "answer", odd):
            told = {"channel": "phone", "lon": "35", "part": part} | {field: odd}
            assert client.post(reverse("desk_help"), told).status_code == 200, (field, part)
        assert client.post(reverse("desk_new"), call(house, **{field: odd})).status_code in (200, 302, 422), field
    assert client.post(reverse("call_list"), {"message": odd, "act": "take"}).status_code == 404


def test_a_case_is_sensitive_as_soon_as_its_subject_is(house: House, sign_in: Any) -> None:
    """Another process made it so a moment ago; this one still has the subject as it was in its hands."""
    client = sign_in(house.agent)
    client.post(reverse("desk_new"), call(house))
    Subject.objects.filter(pk=house.pothole.pk).update(sensitive=True)
    client.post(reverse("desk_new"), call(house, text="Müdür yolu kendi evine yaptırdı", phone="0533 000 11 22"))
    assert [case.sensitive for case in Case.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize("name", ["desk_new", "call_list", "print_queue"])
def test_the_desks_pages_are_for_the_desk(house: House, client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302
    for part, status in (
        ("agent", 200),
        ("manager", 200),
        ("officer", 403),
        ("outsider", 403),
        ("mayor", 403),
        ("administrator", 403),
    ):
        client.force_login(house.staff[part], backend=BACKEND)
        assert client.get(reverse(name)).status_code == status, part
