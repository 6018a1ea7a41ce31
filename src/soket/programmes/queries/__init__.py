"""Reads of the room; coverage and duties as of any day, programmes as documents, what waits for whom."""
from soket.programmes.queries.coverage import Counts, Coverage, DutyLine, Part, counts, coverage
from soket.programmes.queries.documents import (
    PartyLine,
    chain,
    find_programme,
    obligation_in,
    obligations_of,
    parties_of,
    possible_parties,
    programmes_seen,
    run_by,
    runs_any,
    search,
)
from soket.programmes.queries.duties import (
    HistoryRow,
    claims_waiting,
    duty_seen,
    history,
    may_see_each,
    own_duties,
    released_claims,
)
from soket.programmes.queries.work import waiting_for

__all__ = [
    "Counts",
    "Coverage",
    "DutyLine",
    "HistoryRow",
    "Part",
    "PartyLine",
    "chain",
    "claims_waiting",
    "counts",
    "coverage",
    "duty_seen",
    "find_programme",
    "history",
    "may_see_each",
    "obligation_in",
    "obligations_of",
    "own_duties",
    "parties_of",
    "possible_parties",
    "programmes_seen",
    "released_claims",
    "run_by",
    "runs_any",
    "search",
    "waiting_for",
]
