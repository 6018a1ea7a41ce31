"""The press kit: one ZIP of text, photographs, sound, figures and papers, from the content of a copy. No table is read here.

The same material gives the same bytes. Files lie side by side, without folders; texts are UTF-8 with a mark and CR LF, as old
editors of Windows ask. A kit taken before the release bears the embargo in every file that holds words.
"""
from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from soket.kernel.canonical import canonical
from soket.kernel.clock import VIETNAM
from soket.publishing import kit_words, tabling
from soket.publishing.kit_docx import article_docx
from soket.publishing.release import every_photo

_STILL = (2026, 1, 1, 0, 0, 0)
_PACKED = (".docx", ".jpg", ".mp3")


@dataclass(frozen=True)
class Picture:
    """A photograph's bytes as JPEG: the largest size, and the one that stands in the Word text."""

    largest: bytes
    inline: bytes


@dataclass(frozen=True)
class Material:
    """All that goes in. `raw` is the canonical text of the copy, `seal` its signed manifest; both are empty before a release,
    when `until` says how long it is held back (None: until the office publishes it). `pictures` are in the order of `every_photo`."""

    content: Mapping[str, Any]
    pictures: Sequence[Picture]
    page: str
    dossier: str = ""
    verify: str = ""
    raw: str = ""
    digest: str = ""
    seal: Mapping[str, Any] | None = None
    sound: bytes = b""
    until: datetime | None = None

    @property
    def draft(self) -> bool:
        return not self.raw

    def mark(self, lang: str) -> str:
        """The embargo in words; empty for a released copy."""
        if not self.draft:
            return ""
        if self.until is None:
            return kit_words.NO_TIME[lang]
        local = self.until.astimezone(VIETNAM)
        return kit_words.UNTIL[lang].format(when=f"{local:%H:%M} ngày {local:%d/%m/%Y}" if lang == "vi" else f"{local:%H:%M %d/%m/%Y}")


def zipped(material: Material) -> bytes:
    """The kit as one ZIP file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name, content in files(material):
            info = zipfile.ZipInfo(name, _STILL)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            info.external_attr, info.create_system = 0o644 << 16, 3
            pack.writestr(info, content)
    return out.getvalue()


def files(material: Material) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file, what to read first at the head."""
    made = list(_parts(material))
    names = [name for name, _content in made]
    yield "DOC-TRUOC.txt", _text(_read_me(material, names, "vi"))
    yield "README.txt", _text(_read_me(material, names, "en"))
    yield from made


def _parts(material: Material) -> Iterator[tuple[str, bytes]]:
    content, mark = material.content, material.mark("vi")
    pictures = [(f"anh-{number}.jpg", picture) for number, picture in enumerate(material.pictures, 1)]
    yield "bai-viet.docx", article_docx(content, [picture.inline for _name, picture in pictures], mark)
    yield "bai-viet.txt", _text([*_marked(mark), *plain_lines(content, material.draft)])
    for name, picture in pictures:
        yield name, picture.largest
    if pictures:
        yield "chu-thich-anh.txt", _text([*_marked(mark), *_captions(content)])
    if material.sound:
        yield "ban-doc.mp3", material.sound
    if content["figures"]:
        yield "so-lieu.csv", ("\ufeff" + tabling.as_csv(content, mark)).encode()
        told = {"article": content["slug"], "number": content["number"], "edition": content["edition"], "figures": content["figures"]}
        yield "so-lieu.json", canonical(told | ({"embargo": mark} if mark else {}))
    if material.raw:
        yield "ban-cong-bo.json", material.raw.encode()
    if material.seal:
        yield "ban-ke-da-ky.json", json.dumps(material.seal, ensure_ascii=False).encode()


def _text(lines: Sequence[str]) -> bytes:
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _marked(mark: str) -> list[str]:
    return [mark, ""] if mark else []


