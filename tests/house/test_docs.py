"""What is written for people stays true: settings, commands, links and pictures of the documents."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from mimer.doorway import PROJECT
from mimer.doorway.__main__ import OWN, commands_of_rooms

MANUALS = ("docs/administrator.md", "docs/yonetici.md")
DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
READ = re.compile(r"""environ(?:\.get\(|\[)"([A-Z_]+)"|, "(MIMER_[A-Z_]+)"\)""")
LINK = re.compile(r"""\]\(([^)\s]+)\)|<img src="([^"]+)\"""")
HEADING = re.compile(r"^#+ (.+)$", re.M)
KILOBYTES, MEGABYTES = 250, 4


def _variables() -> set[str]:
    """What the settings and the doorway read from the environment, less what is the system's own."""
    sources = [PROJECT / "mimer" / "settings.py", *(PROJECT / "mimer" / "doorway").glob("*.py")]
    found = {a or b for path in sources for a, b in READ.findall(path.read_text(encoding="utf-8"))}
    return found - {"PATH"}


def _links(document: Path) -> list[str]:
    return [a or b for a, b in LINK.findall(document.read_text(encoding="utf-8"))]


def _anchors(document: Path) -> set[str]:
    """The headings as GitHub makes addresses of them."""
    headings = HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("manual", MANUALS)
def test_every_variable_of_the_environment_stands_in_the_manual(manual: str) -> None:
    text = (PROJECT / manual).read_text(encoding="utf-8")
    assert len(_variables()) > 12
    assert not [name for name in sorted(_variables()) if f"`{name}`" not in text]


@pytest.mark.parametrize("manual", MANUALS)
def test_every_command_stands_in_the_manual(manual: str) -> None:
    text = (PROJECT / manual).read_text(encoding="utf-8")
    assert not [name for name in [*OWN, *commands_of_rooms()] if f"`{name}`" not in text]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_link_and_picture_leads_somewhere(document: Path) -> None:
    for link in _links(document):
        if re.match(r"[a-z]+:", link):
            continue
        path, _hash, anchor = unquote(link).partition("#")
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), f"{document.name}: {link}"
        assert there.is_relative_to(PROJECT), f"{document.name}: {link} leads out of the project"
        if anchor:
            assert anchor in _anchors(there), f"{document.name}: there is no heading for {link}"


def test_every_picture_is_shown_somewhere_and_small() -> None:
    pictures = sorted((PROJECT / "docs" / "pictures").glob("*.png"))
    shown = {(document.parent / link).resolve() for document in DOCUMENTS for link in _links(document)}
    assert not [picture.name for picture in pictures if picture not in shown]
    sizes = {picture.name: picture.stat().st_size for picture in pictures}
    assert not {name: size for name, size in sizes.items() if size > KILOBYTES * 1000}
    assert sum(sizes.values()) < MEGABYTES * 1_000_000


def test_the_proxy_writes_down_neither_secret_codes_nor_what_was_searched_for() -> None:
    settings = (PROJECT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    (form,) = re.findall(r"log_format mimer '([^;]*)';", settings)
    assert not {"$http_referer", "$request", "$request_uri", "$args", "$query_string"} & set(re.findall(r"\$\w+", form))
    assert re.search(r"server_tokens off;\s*access_log \S+ mimer;", settings)
    secret = settings[settings.index("location ~ ^/(takip|basvuru)/") :]
    assert "access_log off;" in secret and "error_log /dev/null" in secret
