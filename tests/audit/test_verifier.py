"""The offline verifier against everything that can be done to a file."""
from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.audit.checkpoint import BadCheckpoint, fingerprint, verifier_key
from soket.audit.core import TILE
from soket.audit.dossier import BadDossier, Entry, build_manifest, dossier_digest, make_seal, write_dossier
from soket.audit.export import write_log
from soket.audit.verifier import Report, main, read_trust, verify_bundle, verify_bytes, verify_file, verify_stream
from soket.audit.verifier.compare import Difference, Fault, differences
from tests.audit import samples
from tests.audit.samples import ENTRIES, ORIGIN, PARTIES, dossier, export, log_bodies, signer, trusted

pytestmark = pytest.mark.one_database
REPO = Path(__file__).resolve().parents[2]
DOC = REPO / "docs" / "algorithms" / "dossier-file.md"
DATA = dossier()
LINES = DATA.split(b"\n")[:-1]
KEYS = [entry.key for entry in ENTRIES]
BODIES = log_bodies(600)
LOG = export(BODIES)
KEY = verifier_key(ORIGIN, signer().public_key())
FINGERPRINT = fingerprint(signer().public_key())


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


def check(lines: Sequence[bytes]) -> Report:
    return verify_bytes(b"\n".join(lines) + b"\n", trusted())


def check_log(data: bytes, anchors: Sequence[str] = ()) -> Report:
    return verify_stream(io.BytesIO(data), trusted(), anchors)


def place_of(line: int) -> range:
    """The byte places of a line of the sample, its newline aside."""
    start = sum(len(text) + 1 for text in LINES[:line])
    return range(start, start + len(LINES[line]))


# --- A file as it was sealed -------------------------------------------------------------------------------


def test_a_sealed_dossier_holds() -> None:
    report = verify_bytes(DATA, trusted())
    assert codes(report) == []
    assert (report.ok, report.exit_code, report.first_bad) == (True, 0, None)
    assert [line.code for line in report.checks] == ["entries", "seal", "checkpoint", "act", "act", "freeze"]
    assert report.facts["entries"] == 4
    assert report.facts["fingerprint"] == FINGERPRINT
    assert report.facts["seal_code"] == "F8A5-E8BF-8D9F-68FD"
    assert report.lines()[-2:] == ["KẾT LUẬN: nguyên vẹn, đúng như khi được niêm phong.", "RESULT: intact, as it was sealed."]


def test_the_printed_fingerprint_alone_is_enough_trust() -> None:
    assert verify_bytes(DATA, read_trust(FINGERPRINT)).ok
    assert verify_bytes(DATA, read_trust(FINGERPRINT.lower())).ok
    other = fingerprint(signer(2).public_key())
    assert codes(verify_bytes(DATA, other))[:2] == ["seal.key", "checkpoint.unproven"]


# --- One altered byte --------------------------------------------------------------------------------------


@given(place=st.integers(0, len(DATA) - 1), byte=st.integers(0, 255))
@settings(max_examples=500, deadline=None)
def test_any_altered_byte_is_seen(place: int, byte: int) -> None:
    altered = DATA[:place] + bytes([byte]) + DATA[place + 1 :]
    report = verify_bytes(altered, trusted())
    assert report.ok == (altered == DATA)


@pytest.mark.parametrize("number", range(len(LINES)), ids=lambda number: LINES[number][:14].decode())
def test_every_byte_of_every_line_counts(number: int) -> None:
    """Each byte in turn: lowest bit, the bit of upper and lower case, and its loss."""
    for place in place_of(number)[:: 1 if number < 5 else 3]:
        for altered in (bytes([DATA[place] ^ 1]), bytes([DATA[place] ^ 32]), b""):
            assert not verify_bytes(DATA[:place] + altered + DATA[place + 1 :], trusted()).ok


