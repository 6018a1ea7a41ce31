"""Database guards: sealed rows refuse update and delete; dated rows refuse overlap."""
from django.db import migrations

from soket.kernel.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [
        append_only("programmes_claim"),
        append_only("programmes_dutystate"),
    ]
