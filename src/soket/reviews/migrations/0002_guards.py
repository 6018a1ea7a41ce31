"""Database guards: sealed rows refuse update and delete; dated rows refuse overlap."""
from django.db import migrations

from soket.kernel.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [
        append_only("reviews_edition"),
        append_only("reviews_entry"),
        append_only("reviews_signature"),
        append_only("reviews_freeze"),
        append_only("reviews_citation"),
        append_only("reviews_citationflag"),
    ]
