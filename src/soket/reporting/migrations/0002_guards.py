"""Database guards: sealed rows refuse update and delete; dated rows refuse overlap."""
from django.db import migrations

from soket.kernel.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [
        append_only("reporting_template"),
        append_only("reporting_roundstate"),
        append_only("reporting_drafttwin"),
        append_only("reporting_submission"),
        append_only("reporting_rejectedtwin"),
        append_only("reporting_decision"),
        append_only("reporting_excuse"),
        append_only("reporting_evidence"),
        append_only("reporting_jointanswer"),
    ]
