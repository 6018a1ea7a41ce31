"""A print run of certificates: one PDF and single files, against python-docx mail merge and LibreOffice on the same words.

Each part of ours runs in a process of its own, imports included, so that its memory is its own. LibreOffice converts two samples of
unlike size: the difference gives its rate, the smaller one its start, and the figure shown is what the whole run would take.
Its pages carry the same words and the same code; the border is a plain one of Word, which is less to draw than ours.
"""
from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import typst
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor

from soket.audit.credential import Statement, make_qr_text
from soket.documents.certificates import Certificate, preset, render, render_many
from soket.documents.qr import qr_png

DESIGN = preset("giay-khen-a4")
DAY = date(2026, 7, 9)
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
ACHIEVEMENT = (
    "Đã có thành tích xuất sắc trong thực hiện Chương trình phối hợp đẩy mạnh phong trào bảo vệ an ninh Tổ quốc giai đoạn 2021 - 2026"
)


def certificates(count: int) -> list[Certificate]:
    """Signed certificates with words of usual and of great length, of invented units."""
    made = []
    for number in range(1, count + 1):
        serial, unit = f"GK-2026-{number:05d}", f"Tỉnh số {number % 34 + 1}"
        recipient = f"Công an xã số {number}" if number % 3 else f"Ban Công tác Mặt trận và lực lượng bảo vệ an ninh, trật tự ở cơ sở, khu dân cư số {number}"
        said = Statement(serial, "Giám đốc Công an tỉnh", "Giấy khen", f"{recipient}, {unit}", "123/QĐ-CAT", DAY, ACHIEVEMENT, str(number))
        made.append(Certificate(
            label=serial, recipient=recipient, unit=unit, achievement=ACHIEVEMENT, issuer="Giám đốc Công an tỉnh", post="Giám đốc",
            place_date="Hưng Yên, ngày 09 tháng 7 năm 2026", decision="số 123/QĐ-CAT ngày 09 tháng 7 năm 2026", gold_book=str(number), synthetic=True,
            qr=make_qr_text(said, base_url="https://soket.example", name="soket.example/certificates", signer=SIGNER),
        ))  # fmt: skip
    return made


