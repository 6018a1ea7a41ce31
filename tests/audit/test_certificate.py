"""The signed code of a certificate and the signed status list: true ones read back, every other one refused with its reason."""
from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.audit.checkpoint import TrustedKey, make_checkpoint, parse_and_verify, seal_holds, verifier_key
from soket.audit.credential import (
    MOST_TEXT,
    STATUS_PREFIX,
    BadCertificate,
    Standing,
    Statement,
    achievement_mark,
    make_qr_text,
    make_status_list,
    read_qr_text,
    read_status_list,
)  # fmt: skip
from soket.audit.verifier.certificate import judge, main, read_keys
from soket.audit.verifier.strict import canonical_bytes
from soket.documents.qr import qr_modules
from tests.audit.samples import signer

pytestmark = pytest.mark.one_database
REPO = Path(__file__).resolve().parents[2]
BASE, NAME = "https://soket.example", "soket.example/certificates"
KEY = TrustedKey(NAME, signer().public_key())
AS_OF = datetime(2026, 7, 10, 8, 0, tzinfo=timezone(timedelta(hours=7)))
GENUINE = Statement(
    serial="BK-2026-000123", issuer="Bộ trưởng Bộ Công an", form="Bằng khen", recipient="Trưởng Công an xã A, tỉnh B", decision="123/QĐ-BCA",
    dated=date(2026, 7, 9), achievement="Thành tích trong Chương trình phối hợp", gold_book="45",
)  # fmt: skip
OTHER = replace(GENUINE, serial="BK-2026-000124", recipient="Trưởng Công an xã C, tỉnh D")
# The worked example of the page: another program that makes or reads these codes must agree to the sign.
PAGE = (REPO / "docs" / "algorithms" / "certificates.md").read_text(encoding="utf-8")
EXAMPLE = dict(re.findall(r"```text ([a-z]+)\n(.*?)\n```", PAGE, re.DOTALL))


def text(statement: Statement = GENUINE, *, base: str = BASE, name: str = NAME, seed: int = 1) -> str:
    return make_qr_text(statement, base_url=base, name=name, signer=signer(seed))


TEXT = text()
FRAGMENT = TEXT.partition("#")[2]


def refusal(given_text: str, keys: Sequence[TrustedKey] = (KEY,)) -> str:
    with pytest.raises(BadCertificate) as caught:
        read_qr_text(given_text, keys)
    return caught.value.code


def forge(values: object, *, seed: int = 1, prefix: bytes = b"soket-certificate/1\n") -> str:
    """A code over any values, signed with the key of a seed."""
    payload = values if isinstance(values, bytes) else canonical_bytes(values)
    parts = (payload, signer(seed).sign(prefix + payload))
    return "#" + ".".join(base64.b32encode(part).decode().rstrip("=") for part in parts)


def plain() -> list[object]:
    payload = FRAGMENT.partition(".")[0]
    values: list[object] = json.loads(base64.b32decode(payload + "=" * (-len(payload) % 8)))
    return values


def test_a_genuine_code_says_what_was_signed() -> None:
    assert read_qr_text(TEXT, [KEY]) == (GENUINE, plain()[1])
    assert read_qr_text(f"  {FRAGMENT}\n", [TrustedKey("other", signer(2).public_key()), KEY]).statement == GENUINE


def test_the_exact_form() -> None:
    assert (EXAMPLE["key"], EXAMPLE["code"], EXAMPLE["list"]) == (verifier_key(NAME, KEY.key), TEXT, listed())
    assert json.loads(EXAMPLE["statement"]) == plain() == [
        1, "a21cc9b5", "BK-2026-000123", "Bộ trưởng Bộ Công an", "Bằng khen", "Trưởng Công an xã A, tỉnh B", "Thành tích trong Chương trình phối hợp",
        "123/QĐ-BCA", "2026-07-09", "45", 0,
    ]  # fmt: skip
    assert read_qr_text(EXAMPLE["code"], read_keys([EXAMPLE["key"]])).statement == GENUINE


