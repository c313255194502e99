"""Projects that several parties carry together: one board, one timeline."""
