"""The states a case can be in, the outcomes it can have, and what a citizen is shown of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Durum: where the case stands; apart from its outcome."""

    REGISTERED = "registered", _("Kayıt edildi")
    ASSIGNED = "assigned", _("Havale edildi")
    RETURNED = "returned", _("Birimden iade")
    IN_PROGRESS = "in_progress", _("İşlemde")
    PLANNED = "planned", _("Programa alındı")
    WAITING_APPLICANT = "waiting_applicant", _("Başvurandan bilgi bekleniyor")
    WAITING_THIRD_PARTY = "waiting_third_party", _("Kurum cevabı bekleniyor")
    IN_APPROVAL = "in_approval", _("Cevap onayda")
    RESOLVED = "resolved", _("Sonuçlandı")
    CLOSED = "closed", _("Kapatıldı")


ENDED = frozenset({State.RESOLVED, State.CLOSED})
OPEN = frozenset(State) - ENDED
# In these a case waits for words that history from elsewhere does not bring: a proposed answer, a question.
ADOPTABLE = frozenset(State) - {State.IN_APPROVAL, State.WAITING_APPLICANT}


class Outcome(models.TextChoices):
    """Sonuç: how it ended, declared by whoever ended it."""

    POSITIVE = "positive", _("Olumlu")
    PARTIAL = "partial", _("Kısmen olumlu")
    NEGATIVE = "negative", _("Olumsuz")
    INFORMED = "informed", _("Bilgi verildi")
    FORWARDED = "forwarded", _("Dış kuruma yönlendirildi")
    DUPLICATE = "duplicate", _("Mükerrer")
    WITHDRAWN = "withdrawn", _("Vazgeçildi")
    NOT_EXAMINED = "not_examined", _("İşleme alınmadı")
    UNFOUNDED = "unfounded", _("Haklı bulunmadı")
    NOT_FOUND = "not_found", _("Tespit edilemedi")
    INVALID = "invalid", _("Hatalı kayıt")


# What a unit may declare at the end of its work; the other outcomes belong to their own verbs.
DECLARABLE = (
    Outcome.POSITIVE, Outcome.PARTIAL, Outcome.NEGATIVE, Outcome.INFORMED, Outcome.UNFOUNDED, Outcome.NOT_FOUND,
)  # fmt: skip
# Work was done, so the subject's evidence must stand beside it.
NEEDS_EVIDENCE = frozenset({Outcome.POSITIVE, Outcome.PARTIAL})
NEEDS_REASON = frozenset({Outcome.NEGATIVE, Outcome.PARTIAL, Outcome.UNFOUNDED, Outcome.NOT_FOUND})


class CitizenTag(models.TextChoices):
    """The five words a citizen reads instead of ten states."""

    RECEIVED = "received", _("Alındı")
    WORKING = "working", _("İnceleniyor")
    ASKING = "asking", _("Sizden bilgi bekleniyor")
    ANSWERED = "answered", _("Yanıtlandı")
    CLOSED = "closed", _("Kapandı")


CITIZEN_TAGS = {
    State.REGISTERED: CitizenTag.RECEIVED,
    State.WAITING_APPLICANT: CitizenTag.ASKING,
    State.RESOLVED: CitizenTag.ANSWERED,
    State.CLOSED: CitizenTag.CLOSED,
}


def citizen_tag(state: str) -> CitizenTag:
    """The citizen's word for a state; everything between receipt and answer is being looked into."""
    return CITIZEN_TAGS.get(State(state), CitizenTag.WORKING)


class ReturnGround(models.TextChoices):
    """İade gerekçesi: why a unit sends a case back to the desk."""

    NOT_OURS = "not_ours", _("Birimimizin görevi değil")
    OTHER_BODY = "other_body", _("Başka bir kurumun görevi")
    WRONG_SUBJECT = "wrong_subject", _("Konusu yanlış seçilmiş")
    INCOMPLETE = "incomplete", _("Yer ya da bilgi eksik")


class LegalRegime(models.TextChoices):
    """Tabi olduğu mevzuat: apart from the type; codes as in `mimer.law`."""

    SERVICE = "SERVICE", _("Hizmet başvurusu")
    PETITION_3071 = "PETITION_3071", _("Dilekçe (3071)")
    FOI_4982 = "FOI_4982", _("Bilgi edinme (4982)")
    DATA_SUBJECT_6698 = "DATA_SUBJECT_6698", _("Kişisel veri (6698)")
    CIMER = "CIMER", _("CİMER")
    OMBUDSMAN_6328 = "OMBUDSMAN_6328", _("Kamu Denetçiliği istemi (6328)")
    ZONING_PERMIT_3194 = "ZONING_PERMIT_3194", _("Yapı ruhsatı (3194)")
    ZONING_OCCUPANCY_3194 = "ZONING_OCCUPANCY_3194", _("Yapı kullanma izni (3194)")
    ADMIN_WAIT_2577 = "ADMIN_WAIT_2577", _("Ara bilgiden sonra kesin cevap (2577)")
