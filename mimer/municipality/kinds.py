"""The small closed lists of the house: types, priorities, clocks, evidence, channels and ways."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseType(models.TextChoices):
    """Başvuru türü: what the citizen wants, apart from the law that applies to it."""

    REQUEST = "request", _("Talep")
    WISH = "wish", _("İstek")
    INFO = "info", _("Bilgi alma")
    COMPLAINT = "complaint", _("Şikâyet")
    REFERRAL = "referral", _("Yönlendirme")
    SUGGESTION = "suggestion", _("Öneri")
    TIP = "tip", _("İhbar")
    THANKS = "thanks", _("Teşekkür")
    FOI = "foi", _("Bilgi edinme (4982)")
    DATA_SUBJECT = "data_subject", _("Kişisel veri başvurusu (6698)")


class Priority(models.IntegerChoices):
    """Öncelik."""

    URGENT = 1, _("Acil")
    HIGH = 2, _("Yüksek")
    NORMAL = 3, _("Normal")
    LOW = 4, _("Düşük")


class ClockKind(models.TextChoices):
    """How a subject's service target is counted: eight business hours a day, or the clock on the wall."""

    BUSINESS = "business", _("Mesai saati")
    ELAPSED = "elapsed", _("Geçen saat")


class Evidence(models.TextChoices):
    """Kanıt: what must stand beside a positive or partial outcome of this subject."""

    NONE = "none", _("Gerekmez")
    PHOTO = "photo", _("Sonrası fotoğrafı")
    DOCUMENT_NUMBER = "document_number", _("Belge numarası")
    NOTE = "note", _("Yapılan işin yazılı açıklaması")


class Channel(models.TextChoices):
    """Başvuru kanalı: the door by which the words came in."""

    PHONE = "phone", _("Telefon")
    DESK = "desk", _("Şahsen")
    PETITION = "petition", _("Dilekçe")
    WEB = "web", _("Web")
    EMAIL = "email", _("E-posta")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SOCIAL = "social", _("Sosyal medya")
    CIMER = "cimer", _("CİMER")
    KEP = "kep", _("KEP")
    E_DEVLET = "e_devlet", _("e-Devlet")
    MUHTAR = "muhtar", _("Muhtar")
    UNIT = "unit", _("Birimin kendi masası")
    SMS = "sms", _("SMS")
    FIELD = "field", _("Sahadaki personel")
    MAYOR = "mayor", _("Başkan ziyareti")
    OPEN311 = "open311", _("Open311")
    IMPORT = "import", _("Eski kayıt")


class Way(models.TextChoices):
    """Tercih edilen iletişim yolu: how the citizen wants to hear from us."""

    EMAIL = "email", _("E-posta")
    SMS = "sms", _("SMS")
    PHONE = "phone", _("Telefon")
    LETTER = "letter", _("Mektup")
    NONE = "none", _("Haber istemiyor")
