"""Tables of the room: dated rules, the campaign, nominations, appraisal and council, decisions and awards, certificates."""
from soket.commendations.models.appraising import (
    Appraisal,
    AppraisalAct,
    Council,
    Meeting,
    Member,
    Objection,
    ObjectionAnswer,
    OpenBallot,
    PaperCount,
    Posting,
    Question,
    Recusal,
    Tally,
    Turnout,
    Urn,
)
from soket.commendations.models.campaign import Campaign, CampaignAct, CampaignForm, Proposer, Quota
from soket.commendations.models.certificates import Batch, Certificate, DesignVersion
from soket.commendations.models.deciding import (
    Award,
    Cancellation,
    Decision,
    DecisionPaper,
    GroundFlag,
    GroundVerdict,
    Handing,
    Holding,
    NameApproval,
    Recovery,
)
from soket.commendations.models.nominating import Attachment, GroundFigure, Hand, Move, Nomination, Remark, Twin, TwinVerdict, Wording
from soket.commendations.models.ruling import AwardForm, Holiday, HolidayYear, Rule

__all__ = [
    "Appraisal", "AppraisalAct", "Attachment", "Award", "AwardForm", "Batch", "Campaign", "CampaignAct", "CampaignForm", "Cancellation",
    "Certificate", "Council", "Decision", "DecisionPaper", "DesignVersion", "GroundFigure", "GroundFlag", "GroundVerdict", "Hand", "Handing", "Holding",
    "Holiday", "HolidayYear", "Meeting", "Member", "Move", "NameApproval", "Nomination", "Objection", "ObjectionAnswer", "OpenBallot",
    "PaperCount", "Posting", "Proposer", "Question", "Quota", "Recovery", "Recusal", "Remark", "Rule", "Tally", "Turnout", "Twin", "TwinVerdict",
    "Urn", "Wording",
]
