"""A decision set as an official paper from the facts that were kept with it, and from nothing else."""
from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from soket.commendations.models import Decision
from soket.commendations.queries.decision_facts import award_paper
from soket.commendations.queries.grounds import cancel_paper
from soket.documents.core import Paper


def paper(body: Mapping[str, Any]) -> Paper:
    """The paper of these facts. Raises documents.core.PaperError."""
    return award_paper(body) if body["kind"] == "award" else cancel_paper(dict(body))


def paper_of(decision: Decision) -> Paper:
    """The paper of a decision."""
    return paper(json.loads(decision.body))
