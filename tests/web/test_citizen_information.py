"""The pages that inform: the first page, subjects with their times, the privacy notice, accessibility, and both languages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mimer.municipality.models import ExternalBody, Municipality, Subject

PAGES = ["start", "apply", "track", "subjects", "privacy_notice", "accessibility"]


def text_of(client: Client, name: str, **query: str) -> str:
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_first_page_leads_to_everything(client: Client, house: Any) -> None:
    page = text_of(client, "start")
    for words in (
        "5 adım, yaklaşık 3 dakika",
        "0352 000 00 00",
        "Yol çukuru",
        "Su kesintisi",
        "KASKİ",
        "185",
        "112",
        "Hafta içi 08.00",
    ):
        assert words in page, words
    for name in ("apply", "track", "subjects", "privacy_notice", "accessibility"):
        assert f'"{reverse(name)}' in page


def test_sensitive_subjects_are_not_among_the_popular(client: Client, house: Any) -> None:
    assert "Personel şikâyeti" not in text_of(client, "start")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_stands_in_an_empty_house_too(client: Client, db: None, name: str) -> None:
    text_of(client, name)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_its_language(client: Client, house: Any, name: str) -> None:
    assert '<html lang="tr">' in text_of(client, name)
    client.cookies["dil"] = "en"
    assert '<html lang="en">' in text_of(client, name)


def test_the_language_is_switched_and_remembered(client: Client, house: Any) -> None:
    client.post(reverse("set_language"), {"language": "en", "next": "/konular/"})
    page = text_of(client, "subjects")
    assert '<html lang="en">' in page and "Pothole" in page


def test_subjects_tell_who_how_soon_and_what_is_needed(client: Client, house: Any) -> None:
    Subject.objects.filter(code="ULS-01").update(needs_identity=True)
    page = text_of(client, "subjects")
    for words in (
        "Ulaşım Hizmetleri Müdürlüğü",
        "5 iş günü",
        "T.C. kimlik numarası",
        "Ada ve parsel numarası ya da adres",
        "KASKİ, 185",
    ):
        assert words in page, words


def test_subjects_are_found_in_any_case_and_without_accents(client: Client, house: Any) -> None:
    page = text_of(client, "subjects", q="CUKUR")
    assert "Yol çukuru" in page and "İmar durumu" not in page
    assert "Bu sözcükle bir konu bulamadık" in text_of(client, "subjects", q="uzaylı")


def test_hidden_subjects_are_nowhere(client: Client, house: Any) -> None:
    Subject.objects.filter(code="ULS-01").update(citizen_visible=False)
    assert "Yol çukuru" not in text_of(client, "subjects") + text_of(client, "start")


def test_the_privacy_notice_is_the_municipalitys_own_or_a_default(client: Client, house: Any) -> None:
    page = text_of(client, "privacy_notice")
    assert "6698" in page and "Rızanız istenmez" in page
    ours = Municipality.objects.get()
    ours.privacy_notice_tr, ours.privacy_notice_en = "Bizim metnimiz", "Our own words"
    ours.save()
    assert "Bizim metnimiz" in text_of(client, "privacy_notice")
    client.cookies["dil"] = "en"
    assert "Our own words" in text_of(client, "privacy_notice")


def test_the_first_page_asks_the_database_a_fixed_number_of_questions(
    client: Client, house: Any, django_assert_num_queries: Any
) -> None:
    text_of(client, "start")
    with django_assert_num_queries(3):
        text_of(client, "start")
    for number in range(5):
        body = ExternalBody.objects.create(code=f"X{number}", name_tr=f"Kurum {number}", phone_short="188")
        Subject.objects.create(
            code=f"DIS-1{number}", name_tr=f"Konu {number}", category=house.water.category, unit=house.desk, external_body=body,
            default_type="referral",
        )  # fmt: skip
    with django_assert_num_queries(3):
        text_of(client, "start")


def test_no_page_sends_anybody_anywhere_else(client: Client, house: Any) -> None:
    for name in PAGES:
        page = text_of(client, name)
        assert "http://" not in page.replace("http://www.w3.org", "") and "https://" not in page, name
