"""Layer 6: what units report each period.

Words: *indicator*, *template* (mẫu báo cáo), *round* (kỳ báo cáo), *report* (unit × round), *submission*
(an immutable version), *decision* (accepted or returned). Invariants: number, zero, nothing to report,
not applicable and missing stay apart; a submission's id is made by the client and the same id with other
content is refused; nobody decides on their own report.
"""
