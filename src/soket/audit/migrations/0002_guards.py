"""Database guards: sealed rows refuse update and delete; dated rows refuse overlap."""
from django.db import migrations

from soket.kernel.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        append_only("audit_event"),
        append_only("audit_position"),
        append_only("audit_tile"),
        append_only("audit_checkpoint"),
    ]
