"""Audit events of certificates."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

DESIGNED = declare("commendations.designed", _("The design of “{subject}” was changed to version {version}"), "version", "digest")
ISSUED = declare("commendations.certificates_issued", _("{count} certificates were made out for {subject}"), "count", "digest")
REISSUED = declare("commendations.certificate_reissued", _("Certificate {old} of {subject} was made out again as {serial}"), "old", "serial")
RUN_ASKED = declare("commendations.print_run_asked", _("A print run of {count} certificates was asked for {subject}"), "count", "kind")
RUN_MADE = declare("commendations.print_run_made", _("A print run of {count} certificates was made for {subject}"), "count", "kind", "sha256")
