"""The command `python -m soket verify_page FILE.html [--key KEY]`: a saved page of the newspaper, checked without a network.

The page carries a manifest: the released copy, and a signed statement of its address, number and digest. The words that a reader sees
in the page's signed parts must be those of the copy, in order. Prose: docs/algorithms/page-manifest.md.
Standard library and cryptography only.
"""
from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from soket.audit.checkpoint import BadCheckpoint, TrustedKey, fingerprint, read_verifier_key, verifier_key
from soket.audit.verifier.page_reading import Reading, Unreadable, decoded, normal, read_page
from soket.audit.verifier.strict import NotStrict, canonical_bytes, hash_member, member, read_line
from soket.audit.verifier.trust import read_trust

FORMAT = "soket-page/1"
PREFIX = f"{FORMAT}\n".encode()
MOST_BYTES = 2_000_000
GENUINE, NOT_SO, UNREADABLE = 0, 1, 2
_VIETNAM = timezone(timedelta(hours=7))
_WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_CREDIT = {"vi": "Ảnh:", "en": "Photo:"}
PARTS = {
    "title": ("tên bài", "the title"), "date": ("ngày, giờ công bố", "the time of publication"), "office": ("cơ quan công bố", "the publishing office"),
    "byline": ("tác giả, nguồn", "the byline and source"), "notice": ("thông báo đính chính", "a correction notice"),
    "lead": ("lời dẫn", "the lead"), "photo": ("ảnh dưới lời dẫn", "the photograph under the lead"), "body": ("nội dung", "the body"),
    "": ("ngoài các phần đã ký", "outside the signed parts"),
}  # fmt: skip
Code = Literal["no_manifest", "malformed", "unknown_key", "bad_signature", "other_version", "swapped", "words", "photo"]
_REFUSED: dict[Code, tuple[str, str]] = {
    "no_manifest": ("Tệp không có bản kê đã ký: không phải trang bài do hệ thống này công bố, hoặc bản kê đã bị bỏ.",
                    "The file has no signed manifest: not a page of this newspaper, or the manifest was taken out."),
    "malformed": ("Tệp bị cắt, hỏng hoặc bị sửa nên không đọc chắc chắn được.", "The file was cut, damaged or altered: it cannot be read with certainty."),
    "unknown_key": ("Bản kê không được ký bằng khóa tin cậy.", "The manifest was not signed by a trusted key."),
    "bad_signature": ("Chữ ký không khớp: bản kê đã bị sửa hoặc chữ ký bị làm giả.", "The signature does not fit: manifest altered, or signature forged."),
    "other_version": ("Bản kê thuộc phiên bản khác, chương trình này không kiểm được.", "The manifest is of another version, which this program cannot check."),
    "swapped": ("Bản bài trong tệp không phải bản mà chữ ký xác nhận.", "The copy in the file is not the one that the signature covers."),
    "words": ("Chữ trên trang khác bản đã ký", "The words on the page differ from the signed copy"),
    "photo": ("Trang dùng ảnh không có trong bản đã ký", "The page shows a photograph that the signed copy does not have"),
}  # fmt: skip


class BadPage(ValueError):
    """A page that proves nothing. `code` is stable for programs; for `words`, the part and the first words that differ."""

    def __init__(self, code: Code, detail: str = "", *, part: str = "", expected: str = "", found: str = "", before: str = "") -> None:
        super().__init__(detail or code)
        self.code, self.detail, self.part = code, detail, part
        self.expected, self.found, self.before = expected, found, before


@dataclass(frozen=True)
class Manifest:
    """A manifest whose signature fits its stated key: where the article stands, which copy, and the copy."""

    url: str
    slug: str
    number: int
    digest: str
    content: Mapping[str, Any]
    key: TrustedKey


@dataclass(frozen=True)
class Verdict:
    """A page whose signed parts say what the copy says. `frame`: words of the page that no signature covers."""

    manifest: Manifest
    frame: Sequence[str] = field(default_factory=tuple)


