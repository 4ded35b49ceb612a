"""What an applicant may do on the pages of her application: each verb with its page, its form, its act and its thanks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mimer.cases import actions
from mimer.cases.actors import Citizen
from mimer.cases.files import CheckedFile
from mimer.cases.models import AttachmentKind, Case
from mimer.cases.rules import NotAllowed

from .. import limits
from ..forms.citizen import PhotosForm, RateForm, SayForm

# Her own files of one application, however often she comes back.
FILES_MOST = 20
FormMaker = Callable[..., forms.Form]
Act = Callable[[Case, dict[str, Any], Citizen], object]


@dataclass(frozen=True)
class Verb:
    """One thing she may do: the words of its page, its form, and what follows."""

    name: str
    heading: Any
    intro: tuple[Any, ...]
    button: Any
    make: FormMaker
    act: Act
    thanks: Any
    icon: str = "arrow-right"

    def try_it(self, request: HttpRequest, case: Case, within: bool) -> tuple[forms.Form, bool]:
        """The sent form and whether it was done; otherwise the form says why not."""
        refusal = _refusal(request, case, within)
        form = self.make(request.POST, None if refusal else request.FILES)
        if refusal:
            form.add_error(None, refusal)
            form.errors.pop("photos", None)
        if not form.is_valid():
            return form, False
        try:
            with transaction.atomic():
                self.act(case, form.cleaned_data, Citizen("web"))
        except NotAllowed as no:
            form.add_error(None, str(no))
            return form, False
        messages.success(request, self.thanks)
        return form, True


def _refusal(request: HttpRequest, case: Case, within: bool) -> str:
    """Why what was sent is not taken, known before a file of it is looked at."""
    files = sum(len(request.FILES.getlist(name)) for name in request.FILES)
    if not within or (files and not limits.take(request, "upload")):
        return _("Kısa sürede çok fazla gönderim oldu; birkaç dakika sonra yeniden gönderin.")
    if files and case.attachments.filter(kind=AttachmentKind.CITIZEN).count() + files > FILES_MOST:
        return _("Bir başvuruya en çok %(most)d dosya ekleyebilirsiniz; bu kadarı eklenemedi.") % {"most": FILES_MOST}
    return ""


def _attach_all(case: Case, files: list[CheckedFile], by: Citizen) -> None:
    for file in files:
        actions.attach(case, file, AttachmentKind.CITIZEN, by=by)


def _reply(case: Case, told: dict[str, Any], by: Citizen) -> None:
    _attach_all(case, told["photos"], by)
    actions.applicant_replies(case, told["words"], by=by)


def _not_solved(case: Case, told: dict[str, Any], by: Citizen) -> None:
    _attach_all(case, told["photos"], by)
    actions.not_solved(case, told["words"], by=by)


def _rate(case: Case, told: dict[str, Any], by: Citizen) -> None:
    solved = {"yes": True, "no": False}.get(told["solved"])
    actions.rate(case, told["score"], told["words"], solved, by=by)


def _say(label: Any, missing: Any, **options: Any) -> FormMaker:
    def make(*args: Any, **kwargs: Any) -> forms.Form:
        return SayForm(*args, words_label=label, words_missing=missing, **options, **kwargs)

    return make


_ALL = (
    Verb(
        "applicant_replies", _l("Sorumuzu yanıtlayın"), (), _l("Cevabı gönder"),
        _say(_l("Cevabınız"), _l("Cevabınızı yazın")), _reply, _l("Cevabınızı aldık, teşekkürler."), "reply",
    ),
    Verb(
        "close", _l("Sorunum çözüldü"), (_l("Başvurunuzu kapatırız. Sorun yinelenirse bir kez yeniden açabilirsiniz."),),
        _l("Evet, çözüldü"), lambda *args, **kwargs: forms.Form(*args, **kwargs),
        lambda case, _told, by: actions.close(case, by=by),
        _l("Haber verdiğiniz için teşekkür ederiz. Başvurunuzu kapattık."), "check",
    ),
    Verb(
        "not_solved", _l("Sorunum çözülmedi"),
        (
            _l("Birim yeniden ilgilenir. Neyin çözülmediğini yazın ya da fotoğrafını ekleyin."),
            _l("Bu bildirim yasal bir itiraz değildir ve dava açma süresini durdurmaz."),
        ),
        _l("Çözülmediğini bildir"), _say(_l("Çözülmeyen nedir?"), ""), _not_solved,
        _l("Bildiriminizi aldık; birim yeniden ilgilenecek."), "warning",
    ),
    Verb(
        "rate", _l("Bizi değerlendirin"), (), _l("Değerlendirmeyi gönder"), RateForm, _rate,
        _l("Değerlendirmeniz için teşekkür ederiz."), "star",
    ),
    Verb(
        "attach", _l("Fotoğraf ya da belge ekleyin"), (), _l("Dosyayı ekle"), PhotosForm,
        lambda case, told, by: _attach_all(case, told["photos"], by), _l("Dosyanızı ekledik."), "photo",
    ),
    Verb(
        "reopen", _l("Başvuruyu yeniden açın"), (_l("Kapanan başvurunuzu bir kez yeniden açabilirsiniz."),), _l("Yeniden aç"),
        _say(_l("Neden yeniden açılmalı?"), _l("Neden yeniden açılması gerektiğini yazın"), with_photos=False),
        lambda case, told, by: actions.reopen(case, told["words"], by=by), _l("Başvurunuzu yeniden açtık."), "undo",
    ),
    Verb(
        "withdraw", _l("Başvurudan vazgeçin"), (_l("Başvurunuz kapanır, birim çalışmayı bırakır."),), _l("Başvurudan vazgeç"),
        _say(_l("Neden vazgeçiyorsunuz?"), _l("Neden vazgeçtiğinizi birkaç sözcükle yazın"), with_photos=False),
        lambda case, told, by: actions.withdraw(case, told["words"], by=by), _l("Vazgeçtiğinizi kaydettik."), "cross",
    ),
)  # fmt: skip
VERBS = {verb.name: verb for verb in _ALL}
