"""An older newspaper's files read: WordPress WXR, RSS and Atom, CSV and JSON, with a ZIP of photographs. No Django, no network, nothing unpacked to disk.

`reading.read` gives items as they stand in the file, `preparing.prepared` what would be taken of one and what would not.
"""
