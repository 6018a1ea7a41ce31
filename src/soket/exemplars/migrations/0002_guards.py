"""Sealed rows refuse update and delete in the database as well."""
from django.db import migrations

from soket.kernel.guards import append_only

SEALED = ("adoptionact", "count", "figureflag", "publication", "recognition", "registration", "standing")


class Migration(migrations.Migration):
    dependencies = [("exemplars", "0001_initial")]
    operations = [append_only(f"exemplars_{name}") for name in SEALED]
