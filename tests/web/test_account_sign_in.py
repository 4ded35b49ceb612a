"""Signing in and out, the lock after wrong passwords, a new password, and one's own account."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client
from django.utils import timezone

from mimer.municipality.models import Municipality, Staff
from mimer.notify.models import Message
from mimer.web import limits
from tests.cast import PASSWORD, House

WRONG = "yanlis-parola-1907"


def sign_in(client: Client, email: str, password: str = PASSWORD, **query: str) -> Any:
    return client.post("/giris/", {"login": email, "password": password}, query_params=query)


def test_staff_sign_in_with_their_address_however_it_is_written(client: Client, house: House) -> None:
    response = sign_in(client, "  Agent@Ornek.example ")
    assert response.status_code == 302
    assert response["Location"] == "/is/"
    assert client.get("/is/").status_code == 200


def test_who_wanted_a_page_gets_it_after_signing_in_and_never_a_foreign_one(client: Client, house: House) -> None:
    wanted = client.get("/is/basvurular/")["Location"]
    assert wanted == "/giris/?next=/is/basvurular/"
    assert sign_in(client, house.agent.email, next="/is/basvurular/")["Location"] == "/is/basvurular/"
    assert sign_in(Client(), house.agent.email, next="https://evil.example/")["Location"] == "/is/"


def test_the_administrator_begins_at_her_tables(client: Client, house: House) -> None:
    assert sign_in(client, house.administrator.email)["Location"] == "/is/yonetim/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer_and_keep_the_address(
    client: Client, house: House
) -> None:
    pages = [sign_in(client, email, WRONG).content.decode() for email in (house.agent.email, "kimse@ornek.example")]
    for page, email in zip(pages, (house.agent.email, "kimse@ornek.example"), strict=True):
        assert page.count("E-posta adresi ya da parola yanlış; ikisini de yeniden yazın") >= 1
        assert f'value="{email}"' in page
        assert WRONG not in page


def test_empty_fields_are_named(client: Client, house: House) -> None:
    page = client.post("/giris/", {}).content.decode()
    assert page.count("E-posta adresinizi yazın") == 2
    assert page.count("Parolanızı yazın") == 2
    assert "<title>Hata: " in page


def test_a_closed_account_is_told_so_once_the_password_is_right(client: Client, house: House) -> None:
    Staff.objects.filter(pk=house.agent.pk).update(is_active=False)
    assert sign_in(client, house.agent.email)["Location"] == "/giris/kapali/"
    assert "Hesabınız kapalı" in client.get("/giris/kapali/").content.decode()
    assert client.get("/is/").status_code == 302


def test_closing_an_account_ends_its_session(client: Client, house: House) -> None:
    sign_in(client, house.agent.email)
    Staff.objects.filter(pk=house.agent.pk).update(is_active=False)
    assert client.get("/is/").status_code == 302


def test_eight_wrong_passwords_close_the_account_to_this_address_and_say_until_when(
    client: Client, house: House
) -> None:
    for _ in range(7):
        assert sign_in(client, house.agent.email, WRONG).status_code == 200
    response = sign_in(client, house.agent.email.upper(), WRONG)
    assert response.status_code == 429
    assert 800 < int(response["Retry-After"]) <= 900
    page = response.content.decode()
    opens = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=15))
    assert f"saat {opens:%H.%M}" in page
    assert sign_in(client, house.agent.email).status_code == 429, "the right password opens no locked account"
    assert sign_in(client, house.manager.email).status_code == 302, "others at this address are not locked"
    with time_machine.travel(timezone.localtime() + timedelta(minutes=16)):
        assert sign_in(Client(), house.agent.email).status_code == 302


def test_a_right_password_forgets_the_wrong_ones_before_it(client: Client, house: House) -> None:
    for _ in range(3):
        for _ in range(5):
            sign_in(Client(), house.agent.email, WRONG)
        assert sign_in(Client(), house.agent.email).status_code == 302


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "sign_in", limits.Limit(4, 600))
    monkeypatch.setitem(limits.LIMITS, "account", limits.Limit(4, 3600))
    monkeypatch.setitem(limits.LIMITS, "password_link", limits.Limit(3, 3600))


def test_one_address_cannot_try_passwords_for_ever(client: Client, house: House, small_limits: None) -> None:
    for number in range(4):
        assert sign_in(client, f"kimse{number}@ornek.example", WRONG).status_code == 200
    response = sign_in(client, house.agent.email)
    assert response.status_code == 429
    assert response["Retry-After"] == "600"


def test_a_whole_town_hall_may_sign_in_from_one_address(house: House, small_limits: None) -> None:
    assert all(sign_in(Client(), house.agent.email).status_code == 302 for _ in range(6))


def test_one_account_cannot_be_tried_from_everywhere(house: House, small_limits: None) -> None:
    for number in range(4):
        sign_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), house.agent.email, WRONG)
    assert sign_in(Client(REMOTE_ADDR="10.0.1.1"), house.agent.email).status_code == 429


def test_passwords_are_kept_with_argon2(settings: Any) -> None:
    from mimer import settings as house_settings

    settings.PASSWORD_HASHERS = house_settings.PASSWORD_HASHERS
    assert identify_hasher(make_password(PASSWORD)).algorithm == "argon2"


def test_signing_out_asks_first_when_only_followed(client: Client, house: House) -> None:
    sign_in(client, house.agent.email)
    assert "Çıkış yapmak istiyor musunuz?" in client.get("/cikis/").content.decode()
    assert client.post("/cikis/")["Location"] == "/giris/"
    assert client.get("/is/").status_code == 302


def test_there_is_no_page_to_sign_up(client: Client, house: House) -> None:
    for path in ("/signup/", "/hesap/kayit/", "/accounts/signup/", "/giris/kayit/"):
        assert client.get(path).status_code == 404


def test_the_demo_shows_its_sign_ins_without_passwords_and_others_none(client: Client, house: House) -> None:
    Staff.objects.filter(pk=house.agent.pk).update(is_demo=True, email="nazli.mercanli@demo.example")
    assert "Deneme belediyesi" not in client.get("/giris/").content.decode()
    municipality = Municipality.objects.get()
    municipality.demo = True
    municipality.save()
    page = client.get("/giris/").content.decode()
    assert "Çağrı ve masa görevlisi" in page
    assert "Elif Deneme" in page
    filled = client.get("/giris/", {"kim": "nazli.mercanli@demo.example"}).content.decode()
    assert 'value="nazli.mercanli@demo.example"' in filled


def test_the_pages_speak_the_language_of_who_signs_in_and_the_switch_still_works(client: Client, house: House) -> None:
    Staff.objects.filter(pk=house.agent.pk).update(language="en")
    response = sign_in(client, house.agent.email)
    assert response.cookies["dil"].value == "en"
    assert '<html lang="en">' in client.get("/is/").content.decode()
    client.post("/dil/setlang/", {"language": "tr", "next": "/is/"})
    assert '<html lang="tr">' in client.get("/is/").content.decode()


def test_the_profile_shows_roles_and_changes_the_language(client: Client, house: House) -> None:
    sign_in(client, house.officer.email)
    page = client.get("/hesap/").content.decode()
    assert "Birim görevlisi · Ulaşım Hizmetleri Müdürlüğü" in re.sub(r"\s+", " ", page)
    client.post("/hesap/", {"language": "en"})
    assert Staff.objects.get(pk=house.officer.pk).language == "en"
    assert '<html lang="en">' in client.get("/hesap/").content.decode()
    assert client.post("/hesap/", {"language": "de"}).status_code == 200


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(client: Client, house: House) -> None:
    sign_in(client, house.officer.email)
    other = Client()
    sign_in(other, house.officer.email)
    new = {"password1": "tulip-shaped-glass-9", "password2": "tulip-shaped-glass-9"}
    page = client.post("/hesap/parola/", {"oldpassword": WRONG, **new}).content.decode()
    assert page.count("Şimdiki parolanız bu değil; yeniden yazın") == 2
    page = client.post("/hesap/parola/", {"oldpassword": PASSWORD, **new, "password2": "x"}).content.decode()
    assert page.count("İki parola aynı değil; ikisini de yeniden yazın") == 2
    page = client.post("/hesap/parola/", {"oldpassword": PASSWORD, "password1": "123", "password2": "123"})
    assert page.status_code == 200
    assert client.post("/hesap/parola/", {"oldpassword": PASSWORD, **new})["Location"] == "/hesap/"
    assert client.get("/hesap/").status_code == 200
    assert other.get("/hesap/").status_code == 302
    assert sign_in(Client(), house.officer.email, new["password1"]).status_code == 302


def test_without_a_mail_server_the_page_says_whom_to_ask(client: Client, house: House) -> None:
    page = client.get("/giris/parola/").content.decode()
    assert "Yeni parolayı sistem yöneticinizden isteyin" in page
    assert "<form" not in page.split("<main")[1]
    client.post("/giris/parola/", {"email": house.agent.email})
    assert not Message.objects.exists()


@pytest.fixture
def mail(settings: Any) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:2525"


def link_of(message: Message) -> str:
    return re.search(r"https?://[^/]+(/\S+)", message.body)[1]  # type: ignore[index]


def test_a_forgotten_password_is_replaced_by_a_link_that_opens_once(client: Client, house: House, mail: None) -> None:
    assert (
        client.post("/giris/parola/", {"email": house.agent.email.upper()})["Location"] == "/giris/parola/gonderildi/"
    )
    message = Message.objects.get(staff=house.agent)
    assert message.subject == "Yeni parola bağlantınız"
    page = client.get(link_of(message), follow=True)
    new = {"password1": "tulip-shaped-glass-9", "password2": "tulip-shaped-glass-9"}
    done = client.post(page.redirect_chain[-1][0], new)
    assert done["Location"] == "/giris/parola/tamam/"
    assert sign_in(Client(), house.agent.email, new["password1"]).status_code == 302
    assert "Bu bağlantı artık geçmiyor" in Client().get(link_of(message), follow=True).content.decode()


def test_the_link_is_dead_after_an_hour(client: Client, house: House, mail: None) -> None:
    client.post("/giris/parola/", {"email": house.agent.email})
    with time_machine.travel(timezone.localtime() + timedelta(minutes=61)):
        page = client.get(link_of(Message.objects.get()), follow=True).content.decode()
    assert "Bu bağlantı artık geçmiyor" in page


def test_nobody_learns_from_the_answer_which_accounts_exist(client: Client, house: House, mail: None) -> None:
    Staff.objects.filter(pk=house.manager.pk).update(is_demo=True)
    Staff.objects.filter(pk=house.officer.pk).update(is_active=False)
    for email in ("kimse@ornek.example", house.manager.email, house.officer.email):
        assert client.post("/giris/parola/", {"email": email})["Location"] == "/giris/parola/gonderildi/"
    assert not Message.objects.exists()


def test_links_are_not_sent_without_end(client: Client, house: House, mail: None, small_limits: None) -> None:
    for _ in range(3):
        client.post("/giris/parola/", {"email": house.agent.email})
    assert client.post("/giris/parola/", {"email": house.agent.email}).status_code == 429
