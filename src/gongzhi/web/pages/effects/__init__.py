"""Effects on outcomes: before and after, against comparables, with what can't be said."""
