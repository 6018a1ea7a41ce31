"""Counts of votes on paper, entered by one person and confirmed by another."""
import django.db.models.deletion
from django.db import migrations, models

from soket.kernel.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("commendations", "0002_guards"), ("files", "0002_guards")]
    operations = [
        migrations.CreateModel(
            name="PaperCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("body", models.TextField()),
                ("at", models.DateTimeField()),
                ("by_id", models.CharField(max_length=64)),
                ("by_label", models.CharField(max_length=200)),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile")),
                ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="paper_counts", to="commendations.meeting")),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("meeting", "number"), name="commendations_paper_count_number")],
            },
        ),
        append_only("commendations_papercount"),
    ]
