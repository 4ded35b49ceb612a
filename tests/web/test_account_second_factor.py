"""The second factor: set up with a telephone, asked for at sign-in, replaced by recovery codes, and never tried without end."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from mimer.municipality.models import Staff
from tests.cast import PASSWORD, House


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def secret(house: House) -> str:
    """Hatice, the manager, has a telephone with the secret."""
    found = generate_totp_secret()
    TOTP.activate(house.manager, found)
    RecoveryCodes.activate(house.manager)
    return found


def first_step(client: Client, staff: Staff) -> Any:
    return client.post("/giris/", {"login": staff.email, "password": PASSWORD})


def test_a_password_alone_does_not_open_the_door(client: Client, house: House, secret: str) -> None:
    assert first_step(client, house.manager)["Location"].startswith("/giris/ikinci-adim/")
    assert client.get("/is/").status_code == 302
    page = client.post("/giris/ikinci-adim/", {"code": "000000"}).content.decode()
    assert page.count("Kod yanlış ya da süresi geçmiş; uygulamada şu anda görünen kodu yazın") == 2
    assert client.post("/giris/ikinci-adim/", {"code": code_of(secret)})["Location"] == "/is/"
    assert client.get("/is/").status_code == 200


def test_a_recovery_code_opens_it_once(client: Client, house: House, secret: str) -> None:
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    first_step(client, house.manager)
    assert client.post("/giris/ikinci-adim/", {"code": code}).status_code == 302
    again = Client()
    first_step(again, house.manager)
    assert again.post("/giris/ikinci-adim/", {"code": code}).status_code == 200


def test_ten_wrong_codes_stop_the_guessing_even_for_the_right_one(client: Client, house: House, secret: str) -> None:
    for number in range(10):
        first_step(client, house.manager)
        client.post("/giris/ikinci-adim/", {"code": f"{number:06d}"})
    page = client.post("/giris/ikinci-adim/", {"code": code_of(secret)}).content.decode()
    assert "Kısa sürede çok fazla yanlış kod yazıldı" in page


def test_the_secret_is_not_in_the_database_in_clear(house: House, secret: str) -> None:
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert kept.startswith("gAAAA")


def test_without_a_first_step_there_is_no_second(client: Client, house: House) -> None:
    assert client.get("/giris/ikinci-adim/")["Location"].startswith("/giris/")


def test_setting_it_up_asks_for_the_password_once_more(client: Client, house: House) -> None:
    first_step(client, house.agent)
    asked = client.get("/hesap/iki-adim/")["Location"]
    assert asked.startswith("/hesap/dogrula/")
    wrong = client.post(asked, {"password": "yanlis"}).content.decode()
    assert wrong.count("Parola yanlış; yeniden yazın") == 2
    assert client.post(asked, {"password": PASSWORD})["Location"] == "/hesap/iki-adim/"
    assert client.get("/hesap/iki-adim/").status_code == 200


def test_the_administrator_is_told_to_set_it_up_until_she_has(client: Client, house: House) -> None:
    first_step(client, house.administrator)
    for path in ("/hesap/", "/is/yonetim/"):
        assert "İki adımlı girişi kurun" in client.get(path).content.decode()
    TOTP.activate(house.administrator, generate_totp_secret())
    for path in ("/hesap/", "/is/yonetim/"):
        assert "İki adımlı girişi kurun" not in client.get(path).content.decode()
    other = Client()
    first_step(other, house.agent)
    assert "İki adımlı girişi kurun" not in other.get("/hesap/").content.decode()


@pytest.mark.browser
def test_from_the_first_sign_in_to_the_second_factor_and_back(
    page: Any, live_server: Any, house: House, expect_no_axe_violations: Callable[[Any], None]
) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{live_server.url}/is/gelen/")
    expect_no_axe_violations(page)
    page.get_by_label("E-posta adresiniz").fill(house.officer.email)
    page.get_by_label("Parolanız").fill(PASSWORD)
    page.get_by_role("button", name="Giriş yap").click()
    page.wait_for_url("**/is/gelen/")

    page.goto(f"{live_server.url}/hesap/")
    expect_no_axe_violations(page)
    page.get_by_role("link", name="Telefonunuzla kurun").click()
    expect_no_axe_violations(page)
    page.get_by_label("Parolanız").fill(PASSWORD)
    page.get_by_role("button", name="Devam et").click()
    page.wait_for_url("**/hesap/iki-adim/")
    expect_no_axe_violations(page)
    assert page.locator("img.qr").evaluate("image => image.naturalWidth") > 0, "the policy lets the square be drawn"
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Kod").fill(code_of(secret))
    page.get_by_role("button", name="İki adımlı girişi aç").click()
    page.wait_for_url("**/hesap/kurtarma-kodlari/")
    expect_no_axe_violations(page)
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("button", name="Çıkış yap").click()

    page.get_by_label("E-posta adresiniz").fill(house.officer.email)
    page.get_by_label("Parolanız").fill(PASSWORD)
    page.get_by_role("button", name="Giriş yap").click()
    expect_no_axe_violations(page)
    page.get_by_label("Kod").fill(recovery)
    page.get_by_role("button", name="Devam et").click()
    page.wait_for_url("**/is/")

    page.goto(f"{live_server.url}/hesap/")
    page.get_by_role("link", name="Kapat").click()
    expect_no_axe_violations(page)
    page.get_by_label("Parolanız").fill(PASSWORD)
    page.get_by_role("button", name="Devam et").click()
    page.wait_for_url("**/hesap/iki-adim/kapat/")
    expect_no_axe_violations(page)
    page.get_by_role("button", name="İki adımlı girişi kapat").click()
    page.wait_for_url("**/hesap/")
    assert not Authenticator.objects.exists()
    assert complaints == []
