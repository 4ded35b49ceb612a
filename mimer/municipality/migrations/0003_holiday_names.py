"""Holidays have a Turkish and an English name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("municipality", "0002_table_changes")]

    operations = [
        migrations.RenameField("holiday", "name", "name_tr"),
        migrations.AddField("holiday", "name_en", models.CharField(blank=True, max_length=200)),
    ]
