"""Photos drawn by the program for the demo: plain ground, the damage and its repair, and the word DEMO across them."""

import io
import random
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from mimer.cases.files import CheckedFile, check_upload

SIZE = (800, 600)
VARIETY = 6
GROUNDS = ["#8d8f91", "#a39b8b", "#7f8a7a", "#97887c", "#84898f", "#9c9484"]


@lru_cache(maxsize=64)
def demo_photo(number: int, *, mended: bool) -> CheckedFile:
    """One of a few pictures; the same number before and after shows the same place."""
    number %= VARIETY
    rng = random.Random(number)  # noqa: S311 - the same every time
    picture = Image.new("RGB", SIZE, GROUNDS[number % len(GROUNDS)])
    draw = ImageDraw.Draw(picture)
    _street(draw, rng)
    _damage(draw, rng, mended=mended)
    _label(draw, "SONRASI" if mended else "ÖNCESİ")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    out.seek(0)
    return check_upload(out, f"demo-{number + 1}-{'sonrasi' if mended else 'oncesi'}.jpg")


def _street(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Kerb, paving and a hint of wall, so that it reads as a place."""
    draw.rectangle((0, 0, SIZE[0], 180), fill="#c9c2b4")
    draw.rectangle((0, 180, SIZE[0], 215), fill="#dcd8cf")
    for x in range(rng.randrange(40), SIZE[0], 90):
        draw.line((x, 180, x, 215), fill="#b4afa4", width=3)
    for _stone in range(90):
        x, y = rng.randrange(SIZE[0]), rng.randrange(230, SIZE[1])
        draw.ellipse((x, y, x + 4, y + 3), fill="#6d7072")


def _damage(draw: ImageDraw.ImageDraw, rng: random.Random, *, mended: bool) -> None:
    x, y = rng.randrange(220, 420), rng.randrange(290, 380)
    corners = [
        (x + dx + rng.randrange(-20, 20), y + dy + rng.randrange(-12, 12))
        for dx, dy in ((0, 40), (70, 0), (170, 5), (230, 60), (190, 125), (80, 130))
    ]
    draw.polygon(corners, fill="#5f6468" if mended else "#2f2a26", outline="#4a4e52" if mended else "#1d1916")
    if not mended:
        draw.ellipse((x + 70, y + 45, x + 165, y + 95), fill="#46525c")


def _label(draw: ImageDraw.ImageDraw, words: str) -> None:
    large, small = ImageFont.load_default(64), ImageFont.load_default(26)
    draw.text((SIZE[0] / 2, 90), "DEMO", font=large, fill="#6b6255", anchor="mm")
    draw.text((SIZE[0] / 2, 145), words, font=small, fill="#6b6255", anchor="mm")
