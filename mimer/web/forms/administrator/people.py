"""Forms of units, staff with their roles, and crews."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mimer.municipality.models import Crew, RoleAssignment, Staff, Unit
from mimer.municipality.roles import NEEDS_UNIT

from .plain import NAME, ONE_CODE, Parts, PlainForm, say_plainly


class UnitForm(PlainForm):
    """Birim."""

    layout = [
        (_("Birim"), ["code short_tr", "name_tr", "name_en", "kind parent", "phone", "is_desk"]),
        (_("Sorumluları"), ["head", "representative deputy"]),
    ]

    class Meta:
        model = Unit
        fields = [
            "code",
            "name_tr",
            "name_en",
            "short_tr",
            "kind",
            "parent",
            "head",
            "representative",
            "deputy",
            "phone",
            "is_desk",
        ]
        labels = NAME | {
            "code": _("Kod"),
            "short_tr": _("Kısa adı"),
            "kind": _("Düzey"),
            "parent": _("Bağlı olduğu birim"),
            "head": _("Müdürü"),
            "representative": _("Birim sorumlusu"),
            "deputy": _("Yedek sorumlu"),
            "phone": _("Telefon"),
            "is_desk": _("Başvuru merkezinin kendisi"),
        }
        help_texts = {"is_desk": "", "representative": _("Günlük özet ve acil başvurular ona gider.")}
        error_messages = ONE_CODE

    def clean_parent(self) -> Unit | None:
        """A unit cannot stand below itself, however far."""
        parent: Unit | None = self.cleaned_data["parent"]
        above = parent
        while above is not None:
            if above.pk == self.instance.pk:
                raise ValidationError(_("Bir birim kendi altındaki bir birime bağlanamaz; başka bir birim seçin"))
            above = above.parent
        return parent


class StaffForm(PlainForm):
    """Personel: a new password only where one is typed."""

    password = forms.CharField(
        label=_("Yeni parola"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Boş bırakırsanız değişmez; yeni hesapta gerekir. İlk girişte değiştirmesini söyleyin."),
    )

    layout = [
        (_("Kişi"), ["given_name family_name", "title", "phone language"]),
        (_("Giriş"), ["email", "password"]),
    ]

    class Meta:
        model = Staff
        fields = ["email", "given_name", "family_name", "title", "phone", "language"]
        labels = {
            "email": _("E-posta adresi"),
            "given_name": pgettext_lazy("of a person", "Adı"),
            "family_name": _("Soyadı"),
            "title": _("Unvanı"),
            "phone": _("Telefon"),
            "language": _("Sayfaların dili"),
        }
        widgets = {"language": forms.Select(choices=[("tr", "Türkçe"), ("en", "English")])}
        error_messages = {
            "email": {
                "unique": _("Bu e-posta adresiyle başka bir hesap var; başka bir adres yazın"),
                "invalid": _("E-posta adresini ad@ornek.bel.tr gibi yazın"),
            }
        }

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, self.instance)
        elif self.instance.pk is None:
            raise ValidationError(_("Yeni hesap için bir parola yazın"))
        return password

    def save(self, commit: bool = True) -> Staff:
        staff: Staff = super().save(commit=False)
        if self.cleaned_data["password"]:
            staff.set_password(self.cleaned_data["password"])
            staff.is_demo = False
        staff.save()
        return staff


class RoleForm(forms.ModelForm):
    """Görev: unit roles need their unit."""

    class Meta:
        model = RoleAssignment
        fields = ["role", "unit"]
        labels = {"role": _("Görev"), "unit": _("Birim")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            say_plainly(field)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("role") in NEEDS_UNIT and not data.get("unit"):
            self.add_error("unit", _("Bu görev için birim seçin"))
        return data


class Roles(Parts):
    """Görevler: each once a unit."""

    def clean(self) -> None:
        super().clean()
        seen: set[tuple[str, int | None]] = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            role = data.get("role")
            if not role or data.get("DELETE"):
                continue
            key = (role, data["unit"].pk if data.get("unit") else None)
            if key in seen:
                form.add_error("role", _("Bu görev yukarıda da yazılı; birini silin"))
            seen.add(key)


RoleFormSet = forms.inlineformset_factory(
    Staff, RoleAssignment, form=RoleForm, formset=Roles, extra=2, can_delete=True, can_delete_extra=False
)


class CrewForm(PlainForm):
    """Saha ekibi."""

    class Meta:
        model = Crew
        fields = ["name_tr", "name_en", "unit", "members"]
        labels = NAME | {"unit": _("Birim"), "members": _("Üyeler")}
        widgets = {"members": forms.CheckboxSelectMultiple}
        help_texts = {"members": _("Görevleri arasında “saha görevlisi” olanlar telefonda işlerini görür.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Of a few hundred people those who work in the field of the unit, and who is in the crew already.
        field: Any = self.fields["members"]
        within = Staff.objects.filter(is_active=True, roles__role="field_worker")
        if self.instance.pk:
            within = within.filter(roles__unit=self.instance.unit) | self.instance.members.all()
        field.queryset = within.distinct()
