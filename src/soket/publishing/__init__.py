"""Layer 11: what the public may see.

Words: *article*, *revision*, *claim* (words bound to a frozen figure), *release* (the copy the public reads),
*correction*. Invariants: the public side reads released copies only; wording that drifts from its figure is
refused; approval is bound to a revision; a changed figure or name shows its own notice.
"""
