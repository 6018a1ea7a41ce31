"""Layer 10: review conferences over many sites, from invitation to conclusions.

Words: *conference* (hội nghị), *site* (điểm cầu), *delegate*, *invitation*, *agenda version*, *paper* (tham luận),
*scan*, *conflict*, *live act*, *snapshot*, *minutes* (biên bản), *conclusion*. Invariants: what happens is an
append-only row with the time it was received; a snapshot is a pure fold of live acts with a sequence number;
titles are frozen at invitation; a delegate present at two sites waits for a person's decision; the site's state
comes from its page and desk, never from the video system.
"""
