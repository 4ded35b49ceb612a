"""The press: turns a template and its data into a tagged PDF; data is only ever text, never evaluated."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
# Letters in a row; addresses on the web have signs between theirs and stay whole, to be copied.
_UNBROKEN = re.compile(r"[^\W_]{24}(?=[^\W_])|\S{60}(?=\S)")
_BREAK_HERE = "\u200b"
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_DRAWINGS = {"mark", "qr"}


def press(template: str, data: dict[str, Any]) -> bytes:
    """Print one of this room's templates as PDF/UA-1."""
    prepared = json.dumps(printable(data), ensure_ascii=False)
    try:
        return _compile(template, prepared, "ua-1")
    except typst.TypstError:
        # The standard forbids what the typeface cannot draw, such as a smiley in a name; the citizen gets her paper
        # all the same, tagged as before, with an empty box in that place.
        return _compile(template, prepared, None)


def _compile(template: str, prepared: str, standard: Literal["ua-1"] | None) -> bytes:
    pdf: bytes = typst.compile(  # type: ignore[call-overload]  # its stub wants root in the type of the source
        _source(template),
        root=str(_TEMPLATES),  # nothing else can be read, whatever a template may say
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=standard,
        sys_inputs={"data": prepared},
    )
    return pdf


@cache
def _source(template: str) -> bytes:
    """Join the house style and the template, since typst's set rules end with the file that makes them."""
    house, own = ((_TEMPLATES / f"{name}.typ").read_text(encoding="utf-8") for name in ("house", template))
    return f"{house}\n{own}".encode()


@cache
def _fonts() -> typst.Fonts:
    """Load the typeface that set-up puts beside this module; without it typst's own serif stands in."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_HERE / "fonts")])


def printable(value: Any) -> Any:
    """Leave out what cannot be seen, and let words longer than a line break, so that nothing runs off the paper."""
    if isinstance(value, dict):
        return {key: part if key in _DRAWINGS else printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [printable(part) for part in value]
    if not isinstance(value, str):
        return value
    seen = "".join(sign for sign in value if sign == "\n" or unicodedata.category(sign) not in _UNSEEN)
    return _UNBROKEN.sub(lambda run: run[0] + _BREAK_HERE, seen)
