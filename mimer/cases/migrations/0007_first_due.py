from datetime import datetime, time, timedelta

from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone

ENDED = ["closed", "resolved"]
IS_OPEN = ~Q(state__in=ENDED)


def fill(apps, schema_editor):
    """The earlier of the service target and the end of the law's last day, a day of the law at a time."""
    cases = apps.get_model("cases", "Case").objects
    cases.filter(due_at__isnull=False).update(first_due_at=F("due_at"))
    owing = cases.filter(IS_OPEN, legal_met_on=None, legal_due_on__isnull=False)
    for day in owing.order_by().values_list("legal_due_on", flat=True).distinct():
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        owing.filter(legal_due_on=day).filter(Q(due_at=None) | Q(due_at__gt=end)).update(first_due_at=end)


def index(fields, name):
    return models.Index(fields=fields, condition=IS_OPEN, name=name)


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_clocks_and_papers")]

    operations = [
        migrations.AddField(
            "case", "first_due_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RemoveIndex("case", "case_open_unit_due"),
        migrations.RemoveIndex("case", "case_open_due"),
        migrations.RemoveIndex("case", "case_open_officer_due"),
        migrations.RemoveIndex("case", "case_open_state_due"),
        migrations.AddIndex("case", index(["unit", "first_due_at", "id"], "case_open_unit_first")),
        migrations.AddIndex("case", index(["first_due_at", "id"], "case_open_first")),
        migrations.AddIndex("case", index(["officer", "first_due_at", "id"], "case_open_officer_first")),
        migrations.AddIndex("case", index(["state", "first_due_at", "id"], "case_open_state_first")),
    ]