def test_the_code_stays_readable_at_the_size_it_is_printed() -> None:
    """At 26 mm a square is over 0.3 mm wide, quiet zone included, for words of a usual length."""
    assert (len(TEXT), qr_modules(TEXT)) == (446, 69)
    assert 26 / (qr_modules(TEXT) + 8) > 0.33


def test_an_achievement_that_makes_the_code_too_dense_is_replaced_by_its_mark() -> None:
    usual = "Có thành tích xuất sắc trong thực hiện Chương trình phối hợp về phong trào bảo vệ an ninh Tổ quốc"
    assert read_qr_text(text(replace(GENUINE, achievement=usual)), [KEY]).statement.achievement == usual
    words = f"{usual}; {usual}"
    read = read_qr_text(text(replace(GENUINE, achievement=words)), [KEY]).statement
    assert read.achievement == achievement_mark(words) == "#c1610f313ea1b5d86cb4285d"


def test_a_very_long_recipient_is_cut_and_marked() -> None:
    name = "Phòng Xây dựng phong trào bảo vệ an ninh Tổ quốc, " * 5
    made = text(replace(GENUINE, recipient=name))
    assert len(made) <= MOST_TEXT
    assert read_qr_text(made, [KEY]).statement.recipient == f"Phòng Xây dựng phong trào bảo vệ an ninh Tổ quốc, Phòng Xây… {achievement_mark(name)}"


