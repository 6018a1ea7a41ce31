"""QR codes of the verification address, as SVG for PDF and screen and as PNG for Word."""
from __future__ import annotations

from io import BytesIO

import segno
from segno.encoder import DataOverflowError

from .errors import PaperError


def qr_svg(payload: str) -> bytes:
    """A stand-alone SVG, one unit per module, quiet zone of four; same text, same bytes."""
    out = BytesIO()
    _code(payload).save(out, kind="svg", border=4, xmldecl=False, nl=False, omitsize=True)
    return out.getvalue()


def qr_png(payload: str, *, pixels_per_module: int = 8) -> bytes:
    """A black and white PNG with a quiet zone of four modules; same text, same bytes."""
    out = BytesIO()
    _code(payload).save(out, kind="png", scale=pixels_per_module, border=4)
    return out.getvalue()


def _code(payload: str) -> segno.QRCode:
    """Error correction level M: about 15 % of a printed code may be lost and it still reads."""
    if not payload.strip():
        raise PaperError("verification.qr", vi="mã QR không có nội dung", en="the QR code has no text")
    try:
        return segno.make_qr(payload, error="m", boost_error=False)
    except DataOverflowError as error:
        raise PaperError(
            "verification.qr",
            vi="nội dung mã QR quá dài, không in được",
            en="the text of the QR code is too long to print",
        ) from error
