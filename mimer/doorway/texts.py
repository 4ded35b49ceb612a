"""The texts people read: written in Turkish where they are used, translated in one English catalogue.

`texts extract` brings the catalogue up to date with the sources and keeps what is translated;
`texts check` names every text that is missing, untranslated, doubtful or no longer used.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from mimer.doorway import PROJECT

PRODUCT = PROJECT / "mimer"
LOCALE = PRODUCT / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_l": None,  # gettext_lazy where `_` is gettext
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def main(arguments: list[str]) -> int:
    if arguments == ["extract"]:
        fresh = extract_catalogue()
        missing = sum(1 for message in fresh if message.id and not _is_translated(message.string))
        print(f"{len(fresh)} texts, {missing} untranslated: {ENGLISH.relative_to(PROJECT)}")
        return 0
    if arguments == ["check"]:
        found = problems()
        print("\n".join(found) or "Every text is translated.")
        return 1 if found else 0
    print("Usage: bin/mimer texts extract|check", file=sys.stderr)
    return 2


def compile_catalogues() -> None:
    """Turns every .po into the .mo that gettext reads."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parts[-3])
        fresh = path.with_suffix(".mo.new")
        with fresh.open("wb") as target:
            write_mo(target, catalogue)
        fresh.replace(path.with_suffix(".mo"))


def extract_catalogue() -> Catalog:
    """Writes the English catalogue anew from the sources, with the translations it already had."""
    catalogue = _english()
    catalogue.update(texts_in_sources(), no_fuzzy_matching=True)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as target:
        write_po(target, catalogue, width=120, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    return catalogue


def problems() -> list[str]:
    """What is wrong with the English catalogue, one sentence each."""
    found = []
    used, english = texts_in_sources(), _english()
    for message in used:
        if not message.id:
            continue
        have = english.get(message.id, message.context)
        where = message.locations[0][0] if message.locations else "?"
        if have is None:
            found.append(f"missing (run `bin/mimer texts extract`): {_shown(message.id)} in {where}")
        elif not _is_translated(have.string):
            found.append(f"untranslated: {_shown(message.id)} in {where}")
        elif have.fuzzy:
            found.append(f"doubtful (fuzzy): {_shown(message.id)} in {where}")
        elif _placeholders(have.id) != _placeholders(have.string):
            found.append(f"placeholders differ: {_shown(message.id)} in {where}")
    found += [
        f"no longer used: {_shown(message.id)}"
        for message in english
        if message.id and not used.get(message.id, message.context)
    ]
    return found


def texts_in_sources() -> Catalog:
    catalogue = Catalog(locale="en", domain="django", project="MİMER", fuzzy=False)
    for path, source in _sources():
        for _line, message, comments, context in extract("python", BytesIO(source), KEYWORDS, ("Translators:",)):
            name = str(path.relative_to(PROJECT))
            catalogue.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def _sources() -> Iterator[tuple[Path, bytes]]:
    """Every file with texts, as Python: templates are turned into the calls they stand for."""
    from django.utils.translation.template import templatize

    for path in sorted(PRODUCT.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_bytes()
    for path in sorted(part for pattern in ("*.html", "*.txt") for part in PRODUCT.rglob(f"templates/**/{pattern}")):
        calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # A template's indentation means nothing, a module's does.
        yield path, "\n".join(line.lstrip() for line in calls.splitlines()).encode()


def _english() -> Catalog:
    if not ENGLISH.exists():
        return Catalog(locale="en", domain="django", project="MİMER", fuzzy=False)
    with ENGLISH.open("rb") as source:
        return read_po(source, locale="en", domain="django")


def _is_translated(text: str | list[str] | tuple[str, ...] | None) -> bool:
    return all(text) if isinstance(text, (list, tuple)) else bool(text)


def _placeholders(text: object) -> set[str]:
    parts = text if isinstance(text, (list, tuple)) else [text]
    return {name for part in parts for name in PLACEHOLDER.findall(str(part))}


def _shown(text: object) -> str:
    first = text[0] if isinstance(text, (list, tuple)) else text
    return repr(str(first)[:90])
