"""How allauth treats us: only an administrator makes accounts, the words are ours, and letters go by our own outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import Staff
from mimer.municipality.roles import Role
from mimer.notify.asked import send_password_link
from mimer.people.secrets import seal, unseal

# What is worth a sentence; that somebody is signed in she sees without one.
SAID = {
    "account/messages/password_changed.txt": _("Parolanız değişti."),
    "account/messages/logged_out.txt": _("Çıkış yaptınız."),
    "mfa/messages/totp_activated.txt": _("İki adımlı giriş açıldı."),
    "mfa/messages/totp_deactivated.txt": _("İki adımlı giriş kapandı."),
    "mfa/messages/recovery_codes_generated.txt": _("Yeni kurtarma kodlarınız hazır; eskileri artık geçmez."),
}


class StaffAdapter(DefaultAccountAdapter):
    """Nobody signs herself up; the language of the pages becomes that of whoever signs in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-posta adresi ya da parola yanlış; ikisini de yeniden yazın"),
        "incorrect_password": _("Parola yanlış; yeniden yazın"),
        "enter_current_password": _("Şimdiki parolanız bu değil; yeniden yazın"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Staff, **how: Any) -> HttpResponse:
        return speak(super().post_login(request, user, **how), user.language)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where her work is: the administrator sees no cases."""
        staff = request.user
        if isinstance(staff, Staff) and staff.scope.has(Role.ADMINISTRATOR) and not staff.scope.sees_cases:
            return reverse("administration")
        return str(settings.LOGIN_REDIRECT_URL)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if message_template in SAID:
            messages.add_message(request, level, str(SAID[message_template]))

    def send_password_reset_mail(self, user: Staff, email: str, context: dict[str, Any]) -> None:
        """By the outbox, so that a server that is down delays the letter and tells nobody which accounts exist."""
        if not user.is_demo:
            send_password_link(user, context["password_reset_url"])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secret of a second factor encrypted, and speaks our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kod yanlış ya da süresi geçmiş; uygulamada şu anda görünen kodu yazın"),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)


def speak(response: HttpResponse, language: str) -> HttpResponse:
    """Sets the language of this browser, as the switch on the pages does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 86400, samesite="Lax", secure=settings.HTTPS
    )
    return response
