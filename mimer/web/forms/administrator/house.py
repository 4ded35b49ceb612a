"""Form of the municipality itself: names, mark and colour, map, periods, privacy notice."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mimer.cases.files import BadFile, check_upload
from mimer.municipality.models import Municipality

from ...colour import LEAST_CONTRAST, readable
from .plain import PlainForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LABELS = {
    "name": _("Belediyenin adı"),
    "short_name": _("Kısa adı"),
    "centre_name": _("Merkezin adı"),
    "phone": _("Telefon"),
    "emergency_phone": _("Acil telefon"),
    "email": _("E-posta"),
    "website": _("Web adresi"),
    "address": _("Adres"),
    "colour": _("Renk"),
    "logo": _("Logo"),
    "south": _("Güney sınırı (enlem)"),
    "north": _("Kuzey sınırı (enlem)"),
    "west": _("Batı sınırı (boylam)"),
    "east": _("Doğu sınırı (boylam)"),
    "outside_body": _("Sınır dışındaki yerlerden sorumlu kurum"),
    "not_solved_days": _("“Sorunum çözülmedi” kaç gün denebilir"),
    "silence_days": _("Başvurandan cevap kaç gün beklenir"),
    "close_after_days": _("Yanıtlanan başvuru kaç gün sonra kapanır"),
    "duty_minutes": _("Nöbetçi kaç dakikada “gördüm” demezse sıradaki aranır"),
    "retry_messages_hours": _("Gidemeyen bildirim kaç saat denenir"),
    "half_days_count": _("Yarım günler yasal sürede iş günü sayılsın"),
    "leave_days_count": _("İdari izin günleri yasal sürede iş günü sayılsın"),
    "fee_restarts": _("Ücret ödenince bilgi edinme süresi baştan başlasın"),
    "privacy_short_tr": _("Kısa metin, form sayfalarında"),
    "privacy_short_en": _("Kısa metin (İngilizce)"),
    "privacy_notice_tr": _("Tam metin"),
    "privacy_notice_en": _("Tam metin (İngilizce)"),
}


class MunicipalityForm(PlainForm):
    """Belediye."""

    website = forms.URLField(
        label=LABELS["website"], required=False, assume_scheme="https",
        error_messages={"invalid": _("Web adresini https://www.ornek.bel.tr gibi yazın")},
    )  # fmt: skip
    logo = forms.FileField(
        label=LABELS["logo"], required=False, widget=forms.FileInput({"accept": "image/png"}),
        help_text=_("PNG; sayfaların başında durur. Boş bırakırsanız eskisi kalır."),
    )  # fmt: skip
    drop_logo = forms.BooleanField(label=_("Logoyu kaldır, çay bardağı dursun"), required=False)

    layout = [
        (_("Adlar"), ["name", "short_name centre_name", "colour logo", "drop_logo"]),
        (_("İletişim"), ["phone emergency_phone", "email website", "address"]),
        (_("Harita"), ["south north west east", "outside_body"]),
        (_("Süreler"), ["not_solved_days silence_days", "close_after_days retry_messages_hours", "duty_minutes"]),
        (_("Yasanın açık bıraktığı yerler"), ["half_days_count", "leave_days_count", "fee_restarts"]),
        (
            _("Aydınlatma metni"),
            ["privacy_short_tr", "privacy_short_en", "privacy_notice_tr", "privacy_notice_en"],
        ),
    ]

    class Meta:
        model = Municipality
        fields = list(LABELS)
        labels = LABELS
        widgets = {"colour": forms.TextInput({"type": "color"})}
        help_texts = {
            "half_days_count": _(
                "28 Ekim ve arifeler öğleden sonra tatildir; iş günü sayılıp sayılmadığını yasa söylemez. İşaretliyken son"
                " gün daha erken gelir; temkinli olan budur."
            ),
            "leave_days_count": _(
                "İdari izin resmî tatil değildir; Danıştay daireleri süreyi uzatıp uzatmadığında ayrılır. İşaretliyken izin"
                " günü süreyi uzatmaz; temkinli olan budur. Hedef süreler izin günlerinde her durumda durur."
            ),
            "fee_restarts": _(
                "Ücret bildirimi süreyi keser (4982 m. 11); ödemeden sonra baştan mı kaldığı yerden mi işlediği açık değil."
                " İşaretsizken kaldığı yerden işler; temkinli olan budur."
            ),
            "duty_minutes": _("Bu sürede görmezse acil başvuru sıradaki nöbetçiye bildirilir."),
            "outside_body": "",
            "colour": _("Düğmelerin ve bağlantıların rengi."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_logo = bool(self.instance.logo)

    def sections(self) -> "Iterator[tuple[StrOrPromise, list[list[forms.BoundField]]]]":
        """Without the box that takes the logo away where there is none."""
        for heading, lines in super().sections():
            yield heading, [line for line in lines if self.has_logo or line[0].name != "drop_logo"]

    def clean_colour(self) -> str:
        colour: str = self.cleaned_data["colour"]
        contrast = readable(colour)
        if contrast < LEAST_CONTRAST:
            raise ValidationError(
                _("Bu renk yazı için çok açık (kontrast %(have)s, en az %(need)s olmalı); daha koyu bir ton seçin")
                % {"have": f"{contrast:.1f}".replace(".", ","), "need": f"{LEAST_CONTRAST:.1f}".replace(".", ",")}
            )
        return colour

    def clean_logo(self) -> Any:
        """The picture drawn anew from its pixels, under a name made of its content."""
        upload = self.cleaned_data["logo"]
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            checked = check_upload(upload, upload.name or "logo", upload.size)
        except BadFile as bad:
            raise ValidationError(str(bad)) from bad
        if checked.content_type != "image/png":
            raise ValidationError(_("Logo PNG olmalı; başka bir dosya seçin"))
        return ContentFile(checked.content, f"{checked.sha256[:16]}.png")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        box = [data.get(side) for side in ("south", "north", "west", "east")]
        if any(side is not None for side in box) and None in box:
            self.add_error("south", _("Haritanın dört sınırını da yazın ya da hepsini boş bırakın"))
        elif None not in box:
            if not -90 <= box[0] < box[1] <= 90:  # type: ignore[operator]
                self.add_error("north", _("Kuzey sınırı güneyden büyük olmalı; enlemler −90 ile 90 arasındadır"))
            if not -180 <= box[2] < box[3] <= 180:  # type: ignore[operator]
                self.add_error("east", _("Doğu sınırı batıdan büyük olmalı; boylamlar −180 ile 180 arasındadır"))
        return data

    def save(self, commit: bool = True) -> Municipality:
        if self.cleaned_data["drop_logo"]:
            self.instance.logo = ""
        house: Municipality = super().save(commit)
        return house
