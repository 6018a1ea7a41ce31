"""The command `python -m soket verify_certificate TEXT --key KEY [--status FILE]`: a certificate's code, checked without a network."""
from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from soket.audit.checkpoint import BadCheckpoint, TrustedKey, read_verifier_key
from soket.audit.credential import BadCertificate, Standing, Statement, StatusList, read_qr_text, read_status_list

GENUINE, NOT_SO, UNREADABLE = 0, 1, 2
_REFUSED = {
    "malformed": ("Đây không phải nội dung mã QR của bản khen, hoặc mã đã bị cắt, sửa.", "Not the text of a certificate's code, or it was cut or altered."),
    "unknown_key": ("Chữ ký không phải bằng khóa tin cậy đã đưa vào.", "It was not signed by a trusted key."),
    "bad_signature": ("Chữ ký không khớp: nội dung đã bị sửa hoặc chữ ký bị làm giả.", "The signature does not fit: words altered, or signature forged."),
    "other_version": ("Mã thuộc phiên bản khác, chương trình này không kiểm được.", "The code is of another version, which this program cannot check."),
}
_GROUNDS = {
    "false_declaration": ("gian dối trong việc kê khai công trạng, thành tích", "the achievement was declared falsely"),
    "forged_dossier": ("giả mạo hồ sơ", "the dossier was forged"),
    "improper_appraisal": ("thẩm định, xét tặng trái quy định", "it was appraised or awarded against the rules"),
    "standards_not_met": ("có kết luận, quyết định, bản án về vi phạm dẫn đến không bảo đảm tiêu chuẩn trong thời gian tính thành tích",
                          "the standards of the period were not met"),
}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """A genuine statement and what a status list says of it; `standing` None where no list was given or it does not hold the serial."""

    statement: Statement
    key_id: str
    standing: Standing | None = None
    as_of: datetime | None = None

    @property
    def result(self) -> str:
        """`valid`, `superseded`, `cancelled`, `unlisted` (issued later, or struck from the list), or `signature` (no list at hand)."""
        if self.standing is not None:
            return self.standing.state
        return "unlisted" if self.as_of else "signature"


def judge(text: str, keys: Sequence[TrustedKey], status: StatusList | None = None) -> Verdict:
    """What may be said of a code's text. Raises BadCertificate where nothing of it may be believed."""
    statement, key_id = read_qr_text(text, keys)
    if status is None:
        return Verdict(statement, key_id)
    return Verdict(statement, key_id, status.of(statement.serial), status.as_of)


def read_keys(given: Iterable[str]) -> list[TrustedKey]:
    """Verifier keys, or files with one on each line. Raises BadCheckpoint; a fingerprint is not enough, since a code carries no key."""
    keys = []
    for text in given:
        lines = [text]
        if "+" not in text:
            try:
                lines = Path(text).read_text(encoding="utf-8").splitlines()
            except (OSError, ValueError):
                raise BadCheckpoint(f"{text!r}: neither a verifier key nor a readable key file") from None
        keys += [read_verifier_key(line) for line in lines if line.strip()]
    return keys


def main(arguments: Sequence[str]) -> int:
    """Run the command, print what was found, return 0 (genuine and not taken back), 1 (not so) or 2 (not checked)."""
    options = _parser().parse_args(arguments)
    try:
        keys = read_keys(options.key)
        status = read_status_list(options.status.read_text(encoding="utf-8"), keys) if options.status else None
    except (BadCheckpoint, OSError, UnicodeDecodeError) as error:
        return _tell(UNREADABLE, "input", f"Khóa hoặc tệp không dùng được: {error}.", f"A key or file cannot be used: {error}.", options.json)
    except BadCertificate as error:
        vi, en = _REFUSED[error.code]
        vi, en = f"Danh sách tình trạng không tin được: {vi}", f"The status list is not to be trusted: {en}"
        return _tell(UNREADABLE, f"status_{error.code}", vi, en, options.json)
    try:
        verdict = judge(options.text, keys, status)
    except BadCertificate as error:
        return _tell(NOT_SO, error.code, *_REFUSED[error.code], options.json)
    vi, en = _words(verdict)
    code = GENUINE if verdict.result in {"valid", "signature"} else NOT_SO
    return _tell(code, verdict.result, vi, en, options.json, _facts(verdict))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="soket verify_certificate",
        description="Kiểm tra ngoại tuyến mã QR trên bằng khen, giấy khen. Check the code of a certificate offline.",
        epilog="0: thật, genuine. 1: không phải, đã hủy bỏ hoặc thay thế, not so. 2: không kiểm được, could not be checked.",
    )
    parser.add_argument("text", help="nội dung mã QR / the text of the code")
    keys = "khóa công khai in tại trang kiểm tra, hoặc tệp chứa khóa / verifier key, or a file of keys"
    parser.add_argument("--key", required=True, action="append", help=keys)
    parser.add_argument("--status", type=Path, help="danh sách tình trạng đã ký, tải trước / the signed status list, fetched earlier")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON / print the result as JSON")
    return parser


def _words(verdict: Verdict) -> tuple[str, str]:
    standing, as_of = verdict.standing, f"{verdict.as_of:%H:%M %d/%m/%Y}" if verdict.as_of else ""
    if verdict.result == "signature":
        return "Chữ ký thật. Chưa có danh sách tình trạng nên chưa biết còn hiệu lực hay không.", "Genuine. Whether it still stands needs a status list."
    if standing is None:
        return f"Chữ ký thật, nhưng không có trong danh sách tình trạng tính đến {as_of}.", f"Genuine, but not on the status list as of {as_of}."
    if standing.state == "cancelled":
        vi, en = _GROUNDS.get(standing.ground, (standing.ground, standing.ground))
        tail = f" ({standing.basis})" if standing.basis else ""
        return (f"ĐÃ HỦY BỎ theo Quyết định số {standing.decision} ngày {standing.dated:%d/%m/%Y}: {vi}{tail}. Tính đến {as_of}.",
                f"CANCELLED by decision {standing.decision} of {standing.dated:%d/%m/%Y}: {en}{tail}. As of {as_of}.")
    if standing.state == "superseded":
        return f"Đã được thay bằng bản số hiệu {standing.by}. Tính đến {as_of}.", f"Superseded by {standing.by}. As of {as_of}."
    return f"Chữ ký thật, còn hiệu lực tính đến {as_of}.", f"Genuine and standing as of {as_of}."


def _facts(verdict: Verdict) -> dict[str, Any]:
    facts = {name: value for name, value in vars(verdict.statement).items() if value != ""}
    return {**facts, "dated": verdict.statement.dated.isoformat(), "key_id": verdict.key_id, "as_of": verdict.as_of.isoformat() if verdict.as_of else None}


def _tell(exit_code: int, result: str, vi: str, en: str, as_json: bool, facts: dict[str, Any] | None = None) -> int:
    if as_json:
        text = json.dumps({"result": result, "vi": vi, "en": en, "facts": facts or {}}, ensure_ascii=False, indent=2)
    else:
        text = "\n".join([*(f"{name}: {value}" for name, value in (facts or {}).items() if value is not None), vi, en])
    # What a code says is printable by its own rule; messages about files may hold anything.
    sys.stdout.buffer.write(("".join(ch if ch.isprintable() or ch == "\n" else "\ufffd" for ch in text) + "\n").encode())
    sys.stdout.flush()
    return exit_code
