"""Facts that files bring: handing one in, reading it right, keeping it, and what it brought."""
