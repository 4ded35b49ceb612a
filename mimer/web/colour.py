"""The one colour of a municipality: whether it can be read, and the shades made from it."""

# WCAG 2.2 AA, for words.
LEAST_CONTRAST = 4.5
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
Rgb = tuple[int, int, int]


def shades(colour: str) -> dict[str, str]:
    """The colour with its darker and its palest shade, by the names of the tokens they replace."""
    rgb = _rgb(colour)
    return {"brand": colour, "brand-deep": _hex(_mix(rgb, BLACK, 0.27)), "brand-tint": _hex(_mix(rgb, WHITE, 0.905))}


def readable(colour: str) -> float:
    """The lowest contrast of the colour on the grounds it stands on: white and its own palest shade."""
    rgb = _rgb(colour)
    return min(_contrast(rgb, WHITE), _contrast(rgb, _rgb(shades(colour)["brand-tint"])))


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _hex(rgb: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def _mix(rgb: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(one + (two - one) * share) for one, two in zip(rgb, other, strict=True))
    return red, green, blue


def _contrast(one: Rgb, other: Rgb) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (value / 255 for value in rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
