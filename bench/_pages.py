"""Measures through the pages, on a copy of a built demonstration world, in a process of its own."""
from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

KEYS = ("page_ms", "page_cold_ms", "fresh_ms")

INSIDE = """
import json, statistics, time
from uuid import uuid4
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
from soket.accounts.models import Person
from soket.demo.reports import ACCEPTER, OFFICE
from soket.kernel.clock import now
from soket.kernel.memo import remembering
from soket.organisations import queries as organisations
from soket.reporting import actions
from soket.reporting.core.cells import number
from soket.reporting.core import Content
from soket.reporting.models import Report, Round, Submission, Verdict
from soket.reporting.queries import content_of
from soket.rollup import engine, queries
from soket.rollup.spec import Spec

def timed(do):
    began = time.perf_counter()
    done = do()
    return (time.perf_counter() - began) * 1000, done

round_ = Round.objects.get(slug="nam-2025")
tree = organisations.area_tree(round_.ends)
province = tree.at_level(1)[len(tree.at_level(1)) // 2]
client = Client()
client.force_login(Person.objects.get(username="vanphong"))
board = "/tong-hop/?ky=nam-2025&chi-tieu=TT01"
engine.table(round_)
engine.forget()
cold, answer = timed(lambda: client.get(board))
assert answer.status_code == 200
walls = []
for _ in range(12):
    took, answer = timed(lambda: client.get(f"{board}&dia-ban={province}"))
    assert answer.status_code == 200
    walls.append(took)
spec = Spec("indicator", "TT01", ("nam-2025",))
def as_in_a_request():
    with remembering():  # the middleware does so for every request
        return queries.figure(spec).value.numerator

actions.reopen_round(round=round_, basis="bench", by=OFFICE, at=now())
before, fresh = queries.figure(spec).value.numerator, []
for report in Report.objects.filter(round=round_, state="accepted").select_related("accepted").order_by("id")[:7]:
    old = content_of(report.accepted)
    content = Content({**old.cells, "TT01": number(old.cell("TT01").value + 1)}, old.texts, {"dong-tong": "bench"})
    actions.submit(id=(key := uuid4()), report=report, content=content.to_json(), base=report.accepted_id, by=OFFICE, at=now())
    actions.decide(submission=Submission.objects.get(pk=key), verdict=Verdict.ACCEPTED, by=ACCEPTER, at=now())
    before += 1
    took, seen = timed(as_in_a_request)
    assert seen == before, "the accepted report is not in the national figure"
    fresh.append(took)
print(json.dumps({
    "page_ms": statistics.median(walls[2:]), "page_cold_ms": cold, "fresh_ms": statistics.median(fresh),
    "page_note": f"{len(engine.table(round_)):,} reports owed",
}))
"""


def measure(folder: Path) -> dict[str, Any]:
    """The three measures; null with a reason when there is no built world of the whole country in the folder."""
    nothing: dict[str, Any] = {**dict.fromkeys(KEYS), "page_note": ""}
    if not (folder / "demo-world.json").exists():
        return {**nothing, "notes": f"no world in {folder}: make demo builds one, then make bench NAME=rollup"}
    with tempfile.TemporaryDirectory(prefix="soket-bench-world-") as name:
        copy = Path(name)
        with sqlite3.connect(f"file:{folder / 'soket.sqlite3'}?mode=ro", uri=True) as source, sqlite3.connect(copy / "soket.sqlite3") as target:
            source.backup(target)
        shutil.copytree(folder / "keys", copy / "keys")
        env = {**os.environ, "SOKET_DATA": name, "SOKET_DEMO": "1", "SOKET_HOSTS": "testserver", "SOKET_LOG_LEVEL": "ERROR",
               "DJANGO_SETTINGS_MODULE": "soket.settings"}
        env.pop("DATABASE_URL", None)
        done = subprocess.run([sys.executable, "-c", INSIDE], env=env, capture_output=True, text=True)
    if done.returncode:
        return {**nothing, "notes": f"the pages could not be measured: {done.stderr.strip().splitlines()[-1]}"}
    return {**json.loads(done.stdout.strip().splitlines()[-1]), "notes": ""}
