"""Tables of the room: what is planned, what happens on the day, what comes after."""
from soket.conferences.models.after import Conclusion, ConclusionUnit, Issued, Minutes, Recording, Speech
from soket.conferences.models.awards import SiteAward
from soket.conferences.models.day import Beat, Conflict, Device, Handover, Headcount, LiveAct, Scan, Settlement
from soket.conferences.models.planning import (
    AgendaItem,
    AgendaVersion,
    Conference,
    ConferenceReview,
    Delegate,
    Invitation,
    ItemKind,
    Paper,
    PaperDecision,
    PaperFigure,
    PaperRevision,
    Reply,
    Site,
    Title,
)

__all__ = [
    "AgendaItem", "AgendaVersion", "Beat", "Conclusion", "ConclusionUnit", "Conference", "ConferenceReview", "Conflict", "Delegate",
    "Device", "Handover", "Headcount", "Invitation", "Issued", "ItemKind", "LiveAct", "Minutes", "Paper", "PaperDecision", "PaperFigure",
    "PaperRevision", "Recording", "Reply", "Scan", "Settlement", "Site", "SiteAward", "Speech", "Title",
]
