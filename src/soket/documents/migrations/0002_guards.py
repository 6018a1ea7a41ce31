"""Database guards: a number is never changed, deleted, left out, or dated before the number that precedes it."""
from django.db import migrations

from soket.kernel.guards import append_only, gapless


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [
        append_only("documents_register"),
        append_only("documents_entry"),
        gapless("documents_entry", ["register_id"], "number", along="dated"),
    ]