def part(kind: str, count: int, folder: Path) -> None:
    """One part of ours: make the files, print seconds, bytes and megabytes as JSON."""
    began = time.perf_counter()
    ready = certificates(count)
    signed = time.perf_counter()
    if kind == "one":
        (folder / "one.pdf").write_bytes(render(DESIGN, ready, day=DAY))
    else:
        for one, content in zip(ready, render_many(DESIGN, ready, size=1, day=DAY), strict=True):
            (folder / f"{one.label}.pdf").write_bytes(content)
    size = sum(path.stat().st_size for path in folder.glob("*.pdf"))
    print(json.dumps({
        "sign": signed - began, "seconds": time.perf_counter() - signed, "bytes": size, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))  # fmt: skip


def ours(kind: str, count: int) -> dict[str, float]:
    """A part in a fresh process; its pages are counted and its first and last serial read back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, "-m", "bench.certificates", "--part", kind, "--count", str(count), "--folder", name]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parent.parent)
        files = sorted(folder.glob("*.pdf"))
        pages = 0
        for path, wanted in ((files[0], "GK-2026-00001"), (files[-1], f"GK-2026-{count:05d}")):
            document = pypdfium2.PdfDocument(path)
            pages = len(document)
            at = pages - 1 if wanted.endswith(f"{count:05d}") else 0
            if wanted not in document[at].get_textpage().get_text_bounded():
                raise SystemExit(f"{path.name} does not say {wanted}")
            document.close()
        if (pages if kind == "one" else len(files)) != count:
            raise SystemExit(f"{pages} pages, {len(files)} files, {count} expected")
        return dict(json.loads(done.stdout.splitlines()[-1]))


def _page(document: docx.document.Document) -> None:
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(29)
    section.top_margin, section.bottom_margin = Mm(20), Mm(12)
    sides = "".join(f'<w:{side} w:val="double" w:sz="24" w:space="24" w:color="A3152A"/>' for side in ("top", "left", "bottom", "right"))
    section._sectPr.append(parse_xml(f'<w:pgBorders {nsdecls("w")} w:offsetFrom="page">{sides}</w:pgBorders>'))
    document.styles["Normal"].font.name = "Times New Roman"


def _line(holder: docx.document.Document, text: str, size: int, *, bold: bool = False, red: bool = False, italic: bool = False, left: bool = False) -> None:
    paragraph = holder.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if red:
        run.font.color.rgb = RGBColor(0xB0, 0x17, 0x2C)


def merged(ready: list[Certificate]) -> bytes:
    """The certificates as pages of one Word file, as a mail merge makes them."""
    document = docx.Document()
    _page(document)
    for at, one in enumerate(ready):
        if at:
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        _line(document, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 14, bold=True)
        _line(document, "Độc lập - Tự do - Hạnh phúc", 15, bold=True)
        _line(document, one.issuer.upper(), 21, bold=True, red=True)
        _line(document, "TẶNG", 17, bold=True)
        _line(document, "GIẤY KHEN", 42, bold=True, red=True)
        _line(document, one.recipient, 20, bold=True)
        _line(document, one.unit, 16, bold=True)
        _line(document, one.achievement, 15, italic=True)
        table = document.add_table(rows=1, cols=2)
        left, right = table.rows[0].cells
        _line(left, f"Quyết định {one.decision}", 11, left=True)
        _line(left, f"Số sổ vàng: {one.gold_book}", 11, left=True)
        left.add_paragraph().add_run().add_picture(BytesIO(qr_png(one.qr)), width=Mm(26))
        _line(left, f"Số hiệu: {one.label}", 8, left=True)
        _line(right, one.place_date, 14, italic=True)
        _line(right, one.post.upper(), 14, bold=True)
        document.add_paragraph()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _convert(folder: Path, files: list[Path], expected: int = 1) -> tuple[float, float]:
    """Seconds and peak megabytes of one run of LibreOffice; the last file must have that many pages."""
    began = time.perf_counter()
    profile, where = f"-env:UserInstallation=file://{folder / 'profile'}", ["--outdir", str(folder / "out")]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", *where, *map(str, files)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"LibreOffice ended with {status}")
    document = pypdfium2.PdfDocument(folder / "out" / f"{files[-1].stem}.pdf")
    pages = len(document)
    document.close()
    if pages != expected:
        raise SystemExit(f"LibreOffice made {pages} pages of {files[-1].name}, {expected} expected")
    return seconds, used.ru_maxrss / 1024


def libreoffice(count: int, small: int, large: int) -> dict[str, float]:
    """Seconds that the whole run would take as one file and as single files, from two samples each, Word's own time included."""
    ready, results = certificates(large), {"peak": 0.0}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "warm.docx").write_bytes(merged(ready[:1]))
        _convert(folder, [folder / "warm.docx"])
        for kind, sizes in (("one", (small, large)), ("files", (max(2, small // 2), max(4, large // 4)))):
            took = []
            for size in sizes:
                began = time.perf_counter()
                if kind == "one":
                    paths = [folder / f"one-{size}.docx"]
                    paths[0].write_bytes(merged(ready[:size]))
                else:
                    paths = [folder / f"{one.label}.docx" for one in ready[:size]]
                    for path, one in zip(paths, ready, strict=False):
                        path.write_bytes(merged([one]))
                written = time.perf_counter() - began
                seconds, peak = _convert(folder, paths, size if kind == "one" else 1)
                took.append(written + seconds)
                results["peak"] = max(results["peak"], peak)
            each = (took[1] - took[0]) / (sizes[1] - sizes[0])
            results[kind] = took[0] + each * (count - sizes[0])
    return results


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench certificates", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--sample", type=int, default=200, help="pages of LibreOffice's larger sample")
    parser.add_argument("--no-libreoffice", action="store_true")
    parser.add_argument("--part", choices=["one", "files"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.part:
        part(options.part, options.count, options.folder)
        return 0
    print(f"Machine: {platform.machine()}, Python {platform.python_version()}, typst {typst.__version__}, python-docx {docx.__version__}; "
          f"design {DESIGN.code}, {options.count:,} certificates, each with its own signed code")  # fmt: skip
    one, files = ours("one", options.count), ours("files", options.count)
    print(f"{'':<34}{'seconds':>9}{'per s':>9}{'MB made':>9}{'peak MB':>9}")
    for title, row in (("ours, one PDF", one), ("ours, single files", files)):
        print(f"{title:<34}{row['seconds']:>9.2f}{options.count / row['seconds']:>9.0f}{row['bytes'] / 1e6:>9.1f}{row['peak']:>9.0f}")
    print(f"{'(words made and codes signed)':<34}{one['sign']:>9.2f}{options.count / one['sign']:>9.0f}")
    peer, note = None, ""
    if options.no_libreoffice or not shutil.which("soffice"):
        note = "LibreOffice was not asked for" if options.no_libreoffice else "LibreOffice (soffice) is not installed"
        print(note)
    else:
        version = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=False).stdout.split("\n")[0].strip()
        peer = libreoffice(options.count, max(10, options.sample // 10), options.sample)
        for title, kind in ((f"python-docx + {version[:15]}, one", "one"), ("the same, single files", "files")):
            print(f"{title:<34}{peer[kind]:>9.1f}{options.count / peer[kind]:>9.1f}{'':>9}{peer['peak']:>9.0f}")
        print(f"({version}; from samples of {max(10, options.sample // 10)} and {options.sample} pages, and a quarter of that as files)")
    print(json.dumps({
        "count": options.count, "per_s": round(options.count / one["seconds"], 1), "libreoffice_per_s": round(options.count / peer["one"], 1) if peer else None,
        "files_per_s": round(options.count / files["seconds"], 1), "libreoffice_files_per_s": round(options.count / peer["files"], 1) if peer else None,
        "seconds": round(one["seconds"], 2), "peak_mb": round(one["peak"]), "files_peak_mb": round(files["peak"]), "megabytes": round(one["bytes"] / 1e6, 1),
        "libreoffice_sample": options.sample if peer else None, "libreoffice_peak_mb": round(peer["peak"]) if peer else None, "notes": note,
    }))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
