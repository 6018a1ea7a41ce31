"""Database guards: what happened is never changed or deleted."""
from django.db import migrations

from soket.kernel.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("conferences", "0001_initial")]
    operations = [
        append_only("conferences_invitation"),
        append_only("conferences_reply"),
        append_only("conferences_paperrevision"),
        append_only("conferences_paperdecision"),
        append_only("conferences_agendaversion"),
        append_only("conferences_scan"),
        append_only("conferences_conflict"),
        append_only("conferences_settlement"),
        append_only("conferences_headcount"),
        append_only("conferences_handover"),
        append_only("conferences_liveact"),
        append_only("conferences_issued"),
        append_only("conferences_speech"),
        append_only("conferences_recording"),
    ]
