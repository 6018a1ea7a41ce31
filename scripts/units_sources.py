"""Write `SOURCES.json`: where every committed data file comes from, and what is doubtful."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

RETRIEVED = "2026-11-23"
PACKAGES = {
    "a": {
        "package": "vietnamadminunits",
        "version": "1.0.4",
        "licence": "MIT",
        "licence_file": "LICENSE.vietnamadminunits",
        "stated_origin": "danhmuchanhchinh.gso.gov.vn; sapnhap.bando.com.vn",
    },
    "b": {
        "package": "vietnam-address-converter",
        "version": "1.0.5",
        "licence": "Apache-2.0",
        "licence_file": "mapping_b/LICENSE",
        "stated_origin": "admin_mapping_old_to_new_10_25.xlsx, sheet admin_mapping, version 10_25",
    },
}
BASE, TABLE = "vietnamadminunits/data/dataset.db", "vietnamadminunits/data/converter_2025.json"
MODULE = "vietnam_address_converter/data.py"
CODES_2004 = "Quyết định 124/2004/QĐ-TTg (codes until 30/6/2025)"
CODES_2025 = "Quyết định 19/2025/QĐ-TTg (codes from 1/7/2025)"
PROVINCES = "Nghị quyết 202/2025/QH15 ngày 12/6/2025"
COMMUNES = "34 nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp đơn vị hành chính cấp xã năm 2025"
# file -> package, files inside it, citation, scheme of the codes, doubts
FILES: dict[str, tuple[str, list[str], list[str], str, list[str]]] = {
    "old_areas.csv": ("a", [BASE], [CODES_2004], "2, 3 and 5 digits: province, district, commune", [
        "A snapshot of early 2025; earlier boundaries are not in it.",
        "Three rows of the package's type column contradict the printed name (15061, 27046, 27076); the printed name is kept.",
        "Five names have a capital letter restored after a space (Đại Áng, Mường É, Pa Ủ, É Tòng, Đồng Ý), and Ya Ly.",
        "District 602 is spelt Phú Quí here and Phú Quý elsewhere.",
    ]),
    "new_areas.csv": ("a", [BASE, TABLE], [CODES_2025, PROVINCES, COMMUNES], "2 and 5 digits: province, commune", [
        "Four rows of the package's type column contradict the printed name (10543, 11848, 31213, 31299); the printed name is kept.",
        "Another package (vietnam-provinces 2025.10.1) prints other codes for about a hundred communes; a list that cites the decree agrees with the codes kept here where compared (communes 00004 to 01525).",
        "Column continues: 127 communes (122 communes, 5 wards) by mapping A. The project of 9/5/2025 announced 128 (124 and 4), before the final lists; the resolutions were not all at hand, so the difference is not settled.",
        "The resolutions of Gia Lai (1664/NQ-UBTVQH15: nine) and Sơn La (seven, with Suối Tọ) name exactly the communes marked here.",
        "By mapping B 128 would go on: also Canh Liên (21997) and Tây Thạnh (27013), not Suối Tọ (03901). Canh Liên is not among the nine of Gia Lai, and Tây Thạnh took a part of phường Sơn Kỳ (1685/NQ-UBTVQH15), so mapping A is followed.",
        "Six go on under another spelling: three in letter case, three listed in respelt.csv.",
        "Changes of type in 2026 are not in this file.",
    ]),
    "respelt.csv": ("a", [BASE], [CODES_2004, CODES_2025], "5 digits, same before and after", [
        "Written by hand: three communes that go on under another spelling.",
    ]),
    "province_links.csv": ("a", [TABLE], [PROVINCES], "2 digits, before and after", []),
    "mapping_a.csv": ("a", [TABLE], [COMMUNES], "3 or 5 digits before, 5 after", [
        "471 communes divided, without shares; the package's default flag is no share and is not kept.",
        "Five island districts without communes appear under their district code.",
    ]),
    "mapping_b/mapping_b.csv": ("b", [MODULE], [COMMUNES], "3 or 5 digits before, 5 after", [
        "The package has its own numbers; joined by name through aliases.csv.",
        "No row leads to Suối Tọ (03901): old Suối Tọ is given to Phù Yên.",
    ]),
    "mapping_b/aliases.csv": ("b", [MODULE], [], "code in old_areas.csv", [
        "Written by hand: each row reviewed, with its reason.",
    ]),
    "mapping_b/unjoined.csv": ("b", [MODULE], [], "code in new_areas.csv, where one is given", [
        "Two communes and a training centre of the package are not in the list of early 2025.",
    ]),
}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def entry(data: Path, path: str, wheels: dict[str, Path]) -> dict[str, Any]:
    """What is known of one committed file."""
    key, inside, citation, scheme, doubts = FILES[path]
    content = (data / path).read_bytes()
    with zipfile.ZipFile(wheels[key]) as archive:
        sources = [{"file": name, "sha256": sha256(archive.read(name))} for name in inside]
    return {
        **PACKAGES[key],
        "package_file_sha256": sha256(wheels[key].read_bytes()),
        "sources": sources,
        "retrieved": RETRIEVED,
        "sha256": sha256(content),
        "rows": len(list(csv.DictReader(content.decode().splitlines()))),
        "codes": scheme,
        "citation": citation,
        "doubts": doubts,
    }


def write_sources(data: Path, wheels: dict[str, Path]) -> None:
    files = {path: entry(data, path, wheels) for path in FILES}
    text = json.dumps({"made_by": "scripts/extract_units.py", "files": files}, ensure_ascii=False, indent=2)
    (data / "SOURCES.json").write_text(text + "\n", encoding="utf-8")
