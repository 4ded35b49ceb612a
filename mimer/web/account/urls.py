"""Addresses of signing in and out, of the password and of the second factor; of allauth only what we use."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, path, re_path, reverse_lazy

from ..forms import account as form
from .profile import profile
from .views import AskForLink, SignIn

PROFILE = reverse_lazy("profile")

urlpatterns: list[URLPattern | URLResolver] = [
    path("giris/", SignIn.as_view(), name="account_login"),
    path(
        "giris/ikinci-adim/",
        factor.AuthenticateView.as_view(template_name="account/second_step.html", form_class=form.SecondStepForm),
        name="mfa_authenticate",
    ),
    path(
        "giris/kapali/",
        account.AccountInactiveView.as_view(template_name="account/closed.html"),
        name="account_inactive",
    ),
    path("giris/parola/", AskForLink.as_view(), name="account_reset_password"),
    path(
        "giris/parola/gonderildi/",
        account.PasswordResetDoneView.as_view(template_name="account/password_link_sent.html"),
        name="account_reset_password_done",
    ),
    re_path(
        r"^giris/parola/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.PasswordResetFromKeyView.as_view(
            template_name="account/new_password.html", form_class=form.NewPasswordForm
        ),
        name="account_reset_password_from_key",
    ),
    path(
        "giris/parola/tamam/",
        account.PasswordResetFromKeyDoneView.as_view(template_name="account/new_password_done.html"),
        name="account_reset_password_from_key_done",
    ),
    path("cikis/", account.LogoutView.as_view(template_name="account/sign_out.html"), name="account_logout"),
    path("hesap/", profile, name="profile"),
    path("hesap/", profile, name="mfa_index"),  # allauth knows the same page by this name
    path(
        "hesap/parola/",
        account.PasswordChangeView.as_view(
            template_name="account/password.html", form_class=form.ChangePasswordForm, success_url=PROFILE
        ),
        name="account_change_password",
    ),
    path(
        "hesap/dogrula/",
        account.ReauthenticateView.as_view(
            template_name="account/confirm_password.html", form_class=form.ConfirmPasswordForm
        ),
        name="account_reauthenticate",
    ),
    path(
        "hesap/dogrula/kod/",
        factor.ReauthenticateView.as_view(template_name="account/confirm_code.html", form_class=form.ConfirmCodeForm),
        name="mfa_reauthenticate",
    ),
    path(
        "hesap/iki-adim/",
        totp.ActivateTOTPView.as_view(template_name="account/second_factor.html", form_class=form.SetUpSecondStepForm),
        name="mfa_activate_totp",
    ),
    path(
        "hesap/iki-adim/kapat/",
        totp.DeactivateTOTPView.as_view(template_name="account/second_factor_off.html", success_url=PROFILE),
        name="mfa_deactivate_totp",
    ),
    path(
        "hesap/kurtarma-kodlari/",
        codes.ViewRecoveryCodesView.as_view(template_name="account/recovery_codes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "hesap/kurtarma-kodlari/yenile/",
        codes.GenerateRecoveryCodesView.as_view(template_name="account/recovery_codes_new.html"),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "hesap/kurtarma-kodlari/indir/",
        codes.DownloadRecoveryCodesView.as_view(template_name="account/recovery_codes.txt"),
        name="mfa_download_recovery_codes",
    ),
]
