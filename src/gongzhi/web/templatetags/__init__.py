"""What templates need beyond Django: words of the core, figures, colours of states."""
