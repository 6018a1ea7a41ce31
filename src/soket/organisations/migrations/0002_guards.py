"""Database guards: sealed rows refuse update and delete; dated rows refuse overlap."""
from django.db import migrations

from soket.kernel.guards import append_only, no_overlap


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [
        append_only("organisations_sourcechoice"),
        append_only("organisations_sharedecision"),
        no_overlap("organisations_areaversion", ["area_id"]),
        no_overlap("organisations_unitversion", ["unit_id"]),
        no_overlap("organisations_code", ["scheme", "area_id"]),
    ]