def plain_lines(content: Mapping[str, Any], draft: bool) -> list[str]:
    """The copy as plain lines; a claim is followed by its figure's code in brackets, as on paper."""
    lines = [content["title"], "", kit_words.dated(content, draft), *_notes(content), "", words(content["lead"], content), ""]
    number = 1 if content["photo"] else 0
    lines += [f"[Ảnh 1: {kit_words.under(content['photo'])}]", ""] if content["photo"] else []
    for block in content["body"]:
        if block["kind"] == "photo":
            number += 1
            lines += [f"[Ảnh {number}: {kit_words.under(block)}]", ""]
        else:
            lines += [*_block(block, content), ""]
    signed = [content["byline"]] if content["byline"] else []
    return [*lines, *signed, *([f"Nguồn: {content['source']}"] if content["source"] else [])]


def words(runs: Sequence[Mapping[str, Any]], content: Mapping[str, Any]) -> str:
    """Runs as words, codes after claims."""
    printed = {one["code"]: one["printed"] for one in content["figures"]}
    return "".join(
        "\r\n" if run["kind"] == "break" else f"{run['text']} [{printed.get(run['code'], run['code'])}]" if run["kind"] == "claim" else run["text"]
        for run in runs
    )


def _notes(content: Mapping[str, Any]) -> list[str]:
    corrections = [f"Đính chính (bản {notice['number']}): {notice['note']}" for notice in content["notices"]]
    return [*corrections, *([kit_words.WORDS["vi"]["synthetic"]] if content["synthetic"] else [])]


def _block(block: Mapping[str, Any], content: Mapping[str, Any]) -> list[str]:
    if block["kind"] == "list":
        return [f"{'  ' * item['depth']}{_point(item)} {words(item['runs'], content)}" for item in block["items"]]
    if block["kind"] == "table":
        return [" | ".join(words(cell, content) for cell in row) for row in block["rows"]]
    if block["kind"] == "chart":
        known = {one["code"]: one for one in content["figures"]}
        return [f"- {known[code]['label']['vi']}: {known[code]['display']['vi']} [{known[code]['printed']}]" for code in block["codes"]]
    return [words(block["runs"], content)]


def _point(item: Mapping[str, Any]) -> str:
    return f"{item['number']}." if item["ordered"] else "-"


def _captions(content: Mapping[str, Any]) -> Iterator[str]:
    for number, photo in enumerate(every_photo(content), 1):
        size = photo["sizes"][-1]
        yield f"anh-{number}.jpg ({size['width']} × {size['height']})"
        yield f"Chú thích: {photo['caption'] or '(không có)'}"
        yield f"Tác giả: {photo['credit']}"
        yield f"Mô tả: {'(ảnh trang trí)' if photo['decorative'] else photo['alt']}"
        yield ""


def _read_me(material: Material, names: Sequence[str], lang: str) -> list[str]:
    content, said, mark = material.content, kit_words.WORDS[lang], material.mark(lang)
    when = datetime.fromisoformat(content["published_at"]).astimezone(VIETNAM)
    office = content["office"]["name"]
    usage = kit_words.USAGE_VI if lang == "vi" else kit_words.USAGE_EN
    held = [(name, vi if lang == "vi" else en) for name, vi, en in kit_words.FILES if any(one.startswith(name) for one in names)]
    links = [("page", material.page), ("dossier", material.dossier), ("verify", material.verify), ("digest", material.digest)]
    links += [("edition", content["edition"]["digest"] if content["edition"] else "")]
    return [
        *_marked(mark), said["head"], "", f"{said['title']}: {content['title']}", f"{said['office']}: {office}",
        f"{said['copy']}: {content['number']}" + (f" ({said['draft']})" if material.draft else f". {said['at']} {when:%H:%M:%S %d/%m/%Y} (GMT+7)"),
        *([said["synthetic"]] if content["synthetic"] else []), "", said["files"],
        *(f"- {f'{name}….jpg' if name == 'anh-' else name}: {told}" for name, told in held), "", said["usage"],
        *(f"- {line.format(office=office)}" for line in usage), "", said["links"], *(f"{said[name]}: {told}" for name, told in links if told),
    ]
