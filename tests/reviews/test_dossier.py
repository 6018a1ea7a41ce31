"""The file checks out with the server off, and one changed byte names the entry."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from soket.audit.queries import public_key
from soket.reviews.dossier import NotYetPlaced, dossier_file
from soket.reviews.models import Edition
from tests.factories import reviews as make

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src"


def _verify(file: Path, key: str) -> tuple[int, str]:
    """The command as anyone runs it: no settings, no database, no data folder."""
    command = [sys.executable, "-m", "soket", "verify", str(file), "--key", key]
    done = subprocess.run(command, capture_output=True, env={"PYTHONPATH": str(SOURCE)}, check=False)
    return done.returncode, done.stdout.decode()


def test_the_dossier_is_verified_offline_by_key_and_by_fingerprint(edition: Edition, tmp_path: Path) -> None:
    file = tmp_path / "ho-so.soket"
    file.write_bytes(dossier_file(edition))
    for trust in public_key():
        code, words = _verify(file, trust)
        assert (code, edition.freeze.key_fingerprint in public_key()) == (0, True), words


def test_one_changed_byte_names_the_entry(edition: Edition, tmp_path: Path) -> None:
    content = dossier_file(edition)
    place = content.index(b'"numerator":"66"') + len(b'"numerator":"6')
    file = tmp_path / "ho-so.soket"
    file.write_bytes(content[:place] + b"7" + content[place + 1 :])
    code, words = _verify(file, public_key()[1])
    assert code == 1
    assert "figure/01" in words


def test_another_servers_key_is_not_accepted(edition: Edition, tmp_path: Path) -> None:
    file = tmp_path / "ho-so.soket"
    file.write_bytes(dossier_file(edition))
    assert _verify(file, "0000-0000-0000-0000-0000-0000-0000-0000")[0] == 1


def test_before_the_record_placed_the_freeze_there_is_no_file(world: make.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "sequence_pending", lambda *, at: 0)
    with pytest.raises(NotYetPlaced):
        dossier_file(make.frozen(world))
