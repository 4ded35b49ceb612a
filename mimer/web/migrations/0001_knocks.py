"""Counts of tries at public doors."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A counter per address, door and span of time."""

    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="KnockCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("until", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["until"], name="knock_count_until")]},
        ),
    ]
