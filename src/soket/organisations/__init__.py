"""Layer 3: areas and units over time.

Words: *area* (địa bàn), *unit* (đơn vị) of a *line* (hệ thống), *succession* (an act that changes them),
*share* (which part of a predecessor goes to which successor), *as of* (the day one looks at).
Invariants: every read takes a day; nothing about the past changes when the tree changes today; shares
of one predecessor sum to 1 or are not decided; versions of one unit never overlap; no cycles.
"""
