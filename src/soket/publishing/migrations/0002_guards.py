"""Database guards: sealed rows refuse update and delete."""
from django.db import migrations

from soket.kernel.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]
    operations = [
        append_only("publishing_revision"),
        append_only("publishing_revisiontag"),
        append_only("publishing_articlestate"),
        append_only("publishing_releasedcopy"),
        append_only("publishing_rendition"),
        append_only("publishing_revisionphoto"),
        append_only("publishing_redirect"),
        append_only("publishing_pressfile"),
    ]
