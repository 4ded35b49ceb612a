"""The roles a member of staff may hold, and which of them sit at the desk, in a unit, or see across units."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Görev: a person may hold several, in several units."""

    AGENT = "agent", _("Çağrı ve masa görevlisi")
    GREETER = "greeter", _("Karşılama görevlisi")
    HALL_MANAGER = "hall_manager", _("Salon sorumlusu")
    REPRESENTATIVE = "representative", _("Birim sorumlusu")
    OFFICER = "officer", _("Birim görevlisi")
    UNIT_HEAD = "unit_head", _("Birim müdürü")
    ARBITER = "arbiter", _("Havale hakemi")
    FIELD_WORKER = "field_worker", _("Saha görevlisi")
    CENTRE_MANAGER = "centre_manager", _("MİMER sorumlusu")
    DEPUTY_MAYOR = "deputy_mayor", _("Başkan yardımcısı")
    MAYOR = "mayor", _("Başkan")
    MODERATOR = "moderator", _("Moderatör")
    AUDITOR = "auditor", _("Denetçi")
    ADMINISTRATOR = "administrator", _("Sistem yöneticisi")


DESK = frozenset({Role.AGENT, Role.CENTRE_MANAGER})
UNIT = frozenset({Role.REPRESENTATIVE, Role.OFFICER, Role.UNIT_HEAD})
# Sees every case that is not sensitive. The administrator keeps the machine and the tables; cases are not her business.
ACROSS_UNITS = frozenset({Role.AGENT, Role.CENTRE_MANAGER, Role.ARBITER, Role.MAYOR, Role.AUDITOR})
# Sees the cases of her unit and of the units below it.
BELOW_UNIT = UNIT | {Role.DEPUTY_MAYOR}
NEEDS_UNIT = BELOW_UNIT | {Role.FIELD_WORKER}
