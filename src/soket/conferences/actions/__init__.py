"""The only writes of this room. Each part offers its acts here."""
