"""Layer 2: evidence kept by content hash, with its type, size and scan state.

Words: *stored file* (bytes once, named by SHA-256), *attachment* (a name given to those bytes by
someone, at a time). Invariants: bytes never change; the type is read from the bytes, not believed
from the name; files are private until released by an act.
"""
