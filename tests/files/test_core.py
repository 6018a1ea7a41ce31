"""What a file is, is read from its bytes; names are made safe to show and to download."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.files import core
from tests.files import samples

MACRO_TYPES = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (samples.PDF, core.PDF),
        (samples.JPEG, core.JPEG),
        (samples.png(), core.PNG),
        (b"RIFF\x0c\x00\x00\x00WEBPVP8 \x00\x00\x00\x00", core.WEBP),
        (samples.docx(), core.DOCX),
        (samples.xlsx(), core.XLSX),
    ],
)
def test_the_kind_is_read_from_the_bytes(content: bytes, media_type: str) -> None:
    assert core.sniff(content) == media_type


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", core.Fault.EMPTY),
        (b"so lieu", core.Fault.UNKNOWN),
        (b"MZ\x90\x00 a program", core.Fault.UNKNOWN),
        (b"<html><script>alert(1)</script>", core.Fault.UNKNOWN),
        (samples.PDF[:30], core.Fault.DAMAGED),
        (samples.PDF_LOCKED, core.Fault.ENCRYPTED),
        (samples.png()[:40], core.Fault.DAMAGED),
        (samples.JPEG[:20], core.Fault.DAMAGED),
        (samples.archive("readme.txt"), core.Fault.UNKNOWN),
        (samples.docx()[:60], core.Fault.DAMAGED),
        (samples.archive("word/document.xml", locked=True), core.Fault.ENCRYPTED),
        (samples.archive("word/document.xml", "word/vbaProject.bin"), core.Fault.MACROS),
        (samples.archive("xl/workbook.xml", "xl/vbaProject.bin"), core.Fault.MACROS),
        (samples.archive("word/document.xml", types=MACRO_TYPES), core.Fault.MACROS),
        (samples.OLE, core.Fault.UNKNOWN),
        (samples.OLE_LOCKED, core.Fault.ENCRYPTED),
    ],
)
def test_what_is_not_evidence_is_refused_with_its_reason(content: bytes, fault: core.Fault) -> None:
    with pytest.raises(core.BadFile) as caught:
        core.sniff(content)
    assert caught.value.fault is fault


def test_an_archive_that_unpacks_beyond_the_limit_is_refused_before_it_is_unpacked() -> None:
    bomb = samples.archive("word/document.xml", filler=core.MAX_UNPACKED)
    assert len(bomb) < 1_000_000
    with pytest.raises(core.BadFile) as caught:
        core.sniff(bomb)
    assert caught.value.fault is core.Fault.TOO_LARGE


def test_size_and_kind_are_checked_against_what_the_place_allows() -> None:
    assert core.check(samples.PDF, frozenset({core.PDF}), limit=len(samples.PDF)) == core.PDF
    for allowed, limit, fault in (
        (frozenset({core.PDF}), len(samples.PDF) - 1, core.Fault.TOO_LARGE),
        (frozenset({core.DOCX}), core.MAX_BYTES, core.Fault.NOT_ALLOWED),
    ):
        with pytest.raises(core.BadFile) as caught:
            core.check(samples.PDF, allowed, limit)
        assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("given_name", "media_type", "kept"),
    [
        ("Quy chế.pdf", core.PDF, "Quy chế.pdf"),
        ("Quy che\u0302\u0301.pdf", core.PDF, "Quy chế.pdf"),
        ("../../etc/passwd", core.PDF, "passwd.pdf"),
        ("C:\\van ban\\so 12.docx", core.DOCX, "so 12.docx"),
        ("hai\r\nSet-Cookie: a=b.pdf", core.PDF, "haiSet-Cookie_ a=b.pdf"),
        ("tep\u202efdp.exe", core.PDF, "tepfdp.exe.pdf"),
        ("ANH.JPEG", core.JPEG, "ANH.jpeg"),
        ("", core.XLSX, "tep.xlsx"),
        ("...", core.PNG, "tep.png"),
        ("x" * 500 + ".pdf", core.PDF, "x" * 196 + ".pdf"),
    ],
)
def test_names_are_cleaned(given_name: str, media_type: str, kept: str) -> None:
    assert core.clean_name(given_name, media_type) == kept


def test_a_name_with_broken_unicode_is_refused() -> None:
    with pytest.raises(core.BadFile) as caught:
        core.clean_name("a\ud800.pdf", core.PDF)
    assert caught.value.fault is core.Fault.BROKEN_NAME


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        assert core.sniff(content) in core.NAMES
    except core.BadFile as bad:
        assert bad.fault in core.Fault


@given(st.binary(max_size=200), st.integers(0, 400))
def test_no_spoilt_archive_breaks_the_reader(noise: bytes, place: int) -> None:
    content = samples.docx()
    spoilt = content[:place] + noise + content[place + len(noise) :]
    try:
        assert core.sniff(spoilt) in core.EVIDENCE
    except core.BadFile as bad:
        assert bad.fault in core.Fault


@given(st.text(max_size=300), st.sampled_from(sorted(core.EVIDENCE)))
def test_every_clean_name_is_short_flat_and_stable(name: str, media_type: str) -> None:
    kept = core.clean_name(name, media_type)
    assert 0 < len(kept) <= 200 and not set(kept) & set('/\\\n\r"') and core.clean_name(kept, media_type) == kept
    assert kept.endswith(core.EXTENSIONS[media_type])
