"""Whose paper it is: the names, the mark and the one colour of a municipality."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@cache
def tea_glass() -> str:
    """Give the product's own mark as SVG, for a municipality that has set none."""
    return (Path(__file__).parent / "mark.svg").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Identity:
    """What stands at the head and the foot of every paper."""

    municipality: str
    centre: str
    footer: str = ""
    colour: str = "#0b5566"
    mark_svg: str = ""

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.colour):
            raise ValueError(f"a colour is written like #0b5566, not {self.colour!r}")

    def as_data(self) -> dict[str, str]:
        """Give what the templates read."""
        return {
            "municipality": self.municipality,
            "centre": self.centre,
            "footer": self.footer,
            "colour": self.colour,
            "mark": self.mark_svg or tea_glass(),
        }
