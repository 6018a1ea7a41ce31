"""The same submission sent several times at once is stored once, on the engine under test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_simultaneous_senders_of_one_id_get_one_submission_and_one_receipt(fresh_database: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": fresh_database,
        "SOKET_DATA": str(tmp_path),
        "SOKET_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "soket.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.reporting.race"], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {
        "same": ["again", "again", "again", "first"],
        "other": ["first", "refused:id"],
        "stored": 2,
        "twins": 1,
    }
