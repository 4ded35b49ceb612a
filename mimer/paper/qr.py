"""QR codes for links on paper and on screens."""

from io import BytesIO
from xml.sax.saxutils import quoteattr

import segno


def qr_svg(text: str, *, label: str = "") -> str:
    """Draw a QR code as SVG with attributes only, so that it stands under a strict content policy.

    With a label it is an image to a screen reader; without one it is passed over.
    """
    drawn = BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(drawn, kind="svg", xmldecl=False, border=4, svgclass="qr", lineclass=None, omitsize=True, nl=False)
    seen = f'role="img" aria-label={quoteattr(label)}' if label else 'aria-hidden="true"'
    return drawn.getvalue().decode().replace("<svg ", f"<svg {seen} ", 1)


def qr_png(text: str, *, pixels: int = 6) -> bytes:
    """Draw a QR code as PNG with this many pixels a module, for e-mail."""
    drawn = BytesIO()
    segno.make_qr(text, error="m").save(drawn, kind="png", scale=pixels, border=4)
    return drawn.getvalue()
