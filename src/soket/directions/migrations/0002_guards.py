"""Database guards: what was assigned, done and decided is never changed or deleted."""
from django.db import migrations

from soket.kernel.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("directions", "0001_initial")]
    operations = [
        append_only("directions_assignment"),
        append_only("directions_step"),
        append_only("directions_ruling"),
        append_only("directions_deadlinechange"),
        append_only("directions_reminder"),
        append_only("directions_reliance"),
    ]
