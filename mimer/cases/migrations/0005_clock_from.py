from django.db import migrations, models
from django.db.models import Max


def start_of_reopened(apps, schema_editor):
    """A case that came back has run since then; every other one since it was received, which is what none means."""
    case_model, event_model = apps.get_model("cases", "Case"), apps.get_model("cases", "Event")
    came_back = event_model.objects.filter(verb__in=["not_solved", "reopen"]).order_by()
    for row in came_back.values("case").annotate(last=Max("at")).iterator():
        case_model.objects.filter(pk=row["case"]).update(clock_from=row["last"])


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_open_is_not_ended"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="clock_from",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(start_of_reopened, migrations.RunPython.noop, elidable=True),
    ]
