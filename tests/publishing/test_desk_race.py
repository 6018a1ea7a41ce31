"""Two workers publish each text once; of several who open one text at the same instant one holds it."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_workers_and_writers_at_once(fresh_database: str, tmp_path: Path) -> None:
    environment = {
        **os.environ, "DATABASE_URL": fresh_database, "SOKET_DATA": str(tmp_path), "SOKET_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "soket.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.publishing.race"], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {
        "published": 4, "copies": 4, "states": 4, "returned": 0, "shown": 4, "taken": ["True", "refused", "refused", "refused"], "locks": 1,
    }
