"""Every verb through its page: done, refused with what was typed still there, and told when the case moved meanwhile."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.models import AttachmentKind, Case, Note, NoteKind
from mimer.cases.rules import RULES
from mimer.cases.states import State
from mimer.knowledge.models import CannedAnswer
from mimer.municipality.kinds import Channel
from mimer.municipality.models import Holiday, Municipality, Staff
from mimer.turkish import long_date
from mimer.web.forms.answers import filled
from mimer.web.models import Presence
from mimer.web.unit.verbs import VERBS
from tests.cast import House, open_every_day
from tests.web.pictures import pdf, photo

TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _every_day(house: House) -> None:
    open_every_day(house.transport)


def accepted(house: House) -> Case:
    return actions.accept(house.assigned(), by=house.officer)


def asked_for_information(house: House) -> Case:
    return actions.accept(house.assigned(type="foi"), by=house.officer)


def resolved(house: House) -> Case:
    return actions.resolve(accepted(house), Draft("informed", "Bakıldı"), by=house.officer)


def proposed(house: House) -> Case:
    case = actions.accept(house.assigned(house.parcel), by=house.outsider)
    return actions.propose_answer(case, Draft("informed", "Konut alanı"), by=house.outsider)


def asked_unit(house: House) -> Case:
    case = accepted(house)
    actions.ask_unit(case, house.zoning, "Parsel kimin?", by=house.officer)
    return case


def merged(house: House) -> Case:
    return actions.merge(house.assigned(), house.assigned(), by=house.agent)


# verb: the case, who does it, what she types, and the state afterwards.
Made = Callable[[House], Case]
TRIES: dict[str, tuple[Made, str, Callable[[House], dict[str, Any]], str]] = {
    "route": (House.open, "agent", lambda h: {"unit": h.zoning.pk, "reason": "Onların işi"}, "assigned"),
    "accept": (House.assigned, "officer", lambda h: {}, "in_progress"),
    "plan": (House.assigned, "officer", lambda h: {"day": TODAY().isoformat(), "crew": h.crew.pk}, "planned"),
    "resolve": (accepted, "officer", lambda h: {"outcome": "positive", "text": "Kapatıldı", "photos": photo()}, "resolved"),
    "propose_answer": (
        lambda h: actions.accept(h.assigned(h.parcel), by=h.outsider), "outsider",
        lambda h: {"outcome": "positive", "text": "Konut", "document_number": "E.1"}, "in_approval"),
    "approve": (proposed, "zoning_head", lambda h: {"text": "Konut alanı, 5 kat"}, "resolved"),
    "send_back": (proposed, "zoning_head", lambda h: {"text": "Plan notunu ekleyin"}, "in_progress"),
    "unit_replies": (asked_unit, "outsider", lambda h: {"text": "Belediyenin"}, "in_progress"),
    "applicant_replies": (
        lambda h: actions.ask_applicant(h.assigned(), "Hangi kapı?", by=h.officer), "agent",
        lambda h: {"text": "Beş"}, "assigned"),
    "applicant_writes": (House.assigned, "agent", lambda h: {"text": "Lamba da yanmıyor"}, "assigned"),
    "third_party_replies": (
        lambda h: actions.await_third_party(accepted(h), h.waterworks, by=h.officer), "officer",
        lambda h: {"text": "Boru onarıldı"}, "in_progress"),
    "note": (House.assigned, "officer", lambda h: {"text": "Aradım", "to_citizen": "1"}, "assigned"),
    "attach": (House.assigned, "officer", lambda h: {"kind": "before", "photos": photo()}, "assigned"),
    "ask_applicant": (House.assigned, "officer", lambda h: {"text": "Hangi kapı?"}, "waiting_applicant"),
    "ask_unit": (accepted, "officer", lambda h: {"unit": h.zoning.pk, "text": "Kimin?", "joint_work": "on"}, "in_progress"),
    "await_third_party": (
        accepted, "officer", lambda h: {"body": h.waterworks.pk, "reference": "E.2", "words": "Boru?"}, "waiting_third_party"),
    "interim_answer": (House.assigned, "head", lambda h: {"text": "İnceliyoruz"}, "assigned"),
    "assign": (House.assigned, "officer", lambda h: {"officer": h.representative.pk}, "assigned"),
    "return_to_desk": (House.assigned, "officer", lambda h: {"ground": "not_ours", "words": "İmarın"}, "returned"),
    "refer": (House.assigned, "agent", lambda h: {"body": h.waterworks.pk, "text": "KASKİ'ye ilettik"}, "resolved"),
    "reclassify": (
        House.assigned, "agent",
        lambda h: {"subject": h.water.pk, "type": "complaint", "priority": "2", "reason": "Su borusu"}, "assigned"),
    "correct_place": (
        House.assigned, "officer", lambda h: {"address": "Ihlamur Caddesi 3", "lat": "38.7", "lon": "35.4"}, "assigned"),
    "split": (House.assigned, "agent", lambda h: {"subject_1": h.water.pk, "text_1": "Su da yok"}, "assigned"),
    "merge": (House.assigned, "agent", lambda h: {"main": h.assigned().number}, "assigned"),
    "unmerge": (merged, "agent", lambda h: {}, "assigned"),
    "extend": (
        lambda h: h.assigned(channel=Channel.PETITION, type="foi"), "head",
        lambda h: {"reason": "Başka birimden bilgi gerekiyor"}, "assigned"),
    "postpone": (
        House.assigned, "officer",
        lambda h: {"day": (TODAY() + timedelta(days=9)).isoformat(), "reason": "Yağmur var"}, "assigned"),
    "change_regime": (House.assigned, "head", lambda h: {"regimes": ["CIMER"], "reason": "CİMER'den gelmiş"}, "assigned"),
    "not_solved": (resolved, "agent", lambda h: {"text": "Çukur duruyor"}, "assigned"),
    "close": (resolved, "agent", lambda h: {}, "closed"),
    "reopen": (lambda h: actions.close(resolved(h), by=h.agent), "agent", lambda h: {"text": "Yeniden açıldı"}, "assigned"),
    "rate": (resolved, "agent", lambda h: {"score": "4", "really_solved": "yes", "words": "Sağ olun"}, "resolved"),
    "fee_notice": (
        asked_for_information, "officer", lambda h: {"pages": "30", "colour_pages": "0", "amount": "40,50", "words": "Vezneye"},
        "waiting_applicant"),
    "fee_paid": (
        lambda h: actions.fee_notice(asked_for_information(h), "Vezneye", 30, amount=Decimal(40), by=h.officer), "agent",
        lambda h: {"paid_on": TODAY().isoformat()}, "in_progress"),
    "record_appeal": (
        resolved, "agent", lambda h: {"to": "board", "filed_on": TODAY().isoformat(), "reference": "2026/7"}, "resolved"),
    "answered_elsewhere": (
        lambda h: actions.resolve(
            actions.accept(h.assigned(channel=Channel.CIMER), by=h.officer), Draft("informed", "Bakıldı"), by=h.officer),
        "agent", lambda h: {}, "resolved"),
    "not_examine": (House.assigned, "officer", lambda h: {"ground": "judicial", "text": "Konu mahkemede"}, "closed"),
    "register_document": (
        lambda h: h.assigned(channel=Channel.PETITION), "agent",
        lambda h: {"flow": "incoming", "number": "E-42", "day": TODAY().isoformat()}, "assigned"),
    "sign_answer": (
        lambda h: actions.accept(h.assigned(channel=Channel.PETITION), by=h.officer), "officer",
        lambda h: {"signed": pdf(), "number": "E-77", "day": TODAY().isoformat()}, "in_progress"),
    "withdraw": (House.assigned, "agent", lambda h: {"text": "Gerek kalmadı"}, "closed"),
    "invalidate": (House.assigned, "agent", lambda h: {"text": "Boş arama"}, "closed"),
}  # fmt: skip


@pytest.fixture
def send(client: Client) -> Any:
    """Posts a verb as somebody, as its page would."""

    def post(case: Case, verb: str, by: Staff, follow: bool = True, **typed: Any) -> Any:
        client.force_login(by)
        typed.setdefault("last_event", case.last_event)
        return client.post(reverse("case_verb", args=[case.number, verb]), typed, follow=follow)

    return post


@pytest.mark.parametrize("verb", TRIES)
def test_the_verb_is_done_from_its_page(house: House, client: Client, send: Any, verb: str) -> None:
    make, name, typed, state = TRIES[verb]
    case, by = make(house), house.staff[name]
    client.force_login(by)
    page = client.get(reverse("case_verb", args=[case.number, verb]))
    assert f'data-verb="{verb}"' in page.content.decode()
    answer = send(case, verb, by, **typed(house))
    assert str(VERBS[verb].done) in answer.content.decode()
    case.refresh_from_db()
    assert case.state == state
    assert case.events.filter(verb=verb).exists()


def test_every_verb_that_people_do_has_a_page() -> None:
    assert set(VERBS) == set(RULES) - {"resolve_with_main", "warn", "fee_unpaid", "hand_over"}
    assert set(TRIES) == set(VERBS)


NEEDS_NOTHING = {"answered_elsewhere", "accept", "close", "unmerge", "correct_place", "split", "assign", "plan"}


@pytest.mark.parametrize("verb", sorted(set(TRIES) - NEEDS_NOTHING))
def test_what_is_missing_is_said_beside_the_form_and_nothing_happens(house: House, send: Any, verb: str) -> None:
    make, name, _typed, _state = TRIES[verb]
    case = make(house)
    before = (case.state, case.last_event)
    page = send(case, verb, house.staff[name]).content.decode()
    assert "Bir sorun var" in page
    assert f'data-verb="{verb}"' in page
    case.refresh_from_db()
    assert (case.state, case.last_event) == before


def test_a_place_beyond_the_border_is_corrected_to_only_knowingly(house: House, send: Any) -> None:
    Municipality.objects.update(outside_body=house.waterworks)
    cache.clear()
    case, far = house.assigned(), {"lat": "41.0", "lon": "29.0", "address": "Uzak Sokak 1"}
    page = send(case, "correct_place", house.officer, **far).content.decode()
    assert "Sorumlu: KASKİ · 185." in page and 'name="outside"' in page
    send(case, "correct_place", house.officer, **far, outside="on")
    case.refresh_from_db()
    assert (case.lat, case.address) == (41.0, "Uzak Sokak 1")


def test_a_ready_text_fits_an_applicant_of_any_language(house: House) -> None:
    canned = CannedAnswer.objects.create(outcome="informed", title_tr="Gün", text_tr="{date} günü {unit} bakacak.")
    assert "Ulaşım Hizmetleri Müdürlüğü bakacak" in filled(canned, house.assigned(language="de"))


def test_what_was_typed_stays_when_the_verb_says_no(house: House, send: Any) -> None:
    case = accepted(house)
    page = send(
        case, "resolve", house.officer, outcome="negative", text="Bu yol bizim değil", reason=""
    ).content.decode()
    assert "Bu yol bizim değil" in page
    assert "Bu sonuç için gerekçe yazın." in page
    assert 'id="resolve_reason_error"' in page


def test_a_photo_that_came_with_a_refused_answer_is_kept(house: House, send: Any) -> None:
    case = accepted(house)
    send(case, "resolve", house.officer, outcome="partial", text="Yarısı bitti", photos=photo())
    assert case.attachments.get().kind == AttachmentKind.AFTER
    send(case, "resolve", house.officer, outcome="positive", text="Bitti")
    case.refresh_from_db()
    assert case.state == State.RESOLVED


def test_what_some_outcomes_need_is_not_called_optional(house: House, client: Client) -> None:
    case = accepted(house)
    client.force_login(house.officer)
    page = client.get(reverse("case_verb", args=[case.number, "resolve"]), headers={"HX-Request": "true"}).text
    labels = re.findall(r"<label[^>]*>(.*?)</label>", page, re.DOTALL)
    free = [label.split("<")[0].strip() for label in labels if "isteğe bağlı" in label]
    assert free == ["Belge ya da yazı numarası"]
    assert "Olumlu ya da kısmen olumlu sonuç için gerekir" in page and "tespit edilemedi sonuçları için gerekir" in page


def test_a_day_that_moves_asks_why_and_one_that_stays_does_not(house: House, client: Client, send: Any) -> None:
    case = actions.plan(house.assigned(), TODAY(), by=house.officer)
    client.force_login(house.officer)
    page = client.get(reverse("case_verb", args=[case.number, "plan"]), headers={"HX-Request": "true"}).text
    reason = page[page.index("Gün neden değişiyor?") :]
    assert "isteğe bağlı" not in reason and "Gün değişiyorsa gerekir" in reason
    send(case, "plan", house.officer, day=TODAY().isoformat(), crew=house.crew.pk)
    case.refresh_from_db()
    assert case.crew == house.crew
    moved = send(case, "plan", house.officer, day=(TODAY() + timedelta(days=1)).isoformat()).text
    assert "Tarihi neden değiştirdiğinizi yazın" in moved


def next_weekday(weekday: int) -> date:
    ahead = (weekday - TODAY().weekday()) % 7 or 7
    return TODAY() + timedelta(days=ahead)


def test_a_closed_day_is_promised_only_when_it_is_meant(house: House, send: Any) -> None:
    house.transport.opening_hours.all().delete()
    cache.clear()
    case, sunday = house.assigned(), next_weekday(6)
    asked = send(case, "plan", house.officer, day=sunday.isoformat(), crew=house.crew.pk).text
    assert f"{long_date(sunday)} kapalıyız" in asked and f'value="{sunday.isoformat()}"' in asked
    assert f'value="{house.crew.pk}" selected' in asked
    other = sunday - timedelta(days=1)
    again = send(case, "plan", house.officer, day=other.isoformat(), closed_day=sunday.isoformat()).text
    assert f"{long_date(other)} kapalıyız" in again and "checked" not in again[again.index('name="closed_day"') :][:80]
    case.refresh_from_db()
    assert case.state == State.ASSIGNED
    send(case, "plan", house.officer, day=sunday.isoformat(), closed_day=sunday.isoformat())
    case.refresh_from_db()
    assert case.planned_for == sunday


def test_a_holiday_is_named_and_a_unit_at_work_on_sundays_is_not_asked(house: House, send: Any) -> None:
    monday, sunday = next_weekday(0), next_weekday(6)
    Holiday.objects.create(date=monday, name_tr="Cumhuriyet Bayramı", kind="public")
    cache.clear()
    case = house.assigned()
    assert "(Cumhuriyet Bayramı) kapalıyız" in send(case, "plan", house.officer, day=monday.isoformat()).text
    send(case, "plan", house.officer, day=sunday.isoformat())
    case.refresh_from_db()
    assert case.planned_for == sunday


def test_whoever_writes_on_an_old_page_is_told_what_happened_and_keeps_her_words(house: House, send: Any) -> None:
    case = accepted(house)
    seen = case.last_event
    actions.note(case, "Arkadaşlar, ben aradım", by=house.representative)
    page = send(case, "ask_applicant", house.officer, last_event=seen, text="Evde misiniz?").content.decode()
    assert "<title>Hata:" in page
    told = page[page.index("data-error-summary") : page.index("ask_applicant_text")]
    assert "Siz yazarken başvuru ilerledi" in told
    assert "İç not, Zeynep Deneme" in told
    assert "Evde misiniz?" in page
    case.refresh_from_db()
    assert case.state == State.IN_PROGRESS
    send(case, "ask_applicant", house.officer, text="Evde misiniz?")
    case.refresh_from_db()
    assert case.state == State.WAITING_APPLICANT


def test_a_note_needs_no_fresh_page_and_her_own_deeds_disturb_nobody(house: House, send: Any) -> None:
    case = accepted(house)
    actions.note(case, "Ben aradım", by=house.representative)
    send(case, "note", house.officer, last_event=1, text="Ben de")
    assert Note.objects.filter(text="Ben de").exists()
    seen = case.last_event
    case.refresh_from_db()
    send(case, "ask_applicant", house.officer, last_event=seen, text="Evde misiniz?")
    case.refresh_from_db()
    assert case.state == State.WAITING_APPLICANT


def test_clicking_twice_does_it_once_without_complaint(house: House, send: Any) -> None:
    case = house.assigned()
    for _click in range(2):
        page = send(case, "accept", house.officer)
        assert "İşleme aldınız" in page.content.decode()
    assert case.events.filter(verb="accept").count() == 1


def test_a_verb_that_is_no_longer_possible_says_why(house: House, client: Client) -> None:
    case = resolved(house)
    client.force_login(house.officer)
    page = client.get(reverse("case_verb", args=[case.number, "accept"]), follow=True).content.decode()
    assert "“Sonuçlandı” durumunda" in page
    assert client.get(reverse("case_verb", args=[case.number, "resolve_with_main"])).status_code == 404


def test_a_reader_without_the_part_is_refused_in_words(house: House, send: Any) -> None:
    case = house.assigned()
    page = send(case, "accept", house.auditor).content.decode()
    assert "sizin göreviniz değil" in page
    case.refresh_from_db()
    assert case.state == State.ASSIGNED


def test_a_ready_answer_fills_the_text_with_the_cases_own_words(house: House, client: Client, send: Any) -> None:
    canned = CannedAnswer.objects.create(
        subject=house.pothole, outcome="positive", title_tr="Kapatıldı",
        text_tr="Sayın {applicant}, {number} numaralı başvurunuz ({subject}, {place}) {unit} eliyle sonuçlandı.",
    )  # fmt: skip
    case = accepted(house)
    words = f"Sayın Ayşe Işık, {case.number} numaralı başvurunuz (Yol çukuru, Fatih, Çay Sokak 5)"
    page = send(case, "resolve", house.officer, fill="1", canned=canned.pk, reason="Üç ton asfalt").content.decode()
    assert words in page
    assert "Üç ton asfalt" in page
    assert "Bir sorun var" not in page
    by_address = client.get(reverse("case_verb", args=[case.number, "resolve"]), {"canned": canned.pk}).content.decode()
    assert words in by_address


def test_pointing_elsewhere_starts_with_how_to_reach_the_body(house: House, client: Client) -> None:
    house.waterworks.how_tr = "185'i arayın."
    house.waterworks.save()
    client.force_login(house.agent)
    page = client.get(reverse("case_verb", args=[house.assigned(house.water).number, "refer"])).content.decode()
    assert "KASKİ kurumunun görevi" in page
    assert "185" in page


def test_words_instead_of_a_number_lead_to_a_choice_of_main_cases(house: House, send: Any) -> None:
    other = house.assigned(text="Ihlamur Caddesindeki rögar kapağı")
    page = send(house.assigned(), "merge", house.agent, main="rogar kapagi").content.decode()
    assert f'value="{other.number}"' in page
    assert "birini seçin" in page


def test_a_case_that_leaves_her_sight_leads_back_to_the_inbox(house: House, send: Any) -> None:
    case = house.assigned()
    typed = {"subject": house.staff_complaint.pk, "type": "complaint", "priority": "3", "reason": "Personel"}
    answer = send(case, "reclassify", house.officer, follow=False, **typed)
    assert answer.url == reverse("inbox")


def test_scripts_get_only_the_form(house: House, client: Client) -> None:
    case = house.assigned()
    client.force_login(house.officer)
    part = client.get(reverse("case_verb", args=[case.number, "note"]), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<form")
    assert "<html" not in part


def test_two_who_have_the_case_open_see_each_other(house: House, client: Client) -> None:
    case = house.assigned()
    house.representative.family_name = "Ovalı"
    house.representative.save()
    client.force_login(house.representative)
    client.post(reverse("case_presence", args=[case.number]), {"writing": "1", "last_event": case.last_event})
    client.force_login(house.officer)
    here = client.post(reverse("case_presence", args=[case.number]), {"last_event": case.last_event}).content.decode()
    assert "Zeynep Ovalı da bu başvuruya yazıyor" in here
    assert "Mehmet" not in here
    actions.note(case, "Aradım", by=house.representative)
    moved = client.post(
        reverse("case_presence", args=[case.number]), {"last_event": case.last_event - 1}
    ).content.decode()
    assert "başvuru ilerledi" in moved
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    page = client.get(reverse("case", args=[case.number])).content.decode()
    assert "bu başvuruya" not in page


def test_attachments_are_for_those_who_see_the_case(house: House, client: Client, send: Any) -> None:
    case = house.assigned()
    send(case, "attach", house.officer, kind="before", photos=photo())
    url = reverse("case_file", args=[case.attachments.get().pk])
    whole = client.get(url)
    assert (whole["Content-Type"], whole["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert b"".join(whole.streaming_content).startswith(b"\xff\xd8")
    for _asked in range(2):
        small = client.get(url, {"kucuk": "1"})
        assert small.content.startswith(b"\xff\xd8")
    for answer in (whole, small):
        assert "sandbox" in answer["Content-Security-Policy"] and answer["Cache-Control"].startswith("private")
    client.force_login(house.outsider)
    assert client.get(url).status_code == 404


def test_an_attachment_that_the_storage_has_lost_is_not_there(house: House, client: Client, send: Any) -> None:
    case = house.assigned()
    send(case, "attach", house.officer, kind="before", photos=photo())
    file = case.attachments.get()
    file.file.storage.delete(file.file.name)
    for small in ({}, {"kucuk": "1"}):
        assert client.get(reverse("case_file", args=[file.pk]), small).status_code == 404


def test_a_document_is_a_download_and_nothing_else(house: House, client: Client, send: Any) -> None:
    case = house.assigned()
    pdf = SimpleUploadedFile("dilekce.pdf", b"%PDF-1.7 test", "application/pdf")
    send(case, "attach", house.officer, kind="document", photos=pdf)
    answer = client.get(reverse("case_file", args=[case.attachments.get().pk]))
    assert "attachment" in answer["Content-Disposition"]
    bad = SimpleUploadedFile("virus.jpg", b"<script>", "image/jpeg")
    assert "virus.jpg" in send(case, "attach", house.officer, kind="document", photos=bad).content.decode()
    assert case.attachments.count() == 1


@pytest.mark.parametrize("part", ["outsider", "field_worker", "arbiter"])
def test_only_the_desk_and_the_unit_whose_case_it_is_write_to_the_citizen(
    house: House, send: Any, client: Client, part: str
) -> None:
    case, somebody = asked_unit(house), house.staff[part]
    actions.plan(case, TODAY(), crew=house.crew, by=house.officer)
    refused = send(case, "note", somebody, text="Başvurunuz reddedildi", to_citizen="1").content.decode()
    assert "iç not yazın" in refused and "Başvurunuz reddedildi" in refused and "Başvurana da gitsin" not in refused
    assert not case.notes.exists()
    send(case, "note", somebody, text="Bizce sakıncası yok")
    assert case.notes.get().kind == NoteKind.INSIDE
    client.force_login(house.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Başvurana da gitsin" in client.get(reverse("case_verb", args=[case.number, "note"])).content.decode()
