"""The catalogue of texts: what sources say is collected, and what is wrong with it is named."""

from pathlib import Path

import pytest

from mimer.doorway import texts


@pytest.fixture
def product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small product of one module and one template."""
    folder = tmp_path / "mimer"
    (folder / "web" / "templates").mkdir(parents=True)
    (folder / "web" / "page.py").write_text(
        'title = _("Başvurunuzu aldık")\nrule = _l("Havale et")\n', encoding="utf-8"
    )
    (folder / "web" / "templates" / "page.html").write_text(
        "{% load i18n %}<c-button title=\"{% translate 'Ara' %}\">"
        "{% blocktranslate count n=n %}{{ n }} başvuru{% plural %}{{ n }} başvurular{% endblocktranslate %}</c-button>",
        encoding="utf-8",
    )
    monkeypatch.setattr(texts, "PROJECT", tmp_path)
    monkeypatch.setattr(texts, "PRODUCT", folder)
    monkeypatch.setattr(texts, "LOCALE", folder / "locale")
    monkeypatch.setattr(texts, "ENGLISH", folder / "locale" / "en" / "LC_MESSAGES" / "django.po")
    return folder


def translate(**english: str) -> None:
    catalogue = texts._english()
    for message in catalogue:
        if message.id and (key := message.id if isinstance(message.id, str) else message.id[0]) in english:
            message.string = english[key] if isinstance(message.id, str) else (english[key], english[key])
    with texts.ENGLISH.open("wb") as target:
        texts.write_po(target, catalogue)


COMPLETE = {
    "Başvurunuzu aldık": "We have your application",
    "Havale et": "Route",
    "Ara": "Search",
    "%(n)s başvuru": "%(n)s applications",
}


def test_texts_of_modules_and_templates_are_collected(product: Path) -> None:
    texts.extract_catalogue()
    written = texts.ENGLISH.read_text(encoding="utf-8")
    assert all(
        f'"{text}"' in written
        for text in ("Başvurunuzu aldık", "Havale et", "Ara", "%(n)s başvuru", "%(n)s başvurular")
    )


def test_translations_survive_a_new_collection_and_the_check_is_quiet(product: Path) -> None:
    texts.extract_catalogue()
    translate(**COMPLETE)
    texts.extract_catalogue()
    assert texts.problems() == []


def test_the_check_names_missing_untranslated_and_unused_texts_and_lost_placeholders(product: Path) -> None:
    texts.extract_catalogue()
    translate(**{**COMPLETE, "Ara": "", "%(n)s başvuru": "applications"})
    (product / "web" / "page.py").write_text('title = _("Yeni cümle")\n', encoding="utf-8")
    found = "\n".join(texts.problems())
    assert "missing (run `bin/mimer texts extract`): 'Yeni cümle' in mimer/web/page.py" in found
    assert "untranslated: 'Ara'" in found
    assert "placeholders differ: '%(n)s başvuru'" in found
    assert "no longer used: 'Başvurunuzu aldık'" in found


def test_the_compiled_catalogue_speaks_english(product: Path) -> None:
    from gettext import GNUTranslations

    texts.extract_catalogue()
    translate(**COMPLETE)
    texts.compile_catalogues()
    with texts.ENGLISH.with_suffix(".mo").open("rb") as compiled:
        assert GNUTranslations(compiled).gettext("Ara") == "Search"
