"""The public store: all that public pages read, in a file of its own beside the product's database.

The inside writes it (`stock`) when a copy is released, corrected, given sound or taken down; public pages read it (`shelf`) and
nothing else, so they stand when the inside is stopped or its database is being restored, and cannot show what was not released.
It can be thrown away and made again from the released copies (`python -m soket shelve`). Plain SQLite, whatever the inside runs on.
"""
from soket import sqlite

sqlite.install()  # before any module here loads sqlite3, whatever the inside runs on: the system's may be too old for the index of words
