"""Layer 1: the append-only record of who did what, about what, when and why.

Words: *event* (one declared act), *leaf* (its hash), *position* (its place in the tree, given by the
sequencer), *checkpoint* (a signed size and root). Invariants: events are declared with their exact
payload keys; rows are never updated or deleted; things are named by kind, id and label, never by
foreign key; the room knows nobody.
"""
