"""Pure parts of the room: states, clocks, quotas, ballots, money. No Django."""