def make_seal(content: str, digest: str, *, slug: str, number: int, url: str, name: str, signer: Ed25519PrivateKey) -> dict[str, str]:
    """The seal of a released copy, without the copy: the signed statement, its signature, and the key as a verifier key."""
    if hashlib.sha256(content.encode()).hexdigest() != digest:
        raise ValueError("the digest is not that of the copy")
    signed = canonical_bytes({"digest": digest, "format": FORMAT, "number": number, "slug": slug, "url": url})
    return {
        "key": verifier_key(name, signer.public_key()), "signature": base64.b64encode(signer.sign(PREFIX + signed)).decode(), "signed": signed.decode(),
    }  # fmt: skip


def read_manifest(text: str) -> Manifest:
    """A manifest's text. The key is the one that it states: whether that key is trusted is the caller's to ask. Raises BadPage."""
    try:
        envelope = json.loads(text)
        stated, signed, content, given = (member(envelope, name, str) for name in ("key", "signed", "content", "signature"))
        key, signature = read_verifier_key(stated), base64.b64decode(given, validate=True)
        said = read_line(signed.encode())
    except (ValueError, binascii.Error, NotStrict, BadCheckpoint, RecursionError):
        raise BadPage("malformed", "the manifest") from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BadPage("other_version" if isinstance(said, dict) and "format" in said else "malformed")
    try:
        key.key.verify(signature, PREFIX + signed.encode())
    except InvalidSignature:
        raise BadPage("bad_signature") from None
    try:
        slug, url, number, digest = member(said, "slug", str), member(said, "url", str), member(said, "number", int), hash_member(said, "digest")
        if hashlib.sha256(content.encode()).hexdigest() != digest:
            raise BadPage("swapped")
        copy = read_line(content.encode())
        if (copy["slug"], copy["number"]) != (slug, number):
            raise BadPage("swapped")
    except (NotStrict, KeyError, TypeError, UnicodeEncodeError):
        raise BadPage("malformed", "the copy") from None
    return Manifest(url, slug, number, digest, copy, key)


def judge(data: bytes, keys: Sequence[TrustedKey] | None) -> Verdict:
    """What may be said of a saved page. `keys` None: any key that the page states, to be compared by its fingerprint. Raises BadPage."""
    try:
        reading = read_page(decoded(data))
    except Unreadable as fault:
        raise BadPage("malformed", str(fault)) from None
    if len(reading.manifests) != 1:
        raise BadPage("no_manifest" if not reading.manifests else "malformed", "more than one manifest" if reading.manifests else "")
    manifest = read_manifest(reading.manifests[0])
    if keys is not None and not any(verifier_key(*manifest.key) == verifier_key(*key) for key in keys):
        raise BadPage("unknown_key", fingerprint(manifest.key.key))
    compare(reading, manifest.content)
    return Verdict(manifest, reading.frame)


def compare(reading: Reading, content: Mapping[str, Any]) -> None:
    """Hold the visible words of every signed part against the copy. Raises BadPage at the first that differ."""
    language = "en" if reading.language.lower().startswith("en") else "vi"
    expected = [(part, normal(words)) for part, words in told(content, language) if normal(words)]
    found = [(part, words) for part, words in reading.parts if words]
    for at in range(max(len(expected), len(found))):
        part, wanted = expected[at] if at < len(expected) else ("", "")
        here, words = found[at] if at < len(found) else ("", "")
        if here != part:  # a part is missing, or one that should not be there stands in between
            extra = here and here not in {name for name, _words in expected[at:]}
            _differ(here if extra else part, "" if extra else wanted, words if extra else "")
        _differ(part, wanted, words)
    if reading.stray:
        _differ("", "", reading.stray[0])
    if not reading.title.startswith(normal(content["title"])):
        _differ("title", normal(content["title"]), reading.title)
    listed = {size["sha256"] for photo in _photos(content) for size in photo["sizes"]}
    for name in reading.photos:
        if re.split(r"[._?]", name, maxsplit=1)[0] not in listed:
            raise BadPage("photo", name, part="photo")


