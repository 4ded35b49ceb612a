"""The word index of `people`: FTS5 on SQLite, tsvector with GIN on PostgreSQL."""

from django.db import migrations


def create(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE TABLE people_names (id bigint PRIMARY KEY, words tsvector NOT NULL)")
        editor.execute("ALTER TABLE people_names ALTER COLUMN words SET STATISTICS 1000")
        editor.execute("CREATE INDEX people_names_words ON people_names USING gin (words) WITH (fastupdate = off)")
    else:
        editor.execute(
            "CREATE VIRTUAL TABLE people_names USING fts5(words, tokenize='ascii', detail=none, columnsize=0)"
        )


def drop(apps, editor):
    editor.execute("DROP TABLE people_names")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people")]
    operations = [migrations.RunPython(create, drop)]
