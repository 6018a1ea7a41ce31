"""The live hub."""
