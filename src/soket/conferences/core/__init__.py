"""Pure parts of the room: time tables, the live state, presence."""
