"""Database guards: sealed rows refuse update and delete; dated rules do not overlap; one achievement is held by one award."""
from django.db import migrations

from soket.kernel.guards import append_only, no_overlap

SEALED = [
    "campaignact", "wording", "groundfigure", "move", "hand", "remark", "attachment", "twin", "twinverdict", "appraisalact", "recusal", "turnout",
    "openballot", "tally", "posting", "objection", "objectionanswer", "decision", "decisionpaper", "nameapproval", "handing", "cancellation",
    "recovery", "groundflag", "groundverdict", "designversion", "certificate", "papercount",
]


class Migration(migrations.Migration):
    dependencies = [("commendations", "0001_initial"), ("documents", "0002_guards")]
    operations = [
        *[append_only(f"commendations_{name}") for name in SEALED],
        no_overlap("commendations_rule", ["key"]),
        no_overlap("commendations_awardform", ["code"]),
        no_overlap("commendations_holding", ["recipient_key", "programme_key"]),
    ]
