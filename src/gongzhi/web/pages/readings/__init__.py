"""Pages of readings: calls for them, a unit's answer, and all parties' readings of a project."""
