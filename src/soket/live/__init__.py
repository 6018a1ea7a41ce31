"""Layer 1: one snapshot per channel, carried to every open screen.

Words: *channel*, *message*, *sequence*, *hub*, *beat*. Invariants: a message stands alone and replaces the one
before; a screen never shows an older sequence after a newer one; the chair's screens are served before the
audience; a lost hub costs time, never content, for every screen can ask the web server itself.
"""