@given(entry=st.integers(0, len(KEYS) - 1), byte=st.integers(0, 255), data=st.data())
@settings(max_examples=300, deadline=None)
def test_an_altered_entry_is_named_with_its_line(entry: int, byte: int, data: st.DataObject) -> None:
    """Whatever the byte becomes, even a newline or half a character, the entry it stood in is the one named."""
    place = data.draw(st.sampled_from(place_of(entry + 1)))
    altered = DATA[:place] + bytes([byte]) + DATA[place + 1 :]
    first = verify_bytes(altered, trusted()).first_bad
    if altered == DATA:
        assert first is None
    else:
        assert first is not None
        assert (first.key, first.line, first.code) == (KEYS[entry], entry + 2, "entry.altered")


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_reported_and_never_raise(junk: bytes) -> None:
    for data in (junk, LINES[0] + b"\n" + junk, DATA + junk, b"\n".join([*LINES[:6], junk, *LINES[6:]])):
        report = verify_bytes(data, trusted())
        assert report.ok == (data == DATA)
        assert report.lines()


# --- Entries moved about -----------------------------------------------------------------------------------


def _one(lines: Sequence[bytes]) -> tuple[str, str, int]:
    """The only finding of a file, as (code, key, line)."""
    (finding,) = check(lines).findings
    return finding.code, finding.key, finding.line


def test_a_missing_entry_is_named() -> None:
    assert _one([*LINES[:2], *LINES[3:]]) == ("entry.missing", "figure/02", 3)
    assert _one([*LINES[:4], *LINES[5:]]) == ("entry.missing", "coverage/1", 5)


def test_an_extra_entry_is_named() -> None:
    extra = Entry("figure/99", {"value": "1"}).line()
    assert _one([*LINES[:3], extra, *LINES[3:]]) == ("entry.extra", "figure/99", 4)


def test_a_doubled_entry_is_named() -> None:
    assert _one([*LINES[:4], LINES[1], *LINES[4:]]) == ("entry.duplicated", "figure/01", 5)


def test_exchanged_entries_are_named() -> None:
    assert _one([LINES[0], LINES[2], LINES[1], *LINES[3:]]) == ("entry.reordered", "figure/01", 2)


def test_an_entry_in_another_form_is_altered_though_it_says_the_same() -> None:
    spaced = LINES[1].replace(b'":', b'": ', 1)
    assert json.loads(spaced) == json.loads(LINES[1])
    assert _one([LINES[0], spaced, *LINES[2:]]) == ("entry.altered", "figure/01", 2)


@given(st.lists(st.integers(0, 6), max_size=9), st.permutations(range(7)))
@settings(max_examples=300, deadline=None)
def test_differences_are_none_exactly_when_runs_are_equal(found: list[int], order: list[int]) -> None:
    def run(items: Sequence[int]) -> list[bytes]:
        return [bytes([item]) for item in items]

    expected = run(order[:5])
    assert (differences(run(found), expected) == []) == (run(found) == expected)
    assert differences(expected, expected) == []


def test_differences_in_a_mixed_case() -> None:
    """b lost, x put in, d altered to y, e before its place and f twice."""
    found = [bytes([ord(ch)]) for ch in "axcyfeff"]
    assert differences(found, [bytes([ord(ch)]) for ch in "abcdef"]) == [
        Difference(Fault.ALTERED, 1, 1),
        Difference(Fault.ALTERED, 3, 3),
        Difference(Fault.DUPLICATED, 5, 4),
        Difference(Fault.DUPLICATED, 5, 7),
    ]


# --- Manifest, acts, seal, freeze, checkpoint --------------------------------------------------------------


