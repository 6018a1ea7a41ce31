"""Database guards: sealed rows refuse update and delete; dated rows refuse overlap."""
from django.db import migrations

from soket.kernel.guards import no_overlap


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        no_overlap("accounts_post", ["person_id", "unit_id", "office"]),
    ]
