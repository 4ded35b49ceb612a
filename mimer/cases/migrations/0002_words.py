"""The word index of `cases`: FTS5 on SQLite, tsvector with GIN on PostgreSQL."""

from django.db import migrations


def create(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE TABLE cases_words (id bigint PRIMARY KEY, words tsvector NOT NULL)")
        editor.execute("ALTER TABLE cases_words ALTER COLUMN words SET STATISTICS 1000")
        editor.execute("CREATE INDEX cases_words_words ON cases_words USING gin (words) WITH (fastupdate = off)")
    else:
        editor.execute(
            "CREATE VIRTUAL TABLE cases_words USING fts5(words, tokenize='ascii', detail=none, columnsize=0)"
        )


def drop(apps, editor):
    editor.execute("DROP TABLE cases_words")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]
    operations = [migrations.RunPython(create, drop)]