def told(content: Mapping[str, Any], language: str) -> Iterator[tuple[str, str]]:
    """The words that each part of the page must show, in order. Labels of figures stand in the page's language, all else in Vietnamese."""
    yield "title", content["title"]
    yield "date", instant(content["published_at"], language)
    yield "office", content["office"]["name"]
    yield "notice", " ".join(_notice_words(notice, language) for notice in reversed(content["notices"]))
    yield "lead", _runs(content["lead"])
    if content.get("photo"):
        yield "photo", _photo(content["photo"], language)
    labels = {item["code"]: (item["label"][language], item["display"][language]) for item in content["figures"]}
    yield "body", " ".join(_block(block, labels, language) for block in content["body"])
    yield "byline", f"{content.get('byline', '')} {content.get('source', '')}"


def instant(text: str, language: str) -> str:
    """An instant as the page prints it: "Thứ Hai, 11/03/2019, 18:22:28 (GMT+7)"."""
    at = datetime.fromisoformat(text).astimezone(_VIETNAM)
    return f"{_WEEKDAYS[language][at.weekday()]}, {_day(at, language)}, {at:%H:%M:%S} (GMT+7)"


def _day(at: datetime, language: str) -> str:
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}" if language == "en" else f"{at:%d/%m/}{at.year:04}"


def _runs(runs: Sequence[Mapping[str, Any]]) -> str:
    parts = []
    for run in runs:
        parts.append(" " if run["kind"] == "break" else f"{run['old']} {run['text']}" if run.get("old") else run["text"])
    return "".join(parts)


def _photo(photo: Mapping[str, Any], language: str) -> str:
    return f"{photo['caption']} {_CREDIT[language]} {photo['credit']}"


def _photos(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*filter(None, [content.get("photo")]), *(block for block in content["body"] if block["kind"] == "photo")]


def _block(block: Mapping[str, Any], labels: Mapping[str, tuple[str, str]], language: str) -> str:
    if block["kind"] == "list":
        return " ".join(f"{item['number']}. {_runs(item['runs'])}" if item["ordered"] else _runs(item["runs"]) for item in block["items"])
    if block["kind"] == "table":
        return " ".join(_runs(cell) for row in block["rows"] for cell in row)
    if block["kind"] == "photo":
        return _photo(block, language)
    if block["kind"] == "chart":
        return " ".join(f"{labels[code][0]} {labels[code][1]}" for code in block["codes"])
    return _runs(block["runs"])


def _notice_words(notice: Mapping[str, Any], language: str) -> str:
    changes = [f"{change['label'][language]}: {change['old']} {change['new']}" for change in notice["figures"]]
    renamed = [notice["title"]["old"]] if notice["title"] else []
    at = datetime.fromisoformat(notice["at"]).astimezone(_VIETNAM)
    return " ".join([f"{_day(at, language)}, {at:%H:%M}", notice["note"], *changes, *renamed])


def _differ(part: str, wanted: str, words: str) -> None:
    """Raise BadPage with the first words that differ, six of them at most, and the three before."""
    expected, found = wanted.split(), words.split()
    if expected == found:
        return
    at = next((at for at, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other), min(len(expected), len(found)))
    raise BadPage(
        "words", part=part, expected=" ".join(expected[at : at + 6]), found=" ".join(found[at : at + 6]), before=" ".join(expected[max(0, at - 3) : at])
    )


