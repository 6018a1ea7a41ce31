"""Layer 9: directions followed to completion.

Words: *direction* (nhiệm vụ chỉ đạo), *issuer*, *owner* (chủ trì), *assignment*, *progress*, *standing*.
Invariants: a direction keeps its number for life; one owner; the deadline is changed by the issuer alone and
visibly; progress is evidence with a date, never a typed percentage; only the issuer closes, on evidence.
"""
