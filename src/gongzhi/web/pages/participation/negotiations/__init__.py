"""The negotiation room: law first, each side shows what it chooses, all sign."""
