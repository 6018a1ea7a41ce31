"""Layer 1: work done after the request that asked for it, by a worker beside the server.

Words: *job* (one function of a room's `tasks.py`, asked for with plain arguments), *state* (waiting, running, done,
failed), *beat* (a worker's sign of life). Invariants: a job is asked for only after commit; the same work is never
asked for twice while it waits or runs; every job may run twice without harm; a job whose worker died is taken back;
a failed job says why in the reader's language and can be asked for again.
"""
