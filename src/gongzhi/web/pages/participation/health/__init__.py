"""How participation fares: counts for everybody, what stands behind each, and as a file."""
