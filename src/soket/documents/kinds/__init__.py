"""Kinds of official papers as plain facts: a frozen dataclass says what is known, a builder lays it out as a `Paper`.

Always in Vietnamese and without tables of the database. What is not known is a dotted blank, never a guess; facts that
contradict one another raise `PaperError`. Models: Appendix III of Decree 30/2020/NĐ-CP (1.2 decision, 1.4 named paper,
1.10 minutes). No measure of law is written here: quorums, thresholds, amounts and grounds come with the facts.
"""
from __future__ import annotations

from soket.documents.kinds.shared import Kind

PROPOSAL = Kind("to-trinh", "TTr", "Tờ trình")
ACHIEVEMENT = Kind("bao-cao-thanh-tich", "BC", "Báo cáo thành tích")
COUNCIL = Kind("bien-ban", "BB", "Biên bản")
DECISION = Kind("quyet-dinh", "QĐ", "Quyết định")
CANCELLATION = Kind("quyet-dinh-huy-bo", "QĐ", "Quyết định")
GOLD_BOOK = Kind("so-vang", "", "Sổ vàng")

KINDS = {kind.code: kind for kind in (PROPOSAL, ACHIEVEMENT, COUNCIL, DECISION, CANCELLATION, GOLD_BOOK)}