def main(arguments: Sequence[str]) -> int:
    """Run the command, print what was found, return 0 (genuine), 1 (not so) or 2 (not checked, or the key is not confirmed)."""
    options = _parser().parse_args(arguments)
    try:
        trust = read_trust(options.key) if options.key else None
        data = options.file.read_bytes()
    except (BadCheckpoint, OSError) as error:
        return _tell(UNREADABLE, "input", f"Khóa hoặc tệp không dùng được: {error}.", f"A key or file cannot be used: {error}.", options.json)
    try:
        verdict = judge(data[:MOST_BYTES], [trust] if isinstance(trust, TrustedKey) else None)
        if isinstance(trust, str) and fingerprint(verdict.manifest.key.key) != trust:
            raise BadPage("unknown_key", fingerprint(verdict.manifest.key.key))
    except BadPage as refused:
        return _tell(NOT_SO, refused.code, *refusal_words(refused), options.json, _refusal_facts(refused))
    facts = _facts(verdict)
    if trust is None:
        vi = "Chữ trên trang đúng bản kê, nhưng khóa chưa được xác nhận: so dấu vân tay khóa với dấu in tại trang kiểm chứng, hoặc thêm --key."
        en = "The words fit the manifest, but the key is not confirmed: compare its fingerprint with the printed one, or add --key."
        return _tell(UNREADABLE, "unconfirmed", vi, en, options.json, facts)
    vi = "Trang thật: chữ trong các phần đã ký đúng bản đã công bố. Có bản mới hơn hay không thì phải hỏi trang bài."
    en = "Genuine: the signed parts say what was released. Ask the article's page whether a newer copy exists."
    return _tell(GENUINE, "genuine", vi, en, options.json, facts)


def refusal_words(refused: BadPage) -> tuple[str, str]:
    """What a refusal says, in Vietnamese and English; for words that differ, which ones."""
    vi, en = _REFUSED[refused.code]
    if refused.code == "photo":
        return f"{vi}: {refused.detail}.", f"{en}: {refused.detail}."
    if refused.code != "words":
        return vi, en
    part_vi, part_en = PARTS.get(refused.part, (refused.part, refused.part))
    vi, en = f"{vi} ({part_vi}", f"{en} ({part_en}"
    if refused.before:
        vi, en = f"{vi}, sau “{refused.before}”", f"{en}, after “{refused.before}”"
    nothing = ("không có gì", "nothing")
    signed, here = (tuple(f"“{words}”" for _side in range(2)) if words else nothing for words in (refused.expected, refused.found))
    return f"{vi}): bản đã ký là {signed[0]}, trang này là {here[0]}.", f"{en}): signed {signed[1]}, here {here[1]}."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="soket verify_page",
        description="Kiểm chứng ngoại tuyến trang bài đã lưu. Check a saved page of the newspaper offline.",
        epilog="0: thật, genuine. 1: không phải, not so. 2: không kiểm được hoặc chưa có khóa, could not be checked or no key given.",
    )
    parser.add_argument("file", type=Path, help="tệp HTML đã lưu / the saved HTML file")
    parser.add_argument("--key", help="khóa công khai, dấu vân tay khóa, hoặc tệp chứa khóa / verifier key, fingerprint, or a file with one")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON / print the result as JSON")
    return parser


def _facts(verdict: Verdict) -> dict[str, Any]:
    said = verdict.manifest
    return {
        "title": said.content["title"], "url": said.url, "number": said.number, "published_at": said.content["published_at"], "digest": said.digest,
        "fingerprint": fingerprint(said.key.key), "unsigned": list(verdict.frame),
    }


def _refusal_facts(refused: BadPage) -> dict[str, Any]:
    facts = {"detail": refused.detail, "part": refused.part, "before": refused.before, "expected": refused.expected, "found": refused.found}
    return {name: value for name, value in facts.items() if value}


def _tell(exit_code: int, result: str, vi: str, en: str, as_json: bool, facts: dict[str, Any] | None = None) -> int:
    if as_json:
        text = json.dumps({"result": result, "vi": vi, "en": en, "facts": facts or {}}, ensure_ascii=False, indent=2)
    else:
        shown = {name: value for name, value in (facts or {}).items() if not isinstance(value, list)}
        outside = [f"  · {words[:160]}" for words in (facts or {}).get("unsigned", ())]
        head = ["Chữ của khung trang, không thuộc bản đã ký / words of the page's frame, not signed:"] if outside else []
        text = "\n".join([*(f"{name}: {value}" for name, value in shown.items()), *head, *outside, vi, en])
    sys.stdout.buffer.write(("".join(ch if ch.isprintable() or ch == "\n" else "\ufffd" for ch in text) + "\n").encode())
    sys.stdout.flush()
    return exit_code
