"""QR codes of the verification address, as SVG for PDF and screen and as PNG for Word."""
from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from typing import Any

import segno
from segno import consts
from segno.encoder import DataOverflowError

from .errors import PaperError

_DENSE = re.compile(r"[0-9A-Z $%*+./:-]{20,}")
_MASK = 3


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


def qr_modules(payload: str) -> int:
    """How many squares one side of the code has, without the quiet zone of four on each side."""
    return int(_code(payload).symbol_size(border=0)[0])


def _parts(payload: str) -> Any:
    """What the encoder takes. An address whose fragment keeps to the code's own 45 signs is written in two modes: a fifth fewer bits."""
    address, mark, fragment = payload.rpartition("#")
    return [(address + mark, consts.MODE_BYTE), (fragment, consts.MODE_ALPHANUMERIC)] if address and _DENSE.fullmatch(fragment) else payload


@lru_cache(maxsize=64)
def _code(payload: str) -> segno.QRCode:
    """Error correction level M: about 15 % of a printed code may be lost and it still reads."""
    if not payload.strip():
        raise PaperError("verification.qr", vi="mã QR không có nội dung", en="the QR code has no text")
    parts = _parts(payload)
    try:
        # A dense fragment is as good as random, so that no mask beats another; trying all eight would cost most of the time of a print run.
        return segno.make_qr(parts, error="m", boost_error=False, mask=None if isinstance(parts, str) else _MASK)
    except DataOverflowError as error:
        raise PaperError(
            "verification.qr",
            vi="nội dung mã QR quá dài, không in được",
            en="the text of the QR code is too long to print",
        ) from error