@pytest.mark.parametrize(("wrong", "code"), [
    ({"issuer": "x" * 300}, "too_long"), ({"serial": ""}, "malformed"), ({"issuer": "a\nb"}, "malformed"), ({"reissue": -1}, "malformed"),
])
def test_what_no_code_can_carry_is_not_made(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(BadCertificate) as caught:
        text(replace(GENUINE, **wrong))  # type: ignore[arg-type]
    assert caught.value.code == code


@given(st.integers(0, len(FRAGMENT) - 1), st.integers(0, 7))
def test_no_flipped_bit_of_any_byte_passes(place: int, bit: int) -> None:
    altered = FRAGMENT.encode()
    altered = altered[:place] + bytes([altered[place] ^ 1 << bit]) + altered[place + 1 :]
    assert refusal(altered.decode("latin-1")) in {"malformed", "unknown_key", "bad_signature", "other_version"}


def test_every_letter_of_the_words_counts() -> None:
    """Well-formed statements that differ in one value, under the genuine signature."""
    genuine, signature = plain(), FRAGMENT.partition(".")[2]
    for at in range(2, 11):
        values = list(genuine)
        values[at] = 1 if at == 10 else "2026-07-10" if at == 8 else f"{values[at]}x"
        payload = base64.b32encode(canonical_bytes(values)).decode().rstrip("=")
        assert refusal(f"{payload}.{signature}") == "bad_signature"


def test_parts_of_two_genuine_codes_do_not_mix() -> None:
    other = text(OTHER).partition("#")[2]
    (one, his), (two, hers) = FRAGMENT.split("."), other.split(".")
    assert refusal(f"{one}.{hers}") == refusal(f"{two}.{his}") == "bad_signature"


def test_a_key_of_ones_own_is_no_key_of_ours() -> None:
    assert refusal(text(seed=2)) == "unknown_key"  # the same name, another key
    values = plain()
    assert refusal(forge(values, seed=2)) == "bad_signature"  # and the id of ours put in
    assert refusal(text(name="soket.example/other")) == "unknown_key"
    assert refusal(TEXT, []) == "unknown_key"


@pytest.mark.parametrize("cut", ["", "#", BASE, TEXT[:-1], TEXT[:-40], TEXT.partition(".")[0], FRAGMENT[1:], FRAGMENT.lower(), FRAGMENT + "=", FRAGMENT + ".A",
                                 f"{FRAGMENT}A", "https://soket.example/bk/#chào"])  # fmt: skip
def test_cut_or_retyped_text_is_malformed(cut: str) -> None:
    assert refusal(cut) in {"malformed", "bad_signature"}
    assert refusal(TEXT[:-1]) == "malformed"


def test_another_version_says_so_and_odd_shapes_are_malformed() -> None:
    values = plain()
    assert refusal(forge([2, *values[1:]])) == "other_version"
    odd = ([], {}, [1], [True, *values[1:]], values[:-1], [*values, ""], [*values[:10], "0"], [*values[:10], -1], [*values[:3], "", *values[4:]],
           [*values[:8], "2026-02-30", *values[9:]], [*values[:3], "a\u202eb", *values[4:]], b"[1, 2]", b"\xff", b'{"a":1,"a":1}')  # fmt: skip
    assert {refusal(forge(one)) for one in odd} == {"malformed"}


def test_one_signature_never_stands_for_another_kind() -> None:
    values = plain()
    assert refusal(forge(values, prefix=STATUS_PREFIX)) == refusal(forge(values, prefix=b"")) == "bad_signature"
    assert not seal_holds("0" * 64, base64.b64encode(signer().sign(canonical_bytes(values))).decode(), KEY.key)
    assert parse_and_verify(make_checkpoint(NAME, 1, bytes(32), signer()), KEY.key).size == 1


STANDINGS = {
    GENUINE.serial: Standing.valid(), OTHER.serial: Standing.superseded("BK-2026-000200"),
    "BK-2026-000125": Standing.cancelled("45/QĐ-BCA", date(2027, 1, 5), "false_declaration", "Luật 06/2022/QH15, Điều 93"),
}  # fmt: skip


def listed(seed: int = 1, **changed: object) -> str:
    return make_status_list(STANDINGS, as_of=AS_OF, name=NAME, signer=signer(seed)) if not changed else relisted(seed, **changed)


def relisted(seed: int, **changed: object) -> str:
    """The list with values changed after signing, or signed again where `again` is true."""
    envelope = json.loads(listed())
    again = changed.pop("again", False)
    body = canonical_bytes({**json.loads(envelope["signed"]), **changed})
    envelope["signed"] = body.decode()
    if again:
        envelope["signature"] = base64.b64encode(signer(seed).sign(STATUS_PREFIX + body)).decode()
    return json.dumps(envelope)


def test_the_status_list_reads_back() -> None:
    read = read_status_list(listed(), [KEY])
    assert (read.as_of, dict(read.entries)) == (AS_OF, STANDINGS)
    assert json.loads(json.loads(listed())["signed"]) == {
        "as_of": "2026-07-10T08:00:00+07:00", "version": 1,
        "entries": {"BK-2026-000123": ["valid"], "BK-2026-000124": ["superseded", "BK-2026-000200"],
                    "BK-2026-000125": ["cancelled", "45/QĐ-BCA", "2027-01-05", "false_declaration", "Luật 06/2022/QH15, Điều 93"]},
    }  # fmt: skip


@pytest.mark.parametrize(("wrong", "code"), [
    ("", "malformed"), ("[]", "malformed"), ('{"key":"a","signed":"{}","signature":"?"}', "malformed"), ('{"key":1,"signed":2,"signature":3}', "malformed"),
    (listed(seed=2), "unknown_key"), (relisted(1, as_of="2030-01-01T00:00:00+07:00"), "bad_signature"),
    (relisted(1, entries={OTHER.serial: ["valid"]}), "bad_signature"), (relisted(2, again=True), "bad_signature"),
    (relisted(1, version=2, again=True), "other_version"), (relisted(1, entries={"a": ["gone"]}, again=True), "malformed"),
    (relisted(1, entries={"a": ["cancelled", "", "2026-01-01", "x", ""]}, again=True), "malformed"),
    (relisted(1, as_of="2026-07-10T08:00:00", again=True), "malformed"),
])  # fmt: skip
def test_a_list_that_is_not_ours_is_refused(wrong: str, code: str) -> None:
    with pytest.raises(BadCertificate) as caught:
        read_status_list(wrong, [KEY])
    assert caught.value.code == code


def test_a_standing_that_says_nothing_cannot_be_listed() -> None:
    for standing in (Standing("superseded"), Standing("cancelled", decision="1/QĐ", ground="x"), Standing.cancelled("", AS_OF.date(), "x")):
        with pytest.raises(BadCertificate):
            make_status_list({"a": standing}, as_of=AS_OF, name=NAME, signer=signer())
    with pytest.raises(ValueError, match="zone"):
        make_status_list({}, as_of=datetime(2026, 7, 10), name=NAME, signer=signer())  # noqa: DTZ001


def test_a_genuine_code_is_judged_by_the_list() -> None:
    status = read_status_list(listed(), [KEY])
    results = {serial: judge(text(replace(GENUINE, serial=serial)), [KEY], status).result for serial in (*STANDINGS, "BK-2026-000999")}
    assert results == {"BK-2026-000123": "valid", "BK-2026-000124": "superseded", "BK-2026-000125": "cancelled", "BK-2026-000999": "unlisted"}
    assert judge(TEXT, [KEY]).result == "signature"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(arguments)
    return code, capsys.readouterr().out


def test_the_command_works_with_the_printed_key_alone(tmp_path: Path) -> None:
    """In a fresh process that refuses any socket, without Django."""
    status = tmp_path / "status.json"
    status.write_text(listed(), encoding="utf-8")
    program = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise OSError('no network')\n"
        "socket.socket.connect = refuse\n"
        "from soket.__main__ import main\n"
        "code = main(['verify_certificate', *sys.argv[1:]])\n"
        "assert 'django' not in sys.modules and 'rfc8785' not in sys.modules\n"
        "sys.exit(code)\n"
    )
    taken_back = text(replace(GENUINE, serial="BK-2026-000125"))
    command = [sys.executable, "-c", program, taken_back, "--key", verifier_key(NAME, KEY.key), "--status", str(status)]
    environment = {**os.environ, "PYTHONPATH": str(REPO / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert (done.returncode, done.stderr) == (1, "")
    assert "recipient: Trưởng Công an xã A, tỉnh B" in done.stdout
    ground = "gian dối trong việc kê khai công trạng, thành tích (Luật 06/2022/QH15, Điều 93)."
    assert f"ĐÃ HỦY BỎ theo Quyết định số 45/QĐ-BCA ngày 05/01/2027: {ground}" in done.stdout


def test_the_command_says_each_result(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    keys, status = tmp_path / "keys", tmp_path / "status.json"
    keys.write_text(f"{verifier_key('old', signer(3).public_key())}\n{verifier_key(NAME, KEY.key)}\n", encoding="utf-8")
    status.write_text(listed(), encoding="utf-8")
    given_key, with_list = ("--key", str(keys), "--json"), ("--status", str(status))

    def result(*arguments: str) -> tuple[int, str]:
        code, out = run(capsys, *arguments, *given_key)
        return code, json.loads(out)["result"]

    assert result(TEXT) == (0, "signature")
    assert result(TEXT, *with_list) == (0, "valid")
    assert result(text(OTHER), *with_list) == (1, "superseded")
    assert result(text(replace(GENUINE, serial="new")), *with_list) == (1, "unlisted")
    assert result(text(seed=2)) == (1, "unknown_key")
    assert result(TEXT[:-9]) == (1, "malformed")
    status.write_text(listed(seed=2), encoding="utf-8")
    assert result(TEXT, *with_list) == (2, "status_unknown_key")
    assert run(capsys, TEXT, "--key", "ABCD-0000")[0] == 2
    assert run(capsys, TEXT, "--key", str(keys), "--status", str(tmp_path / "none"))[0] == 2