def test_an_altered_manifest_is_not_the_sealed_one() -> None:
    """A figure changed together with its hash in the manifest: the entries agree, the seal and the acts do not."""
    forged = replace(ENTRIES[0], body={**ENTRIES[0].body, "numerator": "3321"})
    listed = samples.manifest([forged, *ENTRIES[1:]])
    manifest_line = json.dumps({"manifest": listed}, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    report = check([LINES[0], forged.line(), *LINES[2:5], manifest_line, *LINES[6:]])
    assert codes(report) == ["seal.digest", "act.digest", "act.digest", "freeze.digest"]


def test_a_file_made_again_under_another_key_is_refused() -> None:
    report = verify_bytes(dossier(seed=2), trusted())
    assert codes(report) == ["seal.key", "checkpoint.signature", "act.unproven", "act.unproven", "freeze.unproven"]
    assert "không do khóa được tin cậy tạo ra" in report.findings[0].vi
    assert report.exit_code == 1


def test_a_foreign_seal_under_the_trusted_keys_name_is_refused() -> None:
    """The seal line of the forger's file with the trusted key written into it."""
    ours, theirs = json.loads(LINES[8]), json.loads(dossier(seed=2).split(b"\n")[8])
    forged = {"seal": {**ours["seal"], "signature": theirs["seal"]["signature"]}}
    line = json.dumps(forged, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert codes(check([*LINES[:8], line, *LINES[9:]])) == ["seal.signature"]


def test_exchanged_acts_are_refused() -> None:
    assert codes(check([*LINES[:6], LINES[7], LINES[6], *LINES[8:]])) == ["act.party", "act.party"]


def test_one_act_cannot_stand_for_both_parties() -> None:
    assert codes(check([*LINES[:7], LINES[6], *LINES[8:]])) == ["act.party"]


def test_lines_of_another_dossier_do_not_fit() -> None:
    """Seal, acts and freeze are bound to the digest: taken from another dossier of the same server they fail."""
    other = dossier(ENTRIES[:3]).split(b"\n")
    act, seal, freeze, checkpoint = other[5], other[7], other[8], other[9]
    assert codes(check([*LINES[:6], act, *LINES[7:]])) == ["act.digest"]
    assert codes(check([*LINES[:8], seal, *LINES[9:]])) == ["seal.digest"]
    assert codes(check([*LINES[:9], freeze, LINES[10]])) == ["freeze.digest"]
    assert codes(check([*LINES[:10], checkpoint])) == ["act.log", "act.log", "freeze.log"]


def test_an_act_is_not_a_freeze() -> None:
    act = LINES[6].replace(b'{"act":', b'{"freeze":')
    assert codes(check([*LINES[:9], act, LINES[10]])) == ["freeze.edition"]


def test_an_act_altered_after_the_event_is_not_in_the_log() -> None:
    earlier = LINES[6].replace(b"09:30:00", b"09:20:00")
    assert codes(check([*LINES[:6], earlier, *LINES[7:]])) == ["act.log"]


@pytest.mark.parametrize("kept", range(1, len(LINES)))
def test_a_file_cut_after_any_line_is_refused(kept: int) -> None:
    assert not check(LINES[:kept]).ok


@pytest.mark.parametrize("lost", [1, 2, 50, 500, 2000, len(DATA) - 1])
def test_a_file_cut_anywhere_is_refused(lost: int) -> None:
    assert not verify_bytes(DATA[:-lost], trusted()).ok


def test_lines_after_the_end_are_refused() -> None:
    assert codes(check([*LINES, LINES[10]])) == ["extra"]


def test_names_from_the_file_cannot_steer_the_terminal() -> None:
    forged = b'{"body":{},"key":"\\u001b[2J\xe2\x80\xae"}'
    report = check([LINES[0], *LINES[1:5], forged, *LINES[5:]])
    assert all(text.isprintable() for text in report.lines())


def test_findings_are_cut_at_two_hundred() -> None:
    report = check([*LINES[:5], *(Entry(f"x/{i}", {}).line() for i in range(450)), *LINES[5:]])
    assert (len(report.findings), report.hidden) == (200, 250)
    assert report.lines()[-1] == "RESULT: NOT intact; 450 faults."


# --- Writing refuses what would not hold -------------------------------------------------------------------


def _write(**changes: object) -> bytes:
    listed = samples.manifest()
    digest = dossier_digest(listed)
    record = samples.logged(digest, 1)
    parts = {
        "entries": ENTRIES, "manifest": listed, "acts": record.acts, "freeze": record.freeze,
        "checkpoint": record.checkpoint, "seal": make_seal(digest, ORIGIN, signer()),
    }
    return write_dossier(**{**parts, **changes})  # type: ignore[arg-type]


def test_writing_reads_back_before_giving_out() -> None:
    assert _write() == DATA
    record = samples.logged("00" * 32, 1)
    with pytest.raises(BadDossier, match="The act of Bộ Công an is on another digest"):
        _write(acts=record.acts)
    with pytest.raises(BadDossier, match="is missing"):
        _write(entries=ENTRIES[1:])
    with pytest.raises(BadDossier, match="The seal belongs to another manifest"):
        _write(seal=make_seal("00" * 32, ORIGIN, signer()))


@pytest.mark.parametrize(
    "changes",
    [
        {"parties": []}, {"parties": [PARTIES[0], PARTIES[0]]}, {"entries": [ENTRIES[0], ENTRIES[0]]}, {"entries": [Entry("", {})]},
        {"edition": 0}, {"edition": 2}, {"edition": 2, "previous": "ab" * 32}, {"edition": 1, "previous": "ab" * 32, "reason": "x"},
        {"extra": {"entries": []}},
    ],
)
def test_a_manifest_that_cannot_be_signed_is_refused(changes: dict[str, object]) -> None:
    parts = {"review": {}, "edition": 1, "entries": ENTRIES, "parties": PARTIES, "tree_version": 1, "rule_version": 1}
    with pytest.raises(BadDossier):
        build_manifest(**{**parts, **changes})  # type: ignore[arg-type]


def test_a_later_edition_names_the_one_it_replaces() -> None:
    first = dossier_digest(samples.manifest())
    second = samples.manifest(edition=2, previous=first)
    assert (second["previous"], second["reason"]) == (first, "Đính chính số liệu")
    assert dossier_digest(second) != first


# --- The export of the whole log ---------------------------------------------------------------------------


def test_a_log_export_holds() -> None:
    report = check_log(LOG)
    assert codes(report) == []
    assert report.facts["entries"] == 600
    assert [line.code for line in report.checks] == ["root"]


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 512])
def test_logs_of_every_length_hold(count: int) -> None:
    report = check_log(export(log_bodies(count)))
    assert (report.ok, report.facts["entries"]) == (True, count)


