"""Database guards: sealed rows refuse update and delete; dated rows refuse overlap."""
from django.db import migrations

from soket.kernel.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]
    operations = [
        append_only("files_storedfile"),
        append_only("files_release"),
    ]
