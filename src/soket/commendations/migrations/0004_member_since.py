"""Since when a member has sat on the council, so that the minutes name those of the day; room for every stage of a meeting."""
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commendations", "0003_paper_count")]
    operations = [
        migrations.AddField("member", "since", models.DateTimeField(default=django.utils.timezone.now), preserve_default=False),
        migrations.AlterField("meeting", "stage", models.CharField(default="planned", max_length=10)),
    ]
