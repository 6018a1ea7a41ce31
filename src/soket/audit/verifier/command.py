"""The command `python -m soket verify FILE --key KEY`."""
from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from soket.audit.checkpoint import BadCheckpoint
from soket.audit.verifier.dossier import verify_file
from soket.audit.verifier.log import HEADER_START, verify_bundle
from soket.audit.verifier.report import Report
from soket.audit.verifier.trust import read_trust


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="soket verify",
        description="Kiểm chứng ngoại tuyến một hồ sơ hoặc bản xuất nhật ký. Check a dossier or a log export offline.",
        epilog="0: nguyên vẹn, intact. 1: đã bị sửa, altered. 2: không kiểm chứng được, could not be checked.",
    )
    parser.add_argument("file", type=Path, help="hồ sơ hoặc nhật ký / dossier or log export")
    given = "khóa công khai, dấu vân tay in trên giấy, hoặc tệp chứa một trong hai / verifier key, fingerprint, or a file"
    parser.add_argument("--key", required=True, help=given)
    kept = "điểm chốt giữ bên ngoài (cho nhật ký) / checkpoint kept elsewhere (logs)"
    parser.add_argument("--anchor", action="append", default=[], type=Path, help=kept)
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON / print the result as JSON")
    return parser


def _run(file: Path, key: str, anchors: Sequence[Path]) -> Report:
    try:
        trust = read_trust(key)
    except BadCheckpoint as error:
        return Report("file").refuse("key", f"Khóa tin cậy không dùng được: {error}.", f"The trusted key cannot be used: {error}.")
    try:
        texts = [anchor.read_text(encoding="utf-8") for anchor in anchors]
        with file.open("rb") as stream:
            is_log = stream.read(len(HEADER_START)) == HEADER_START
        return verify_bundle(file, trust, texts) if is_log else verify_file(file, trust)
    except (OSError, UnicodeDecodeError) as error:
        return Report("file").refuse("file", f"Không đọc được tệp: {error}.", f"A file cannot be read: {error}.")


def main(arguments: Sequence[str]) -> int:
    """Run the command, print the report, return 0 (intact), 1 (altered) or 2 (not checked)."""
    options = _parser().parse_args(arguments)
    report = _run(options.file, options.key, options.anchor)
    text = json.dumps(report.as_dict(), ensure_ascii=False, indent=2) if options.json else "\n".join(report.lines())
    sys.stdout.buffer.write((text + "\n").encode("utf-8"))
    sys.stdout.flush()
    return report.exit_code
