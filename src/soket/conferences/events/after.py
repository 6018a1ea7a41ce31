"""What comes after: conclusions, minutes, papers, speeches and sound."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

CONCLUSION_PUT = declare("conferences.conclusion_put", _("Conclusion {number} of “{subject}” was written"), "number", "text", "owner", "due_on")
CONCLUSION_DROPPED = declare("conferences.conclusion_dropped", _("Conclusion {number} of “{subject}” was taken out"), "number", "text")
MINUTES_WRITTEN = declare("conferences.minutes_written", _("The minutes of “{subject}” were written"), "sha256")
CONCLUDED = declare("conferences.concluded", _("“{subject}” was concluded; {count} of its conclusions became directions"), "count", "numbers")
PAPER_ISSUED = declare("conferences.paper_issued", _("{kind} of “{subject}” was issued, number {number}"), "kind", "number", "files")
SPEECH_KEPT = declare("conferences.speech_kept", _("The text of a speech was attached to “{subject}”"), "file", "item")
RECORDING_KEPT = declare("conferences.recording_kept", _("Sound of “{subject}” was kept"), "file", "began_at", "ended_at")
