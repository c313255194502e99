"""What the forum does: each a deed."""