@given(place=st.integers(0, len(LOG) - 1), byte=st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_any_altered_byte_of_a_log_is_seen(place: int, byte: int) -> None:
    altered = LOG[:place] + bytes([byte]) + LOG[place + 1 :]
    assert check_log(altered).ok == (altered == LOG)


def _rewritten(change: Callable[[list[bytes]], None]) -> Report:
    lines = LOG.split(b"\n")
    change(lines)
    return check_log(b"\n".join(lines))


@given(position=st.integers(0, 599), byte=st.integers(0, 255), data=st.data())
@settings(max_examples=200, deadline=None)
def test_an_altered_event_is_named_by_its_position(position: int, byte: int, data: st.DataObject) -> None:
    line = 1 + position + position // TILE
    before = LOG.split(b"\n")[line]
    place = data.draw(st.integers(0, len(before) - 1))
    after = before[:place] + bytes([byte]) + before[place + 1 :]

    def change(lines: list[bytes]) -> None:
        lines[line] = after

    first = _rewritten(change).first_bad
    if before == after:
        assert first is None
    else:
        assert first is not None
        assert (first.key, first.line, first.code) == (str(position), line + 1, "entry.altered")


@pytest.mark.parametrize(
    ("change", "key", "code"),
    [
        (lambda lines: lines.pop(301), "299", "entry.missing"),
        (lambda lines: lines.insert(301, b'{"name":"x.forged"}'), "299", "entry.extra"),
        (lambda lines: lines.insert(302, lines[301]), "299", "entry.duplicated"),
        (lambda lines: lines.__setitem__(slice(301, 303), [lines[302], lines[301]]), "299", "entry.reordered"),
        (lambda lines: lines.pop(257), "", "tile"),
        (lambda lines: lines.__delitem__(slice(1, 258)), "", "tile"),
        (lambda lines: lines.__delitem__(slice(-3, -2)), "", "loose"),
        (lambda lines: lines.__delitem__(slice(-2, None)), "", "cut"),
        (lambda lines: lines.append(b"more"), "", "loose"),
    ],
)
def test_lines_moved_about_in_a_log(change: Callable[[list[bytes]], None], key: str, code: str) -> None:
    first = _rewritten(change).first_bad
    assert first is not None
    assert (first.key, first.code) == (key, code)


def test_an_event_altered_together_with_its_tile_breaks_the_signed_root() -> None:
    forged = [*BODIES[:300], samples.canonical({"name": "x.forged"}), *BODIES[301:]]
    data = b"".join(write_log(bodies=forged, checkpoint=samples.checkpoint_of(BODIES), key=KEY))
    assert codes(check_log(data)) == ["root"]


def test_a_log_shortened_under_its_old_checkpoint_is_seen() -> None:
    data = b"".join(write_log(bodies=BODIES[:599], checkpoint=samples.checkpoint_of(BODIES), key=KEY))
    (finding,) = check_log(data).findings
    assert (finding.code, finding.vi) == ("size", "Điểm chốt nói 600 sự kiện, tệp có 599.")


def test_a_log_rebuilt_by_the_key_holder_is_seen_only_through_an_anchor() -> None:
    """Whoever holds the key can sign a new history; a checkpoint kept elsewhere shows it. That is what anchors are for."""
    rebuilt = export([*BODIES[:100], samples.canonical({"name": "x.forged"}), *BODIES[101:]])
    assert check_log(rebuilt).ok
    anchors = [samples.checkpoint_of(BODIES[:size]) for size in (100, 101, 400)]
    report = check_log(rebuilt, anchors)
    assert [line.code for line in report.checks] == ["anchor", "anchor.rewritten", "anchor.rewritten", "root"]
    assert codes(check_log(LOG, anchors)) == []


def test_a_log_rolled_back_by_the_key_holder_is_seen_through_an_anchor() -> None:
    rolled_back = export(BODIES[:500])
    assert check_log(rolled_back).ok
    assert codes(check_log(rolled_back, [samples.checkpoint_of(BODIES)])) == ["anchor.shrank"]


def test_an_anchor_by_another_key_is_no_anchor() -> None:
    assert codes(check_log(LOG, [samples.checkpoint_of(BODIES, seed=2)])) == ["anchor.damaged"]


def test_a_log_under_another_key_is_refused() -> None:
    report = check_log(export(BODIES, seed=2))
    assert (codes(report), report.exit_code) == (["key"], 1)


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_log_bytes_are_reported_and_never_raise(junk: bytes) -> None:
    header = LOG.split(b"\n")[0]
    for data in (junk, header + b"\n" + junk, header + b'\n{"tile":' + junk + b"\n", header + b'\n{"checkpoint":' + junk + b"\n"):
        assert not check_log(data).ok


def test_a_body_that_would_pass_for_a_line_of_the_format_is_not_written() -> None:
    for body in (b'{"tile":{}}', b'{"checkpoint":""}', b'{"a":\n1}'):
        with pytest.raises(ValueError, match="one canonical line"):
            list(write_log(bodies=[body], checkpoint="", key=KEY))


# --- The command -------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "ho-so.soket").write_bytes(DATA)
    (tmp_path / "log.pub").write_text(KEY + "\n", encoding="utf-8")
    return tmp_path / "ho-so.soket"


def test_the_command_says_intact(file: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for key in (KEY, FINGERPRINT, str(file.parent / "log.pub")):
        assert main([str(file), "--key", key]) == 0
        out = capsysbinary.readouterr().out.decode()
        assert out.startswith("ĐẠT  Các mục khớp với bản kê: 4.\nOK   Entries that match the manifest: 4.\n")
        assert out.endswith("RESULT: intact, as it was sealed.\n")


def test_the_command_names_the_bad_entry(file: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file.write_bytes(DATA.replace(b"3301", b"3321", 1))
    assert main([str(file), "--key", KEY]) == 1
    out = capsysbinary.readouterr().out.decode()
    assert out.startswith("SAI  Mục “figure/01” đã bị sửa. [dòng/line 2]\nBAD  The entry “figure/01” was altered.\n")
    assert out.endswith("KẾT LUẬN: KHÔNG nguyên vẹn; 1 điểm sai.\nRESULT: NOT intact; 1 fault.\n")
    assert main([str(file), "--key", KEY, "--json"]) == 1
    result = json.loads(capsysbinary.readouterr().out)
    assert (result["result"], result["first_bad"]) == ("tampered", {"key": "figure/01", "line": 2, "code": "entry.altered"})


def test_the_command_checks_logs_and_anchors(file: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    log, anchor = file.parent / "log.soket", file.parent / "anchor.txt"
    log.write_bytes(LOG)
    anchor.write_text(samples.checkpoint_of(BODIES[:300]), encoding="utf-8")
    assert main([str(log), "--key", KEY, "--anchor", str(anchor)]) == 0
    assert "Khớp với điểm chốt 300 sự kiện giữ bên ngoài." in capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    ("content", "key", "code"),
    [(b"PK\x03\x04", KEY, "format"), (b"", KEY, "format"), (None, KEY, "file"), (DATA, "no/such/key", "key"), (DATA, "a+b+c", "key")],
)
def test_what_cannot_be_checked_exits_with_two(
    file: Path, capsysbinary: pytest.CaptureFixture[bytes], content: bytes | None, key: str, code: str
) -> None:
    file.unlink() if content is None else file.write_bytes(content)
    assert main([str(file), "--key", key, "--json"]) == 2
    result = json.loads(capsysbinary.readouterr().out)
    assert (result["result"], result["first_bad"]["code"]) == ("unreadable", code)


def test_the_key_never_comes_from_the_file_itself(file: Path) -> None:
    with pytest.raises(SystemExit) as refused:
        main([str(file)])
    assert refused.value.code == 2
    with pytest.raises(BadCheckpoint):
        read_trust(str(file))


def test_it_runs_with_the_server_off(file: Path) -> None:
    """In a fresh process that refuses any socket: no Django, no database, no JSON library but Python's own."""
    program = (
        "import sys, socket\n"
        "def refuse(*a, **k): raise AssertionError('network')\n"
        "socket.socket = refuse\n"
        "from soket.__main__ import main\n"
        f"code = main(['verify', {str(file)!r}, '--key', {KEY!r}])\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "print(sorted(loaded & {'django', 'rfc8785', 'sqlite3', 'pysqlite3', 'psycopg', 'duckdb', 'numpy'}), code)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPO / "src"), "PYTHONIOENCODING": "utf-8"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment, check=True, cwd=file.parent)
    assert result.stdout.decode().splitlines()[-1] == "[] 0"
    assert result.stderr == b""


# --- The page that defines the format ----------------------------------------------------------------------


def test_worked_example_of_the_dossier_page(tmp_path: Path) -> None:
    """docs/algorithms/dossier-file.md: the printed file is the one the code writes, and it verifies with the printed key."""
    text = DOC.read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```text ([a-z]+)\n(.*?)```", text, re.DOTALL))
    assert blocks["dossier"].encode() == DATA
    (tmp_path / "example.soket").write_bytes(blocks["dossier"].encode())
    report = verify_file(tmp_path / "example.soket", read_trust(blocks["key"]))
    assert codes(report) == []
    assert "\n".join(report.lines()) + "\n" == blocks["report"]
    assert f"`{report.facts['digest']}`" in text
    assert ENTRIES[0].sha256() in text


def test_worked_example_of_the_log_export(tmp_path: Path) -> None:
    """docs/algorithms/hash-tree.md: the printed export of three events verifies, and is what the code writes."""
    text = (DOC.parent / "hash-tree.md").read_text(encoding="utf-8")
    stated = dict(re.findall(r"^\| (event \d) \| `([^`]+)` \|$", text, re.MULTILINE))
    block = re.findall(r"```text log\n(.*?)```", text, re.DOTALL)[0].encode()
    assert block == export([body.encode() for _, body in sorted(stated.items())])
    (tmp_path / "log.soket").write_bytes(block)
    assert verify_bundle(tmp_path / "log.soket", trusted()).facts["entries"] == 3
