"""The compensation ledger: sums for everybody, each household for the affected."""
