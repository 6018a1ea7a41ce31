"""Signed checkpoints, seals and key files."""
from __future__ import annotations

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.audit.checkpoint import (
    BadCheckpoint,
    Checkpoint,
    fingerprint,
    generate_key,
    load_key,
    load_or_create_key,
    make_checkpoint,
    parse_and_verify,
    read_verifier_key,
    seal_holds,
    sign_seal,
    verifier_key,
)
from tests.audit.samples import ORIGIN, signer

pytestmark = pytest.mark.one_database
ROOT = bytes(range(32))
TEXT = make_checkpoint(ORIGIN, 20_852_163, ROOT, signer())


def public(seed: int = 1) -> Ed25519PublicKey:
    return signer(seed).public_key()


def test_the_text_form() -> None:
    assert TEXT.split("\n")[:4] == ["soket.example/log", "20852163", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", ""]
    signature = TEXT.split("\n")[4]
    assert signature.startswith("— soket.example/log pBaH8")
    assert len(base64.b64decode(signature.rsplit(" ", 1)[1])) == 4 + 64
    assert TEXT.endswith("\n") and TEXT.count("\n") == 5


def test_what_was_signed_is_read_back() -> None:
    assert parse_and_verify(TEXT, public()) == Checkpoint(ORIGIN, 20_852_163, ROOT)
    assert parse_and_verify(TEXT, public(), ORIGIN).size == 20_852_163


def test_an_empty_log_has_a_checkpoint() -> None:
    assert parse_and_verify(make_checkpoint(ORIGIN, 0, ROOT, signer()), public()).size == 0


def test_another_key_or_another_log_is_refused() -> None:
    with pytest.raises(BadCheckpoint, match="no signature by the trusted key"):
        parse_and_verify(TEXT, public(2))
    with pytest.raises(BadCheckpoint, match="is of 'soket.example/log', not of 'soket.example/other'"):
        parse_and_verify(TEXT, public(), "soket.example/other")


def test_a_witness_may_add_its_signature() -> None:
    """Lines by unknown keys are passed over wherever they stand; the log's own must be there and hold."""
    body, own = TEXT.split("\n\n")
    witness = make_checkpoint("witness.example/w", 1, ROOT, signer(9)).split("\n\n")[1]
    assert parse_and_verify(f"{body}\n\n{witness}{own}", public()).size == 20_852_163
    assert parse_and_verify(f"{body}\n\n{own}{witness}", public()).size == 20_852_163
    with pytest.raises(BadCheckpoint, match="no signature by the trusted key"):
        parse_and_verify(f"{body}\n\n{witness}", public())


def test_a_signature_of_another_checkpoint_does_not_fit() -> None:
    other = make_checkpoint(ORIGIN, 20_852_164, ROOT, signer())
    with pytest.raises(BadCheckpoint, match="the signature does not match"):
        parse_and_verify(TEXT.split("\n\n")[0] + "\n\n" + other.split("\n\n")[1], public())


@pytest.mark.parametrize("place", range(len(TEXT)))
def test_no_altered_character_passes(place: int) -> None:
    """Every character in turn, replaced by its neighbour and by its other case."""
    for other in {chr(ord(TEXT[place]) ^ 1), TEXT[place].swapcase()} - {TEXT[place]}:
        with pytest.raises(BadCheckpoint):
            parse_and_verify(TEXT[:place] + other + TEXT[place + 1 :], public())


@pytest.mark.parametrize(
    "body",
    [*(f"{ORIGIN}\n{rest}\n" for rest in ("5", "05\nAAAA", "-1\nAAAA", "5\nAAAA", "5\n!!!!")), "\n5\nAAAA\n", "a b\r\n"],
)
def test_a_rightly_signed_text_of_another_shape_is_refused(body: str) -> None:
    sign = base64.b64encode(base64.b64decode(TEXT.rsplit(" ", 1)[1])[:4] + signer().sign(body.encode())).decode()
    with pytest.raises(BadCheckpoint):
        parse_and_verify(f"{body}\n— {ORIGIN} {sign}\n", public())


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    for candidate in (text, f"{ORIGIN}\n1\n{text}\n\n— {ORIGIN} AAAA\n", TEXT + text + "\n" if text else "x"):
        with pytest.raises(BadCheckpoint):
            parse_and_verify(candidate, public())


@pytest.mark.parametrize(
    ("origin", "size", "root"), [("a b", 1, ROOT), ("a+b", 1, ROOT), ("", 1, ROOT), (ORIGIN, -1, ROOT), (ORIGIN, 1, b"x")]
)
def test_nothing_odd_is_ever_signed(origin: str, size: int, root: bytes) -> None:
    with pytest.raises(BadCheckpoint):
        make_checkpoint(origin, size, root, signer())


@pytest.mark.parametrize(
    "published",
    [
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_published_verifier_keys_are_read_and_written_alike(published: str) -> None:
    trusted = read_verifier_key(published)
    assert trusted.name == published.split("+")[0]
    assert verifier_key(trusted.name, trusted.key) == published


@pytest.mark.parametrize("text", ["", "a", "a+b+c", "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", "x+1+AAAA"])
def test_a_malformed_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(BadCheckpoint):
        read_verifier_key(text)


def test_the_fingerprint_is_short_and_the_keys_own() -> None:
    assert fingerprint(public()) == "3475-0F98-BD59-FCFC-946D-A45A-AABE-933B"
    assert fingerprint(public(2)) != fingerprint(public())


def test_a_seal_is_of_one_digest_by_one_key() -> None:
    digest = "ab" * 32
    seal = sign_seal(digest, signer())
    assert seal_holds(digest, seal, public())
    assert not seal_holds("ac" + digest[2:], seal, public())
    assert not seal_holds(digest, seal, public(2))
    assert not seal_holds(digest, seal[:-4], public())
    assert not seal_holds(digest, "not base64", public())


def test_a_key_file_is_private_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "log.key"
    made = generate_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["log.key"]
    assert fingerprint(load_key(path).public_key()) == fingerprint(made.public_key())
    with pytest.raises(FileExistsError):
        generate_key(path)
    assert fingerprint(load_or_create_key(path).public_key()) == fingerprint(made.public_key())


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    generate_key(tmp_path / "log.key")
    (tmp_path / "log.key").chmod(0o640)
    with pytest.raises(BadCheckpoint, match="others may read this private key"):
        load_key(tmp_path / "log.key")


@pytest.mark.parametrize(
    "content",
    [b"", b"words", generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())],
    ids=["empty", "words", "other kind"],
)
def test_a_file_that_is_no_such_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(BadCheckpoint):
        load_or_create_key(path)


def test_processes_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    path = tmp_path / "new" / "log.key"
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: fingerprint(load_or_create_key(path).public_key()), range(16)))
    assert len(set(keys)) == 1
