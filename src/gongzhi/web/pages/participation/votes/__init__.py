"""Pages of votes on projects: their rules, proposals, the roll, the ballot, what came of it."""
