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
from .qr_dense import MASK, dense_matrix, dense_svg

_DENSE = re.compile(r"[0-9A-Z $%*+./:-]{20,}")


def qr_svg(payload: str) -> bytes:
    """A stand-alone SVG, one unit per module, quiet zone of four; same text, same bytes."""
    if dense := _dense(payload):
        return dense_svg(_squares(*dense)).encode("ascii")
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
    dense = _dense(payload)
    return len(_squares(*dense)) if dense else int(_code(payload).symbol_size(border=0)[0])


def _dense(payload: str) -> tuple[str, str] | None:
    """An address and a fragment that keeps to the code's own 45 signs: written in two modes it needs a fifth fewer bits."""
    address, mark, fragment = payload.rpartition("#")
    return (address + mark, fragment) if address and _DENSE.fullmatch(fragment) else None


@lru_cache(maxsize=64)
def _squares(address: str, fragment: str) -> Any:
    try:
        return dense_matrix(address, fragment)
    except ValueError as error:
        raise _too_long() from error


@lru_cache(maxsize=64)
def _code(payload: str) -> segno.QRCode:
    """Error correction level M: about 15 % of a printed code may be lost and it still reads."""
    if not payload.strip():
        raise PaperError("verification.qr", vi="mã QR không có nội dung", en="the QR code has no text")
    dense = _dense(payload)
    parts: Any = [(dense[0], consts.MODE_BYTE), (dense[1], consts.MODE_ALPHANUMERIC)] if dense else payload
    try:
        # A dense fragment is as good as random, so that no mask beats another; trying all eight would cost most of the time of a print run.
        return segno.make_qr(parts, error="m", boost_error=False, mask=MASK if dense else None)
    except DataOverflowError as error:
        raise _too_long() from error


def _too_long() -> PaperError:
    return PaperError("verification.qr", vi="nội dung mã QR quá dài, không in được", en="the text of the QR code is too long to print")
