"""What must not go live: demo sign-ins, open settings, keys that others can read."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from mimer.municipality.models import Municipality, Staff
from mimer.municipality.roles import Role


def setting_faults() -> list[str]:
    """A sentence for each setting or key an administrator must mend before citizens come."""
    faults = _key_faults()
    if settings.DEBUG:
        faults.append(_("MIMER_DEBUG açık; canlıda kapalı olmalı."))
    if not settings.RATE_LIMITS:
        faults.append(_("MIMER_RATE_LIMITS=0 ile herkese açık formların sınırı kaldırılmış; canlıda sınır olmalı."))
    if not settings.HTTPS:
        faults.append(_("MIMER_URL https ile başlamıyor; oturumlar ve başvurular şifresiz gider."))
    elif not settings.TRUST_PROXY:
        faults.append(
            _("MIMER_TRUST_PROXY=1 değil; https kuran vekilin arkasında sayfalar dönüp durur, sınırlar ortak olur.")
        )
    if "*" in settings.ALLOWED_HOSTS:
        faults.append(_("MIMER_ALLOWED_HOSTS her adı kabul ediyor; alan adınızı yazın."))
    if not settings.EMAIL_URL:
        faults.append(_("MIMER_EMAIL_URL yazılmamış; e-posta isteyen vatandaşa mektup gitmez."))
    elif settings.EMAIL_FROM.endswith("@localhost"):
        faults.append(_("MIMER_EMAIL_FROM yazılmamış; mektuplar mimer@localhost adıyla gider ve geri çevrilir."))
    if settings.SMS_SENDER == "silent":
        faults.append(_("MIMER_SMS=silent hiçbir SMS göndermez ama gönderildi sayar; canlıda kaldırın."))
    if urlsplit(settings.PUBLIC_URL).hostname in ("localhost", "127.0.0.1"):
        faults.append(_("MIMER_URL bu makineyi gösteriyor; mektuplardaki bağlantılar açılmaz."))
    return faults


def sign_in_faults() -> list[str]:
    """A sentence for each sign-in that must not stay, or is missing."""
    faults = []
    if demo := list(Staff.objects.filter(is_demo=True, is_active=True).values_list("email", flat=True)[:3]):
        faults.append(_("Deneme hesapları açık (%(who)s …); kapatın ya da silin.") % {"who": ", ".join(demo)})
    if Municipality.objects.filter(demo=True).exists():
        faults.append(_("Bu kurulum deneme belediyesiyle dolu; canlı için `seed --empty` ile başlayın."))
    if not Staff.objects.filter(is_active=True, roles__role=Role.ADMINISTRATOR).exists():
        faults.append(_("Etkin bir sistem yöneticisi yok."))
    return faults


def _key_faults() -> list[str]:
    folder = settings.DATA_DIR / "keys"
    readable = [path.name for path in folder.glob("*.key") if path.stat().st_mode & 0o077]
    return [
        _("%(name)s anahtarını başkaları okuyabiliyor; izinlerini 0600 yapın.") % {"name": name} for name in readable
    ]
