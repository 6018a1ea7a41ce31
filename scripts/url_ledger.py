"""Write tests/architecture/urls.json anew: every route and what each kind of actor gets. Review the difference by eye."""
from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soket.settings")
os.environ["SOKET_DATA"] = tempfile.mkdtemp()
os.environ["SOKET_HOSTS"] = "testserver"
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from soket.accounts.models import Person
    from tests.architecture.test_permissions import LEDGER, _address, routes

    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    call_command("migrate", verbosity=0)
    person = Person(username="idle", label="Tài khoản không chức vụ", password="!", active_from=timezone.now())
    person.save()
    signed = Client()
    signed.force_login(person)
    ledger = {route: {"nobody": Client().get(_address(route)).status_code, "idle": signed.get(_address(route)).status_code} for route in routes()}
    LEDGER.write_text(json.dumps(ledger, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(ledger)} routes")


if __name__ == "__main__":
    main()
