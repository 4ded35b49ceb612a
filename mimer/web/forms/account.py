"""Forms of signing in, of the password and of the second factor, in our own words."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import Staff

from .. import limits

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TOO_MANY_CODES = _("Kısa sürede çok fazla yanlış kod yazıldı; on dakika sonra yeniden deneyin")


def _dress(
    form: forms.BaseForm, name: str, label: "StrOrPromise", empty: "StrOrPromise", help_text: "StrOrPromise" = ""
) -> forms.Field:
    """Gives a field of allauth's our words."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = empty
    field.error_messages["invalid"] = _("E-posta adresini ad@ornek.com gibi yazın")
    field.widget.attrs.pop("placeholder", None)
    return field


def _dress_code(form: forms.BaseForm, help_text: "StrOrPromise") -> None:
    field = _dress(form, "code", _("Kod"), _("Kodu yazın"), help_text)
    field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class SignInForm(account.LoginForm):
    """E-posta ve parola."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = _dress(self, "login", _("E-posta adresiniz"), _("E-posta adresinizi yazın"))
        email.widget.attrs["autocomplete"] = "username"
        _dress(self, "password", _("Parolanız"), _("Parolanızı yazın"))

    def clean_login(self) -> str:
        """In one spelling, so that no lock is passed by writing the address differently."""
        return str(super().clean_login()).lower()


class NewPasswordMixin(forms.Form):
    """The two fields of a new password, which must agree."""

    def dress_passwords(self) -> None:
        shortest = settings.AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"]["min_length"]  # type: ignore[index]
        hint = _("En az %(signs)s karakter; adınız ya da sık kullanılan bir parola olmasın.") % {"signs": shortest}
        _dress(self, "password1", _("Yeni parola"), _("Yeni parolanızı yazın"), hint)
        _dress(self, "password2", _("Yeni parola, bir daha"), _("Yeni parolayı bir daha yazın"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = forms.Form.clean(self) or {}
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", _("İki parola aynı değil; ikisini de yeniden yazın"))
        return data


class ChangePasswordForm(NewPasswordMixin, account.ChangePasswordForm):
    """Parola değiştirme."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, "oldpassword", _("Şimdiki parolanız"), _("Şimdiki parolanızı yazın"))
        self.dress_passwords()


class NewPasswordForm(NewPasswordMixin, account.ResetPasswordKeyForm):
    """Bağlantıyla gelen kişinin yeni parolası."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress_passwords()


class PasswordLinkForm(account.ResetPasswordForm):
    """Yeni parola bağlantısı isteme."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = _dress(self, "email", _("E-posta adresiniz"), _("E-posta adresinizi yazın"))
        email.widget.attrs["autocomplete"] = "username"


class ConfirmPasswordForm(account.ReauthenticateForm):
    """Parolayla doğrulama."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, "password", _("Parolanız"), _("Parolanızı yazın"))


class CountedCodeMixin(forms.Form):
    """Counts wrong codes of one account, so that nobody tries them all."""

    user: Staff

    def clean_code(self) -> str:
        request = context.request
        account_key = f"staff:{self.user.pk}"
        if limits.used_up(request, "second_factor", account_key):
            raise ValidationError(TOO_MANY_CODES)
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError:
            limits.take(request, "second_factor", account_key)
            raise


class SecondStepForm(CountedCodeMixin, factor.AuthenticateForm):
    """Girişin ikinci adımı."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self, _("Uygulamanızda görünen 6 rakam ya da kurtarma kodlarınızdan biri."))


class ConfirmCodeForm(CountedCodeMixin, factor.ReauthenticateForm):
    """Kodla doğrulama."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self, _("Uygulamanızda görünen 6 rakam ya da kurtarma kodlarınızdan biri."))


class SetUpSecondStepForm(CountedCodeMixin, ActivateTOTPForm):
    """İki adımlı girişi açma."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self, _("Uygulamanın şu anda gösterdiği 6 rakam."))


class ProfileForm(forms.ModelForm):
    """Hesabım: what a member of staff may choose for herself."""

    language = forms.ChoiceField(
        label=_("Sayfaların dili"), choices=settings.LANGUAGES, widget=forms.RadioSelect,
        error_messages={"required": _("Bir dil seçin"), "invalid_choice": _("Bir dil seçin")},
    )  # fmt: skip

    class Meta:
        model = Staff
        fields = ["language"]
