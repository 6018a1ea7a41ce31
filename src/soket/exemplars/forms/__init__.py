"""Forms of this room: what a person types; the actions decide whether it holds."""
