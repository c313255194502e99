"""Use of results: what is proposed for next year's money, what was decided, what became of it."""
