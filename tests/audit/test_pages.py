"""The page that tells how to check the record, and the export it names, checked as anyone would."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from soket.audit import actions, queries
from soket.audit.registry import declared
from soket.kernel.actor import SystemActor
from soket.kernel.references import Ref
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src"


def _record(count: int) -> None:
    kind = next(iter(declared().values()))
    at, job = timezone.now(), SystemActor("test", "a test")
    payload = dict.fromkeys(kind.keys, "x")
    for number in range(count):
        actions.record(event=kind, by=job, subject=Ref("test.thing", str(number), f"việc {number}"), at=at, payload=payload)
    actions.sequence_pending(at=at)


def _verify(file: Path, *more: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "soket", "verify", str(file), "--key", queries.public_key()[1], *more]
    done = subprocess.run(command, capture_output=True, env={"PYTHONPATH": str(SOURCE)}, check=False)
    return done.returncode, done.stdout.decode()


def test_anyone_reads_the_checkpoint_the_key_and_its_fingerprint(client: LintingClient) -> None:
    before = client.get("/nhat-ky/kiem-chung/").content.decode()
    assert "Chưa có mốc kiểm nào được ký" in before
    _record(3)
    page = client.get("/nhat-ky/kiem-chung/").content.decode()
    newest = queries.latest_checkpoint()
    assert newest is not None
    for words in (*queries.public_key(), bytes(newest.root).hex(), "export_record", "--anchor"):
        assert words.replace("+", "&#x2B;") in page or words in page


def test_the_exported_record_verifies_offline_with_a_checkpoint_kept_earlier(client: LintingClient, tmp_path: Path) -> None:
    _record(260)
    anchor, file = tmp_path / "moc-kiem.txt", tmp_path / "nhat-ky.soket"
    anchor.write_bytes(client.get("/nhat-ky/moc-kiem/").content)
    _record(5)
    call_command("export_record", file, verbosity=0)
    code, words = _verify(file, "--anchor", str(anchor))
    assert code == 0, words
    content = file.read_bytes()
    file.write_bytes(content.replace("việc 7".encode(), "việc 8".encode(), 1))
    assert _verify(file, "--anchor", str(anchor))[0] == 1


def test_an_export_needs_a_checkpoint_and_overwrites_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No checkpoint"):
        call_command("export_record", tmp_path / "a")
    _record(1)
    (tmp_path / "a").write_text("kept", encoding="ascii")
    with pytest.raises(CommandError, match="exists"):
        call_command("export_record", tmp_path / "a")
    assert (tmp_path / "a").read_text(encoding="ascii") == "kept"
