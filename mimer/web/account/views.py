"""Signing in and a new password: allauth's pages with our limits, our words, and a way on when no e-mail can be sent."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.views import LoginView, PasswordResetView
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from mimer.municipality.seed import municipalities, sign_ins
from mimer.notify.ways import mail_ready

from .. import limits
from ..context import municipality_of
from ..forms.account import PasswordLinkForm, SignInForm


class SignIn(LoginView):
    """Giriş: counts what fails, for the address and for the account; a demo house shows its sign-ins."""

    template_name = "account/sign_in.html"
    form_class = SignInForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if limits.used_up(request, "sign_in") or limits.used_up(request, "account", _account(request)):
            return limits.too_many(request, "sign_in")
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        limits.take(self.request, "sign_in")
        limits.take(self.request, "account", _account(self.request))
        return super().form_invalid(form)

    def get_initial(self) -> dict[str, Any]:
        return {"login": self.request.GET.get("kim", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = municipality_of(self.request).demo
        return super().get_context_data(**kwargs) | {"demo_sign_ins": _demo_sign_ins(self.request) if demo else []}


@method_decorator(never_cache, name="dispatch")
class AskForLink(PasswordResetView):
    """Parolamı unuttum: a link by e-mail; where no e-mail leaves the house, the page says whom to ask."""

    template_name = "account/password_link.html"
    form_class = PasswordLinkForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if mail_ready() is not None:
            return self.get(request, *args, **kwargs)
        if not limits.take(request, "password_link"):
            return limits.too_many(request, "password_link")
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_send": mail_ready() is None}


def _account(request: HttpRequest) -> str:
    return f"name:{request.POST.get('login', '').strip().lower()}"


def _demo_sign_ins(request: HttpRequest) -> list[tuple[str, str, str]]:
    """For each role its words, who holds it, and this page with her address filled in."""
    people = {role: staff for name in municipalities() for role, staff in sign_ins(name).items()}
    after = {"next": request.GET["next"]} if "next" in request.GET else {}
    return [
        (str(role.label), staff.full_name, "?" + urlencode({"kim": staff.email, **after}))
        for role, staff in people.items()
        if staff.is_demo and staff.is_active
    ]
